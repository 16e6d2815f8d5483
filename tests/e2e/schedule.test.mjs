// Time slots, queue and calendar: no posts of other authors are moved, no slot is used twice, no background job is needed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, sql } from './content.mjs';
import { fieldsIn, formIn, problems, proofIn, sendForm } from './forms.mjs';
import { serveSite, sleep, until } from './lib.mjs';

const plain = (text) => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');

// Lines have at most 75 bytes (RFC 5545, 3.1), and are unfolded before they are parsed.
function readCalendar(bytes) {
	const text = bytes.toString('utf8'), events = [];
	assert.ok(!text.includes('�'));
	for (const line of text.split('\r\n'))
		assert.ok(Buffer.byteLength(line) <= 75, line);
	assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/);
	let event = null, depth = 0;
	for (const line of text.replaceAll(/\r\n[ \t]/g, '').split('\r\n').filter(Boolean)) {
		const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line);
		depth += name === 'BEGIN' ? 1 : name === 'END' ? -1 : 0;
		if (name === 'BEGIN' && value === 'VEVENT')
			events.push(event = {});
		else if (event && name !== 'END')
			event[name] = value.replaceAll(/\\([,;\\nN])/g, (_, c) => (/n/i.test(c) ? '\n' : c));
	}
	assert.equal(depth, 0);
	assert.match(text, /^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
	return events;
}

describe('queue, calendar and publishing schedule', () => {
	let site;
	const cookies = {};
	const ask = (where, who, headers = {}) => site.get(where, { headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
	const read = (where) => site.get(where, { headers: { cookie: 'sid=nobody' } });
	const send = (where, fields, who) => sendForm(site, where, fields, who ? { cookie: cookies[who] } : {});
	async function write(where, who, changes, how = 'save') {
		const fields = { ...fieldsIn((await ask(where, who)).text, 'post'), do: how };
		return send(where, { ...fields, ...changes }, who);
	}
	async function make(who, changes, how) {
		const answer = await write('/write/new', who, { text: 'x', ...changes }, how);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return Number(answer.headers.location.split('/').pop());
	}
	async function addRule(who, fields) {
		const form = fieldsIn((await ask('/write/schedule', who)).text, 'rule');
		return send('/write/schedule', { proof: form.proof, time: form.time, weeks: form.weeks, ...fields }, who);
	}
	const timeOf = (id) => Number(sql(site, `SELECT published FROM post WHERE id = ${id}`));
	const queue = async (who) => plain((await ask('/write/queue', who)).text).split('<ol class="queue"')[1]?.split('</ol>')[0].split('<li').slice(1) ?? [];
	// Presses a button beside a post.
	async function press(id, who, how, changes = {}) {
		const form = (await ask('/write/queue', who)).text.split('<form').find((part) => part.includes(`/write/queue/${id}"`)) ?? '';
		return send(`/write/queue/${id}`, { from: /name="from" value="(\d+)"/.exec(form)?.[1] ?? '1', proof: proofIn(form) ?? 'none', do: how, ...changes }, who);
	}
	async function closeGaps(who) {
		return send('/write/queue/gaps', { proof: proofIn((await ask('/write/queue', who)).text, 'fill-gaps') ?? '' }, who);
	}
	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
		site.renown('setting', 'set', 'time_zone', 'Europe/Berlin');
	});
	after(() => site?.stop());

	test('the pages are for authors; the schedule is for editors', async () => {
		for (const where of ['/write/queue', '/write/calendar', '/write/schedule', '/write/schedule.ics', '/zh/write/schedule']) {
			assert.equal((await ask(where)).status, 303, where);
			assert.equal((await ask(where, 'Mia')).status, 403, where);
			assert.equal((await ask(where, 'Anna')).status, 200, where);
		}
		const page = await ask('/write/schedule', 'Anna');
		assert.equal(formIn(page.text, 'rule'), '');
		assert.match(page.headers['cache-control'], /no-store/);
		assert.equal((await send('/write/schedule', { proof: 'x', tu: 'yes', time: '08:00', weeks: '1' }, 'Anna')).status, 403);
		assert.equal((await send('/write/schedule/slots/1', { proof: 'x' }, 'Anna')).status, 403);
		assert.doesNotMatch((await ask('/write/new', 'Anna')).text, /Add to queue/);
		assert.equal(sql(site, 'SELECT count(*) FROM schedule_rule'), '0');
	});

	test('a schedule has days and times, and shows its rule', async () => {
		assert.deepEqual(problems((await addRule('Edda', {})).text), ['Choose at least one day.']);
		const wrong = await addRule('Edda', { tu: 'yes', fr: 'yes', time: '25:00' });
		assert.deepEqual(problems(wrong.text), ['Enter a time such as 08:00.']);
		assert.match(wrong.text, /name="fr" value="yes" checked/);
		for (const time of ['8', '8:0', '-1:00', '08:00x', '08:60', ':', 'ab:cd'])
			assert.equal((await addRule('Edda', { tu: 'yes', time })).status, time.length > 5 ? 413 : 422, time);
		assert.equal((await addRule('Edda', { tu: 'yes', fr: 'yes', time: '8：00' })).status, 303);
		assert.equal(sql(site, 'SELECT rule FROM schedule_rule'), 'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0');
		assert.deepEqual(problems((await addRule('Edda', { tu: 'yes', fr: 'yes', time: '08:00' })).text), ['The schedule already has this rule.']);
		const page = (await ask('/write/schedule', 'Anna')).text;
		assert.match(page, /Tuesday, Friday, 08:00/);
		assert.match(page, /<code>FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0</);
		assert.match(page, /Europe\/Berlin/);
		assert.match((await ask('/zh/write/schedule', 'Anna')).text, /星期二/);
		sql(site, "UPDATE schedule_rule SET since = 1700000000");
	});

	test('"Add to queue" names the next free time slot', async () => {
		const form = plain((await ask('/write/new', 'Anna')).text);
		const offered = /Add to queue \(((?:Tuesday|Friday), \d+ \w+ \d+, 08:00)\)/.exec(form)[1];
		const one = await make('Anna', { title: 'Slot one' }, 'slot'), two = await make('Anna', { title: 'Slot two' }, 'slot');
		assert.match(plain((await ask(`/write/${one}`, 'Anna')).text), new RegExp(`Scheduled for ${offered}`));
		assert.ok(timeOf(one) > Date.now() / 1000);
		assert.ok(timeOf(two) > timeOf(one));
		assert.equal((await read('/blog/slot-one')).status, 404);
		// Again with "Add to queue": its own slot counts as free for it.
		assert.equal((await write(`/write/${one}`, 'Anna', { title: 'Slot one' }, 'slot')).status, 303);
		assert.ok(timeOf(one) < timeOf(two));
		const now = await make('Anna', { title: 'Out already' }, 'publish');
		assert.doesNotMatch((await ask(`/write/${now}`, 'Anna')).text, /Add to queue/);
		assert.deepEqual(problems((await write(`/write/${now}`, 'Anna', {}, 'slot')).text), ['This post is already published.']);
		assert.equal((await read('/blog/out-already')).status, 200);
	});

	test('authors move their posts up and down in the queue and out of it, and posts of other authors stay', async () => {
		const [one, two] = [1, 2].map((n) => Number(sql(site, `SELECT id FROM post WHERE title = 'Slot ${n === 1 ? 'one' : 'two'}'`)));
		const first = timeOf(one), second = timeOf(two);
		assert.equal((await press(two, 'Anna', 'up')).status, 303);
		assert.deepEqual([timeOf(one), timeOf(two)], [second, first]);
		assert.equal((await press(two, 'Anna', 'up')).status, 404);
		assert.equal((await press(two, 'Anna', 'down')).status, 303);
		assert.deepEqual([timeOf(one), timeOf(two)], [first, second]);
		// Pressed twice, or on a page that is out of date.
		const stale = await press(two, 'Anna', 'up', { from: String(first) });
		assert.equal(stale.status, 409);
		assert.deepEqual(problems(stale.text), ['The queue has changed in the meantime. This is the current order.']);
		for (const how of ['up', 'down', 'out']) {
			const form = (await ask('/write/queue', 'Anna')).text.split('<form').find((part) => part.includes(`/write/queue/${one}"`));
			assert.ok([403, 404].includes((await send(`/write/queue/${one}`, { from: String(first), proof: proofIn(form), do: how }, 'Bert')).status));
			assert.equal((await send(`/write/queue/${one}`, { from: String(first), do: how }, 'Anna')).status, 403);
			assert.equal((await send(`/write/queue/${one}`, { from: String(first), do: how, proof: 'x' })).status, 403);
		}
		assert.deepEqual([timeOf(one), timeOf(two)], [first, second]);
		const bert = (await queue('Bert')).join('');
		assert.match(bert, /Taken/);
		assert.doesNotMatch(bert, /Slot one|Slot two|<button/);
		assert.match((await queue('Edda')).join(''), /Slot one[\s\S]*Slot two/);
		// Bert's post moves past Anna's.
		const own = await make('Bert', { title: 'Bert waits' }, 'slot'), third = timeOf(own);
		assert.ok(third > second);
		assert.equal((await press(own, 'Bert', 'up')).status, 404);
		assert.equal((await press(own, 'Bert', 'down')).status, 303);
		assert.ok(timeOf(own) > third);
		assert.deepEqual([timeOf(one), timeOf(two)], [first, second]);
		assert.equal((await press(one, 'Anna', 'out')).status, 303);
		assert.equal(sql(site, `SELECT state FROM post WHERE id = ${one}`), 'draft');
		// A freed slot stays free until gaps are closed: an author moves their own posts, an editor all.
		assert.equal(timeOf(two), second);
		assert.match((await queue('Anna'))[0], /Free slot/);
		assert.equal((await closeGaps('Anna')).status, 303);
		assert.equal(timeOf(two), first);
		assert.ok(timeOf(own) > third);
		assert.equal((await closeGaps('Edda')).status, 303);
		assert.equal(timeOf(own), second);
		assert.equal(sql(site, `SELECT reason FROM revision WHERE post_id = ${own} ORDER BY number DESC LIMIT 1`), 'move');
		const late = await make('Anna', { title: 'Its own time', when: '2099-03-05 09:15' }, 'publish');
		const last = (await queue('Anna')).at(-1);
		assert.match(last, /Thursday, 5 March 2099, 09:15[\s\S]*custom time[\s\S]*Its own time/);
		assert.doesNotMatch(last, /Move up/);
		assert.equal((await press(late, 'Anna', 'up')).status, 404);
		assert.equal((await press(late, 'Anna', 'out')).status, 303);
	});

	test('GET changes nothing', async () => {
		const id = Number(sql(site, "SELECT id FROM post WHERE title = 'Bert waits'")), time = timeOf(id);
		for (const where of [`/write/queue/${id}?do=up&from=${time}`, '/write/queue/gaps', '/write/schedule/slots/1', '/write/schedule/calendar/end'])
			assert.equal((await ask(where, 'Owner')).status, 405, where);
		assert.equal(timeOf(id), time);
		assert.equal(sql(site, 'SELECT count(*) FROM schedule_rule'), '1');
	});

	test('fifty posts at once get fifty time slots', async () => {
		const forms = await Promise.all(Array.from({ length: 50 }, async (_, i) => ({ ...fieldsIn((await ask('/write/new', 'Anna')).text, 'post'), text: 'x', do: 'slot', title: `Many ${i}` })));
		const answers = await Promise.all(forms.map((form) => send('/write/new', form, 'Anna')));
		const again = answers.map((answer, i) => (answer.status === 303 ? -1 : i)).filter((i) => i >= 0);
		for (const i of again) {
			// Some waited five seconds for the lock or hit the web server's limit. They are sent once more.
			assert.ok([429, 503].includes(answers[i].status), String(answers[i].status));
			assert.equal((await send('/write/new', forms[i], 'Anna')).status, 303);
		}
		assert.equal(sql(site, "SELECT count(*), count(DISTINCT published), min(published) > CAST(strftime('%s') AS INTEGER) FROM post WHERE title LIKE 'Many %'"), '50|50|1');
		assert.equal(sql(site, "SELECT count(*) FROM (SELECT published FROM post WHERE state = 'published' GROUP BY published HAVING count(*) > 1)"), '0');
		sql(site, "DELETE FROM post WHERE title LIKE 'Many %'");
	});

	test('the calendar shows eight weeks with free time slots', async () => {
		const text = plain((await ask('/write/calendar', 'Anna')).text);
		assert.equal([...text.matchAll(/<tr/g)].length, 9);
		assert.equal([...text.matchAll(/<td/g)].length, 56);
		assert.equal([...text.matchAll(/class="[^"]*today/g)].length, 1);
		assert.match(text, /Slot two/);
		assert.doesNotMatch(text, /Bert waits/);
		const where = /href="(\/write\/new\?when=[^"]*)"/.exec(text)[1];
		const fields = fieldsIn((await ask(where, 'Anna')).text, 'post');
		assert.match(fields.when, /^\d{4}-\d\d-\d\d 08:00$/);
		const id = await (async () => {
			const answer = await send('/write/new', { ...fields, title: 'For that slot', text: 'x', do: 'publish' }, 'Anna');
			return Number(answer.headers.location.split('/').pop());
		})();
		assert.doesNotMatch(plain((await ask('/write/calendar', 'Anna')).text), new RegExp(`href="${where.replaceAll(/[?.]/g, '\\$&')}"`));
		assert.match(formIn((await ask('/write/queue', 'Anna')).text.split(`/write/${id}"`)[1], 'move'), /Move up/);
	});

	test('the schedule shows time slot usage', async () => {
		const page = plain((await ask('/write/schedule', 'Anna')).text);
		const [, used, slots] = /Time slots used in the last 12 weeks: (\d+) of (\d+)\./.exec(page).map(Number);
		assert.ok(slots >= 22 && slots <= 24);
		assert.equal([...page.matchAll(/<rect class="used"/g)].length, 12);
		const day = new Date(Date.now() - 20 * 86400000);
		while (day.getUTCDay() !== 2)
			day.setUTCDate(day.getUTCDate() - 1);
		// Two posts on one day use one slot, and so does a post on a day that has no slot.
		for (const [title, when] of [['Kept', `${day.toISOString().slice(0, 10)} 17:00`], ['Kept twice', `${day.toISOString().slice(0, 10)} 18:00`],
			['Not planned', `${new Date(day.getTime() + 86400000).toISOString().slice(0, 10)} 08:00`]])
			await make('Anna', { title, when }, 'publish');
		assert.match(plain((await ask('/write/schedule', 'Anna')).text), new RegExp(`Time slots used in the last 12 weeks: ${used + 1} of ${slots}\\.`));
		// Time before the rule existed does not count.
		sql(site, "UPDATE schedule_rule SET since = strftime('%s')");
		assert.doesNotMatch((await ask('/write/schedule', 'Anna')).text, /last 12 weeks/);
	});

	test('the calendar file is available with a session, or at a secret URL', async () => {
		const title = '浆糊的承诺，以及我们为什么仍然用手工装订每一本书；第二部分, with commas; and semicolons \\ too';
		const id = await make('Anna', { title, lang: 'zh', slug: 'paste' }, 'slot');
		const answer = await ask('/write/schedule.ics', 'Anna');
		assert.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8');
		assert.match(answer.headers['cache-control'], /no-store/);
		const events = readCalendar(answer.bytes), own = events.find((event) => event.UID.startsWith(`post-${id}@`));
		assert.equal(own.SUMMARY, title);
		assert.equal(own.DTSTART, new Date(timeOf(id) * 1000).toISOString().replaceAll(/[-:]|\.000/g, ''));
		assert.equal(own.URL, `${site.url}/write/${id}`);
		assert.ok(events.length > 10);
		assert.equal(new Set(events.map((event) => event.UID)).size, events.length);
		assert.ok(events.some((event) => event.STATUS === 'TENTATIVE' && event.URL.includes('/write/new?when=')));
		assert.doesNotMatch(answer.text, /Bert waits/);
		const made = await send('/write/schedule/calendar', { proof: proofIn((await ask('/write/schedule', 'Anna')).text, 'calendar') }, 'Anna');
		const address = /<pre[^>]*>([^<]+\.ics)</.exec(made.text)[1], where = address.slice(site.url.length);
		assert.equal((await site.get(where)).status, 200);
		assert.equal(readCalendar((await site.get(where)).bytes).length, events.length);
		assert.match((await site.get(where)).headers['cache-control'], /no-store/);
		const token = /([\w-]{43})\.ics$/.exec(where)[1];
		assert.doesNotMatch((await ask('/write/schedule', 'Anna')).text, new RegExp(token));
		assert.equal(sql(site, '.dump').includes(token), false);
		for (const name of ['access.log', 'error.log', 'post.log'])
			assert.equal(site.log(name).includes(token), false, name);
		for (const odd of ['/write/calendar/x.ics', `/write/calendar/${'A'.repeat(43)}.ics`, `/write/calendar/${token}`, `/write/calendar/${token}.ics.ics`, '/write/calendar/.ics'])
			assert.equal((await site.get(odd)).status, 404, odd);
		// A new URL ends the old one; without the author role the URL is 404; a revoked URL is 404.
		const renewed = await send('/write/schedule/calendar', { proof: proofIn((await ask('/write/schedule', 'Anna')).text, 'calendar') }, 'Anna');
		const next = /<pre[^>]*>([^<]+\.ics)</.exec(renewed.text)[1].slice(site.url.length);
		assert.equal((await site.get(where)).status, 404);
		assert.equal((await site.get(next)).status, 200);
		sql(site, "UPDATE site_user SET role = 'member' WHERE name = 'Anna'");
		assert.equal((await site.get(next)).status, 404);
		sql(site, "UPDATE site_user SET role = 'author' WHERE name = 'Anna'");
		assert.equal((await site.get(next)).status, 200);
		assert.equal((await send('/write/schedule/calendar/end', { proof: proofIn((await ask('/write/schedule', 'Anna')).text, 'calendar-end') }, 'Anna')).status, 303);
		assert.equal((await site.get(next)).status, 404);
	});

	test('a skipped or repeated hour is explained', async () => {
		/* A time slot in a skipped hour is one hour later. */
		const gap = await make('Anna', { title: 'In the gap', when: '2099-03-29 03:30' }, 'publish');
		assert.match(plain((await ask(`/write/${gap}`, 'Anna')).text), /Scheduled for Sunday, 29 March 2099, 03:30 \(just after the clocks go forward/);
		const fold = await make('Anna', { title: 'In the fold', when: '2099-10-25 02:30', when_fold: 'first' }, 'publish');
		assert.match(plain((await ask(`/write/${fold}`, 'Anna')).text), /Scheduled for Sunday, 25 October 2099, 02:30 \(first of two occurrences/);
		assert.equal((await write(`/write/${fold}`, 'Anna', { when: '2099-10-25 02:30 +01:00' })).status, 303);
		assert.match(plain((await ask(`/write/${fold}`, 'Anna')).text), /02:30 \(second of two occurrences/);
	});

	test('a post appears at its time without a background job, through the cache', async () => {
		const id = await make('Anna', { title: 'Due in a moment' }, 'slot');
		const due = Math.floor(Date.now() / 1000) + 3;
		sql(site, `UPDATE post SET published = ${due} WHERE id = ${id}; UPDATE content_version SET counter = counter + 1;`);
		const counter = sql(site, 'SELECT counter FROM content_version');
		assert.equal((await site.get('/blog/due-in-a-moment')).status, 404);
		while (Date.now() / 1000 < due - 0.2) {
			assert.doesNotMatch((await site.get('/blog')).text, /Due in a moment/);
			await sleep(100);
		}
		await until('it is there', async () => /Due in a moment/.test((await site.get('/blog')).text), 5000);
		await until('and so is its page', async () => (await site.get('/blog/due-in-a-moment')).status === 200, 5000);
		assert.ok(Date.now() / 1000 < due + 4);
		assert.equal(sql(site, 'SELECT counter FROM content_version'), counter);
	});

	test('removing the schedule keeps scheduled posts', async () => {
		const id = await make('Anna', { title: 'Left waiting' }, 'slot'), time = timeOf(id), rule = sql(site, 'SELECT rule FROM schedule_rule WHERE id = 1');
		assert.equal((await send('/write/schedule/slots/1', { proof: proofIn((await ask('/write/schedule', 'Edda')).text, 'remove') }, 'Edda')).status, 303);
		assert.equal(timeOf(id), time);
		assert.equal(sql(site, "SELECT u.name, a.subject FROM audit AS a JOIN site_user AS u ON u.id = a.user_id WHERE a.event = 'schedule-rule-removed'"), `Edda|${rule}`);
		assert.match((await queue('Anna')).join(''), /Left waiting/);
		assert.doesNotMatch((await ask('/write/new', 'Anna')).text, /Add to queue/);
		assert.deepEqual(problems((await send('/write/new', { ...fieldsIn((await ask('/write/new', 'Anna')).text, 'post'), title: 'None', text: 'x', do: 'slot' }, 'Anna')).text), ['There is no free time slot. Add days to the publishing schedule, or set a publish date.']);
	});
});
