// A form stays open while the same post is saved elsewhere. Every field is changed on one side, the other, or both. Nothing is overwritten,
// nothing becomes more public than both sides want, and the author chooses.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from './content.mjs';
import { chosenOf, items, mergeSite, otherOf } from './form-merge.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';

describe('an open form of a post and a save from elsewhere', () => {
	const { site, cookies, ask, read, open, send, save, newPost, everyField } = mergeSite();

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

		test('URL slug and language are merged', async () => {
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

		test('an original of a translation that both sides changed is offered as a choice', async () => {
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

	test('without a choice, the stricter access wins', async () => {
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

	test('an A/B test uses and changes only what its author has seen', async () => {
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
