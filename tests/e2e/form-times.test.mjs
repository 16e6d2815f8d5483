// Publish times in forms: an unchanged time keeps its exact value; for a repeated hour the author chooses, for a skipped hour a message explains it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';

const gap = /This time does not exist: the clocks go forward on that day and skip it\. Enter (\S+ \S+), or another time\./;
const twice = 'Choose which of the two you mean.';

describe('publish times in forms', () => {
	let site, cookie;
	const ask = async (where) => (await site.get(where, { headers: { cookie } })).text;
	const open = async (where, name = 'post') => fieldsIn(await ask(where), name);
	const send = (where, fields) => sendForm(site, where, fields, { cookie });
	const save = async (where, changes, how = 'save') => {
		const answer = await send(where, { ...await open(where), ...changes, do: how });
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	};
	let number = 0;
	const make = async (when, how = 'publish', more = {}) => save('/write/new', { title: `Post ${++number}`, text: 'x', when, ...more }, how);
	const timeOf = (where) => Number(sql(site, `SELECT published FROM post WHERE id = ${where.split('/').pop()}`));
	const setTime = (where, time) => sql(site, `UPDATE post SET published = ${time}, search_id = ${time} * 100 + ${where.split('/').pop()} WHERE id = ${where.split('/').pop()}; UPDATE content_version SET counter = counter + 1;`);
	const zone = async (name) => {
		site.renown('setting', 'set', 'time_zone', name);
	};
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Edda', '--email', 'edda@example.org', '--role', 'owner');
		cookie = signIn(site, 1);
	});
	after(() => site?.stop());

	const seconds = (text) => Date.parse(text) / 1000;

	test('saving without a change keeps the time to the second, in every zone and state', async () => {
		for (const name of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Asia/Kathmandu', 'Australia/Lord_Howe']) {
			await zone(name);
			for (const state of ['publish', 'save', 'withdraw']) {
				const where = await make('2026-05-05 08:00', state === 'withdraw' ? 'publish' : state);
				if (state === 'withdraw')
					await save(where, {}, 'withdraw');
				/* A second within a minute; every quarter of an hour around this year's clock changes. */
				const times = [1795919511, 1000000001];
				for (const jump of ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'])
					for (let quarter = -6; quarter <= 6; quarter += state === 'publish' ? 1 : 4)
						times.push(seconds(jump) + quarter * 900 + 17);
				for (const time of times) {
					setTime(where, time);
					await save(where, {});
					assert.equal(timeOf(where), time, `${name} ${state}`);
				}
				await save(where, { title: 'Only the title', text: 'and the text' });
				assert.equal(timeOf(where), times.at(-1));
			}
		}
	});

	test('the order of posts within a minute stays the same', async () => {
		await zone('UTC');
		const posts = [];
		for (let i = 0; i < 3; i++) {
			const where = await make('2026-02-02 08:00');
			setTime(where, seconds('2026-02-02T08:00:00Z') + 20 - i * 10);
			posts.push(where);
		}
		const before = posts.map(timeOf);
		for (const where of posts)
			await save(where, { text: 'changed' });
		assert.deepEqual(posts.map(timeOf), before);
	});

	for (const [name, fold, first, second, skipped, suggested] of [
		['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-03-29 02:30', '2026-03-29 03:30'],
		['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30Z', '2026-11-01T06:30Z', '2026-03-08 02:30', '2026-03-08 03:30'],
		['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45Z', '2026-04-04T15:15Z', '2026-10-04 02:15', '2026-10-04 02:45'],
	])
		test(`${name}: a repeated hour needs a choice, a skipped hour is explained`, async () => {
			await zone(name);
			const blank = await open('/write/new');
			assert.equal(blank.when_fold, undefined, 'no choice is shown without a time');
			const asked = await send('/write/new', { ...blank, title: 'Fold', text: 'x', when: fold, do: 'publish' });
			assert.equal(asked.status, 422);
			assert.deepEqual(problems(asked.text), [twice]);
			assert.match(asked.text, /<details class="group" open="open">[\s\S]*name="when_fold"/);
			const fields = fieldsIn(asked.text, 'post');
			assert.deepEqual([fields.when, fields.when_fold, fields.title], [fold, '', 'Fold']);
			for (const [choice, time] of [['first', first], ['second', second]]) {
				const where = await make(fold, 'publish', { when_fold: choice });
				assert.equal(timeOf(where), seconds(time), choice);
				const form = await open(where);
				assert.deepEqual([form.when, form.when_fold], [fold, choice], 'the form shows which of the two times it is');
				setTime(where, seconds(time) + 42);
				await save(where, {});
				assert.equal(timeOf(where), seconds(time) + 42, 'the time is kept to the second');
				/* An old form without this choice keeps the time as well. */
				const old = await open(where);
				delete old.when_fold;
				assert.equal((await send(where, { ...old, do: 'save' })).status, 303);
				assert.equal(timeOf(where), seconds(time) + 42);
				await save(where, { when_fold: choice === 'first' ? 'second' : 'first' });
				assert.equal(timeOf(where), seconds(choice === 'first' ? second : first), 'the other choice is another time');
				await save(where, { when: '2026-07-01 08:00' });
				assert.equal((await open(where)).when_fold, undefined);
			}
			const none = await send('/write/new', { ...blank, title: 'Gap', text: 'x', when: skipped, do: 'publish' });
			assert.equal(none.status, 422);
			assert.equal(gap.exec(problems(none.text)[0])?.[1], suggested);
			assert.equal(fieldsIn(none.text, 'post').when, skipped);
			assert.match((await send('/zh/write/new', { ...await open('/zh/write/new'), title: 'Gap', text: 'x', when: skipped, do: 'publish' })).text, /这个时间不存在/);
			assert.equal((await open(await make(suggested))).when, suggested);
		});

	test('Asia/Shanghai has no repeated or skipped hours', async () => {
		await zone('Asia/Shanghai');
		for (const when of ['2026-03-29 02:30', '2026-10-25 02:30', '2026-03-08 02:30', '2026-11-01 01:30']) {
			const where = await make(when), form = await open(where);
			assert.deepEqual([form.when, form.when_fold], [when, undefined]);
			assert.equal(timeOf(where), seconds(`${when.replace(' ', 'T')}+08:00`));
		}
	});

	test('changing the time zone while a form is open moves no time', async () => {
		await zone('Europe/Berlin');
		const where = await make('2026-05-05 08:00'), time = timeOf(where), old = await open(where);
		await zone('Asia/Shanghai');
		const answer = await send(where, { ...old, title: 'Another title', do: 'save' });
		assert.equal(answer.status, 409, 'the same time is shown in the new time zone');
		assert.equal(fieldsIn(answer.text, 'post').when, '2026-05-05 14:00');
		assert.equal((await send(where, { ...fieldsIn(answer.text, 'post'), do: 'save' })).status, 303);
		assert.equal(timeOf(where), time);
	});

	test('a post in a time slot keeps its time', async () => {
		await zone('Europe/Berlin');
		const { proof, time, weeks } = await open('/write/schedule', 'rule');
		assert.equal((await send('/write/schedule', { proof, time, weeks, mo: 'yes', th: 'yes' })).status, 303);
		const where = await make('', 'slot'), slot = timeOf(where);
		await save(where, { text: 'changed' });
		await save(where, { title: 'changed' });
		assert.equal(timeOf(where), slot);
		assert.match(await ask('/write/queue'), /changed/);
	});

	test('the end of an A/B test needs the same choice for a repeated hour, and explains a skipped one', async () => {
		await zone('Europe/Berlin');
		const where = `${await make('2026-01-05 08:00')}/experiment`, form = await open(where, 'experiment');
		assert.equal(form.ends_fold, undefined);
		const year = new Date().getFullYear() + 1, sunday = (month) => 31 - new Date(Date.UTC(year, month, 31)).getUTCDay();
		const none = await send(where, { ...form, b_title: 'Another', ends: `${year}-03-${sunday(2)} 02:30` });
		assert.match(problems(none.text)[0], gap);
		const asked = await send(where, { ...form, b_title: 'Another', ends: `${year}-10-${sunday(9)} 02:30` });
		assert.deepEqual(problems(asked.text), [twice]);
		const fields = fieldsIn(asked.text, 'experiment');
		assert.equal(fields.ends_fold, '');
		assert.equal((await send(where, { ...fields, ends_fold: 'second' })).status, 303);
		assert.equal(Number(sql(site, 'SELECT ends FROM experiment')), seconds(`${year}-10-${sunday(9)}T01:30Z`));
	});
});
