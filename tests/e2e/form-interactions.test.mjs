// How merging, one-time ids, autosave, times and access work together; forms whose post, role or session no longer exists.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, signIn, sql } from './content.mjs';
import { sendFiles } from './files.mjs';
import { fieldsIn, problems, sendForm, unsavedIn } from './forms.mjs';
import { serveSite } from './lib.mjs';

describe('interactions of merging, repeated forms, autosave and rights', () => {
	let site, number = 0;
	const cookies = {}, ids = { Owner: 1, Anna: 2, Edda: 3, Mia: 4 };
	const ask = (where, who = 'Edda') => site.get(where, { headers: { cookie: cookies[who] } });
	const open = async (where, who, name = 'post') => fieldsIn((await ask(where, who)).text, name);
	const send = (where, fields, who = 'Edda') => sendForm(site, where, fields, { cookie: cookies[who] });
	const save = async (where, changes = {}, how = 'save', who = 'Edda') => {
		const answer = await send(where, { ...await open(where, who), ...changes, do: how }, who);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	};
	const make = (fields = {}, how = 'publish', who = 'Edda') => save('/write/new', { title: `Post ${++number}`, text: 'One.\n\nTwo.', slug: `post-${number}`, ...fields }, how, who);
	const idOf = (where) => where.split('/').pop();
	const value = (where, column) => sql(site, `SELECT ${column} FROM post WHERE id = ${idOf(where)}`);

	before(async () => {
		site = await serveSite({ formWorkers: 2 });
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
	});
	after(() => site?.stop());

	// A merged form of a post whose title both sides changed.
	const merged = async () => {
		const where = await make({ title: 'Start' }), old = await open(where);
		await save(where, { title: 'Theirs' });
		const answer = await send(where, { ...old, title: 'Mine', do: 'save' });
		assert.equal(answer.status, 409);
		assert.doesNotMatch(answer.text, /name="choose_[^>]*required/, 'a required field in a closed group would block the button without a message');
		return { where, form: { ...fieldsIn(answer.text, 'post'), do: 'save' } };
	};

	test('a merged form that is sent many times at once creates one version', async () => {
		for (const choose_title of ['mine', 'theirs']) {
			const { where, form } = await merged(), revision = Number(value(where, 'revision'));
			const answers = await Promise.all(Array.from({ length: 20 }, () => send(where, { ...form, choose_title, text: 'Changed.' })));
			assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303], choose_title);
			assert.equal((await send(where, { ...form, choose_title, text: 'Changed.' })).status, 303);
			assert.equal(Number(value(where, 'revision')), revision + 1, choose_title);
		}
	});

	test('the same form with another choice counts as a new form', async () => {
		const { where, form } = await merged();
		assert.equal((await send(where, { ...form, choose_title: 'theirs', summary: 'x' })).status, 303);
		assert.equal(value(where, 'title'), 'Theirs');
		assert.equal((await send(where, { ...form, choose_title: 'mine', summary: 'x' })).status, 303);
		assert.equal(value(where, 'title'), 'Mine');
		/* Sending the first one again gives its first result and creates nothing. */
		assert.equal((await send(where, { ...form, choose_title: 'theirs', summary: 'x' })).status, 303);
		assert.equal(value(where, 'title'), 'Mine');
	});

	test('settings: a merged form sent twice is saved once; with another choice it is saved again', async () => {
		const where = '/admin/settings/general', name = 'settings';
		const old = await open(where, 'Owner', name);
		assert.equal((await send(where, { ...await open(where, 'Owner', name), tagline: 'Theirs' }, 'Owner')).status, 303);
		const answer = await send(where, { ...old, tagline: 'Mine' }, 'Owner'), form = fieldsIn(answer.text, name);
		assert.equal(answer.status, 409);
		for (const choice of ['theirs', 'mine', 'mine'])
			assert.equal((await send(where, { ...form, choose_tagline: choice }, 'Owner')).status, 303, choice);
		assert.equal((await open(where, 'Owner', name)).tagline, 'Mine');
	});

	test('choosing the saved time again keeps its seconds, even if the choice for a repeated hour is still set', async () => {
		site.renown('setting', 'set', 'time_zone', 'Europe/Berlin');
		const where = await make({ when: '2026-05-05 08:00' }), time = Number(value(where, 'published')) + 17;
		sql(site, `UPDATE post SET published = ${time}, search_id = ${time} * 100 + ${idOf(where)} WHERE id = ${idOf(where)}; UPDATE content_version SET counter = counter + 1;`);
		const old = await open(where);
		const asked = await send(where, { ...old, when: '2026-10-25 02:30', do: 'save' });
		assert.equal(asked.status, 422);
		const form = fieldsIn(asked.text, 'post');
		assert.equal((await send(where, { ...form, when_fold: 'first', when: old.when, do: 'save' })).status, 303);
		assert.equal(Number(value(where, 'published')), time);
	});

	test('an author who saves a static page does not turn it into an article', async () => {
		const where = await make({}, 'publish', 'Anna');
		await save(where, { kind: 'page' });
		assert.equal(value(where, 'kind'), 'page');
		const page = (await ask(where, 'Anna')).text;
		assert.match(page, /<option value="page" selected/);
		await save(where, { title: 'Still a page' }, 'save', 'Anna');
		assert.equal(value(where, 'kind'), 'page');
	});

	test('too many tags are refused, typed or merged, and none is dropped silently', async () => {
		const tags = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${i}`).join(', ');
		const where = await make({ tags: 'a' });
		const answer = await send(where, { ...await open(where), tags: tags('b', 51), do: 'save' });
		assert.equal(answer.status, 422);
		assert.ok(fieldsIn(answer.text, 'post').tags.includes('b50'));
		const old = await open(where);
		await save(where, { tags: tags('c', 30) });
		const both = await send(where, { ...old, tags: tags('d', 30), do: 'save' });
		assert.equal(both.status, 409);
		const again = await send(where, { ...fieldsIn(both.text, 'post'), do: 'save' });
		assert.equal(again.status, 422);
		assert.equal(problems(again.text).length, 1);
	});

	test('a value that is too long is shown again with all fields and its maximum length', async () => {
		const where = await make(), old = await open(where);
		for (const how of ['save', 'publish', 'preview', 'keep']) {
			const answer = await send(how === 'keep' ? where : '/write/new', { ...(how === 'keep' ? old : await open('/write/new')), title: 'x'.repeat(301), text: 'An hour of work.', do: how });
			assert.equal(answer.status, 413, how);
			assert.match(answer.text, /An hour of work\./, how);
			assert.deepEqual(problems(answer.text), ['This has 301 characters, but the limit is 300. Shorten it.']);
		}
		const long = (letter) => Array.from({ length: 30 }, (_, i) => `${letter.repeat(58)}${i}`).join(', ');
		await save(where, { tags: long('a') });
		const both = await send(where, { ...old, text: 'An hour of work.', tags: long('b'), do: 'save' });
		assert.equal(both.status, 409);
		const again = await send(where, { ...fieldsIn(both.text, 'post'), do: 'save' });
		assert.equal(again.status, 413);
		assert.match(again.text, /An hour of work\./);
		const fields = fieldsIn(again.text, 'post');
		assert.equal((await send(where, { ...fields, tags: long('b'), do: 'save' })).status, 303);
		const out = await sendForm(site, '/write/new', { ...await open('/write/new'), title: 'x'.repeat(301), text: 'An hour of work.', do: 'save' });
		assert.equal(out.status, 403);
		assert.match(out.text, /An hour of work\./);
		const { proof, base } = await open(`${where}/media`, 'Edda', 'post-media');
		const attached = await sendFiles(site, `${where}/media`, [['proof', proof], ['base', base], ['cover_alt', 'x'.repeat(1001)], ['chapters', '0:00 An hour of work']], [], { cookie: cookies.Edda });
		assert.equal(attached.status, 413);
		assert.match(attached.text, /An hour of work/);
	});

	test('an imported post can be saved unchanged', async () => {
		importPosts(site, [{ name: 'long.md', title: 't'.repeat(400), date: '2025-01-02', tags: [...Array.from({ length: 48 }, (_, i) => `${'imported tag '.repeat(4)}${i}`), 'Foo, Bar'], description: 'd'.repeat(1500) }]);
		const where = `/write/${sql(site, "SELECT id FROM post WHERE title LIKE 'tttt%'")}`;
		const all = () => sql(site, `SELECT title, summary, (SELECT group_concat(name, '|') FROM (SELECT t.name FROM tag AS t JOIN post_tag AS pt ON pt.tag_id = t.id WHERE pt.post_id = post.id ORDER BY t.name)) FROM post WHERE id = ${idOf(where)}`);
		const before = all();
		assert.match(before, /Foo/);
		await save(where);
		assert.equal(all(), before);
	});

	test('after the role was removed, nothing is saved and the form is shown again', async () => {
		const fields = { ...await open('/write/new', 'Anna'), title: 'Too late', text: 'A long text.', do: 'publish' };
		sql(site, "UPDATE site_user SET role = 'member' WHERE id = 2");
		const answer = await send('/write/new', fields, 'Anna');
		assert.equal(answer.status, 403);
		assert.match(answer.text, /A long text\./);
		assert.match(answer.text, /value="Too late"/);
		sql(site, "UPDATE site_user SET role = 'author' WHERE id = 2");
		const again = await send('/write/new', fieldsIn(answer.text, 'again'), 'Anna');
		assert.equal(again.status, 403, 'a public page contains no proof of a session');
		assert.equal((await send('/write/new', { ...fieldsIn(again.text, 'post'), do: 'publish' }, 'Anna')).status, 303);
	});

	test('after a post was deleted or given to another author, the form is shown again', async () => {
		for (const who of ['Edda', 'Anna']) {
			const where = await make({}, 'save', who), fields = { ...await open(where, who), text: 'A paragraph that took an hour.', do: 'save' };
			await send(where, { ...fields, do: 'keep' }, who);
			assert.equal((await send(`${where}/trash`, { ...await open(`${where}/trash`, who, 'trash'), do: 'put' }, who)).status, 303);
			const answer = await send(where, fields, who);
			assert.equal(answer.status, 409);
			assert.match(answer.text, /took an hour/);
			const once = await send(where, { ...fieldsIn(answer.text, 'post'), do: 'save' }, who);
			assert.match(once.text, /took an hour/);
			assert.equal((await send(`${where}/delete`, await open(`${where}/delete`, who, 'delete'), who)).status, 303);
			const gone = await send(where, fields, who);
			assert.equal(gone.status, 404);
			assert.match(gone.text, /took an hour/, who);
			assert.doesNotMatch(gone.text, /href=""/);
			assert.doesNotMatch(gone.text, /name="when_fold"/, 'the form did not have it');
		}
	});

	test('after the session ended during a merge, fields and choices are kept', async () => {
		const { where, form } = await merged();
		sql(site, 'DELETE FROM session WHERE user_id = 3');
		const answer = await send(where, { ...form, choose_title: 'mine', text: 'Typed while merging.' });
		assert.equal(answer.status, 403);
		assert.match(answer.text, /href="\/sign-in[^"]*" target="_blank"/);
		cookies.Edda = signIn(site, 3, 'Edda-again'.padEnd(43, 'x'));
		const back = await send(where, fieldsIn(answer.text, 'again'));
		assert.equal(back.status, 403);
		const fields = fieldsIn(back.text, 'post');
		assert.deepEqual([fields.title, fields.text, fields.choose_title], ['Mine', 'Typed while merging.', 'mine']);
		assert.equal((await send(where, { ...fields, do: 'save' })).status, 303);
		assert.equal(value(where, 'title'), 'Mine');
	});

	test('a version restored several times at once is restored once', async () => {
		const where = await make({ text: 'First.', access: 'public' });
		await save(where, { text: 'Second.\n\n<!--paid-->\n\nSecret heron.', access: 'paid' });
		const form = await open(`${where}/versions/1`, 'Edda', 'restore'), revision = Number(value(where, 'revision'));
		const answers = await Promise.all(Array.from({ length: 10 }, () => send(`${where}/versions/1`, form)));
		assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303]);
		assert.equal((await send(`${where}/versions/1`, form)).status, 303);
		assert.deepEqual([Number(value(where, 'revision')), value(where, 'access')], [revision + 1, 'paid']);
		/* The current access applies, and without a cut no part of the text is public. */
		assert.doesNotMatch((await site.get(`/blog/${value(where, 'slug')}`)).text, /First\./);
		assert.equal(value(where, 'generated_summary'), '');
	});

	test('a version with unresolved merge markers is not restored to a published post', async () => {
		const where = await make({ text: 'Start.' }, 'save');
		await save(where, { text: '**⚠ Both of you changed this part. Your version:**\n\nOne.\n\n**⚠ Theirs:**\n\nTwo.\n\n**⚠ End of conflict.**' });
		await save(where, { text: 'One and two.' }, 'publish');
		const answer = await send(`${where}/versions/2`, await open(`${where}/versions/2`, 'Edda', 'restore'));
		assert.equal(answer.status, 422);
		assert.match(problems(answer.text)[0], /A conflict marked with ⚠ is not resolved yet/);
		assert.equal((await open(where)).text, 'One and two.');
	});

	test('an autosaved merged form keeps fields and choices', async () => {
		const { where, form } = await merged();
		assert.equal((await send(where, { ...form, choose_title: 'mine', text: 'Typed while merging.', do: 'keep' })).status, 200);
		const [copy] = unsavedIn((await ask('/write')).text).filter(({ href }) => href.includes(`/write/${idOf(where)}?`));
		const page = (await ask(copy.href)).text, fields = fieldsIn(page, 'post');
		assert.deepEqual([fields.title, fields.text], ['Mine', 'Typed while merging.']);
		const answer = await send(where, { ...fields, do: 'save' });
		assert.ok([303, 422].includes(answer.status), String(answer.status));
		assert.match(answer.status === 303 ? value(where, 'title') : answer.text, /Mine/);
	});

	test('an autosaved form of an older text does not restore the old access', async () => {
		const where = await make({ access: 'public', text: 'Open heron.' }), old = await open(where);
		await send(where, { ...old, title: 'Autosaved', do: 'keep' });
		await save(where, { access: 'paid' });
		const [copy] = unsavedIn((await ask('/write')).text).filter(({ href }) => href.includes(`/write/${idOf(where)}?`));
		const answer = await send(where, { ...fieldsIn((await ask(copy.href)).text, 'post'), do: 'save' });
		assert.equal(answer.status, 409);
		assert.equal(fieldsIn(answer.text, 'post').access, 'paid');
	});
});
