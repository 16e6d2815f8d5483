// A form stays open while the same object is saved elsewhere. Every field of every such form is changed on one side, the other, or both.
// Nothing is overwritten, nothing becomes more public than both sides want, and the author chooses.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';

const notSaved = 'Not saved yet: this was changed elsewhere while your form was open. Check the form, then save again.';
const plain = (text) => text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&#10;', '\n').replaceAll('&amp;', '&');

// The part of a page for one field: its controls, and the messages below them.
const around = (text, name) => text.split(/(?=<div class="form-field">|<fieldset class="file-choice">)/).find((part) => part.includes(` name="${name}"`)) ?? '';
const noteOf = (text, name) => plain(/class="help changed">([^<]*)</.exec(around(text, name))?.[1] ?? '');
const otherOf = (text, name) => {
	const found = /<p class="other">([^<]*)</.exec(around(text, name));
	return found && plain(found[1]);
};
const chosenOf = (text, name) => new RegExp(`name="choose_${name}" value="(\\w+)"[^>]*checked`).exec(text)?.[1] ?? '';
const items = (text) => [...(/<div class="merged">([\s\S]*?)<\/div>/.exec(text)?.[1] ?? '').matchAll(/<li>([^<]*)</g)].map((match) => plain(match[1]));

describe('an open form and a save from elsewhere', () => {
	let site;
	const cookies = {};
	const ask = async (where, who = 'Edda') => site.get(where, { headers: { cookie: cookies[who] } });
	const read = async (where) => site.get(where, { headers: { cookie: 'sid=nobody' } });
	// A form: its URL, its name, and the button that saves.
	const open = async (form) => {
		const { status, text } = await ask(form.where, form.who);
		assert.equal(status, 200, form.where);
		return fieldsIn(text, form.name);
	};
	const send = (form, fields, how = 'save') => {
		const all = { ...fields, ...(form.buttons ? { do: how } : {}) };
		return form.files ? sendFiles(site, form.where, Object.entries(all), [], { cookie: cookies[form.who ?? 'Edda'] }) : sendForm(site, form.where, all, { cookie: cookies[form.who ?? 'Edda'] });
	};
	const save = async (form, changes, how) => {
		const answer = await send(form, { ...await open(form), ...changes }, how);
		assert.equal(answer.status, 303, `${form.where} ${JSON.stringify(changes)}: ${problems(answer.text)}`);
		return answer.headers.location.slice(site.url.length);
	};
	let number = 0;
	const newPost = async (fields = {}, how = 'publish') => {
		number++;
		const where = await save({ where: '/write/new', name: 'post', buttons: true }, { title: `Post ${number}`, text: 'One.\n\nTwo.\n\nThree.', slug: `post-${number}`, ...fields }, how);
		return { where, name: 'post', buttons: true };
	};

	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
	});
	after(() => site?.stop());

	// Each field of a form with three values: base, mine, theirs. other: a field that the other side changes meanwhile.
	function everyField(form, fields, other, elsewhere = []) {
		const [otherName, otherStart, otherNew] = other;

		// A new field of a form fails here until it has values in this test.
		test('every field is tested', async () => {
			const made = await form(), merged = /\bbase\b/.test(JSON.stringify(Object.keys(await open(made))));
			assert.ok(merged);
			const names = Object.keys(await open(made)).filter((name) => !['base', 'proof', 'revision', 'form_key', 'continues', 'why'].includes(name));
			assert.deepEqual(names.filter((name) => !elsewhere.includes(name)).sort(), fields.map(([name]) => name).sort());
		});
		for (const [name, start, mine, theirs] of fields) {
			const another = name === otherName ? fields.find(([one]) => one !== name) : [otherName, otherStart, otherNew];
			const make = async () => {
				const made = await form();
				await save(made, { [another[0]]: another[1], [name]: start });
				return made;
			};

			test(`${name}: changed in the form only`, async () => {
				const made = await make(), old = await open(made);
				await save(made, { [another[0]]: another[2] });
				const answer = await send(made, { ...old, [name]: mine });
				assert.equal(answer.status, 409);
				assert.ok(problems(answer.text).includes(notSaved));
				const form = fieldsIn(answer.text, made.name);
				assert.equal(form[name], mine);
				assert.equal(form[another[0]], another[2]);
				assert.equal(noteOf(answer.text, name), '');
				assert.match(noteOf(answer.text, another[0]), /^Changed elsewhere\. (?:Your form had|This field was empty in your form)/);
				assert.equal((await open(made))[name], start, 'nothing is saved yet');
				assert.equal((await send(made, form)).status, 303);
				const now = await open(made);
				assert.deepEqual([now[name], now[another[0]]], [mine, another[2]]);
			});

			test(`${name}: changed elsewhere only`, async () => {
				const made = await make(), old = await open(made);
				await save(made, { [name]: theirs });
				const answer = await send(made, { ...old, [another[0]]: another[2] });
				assert.equal(answer.status, 409);
				const form = fieldsIn(answer.text, made.name);
				assert.deepEqual([form[name], form[another[0]]], [theirs, another[2]]);
				assert.match(noteOf(answer.text, name), /^Changed elsewhere\. (?:Your form had|This field was empty in your form)/);
				assert.equal(items(answer.text).filter((item) => item.includes('the form now contains that change')).length, 1);
				assert.equal((await send(made, form)).status, 303);
				const now = await open(made);
				assert.deepEqual([now[name], now[another[0]]], [theirs, another[2]]);
			});

			test(`${name}: the same change on both sides`, async () => {
				const made = await make(), old = await open(made);
				await save(made, { [name]: theirs });
				assert.equal((await send(made, { ...old, [name]: theirs })).status, 303);
			});

			if (mine !== theirs)
				test(`${name}: changed on both sides`, async () => {
					for (const [choice, wanted] of [['theirs', theirs], ['mine', mine]]) {
						const made = await make(), old = await open(made);
						await save(made, { [name]: theirs });
						const answer = await send(made, { ...old, [name]: mine });
						assert.equal(answer.status, 409);
						const form = fieldsIn(answer.text, made.name);
						assert.equal(form[name], mine);
						assert.notEqual(otherOf(answer.text, name), null, 'the saved value is there as well');
						assert.equal((await open(made))[name], theirs);
						const chosen = chosenOf(answer.text, name);
						if (chosen === '') {
							delete form[`choose_${name}`];
							const asked = await send(made, form);
							assert.equal(asked.status, 422);
							assert.ok(problems(asked.text).includes('Choose which of the two to keep.'));
							assert.notEqual(otherOf(asked.text, name), null);
							assert.equal(fieldsIn(asked.text, made.name)[name], mine);
						}
						assert.equal((await send(made, { ...form, [`choose_${name}`]: choice })).status, 303);
						assert.equal((await open(made))[name], wanted, choice);
					}
				});
		}
	}

	describe('a post', () => {
		everyField(() => newPost(), [
			['title', 'Start', 'My title', 'Their title'],
			['summary', 'Start.', 'My summary.', 'Their summary.'],
			['access', 'public', 'members', 'paid'],
			['when', '2026-01-02 08:00', '2026-01-02 09:00', '2026-01-02 10:00'],
			['kind', 'article', 'audio', 'video'],
			['comments', 'open', 'closed', 'closed'],
			['canonical', '', 'https://mine.example/', 'https://theirs.example/'],
			['featured', 'no', 'yes', 'yes'],
		], ['summary', 'Start.', 'Another summary.'], ['text', 'tags', 'slug', 'lang', 'translation_of']);

		test('URL slug and language', async () => {
			const made = await newPost(), old = await open(made);
			await save(made, { slug: `${old.slug}-theirs`, lang: 'zh' });
			const answer = await send(made, { ...old, slug: `${old.slug}-mine` });
			assert.equal(answer.status, 409);
			assert.equal(otherOf(answer.text, 'slug'), `${old.slug}-theirs`);
			assert.equal(fieldsIn(answer.text, 'post').lang, 'zh');
			assert.equal((await send(made, { ...fieldsIn(answer.text, 'post'), choose_slug: 'mine' })).status, 303);
			const now = await open(made);
			assert.deepEqual([now.slug, now.lang], [`${old.slug}-mine`, 'zh']);
		});

		test('the original of a translation', async () => {
			for (const choice of ['mine', 'theirs']) {
				for (const side of ['mine', 'theirs'])
					await newPost({ lang: 'zh', slug: `${side}-for-${choice}` });
				const made = await newPost(), old = await open(made);
				await save(made, { translation_of: `theirs-for-${choice}` });
				const answer = await send(made, { ...old, translation_of: `mine-for-${choice}` });
				assert.equal(answer.status, 409);
				assert.equal(otherOf(answer.text, 'translation_of'), `theirs-for-${choice}`);
				assert.equal((await send(made, { ...fieldsIn(answer.text, 'post'), choose_translation_of: choice })).status, 303);
				assert.equal((await open(made)).translation_of, `${choice}-for-${choice}`);
				const untouched = await open(made);
				await save(made, { translation_of: '' });
				const taken = await send(made, { ...untouched, summary: 'Mine.' });
				assert.deepEqual([taken.status, fieldsIn(taken.text, 'post').translation_of], [409, '']);
			}
		});

		test('tags are added and removed one by one', async () => {
			for (const [start, mine, theirs, wanted] of [
				['a, b, c', 'a, b, c, m', 'a, b, c, t', 'a, b, c, m, t'],
				['a, b, c', 'a, b', 'b, c', 'b'],
				['a, b, c', 'a，b、c，墨', 'a, c', 'a, c, 墨'],
				['a', '', 'a, t', 't'],
				['', 'm', 't', 'm, t'],
				['a, b', 'b, a, x', 'a, b, x', 'b, a, x'],
			]) {
				const made = await newPost({ tags: start }), old = await open(made);
				await save(made, { tags: theirs });
				const answer = await send(made, { ...old, tags: mine });
				assert.equal(answer.status, 409, `${start} | ${mine} | ${theirs}`);
				const form = fieldsIn(answer.text, 'post');
				assert.equal(form.tags, wanted, `${start} | ${mine} | ${theirs}`);
				assert.ok(items(answer.text).includes('Tags: the form contains both changes.'));
				assert.equal((await send(made, form)).status, 303);
				assert.equal((await open(made)).tags, wanted);
			}
		});

		test('text is merged by lines, other fields as a whole', async () => {
			const made = await newPost({ tags: 'a' }), old = await open(made);
			await save(made, { text: 'One.\n\nTwo.\n\nThree, theirs.', access: 'paid', tags: 'a, t', comments: 'closed' });
			const answer = await send(made, { ...old, text: 'One, mine.\n\nTwo.\n\nThree.', title: 'Mine', tags: 'a, m' });
			assert.equal(answer.status, 409);
			const form = fieldsIn(answer.text, 'post');
			assert.deepEqual([form.text, form.title, form.access, form.tags, form.comments], ['One, mine.\n\nTwo.\n\nThree, theirs.', 'Mine', 'paid', 'a, m, t', 'closed']);
			assert.match(answer.text, /<pre class="mine" tabindex="0">One, mine\./);
			assert.equal((await send(made, form)).status, 303);
			assert.equal((await open(made)).text, 'One, mine.\n\nTwo.\n\nThree, theirs.');
		});

		test('unresolved merge markers are not shown to readers, in either language', async () => {
			const made = await newPost(), old = await open(made);
			await save(made, { text: 'Theirs.' });
			const chinese = await sendForm(site, `/zh${made.where}`, { ...await open({ ...made, where: `/zh${made.where}` }), base: old.base, revision: old.revision, text: 'Mine.', do: 'save' }, { cookie: cookies.Edda });
			assert.equal(chinese.status, 409);
			const { text } = fieldsIn(chinese.text, 'post');
			assert.match(text, /⚠/);
			const fields = await open(made);
			assert.match(problems((await send(made, { ...fields, text })).text)[0], /conflict marked with ⚠ is not resolved yet/);
			assert.equal((await open(made)).text, 'Theirs.');
		});
	});

	test('an old form does not make a paid post public', async () => {
		const made = await newPost({ text: 'Open.\n\n<!--paid-->\n\nSecret heron.' }), old = await open(made);
		await save(made, { access: 'paid' });
		const answer = await send(made, { ...old, title: 'Changed title' });
		assert.equal(answer.status, 409);
		assert.equal(fieldsIn(answer.text, 'post').access, 'paid');
		assert.equal((await send(made, fieldsIn(answer.text, 'post'))).status, 303);
		assert.doesNotMatch((await read(`/blog/${old.slug}`)).text, /heron/);
	});

	test('access without a choice: the stricter value wins', async () => {
		const order = ['public', 'members', 'paid'];
		for (const start of order)
			for (const mine of order)
				for (const theirs of order) {
					if (mine === start || theirs === start || mine === theirs)
						continue;
					const made = await newPost({ access: start }), old = await open(made), strict = order[Math.max(order.indexOf(mine), order.indexOf(theirs))];
					await save(made, { access: theirs });
					const answer = await send(made, { ...old, access: mine }), form = fieldsIn(answer.text, 'post');
					assert.equal(answer.status, 409);
					assert.equal(chosenOf(answer.text, 'access'), strict === mine ? 'mine' : 'theirs');
					delete form.choose_access;
					assert.equal((await send(made, form)).status, 303);
					assert.equal((await open(made)).access, strict, `${start}: ${mine} and ${theirs}`);
				}
	});

	test('a base that is missing, damaged or from another form makes nothing more public', async () => {
		const another = await open(await newPost({ access: 'paid' }));
		for (const [what, base] of [['missing', undefined], ['empty', ''], ['torn', 'access:0123456789abcdef'], ['odd', '! : .. access: !access:!'], ['another\'s', another.base], ['forged revision', '']]) {
			const made = await newPost({ access: 'public', comments: 'open' }), old = await open(made);
			await save(made, { access: 'paid', comments: 'closed', title: 'Theirs' });
			const sent = { ...old, title: 'Mine', ...(what === 'forged revision' ? { revision: (await open(made)).revision } : {}) };
			if (base === undefined)
				delete sent.base;
			else
				sent.base = base;
			const answer = await send(made, sent), form = fieldsIn(answer.text, 'post');
			assert.equal(answer.status, 409, what);
			assert.equal(chosenOf(answer.text, 'access'), 'theirs', what);
			assert.equal(chosenOf(answer.text, 'comments'), 'theirs', what);
			delete form.choose_access;
			delete form.choose_comments;
			const saved = await send(made, { ...form, choose_title: 'mine', choose_text: 'mine', choose_slug: 'mine', choose_when: 'mine', choose_summary: 'mine' });
			assert.equal(saved.status, 303, `${what}: ${problems(saved.text)}`);
			const now = await open(made);
			assert.deepEqual([now.access, now.comments, now.title], ['paid', 'closed', 'Mine'], what);
		}
		/* A client that knows the digest of the current values claims to have opened the form just now, and has read them. */
		const made = await newPost({ access: 'public' }), old = await open(made);
		await save(made, { access: 'paid' });
		for (const odd of ['x'.repeat(4001), 'a\nb'])
			assert.ok([413, 422].includes((await send(made, { ...old, base: odd })).status));
		assert.equal((await send(made, { ...old, base: '\x01' })).status, 409);
		assert.equal((await open(made)).access, 'paid');
	});

	test('an unpublished post stays unpublished, and a newly published one is not changed without a message', async () => {
		const made = await newPost(), old = await open(made);
		await save(made, {}, 'withdraw');
		const answer = await send(made, { ...old, title: 'Still out?' });
		assert.equal(answer.status, 409);
		assert.ok(items(answer.text).includes('Status: changed elsewhere, now Unpublished.'));
		assert.equal((await send(made, fieldsIn(answer.text, 'post'))).status, 303);
		assert.equal((await read(`/blog/${old.slug}`)).status, 404);
		const draft = await newPost({ text: 'Half a' }, 'save'), early = await open(draft);
		await save(draft, {}, 'publish');
		assert.equal((await send(draft, { ...early, text: 'Half a sentence that' })).status, 409);
		assert.match((await read(`/blog/${early.slug}`)).text, /Half a</);
		await save(draft, {}, 'withdraw');
		assert.equal((await send(draft, early, 'publish')).status, 409);
		assert.equal((await read(`/blog/${early.slug}`)).status, 404);
	});

	test('a third save during the choice is not overwritten', async () => {
		const made = await newPost({ title: 'Start' }), old = await open(made);
		await save(made, { title: 'Theirs' });
		const form = fieldsIn((await send(made, { ...old, title: 'Mine' })).text, 'post');
		await save(made, { title: 'A third' });
		const answer = await send(made, { ...form, choose_title: 'mine' });
		assert.equal(answer.status, 409);
		assert.equal(otherOf(answer.text, 'title'), 'A third');
		assert.equal(fieldsIn(answer.text, 'post').title, 'Mine');
		const theirs = await send(made, { ...form, choose_title: 'theirs' });
		assert.equal(theirs.status, 409);
		assert.equal(fieldsIn(theirs.text, 'post').title, 'A third');
		assert.equal((await open(made)).title, 'A third');
	});

	test('a save of other fields causes no conflict', async () => {
		const made = await newPost(), old = await open(made);
		await save(made, { why: 'only a look' });
		await save({ where: `${made.where}/media`, name: 'post-media', files: true }, { chapters: '0:00 Start' });
		assert.equal((await send(made, { ...old, title: 'Taken at once' })).status, 303);
		assert.equal(sql(site, `SELECT chapters FROM recording WHERE post_id = ${made.where.split('/').pop()}`), '0:00 Start');
	});

	test('a preview keeps the base of the form and its open choices', async () => {
		const made = await newPost({ title: 'Start' }), old = await open(made);
		await save(made, { title: 'Theirs', access: 'members' });
		const seen = await send(made, { ...old, title: 'Mine' }, 'preview');
		assert.equal(seen.status, 200);
		assert.deepEqual([fieldsIn(seen.text, 'post').base, fieldsIn(seen.text, 'post').access, otherOf(seen.text, 'title')], [old.base, 'public', null]);
		const form = fieldsIn((await send(made, { ...fieldsIn(seen.text, 'post') })).text, 'post');
		const again = await send(made, { ...form, choose_title: 'theirs' }, 'preview');
		assert.equal(otherOf(again.text, 'title'), 'Theirs');
		assert.equal(chosenOf(again.text, 'title'), 'theirs');
		assert.equal((await send(made, { ...fieldsIn(again.text, 'post'), choose_title: 'theirs' })).status, 303);
		const now = await open(made);
		assert.deepEqual([now.title, now.access], ['Theirs', 'members']);
	});

	test('a move in the queue counts as a save', async () => {
		await save({ where: '/write/schedule', name: 'rule' }, { mo: 'yes', time: '08:00', weeks: '1' }).catch(() => {});
		const { proof, time, weeks } = fieldsIn((await ask('/write/schedule')).text, 'rule');
		assert.ok([303, 422].includes((await sendForm(site, '/write/schedule', { proof, time, weeks, mo: 'yes' }, { cookie: cookies.Edda })).status));
		const one = await newPost({}, 'slot'), two = await newPost({}, 'slot'), id = two.where.split('/').pop();
		const old = await open(two), queue = (await ask('/write/queue')).text, form = queue.split('<form').find((part) => part.includes(`/write/queue/${id}"`));
		const moved = await sendForm(site, `/write/queue/${id}`, { ...fieldsIn(`<form class="form move"${form}`, 'move'), do: 'up' }, { cookie: cookies.Edda });
		assert.equal(moved.status, 303);
		const answer = await send(two, { ...old, title: 'Moved' });
		assert.equal(answer.status, 409);
		assert.notEqual(fieldsIn(answer.text, 'post').when, old.when);
		assert.equal((await send(two, fieldsIn(answer.text, 'post'))).status, 303);
		assert.equal(sql(site, `SELECT (SELECT published FROM post WHERE id = ${id}) < (SELECT published FROM post WHERE id = ${one.where.split('/').pop()})`), '1');
	});

	test('messages are in the language of the page', async () => {
		const made = await newPost({ title: 'Start', access: 'public' }), old = await open(made);
		await save(made, { title: 'Theirs', access: 'paid' });
		const answer = await sendForm(site, `/zh${made.where}`, { ...await open({ ...made, where: `/zh${made.where}` }), ...{ base: old.base, revision: old.revision, access: 'public', title: 'Mine' }, do: 'save' }, { cookie: cookies.Edda });
		assert.equal(answer.status, 409);
		assert.match(answer.text, /尚未保存：表单打开期间，内容在别处有改动/);
		assert.match(answer.text, /此项在这里和别处都有改动/);
		assert.doesNotMatch(answer.text, /Changed elsewhere|Not saved yet|changed here/);
		assert.equal(fieldsIn(answer.text, 'post').access, 'paid');
	});

	describe('settings', () => {
		const form = (group) => () => ({ where: `/admin/settings/${group}`, name: 'settings', who: 'Owner', files: group.startsWith('branding') && !group.includes('/'), buttons: group === 'theme' });
		for (const [group, other, fields] of [
			['general', ['tagline', 'Start', 'Another tagline'], [['title', 'Start', 'Mine', 'Theirs'], ['tagline', 'Start', 'Mine', 'Theirs'], ['description', '', 'Mine', 'Theirs'], ['author_name', 'Start', 'Mine', 'Theirs'],
				['logo_letter', '甲', '乙', '丙'], ['home_intro', 'Start', 'Mine\n\nLines', 'Theirs'], ['member_benefits', '', 'Mine', 'Theirs'], ['footer', 'Start', 'Mine', 'Theirs']]],
			['general/zh', ['tagline', 'Start', 'Another tagline'], [['title', 'Start', 'Mine', 'Theirs'], ['tagline', 'Start', 'Mine', 'Theirs'], ['description', '', 'Mine', 'Theirs'], ['author_name', 'Start', 'Mine', 'Theirs'],
				['logo_letter', '甲', '乙', '丙'], ['home_intro', 'Start', 'Mine', 'Theirs'], ['member_benefits', '', 'Mine', 'Theirs'], ['footer', 'Start', 'Mine', 'Theirs']]],
			['branding', ['social_image_alt', 'Start', 'Another'], [['author_photo_alt', 'Start', 'Mine', 'Theirs'], ['social_image_alt', 'Start', 'Mine', 'Theirs']]],
			['branding/zh', ['social_image_alt', 'Start', 'Another'], [['author_photo_alt', 'Start', 'Mine', 'Theirs'], ['social_image_alt', 'Start', 'Mine', 'Theirs']]],
			['theme', ['accent_colour', '#a8281c', '#7a1f4a'], [['accent_colour', '#a8281c', '#1f4a7a', '#1f7a4a'], ['accent_colour_dark', '#ff8e78', '#8ef0ff', '#f0ff8e']]],
			['membership', ['posts_per_feed', '20', '7'], [['posts_per_page', '20', '5', '6'], ['posts_per_feed', '20', '5', '6'], ['registration', 'open', 'invitation', 'off'], ['search_engines', 'yes', 'no', 'no']]],
			['comments', ['comments_days', '0', '30'], [['comments_shown', 'yes', 'no', 'no'], ['comments_from', 'everybody', 'members', 'nobody'], ['comment_access', 'open', 'members', 'closed'],
				['comments_days', '0', '10', '20']]],
			['storage', ['backups_kept', '3', '9'], [['onboarding', 'yes', 'no', 'no'], ['media_quota', '10000', '11', '12'], ['backups_kept', '3', '5', '6']]],
			['language', ['languages', 'en zh', 'en'], [['time_zone', 'UTC', 'Europe/Berlin', 'Asia/Shanghai'], ['languages', 'en zh', 'en', 'en']]],
		])
			describe(group, () => everyField(form(group), fields, other, { branding: ['logo', 'author_photo', 'social_image'], theme: ['theme'], membership: ['second_factor'], language: ['language'] }[group]));

		test('the menu', async () => {
			const made = form('navigation')(), old = await open(made);
			await save(made, { navigation: 'Theirs /tag/theirs' });
			const answer = await send(made, { ...old, navigation: 'Mine /tag/mine' });
			assert.equal(answer.status, 409);
			assert.equal(otherOf(answer.text, 'navigation'), 'Theirs /tag/theirs');
			assert.equal((await send(made, { ...fieldsIn(answer.text, 'settings'), choose_navigation: 'mine' })).status, 303);
			assert.equal((await open(made)).navigation, 'Mine /tag/mine');
		});

		test('without a choice the stricter setting wins', async () => {
			const made = form('membership')();
			for (const [mine, theirs, wanted] of [['open', 'off', 'off'], ['off', 'open', 'off']]) {
				await save(made, { registration: 'invitation' });
				const old = await open(made);
				await save(made, { registration: theirs });
				const fields = fieldsIn((await send(made, { ...old, registration: mine })).text, 'settings');
				delete fields.choose_registration;
				assert.equal((await send(made, fields)).status, 303);
				assert.equal((await open(made)).registration, wanted);
			}
		});

		test('a setting changed by the command counts as a save', async () => {
			const made = form('general')(), old = await open(made);
			site.renown('setting', 'set', 'footer', 'From the command');
			const answer = await send(made, { ...old, title: 'From the form' });
			assert.equal(answer.status, 409);
			assert.equal(fieldsIn(answer.text, 'settings').footer, 'From the command');
		});

		test('an image uploaded with an old form is in the media library, and can be chosen', async () => {
			const made = form('branding')(), old = await open(made);
			await save(made, { author_photo_alt: 'Another save' });
			const answer = await sendFiles(site, made.where, Object.entries({ ...old, social_image_alt: 'Mine' }), [['author_photo_file', 'me.png', png(40, 50, 'green')]], { cookie: cookies.Owner });
			assert.equal(answer.status, 409);
			const fields = fieldsIn(answer.text, 'settings');
			assert.match(fields.author_photo, /^[0-9a-f]{2}\/[0-9a-f]{64}\.png$/);
			assert.match(answer.text, /me\.png/);
			assert.equal((await send(made, fields)).status, 303);
			const now = await open(made);
			assert.deepEqual([now.author_photo, now.author_photo_alt, now.social_image_alt], [fields.author_photo, 'Another save', 'Mine']);
			/* Both sides uploaded an image: the author chooses, and theirs may stay. */
			const stale = await open(made);
			const theirs = await sendFiles(site, made.where, Object.entries(stale), [['author_photo_file', 'theirs.png', png(41, 50, 'red')]], { cookie: cookies.Owner });
			assert.equal(theirs.status, 303);
			const both = await sendFiles(site, made.where, Object.entries(stale), [['author_photo_file', 'mine.png', png(42, 50, 'blue')]], { cookie: cookies.Owner });
			assert.equal(both.status, 409);
			const saved = (await open(made)).author_photo, mine = fieldsIn(both.text, 'settings').author_photo;
			assert.notEqual(mine, saved);
			assert.match(both.text, /class="other">theirs\.png</);
			assert.equal((await send(made, { ...fieldsIn(both.text, 'settings'), choose_author_photo: 'theirs' })).status, 303);
			assert.equal((await open(made)).author_photo, saved);
		});

		test('the theme', async () => {
			const made = form('theme')(), old = await open(made);
			assert.equal(old.theme, 'default');
			assert.equal((await send(made, { ...old, theme: 'default' })).status, 303);
		});
	});

	describe('a file in the media library', () => {
		const make = async () => {
			number++;
			const page = fieldsIn((await ask('/write/media')).text, 'upload');
			assert.equal((await sendFiles(site, '/write/media', [['proof', page.proof]], [['file', `p${number}.png`, png(30 + number % 200, 30, 'red')]], { cookie: cookies.Edda })).status, 303);
			return { where: `/write/media/${sql(site, 'SELECT max(id) FROM media')}`, name: 'file' };
		};
		test('the alt text', async () => {
			const made = await make();
			await save(made, { alt: 'Start' });
			for (const [choice, wanted] of [['mine', 'Mine'], ['theirs', 'Theirs']]) {
				await save(made, { alt: `Start ${choice}` });
				const old = await open(made);
				await save(made, { alt: 'Theirs' });
				const answer = await send(made, { ...old, alt: 'Mine' });
				assert.equal(answer.status, 409);
				assert.equal(otherOf(answer.text, 'alt'), 'Theirs');
				assert.equal((await send(made, fieldsIn(answer.text, 'file'))).status, 422);
				assert.equal((await send(made, { ...fieldsIn(answer.text, 'file'), choose_alt: choice })).status, 303);
				assert.equal((await open(made)).alt, wanted);
			}
			const old = await open(made);
			await save(made, { alt: 'Only theirs' });
			const untouched = await send(made, old);
			assert.equal(untouched.status, 409);
			assert.equal(fieldsIn(untouched.text, 'file').alt, 'Only theirs');
		});
	});

	describe('the files of a post', () => {
		const files = {};
		let post;
		before(async () => {
			for (const [name, bytes] of [['a.png', png(21, 20, 'red')], ['b.png', png(22, 20, 'red')], ['c.png', png(23, 20, 'red')]]) {
				const page = fieldsIn((await ask('/write/media')).text, 'upload');
				assert.equal((await sendFiles(site, '/write/media', [['proof', page.proof]], [['file', name, bytes]], { cookie: cookies.Edda })).status, 303);
				files[name] = sql(site, 'SELECT max(id) FROM media');
			}
			post = await newPost();
		});
		const form = () => ({ where: `${post.where}/media`, name: 'post-media', files: true });
		everyField(form, [
			['cover_alt', 'Start', 'Mine', 'Theirs'],
			['recording_address', '', 'https://mine.example/a.mp3', 'https://theirs.example/a.mp3'],
			['chapters', '', '0:00 Mine', '0:00 Theirs'],
		], ['cover_alt', 'Start', 'Another'], ['cover', 'recording', 'transcript']);

		test('cover: changed on both sides, and uploaded with an old form', async () => {
			await save(form(), { cover: files['a.png'] });
			const old = await open(form());
			await save(form(), { cover: files['b.png'] });
			const answer = await send(form(), { ...old, cover: files['c.png'] });
			assert.equal(answer.status, 409);
			assert.equal(fieldsIn(answer.text, 'post-media').cover, files['c.png']);
			assert.match(answer.text, /class="other">b\.png</);
			assert.equal((await send(form(), { ...fieldsIn(answer.text, 'post-media'), choose_cover: 'theirs' })).status, 303);
			assert.equal((await open(form())).cover, files['b.png']);
			const fresh = await sendFiles(site, form().where, Object.entries({ ...old, cover_alt: 'Fresh' }), [['cover_file', 'd.png', png(24, 20, 'red')]], { cookie: cookies.Edda });
			assert.equal(fresh.status, 409);
			const sent = fieldsIn(fresh.text, 'post-media');
			assert.match(fresh.text, /d\.png/);
			assert.ok(Number(sent.cover) > Number(files['c.png']));
			assert.equal((await send(form(), { ...sent, choose_cover: 'mine' })).status, 303);
			assert.equal((await open(form())).cover, sent.cover);
		});

		test('a file uploaded with a refused form is not lost', async () => {
			const answer = await sendFiles(site, form().where, Object.entries({ ...await open(form()), chapters: 'none' }), [['cover_file', 'e.png', png(25, 20, 'red')]], { cookie: cookies.Edda });
			assert.equal(answer.status, 422);
			const fields = fieldsIn(answer.text, 'post-media');
			assert.equal(sql(site, `SELECT name FROM media WHERE id = ${fields.cover}`), 'e.png');
			assert.equal((await send(form(), { ...fields, chapters: '' })).status, 303);
			assert.equal((await open(form())).cover, fields.cover);
		});
	});

	test('a role: without a choice, the one with fewer rights wins', async () => {
		const made = { where: '/admin/users/4', name: 'change', who: 'Owner' };
		for (const [start, mine, theirs, wanted] of [['author', 'editor', 'member', 'member'], ['author', 'member', 'owner', 'member'], ['member', 'moderator', 'author', 'author']]) {
			await save(made, { role: start, enabled: 'yes' });
			const old = await open(made);
			await save(made, { role: theirs });
			const answer = await send(made, { ...old, role: mine }), form = fieldsIn(answer.text, 'change');
			assert.equal(answer.status, 409);
			delete form.choose_role;
			assert.equal((await send(made, form)).status, 303);
			assert.equal((await open(made)).role, wanted, `${mine} and ${theirs}`);
		}
		await save(made, { role: 'member', enabled: 'yes' });
		const old = await open(made);
		await save(made, { enabled: 'no' });
		const answer = await send(made, { ...old, role: 'author' });
		assert.equal(answer.status, 409);
		assert.deepEqual([fieldsIn(answer.text, 'change').role, fieldsIn(answer.text, 'change').enabled], ['author', 'no']);
		assert.equal((await send(made, fieldsIn(answer.text, 'change'))).status, 303);
		assert.equal(sql(site, 'SELECT role || disabled FROM site_user WHERE id = 4'), 'author1');
	});

	test('an A/B test: it uses and changes only what its author has seen', async () => {
		const post = await newPost({ title: 'Tried', when: '2026-01-02 08:00' }), begin = { where: `${post.where}/experiment`, name: 'experiment' };
		const old = await open(begin), variant = { b_title: 'Another title' };
		await save(post, { title: 'Tried, changed' });
		const answer = await send(begin, { ...old, ...variant });
		assert.equal(answer.status, 409);
		assert.ok(items(answer.text).includes('Title: changed elsewhere, now Tried, changed.'));
		assert.equal(fieldsIn(answer.text, 'experiment').b_title, 'Another title');
		const begun = await send(begin, fieldsIn(answer.text, 'experiment'));
		assert.equal(begun.status, 303, problems(begun.text).join());
		const result = { where: begun.headers.location.slice(site.url.length), name: 'end-experiment', buttons: true };
		const form = await open(result);
		await save(post, { title: 'Changed once more' });
		const kept = await send(result, { ...form, letter: 'B' }, 'keep');
		assert.equal(kept.status, 409);
		assert.equal((await open(post)).title, 'Changed once more');
		assert.equal((await send(result, { ...fieldsIn(kept.text, 'end-experiment'), letter: 'B' }, 'keep')).status, 303);
		assert.equal((await open(post)).title, 'Another title');
	});
});
