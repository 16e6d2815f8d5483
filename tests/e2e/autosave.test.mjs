// Autosaved forms: each open form has its own copy with every field. Only its author can open or discard it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addPeople, sql } from './content.mjs';
import { fieldsIn, problems, sendForm, unsavedIn } from './forms.mjs';
import { renown, root, serveSite } from './lib.mjs';

describe('autosaved forms', () => {
	let site;
	const cookies = {};
	const ask = async (where, who = 'Anna') => (await site.get(where, { headers: { cookie: cookies[who] } })).text;
	const open = async (where, who) => fieldsIn(await ask(where, who), 'post');
	const send = (where, fields, who = 'Anna') => sendForm(site, where, fields, { cookie: cookies[who] });
	const keep = async (where, fields, who) => {
		const answer = await send(where, { ...fields, do: 'keep' }, who);
		assert.equal(answer.status, 200, problems(answer.text).join());
		assert.match(answer.text, /^\d\d:\d\d$/);
	};
	const make = async (fields, how = 'save', who) => {
		const answer = await send('/write/new', { ...await open('/write/new', who), ...fields, do: how }, who);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	};
	const offers = async (where, who) => unsavedIn(await ask(where, who));
	const copies = () => Number(sql(site, 'SELECT count(*) FROM autosave'));
	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor']]));
	});
	after(() => site?.stop());

	test('two windows with a new post have separate copies; each is listed, and can be opened, saved or discarded', async () => {
		const one = await open('/write/new'), two = await open('/write/new');
		assert.notEqual(one.form_key, two.form_key);
		assert.ok(one.form_key.length >= 40);
		await keep('/write/new', { ...one, title: 'First draft', text: 'One.' });
		await keep('/write/new', { ...two, title: '第二篇', text: '二。', lang: 'zh' });
		await keep('/write/new', { ...one, title: 'First draft', text: 'One, and more.' });
		const listed = await offers('/write');
		assert.deepEqual(listed.map((offer) => offer.title).sort(), ['First draft', '第二篇']);
		assert.match(listed.find((offer) => offer.title === '第二篇').meta, /中文 \d{4}-\d\d-\d\d \d\d:\d\d/);
		assert.match(listed.find((offer) => offer.title === 'First draft').meta, /English/);
		assert.deepEqual((await offers('/write/new')).map((offer) => offer.title).sort(), ['First draft', '第二篇']);
		assert.deepEqual(await offers('/write?state=published'), []);
		assert.match(await ask('/zh/write'), /未保存的草稿/);
		const first = listed.find((offer) => offer.title === 'First draft'), second = listed.find((offer) => offer.title === '第二篇');
		assert.equal((await open(first.href)).text, 'One, and more.');
		assert.equal((await open(second.href)).text, '二。');
		assert.equal((await open(second.href)).lang, 'zh');
		const saved = await send('/write/new', { ...await open(first.href), do: 'save' });
		assert.equal(saved.status, 303);
		assert.deepEqual((await offers('/write')).map((offer) => offer.title), ['第二篇']);
		const gone = await send(second.action, second.fields);
		assert.equal(gone.headers.location, `${site.url}/write`);
		assert.equal(copies(), 0);
	});

	test('a restored copy has every field as it was typed', async () => {
		await make({ title: 'Partner', text: 'x', lang: 'zh', slug: 'partner' });
		const typed = { title: 'All of it', text: 'Open.\n\n<!--paid-->\n\nClosed.', summary: 'Typed summary.', tags: 'paper, 墨', lang: 'en', access: 'paid', when: '2099-01-02 08:00',
			slug: 'all-of-it', kind: 'audio', translation_of: 'partner', comments: 'closed', canonical: 'https://other.example/a', why: 'because' };
		const blank = await open('/write/new');
		/* A new field of the form fails here until it has a value in this test. */
		assert.deepEqual(Object.keys(blank).filter((name) => !['proof', 'revision', 'form_key', 'continues'].includes(name)).sort(), Object.keys(typed).sort());
		await keep('/write/new', { ...blank, ...typed });
		const [offer] = await offers('/write'), back = await open(offer.href);
		for (const [name, value] of Object.entries(typed))
			assert.equal(back[name], value, name);
		assert.equal((await send('/write/new', { ...back, do: 'publish' })).status, 303);
		assert.equal(sql(site, "SELECT access || '|' || comment_access || '|' || kind || '|' || state FROM post WHERE slug = 'all-of-it'"), 'paid|closed|audio|published');
		assert.equal(copies(), 0);
		/* And a field that only editors have. */
		const where = await make({ title: 'Marked', text: 'x' }, 'save', 'Edda');
		await keep(where, { ...await open(where, 'Edda'), featured: 'yes' }, 'Edda');
		const [marked] = await offers(where, 'Edda');
		assert.equal((await open(marked.href, 'Edda')).featured, 'yes');
		await send(marked.action, marked.fields, 'Edda');
	});

	test('a copy that differs from the stored post in any single field is offered; a copy without a difference is not', async () => {
		const where = await make({ title: 'Single', text: 'x', summary: 'S.', tags: 'a' }, 'publish'), fields = await open(where);
		for (const [name, value] of [['title', 'Other'], ['text', 'y'], ['summary', 'T.'], ['tags', 'a, b'], ['lang', 'zh'], ['access', 'members'], ['when', '2026-01-01 08:00'], ['slug', 'other'],
			['kind', 'video'], ['comments', 'closed'], ['canonical', 'https://other.example/'], ['why', 'w']]) {
			await keep(where, { ...fields, [name]: value });
			const [offer, more] = await offers(where);
			assert.equal(more, undefined);
			assert.ok(offer, name);
			assert.equal((await open(offer.href))[name], value, name);
			/* Changed back: the copy equals the stored post. */
			await keep(where, fields);
			assert.deepEqual(await offers(where), [], name);
		}
		assert.equal(sql(site, "SELECT revision FROM post WHERE slug = 'single'"), '1');
		await keep('/write/new', await open('/write/new'));
		assert.equal(copies(), 0);
	});

	test('two windows on the same post have separate copies; saving one leaves the other one\'s', async () => {
		const where = await make({ title: 'Same post', text: 'One.\n\nTwo.\n\nThree.' }), one = await open(where), two = await open(where);
		await keep(where, { ...one, text: 'One, A.\n\nTwo.\n\nThree.' });
		await keep(where, { ...two, text: 'One.\n\nTwo.\n\nThree, B.', access: 'paid' });
		assert.equal((await offers(where)).length, 2);
		assert.equal((await send(where, { ...one, text: 'One, A.\n\nTwo.\n\nThree.', do: 'save' })).status, 303);
		const [left, more] = await offers(where);
		assert.equal(more, undefined);
		assert.match(left.meta, /changes to: Same post/);
		/* The copy is older than the stored post: it is merged and does not overwrite it. */
		const back = await open(left.href), answer = await send(where, { ...back, do: 'save' });
		assert.equal(answer.status, 409);
		const merged = fieldsIn(answer.text, 'post');
		assert.deepEqual([merged.text, merged.access], ['One, A.\n\nTwo.\n\nThree, B.', 'paid']);
		assert.equal((await send(where, { ...merged, do: 'save' })).status, 303);
		assert.equal(copies(), 0);
	});

	test('a form opened from a copy replaces that copy, unless another window still saves to it', async () => {
		const one = await open('/write/new');
		await keep('/write/new', { ...one, title: 'Going on', text: 'One.' });
		const [offer] = await offers('/write'), again = await open(offer.href);
		assert.notEqual(again.form_key, one.form_key);
		await keep('/write/new', { ...again, text: 'One. Two.' });
		assert.deepEqual((await offers('/write')).map((found) => found.key), [again.form_key]);
		const third = await open((await offers('/write'))[0].href);
		sql(site, 'UPDATE autosave SET saved = saved + 1');
		await keep('/write/new', { ...third, text: 'Three.' });
		assert.equal((await offers('/write')).length, 2);
		sql(site, 'DELETE FROM autosave');
	});

	test('another user\'s copies cannot be opened, discarded or overwritten', async () => {
		const form = await open('/write/new');
		await keep('/write/new', { ...form, title: 'Secret heron', text: 'Hers.' });
		const [offer] = await offers('/write');
		for (const who of ['Bert', 'Edda', 'Owner']) {
			assert.doesNotMatch(await ask('/write', who), /heron/);
			assert.doesNotMatch(await ask(offer.href, who), /heron|Hers/);
			const own = await open('/write/new', who);
			await keep('/write/new', { ...own, form_key: form.form_key, continues: `${form.form_key}.${sql(site, 'SELECT saved FROM autosave WHERE user_id = 2')}`, text: `Of ${who}` }, who);
			const [theirs] = await offers('/write', who);
			assert.equal((await send(theirs.action, { ...theirs.fields, form_key: form.form_key }, who)).status, 303);
		}
		assert.equal((await open(offer.href)).text, 'Hers.');
		assert.equal(copies(), 1);
		for (const odd of ['x', '%00', '..', 'x'.repeat(3000), "' OR 1=1"])
			assert.equal((await site.get(`/write/new?autosave=${encodeURIComponent(odd)}`, { headers: { cookie: cookies.Anna } })).status, 200);
		assert.equal((await send('/write/new', { ...form, form_key: 'x'.repeat(65), do: 'keep' })).status, 413);
		sql(site, 'DELETE FROM autosave');
	});

	test('an author who may no longer edit a post still gets back what they typed', async () => {
		const where = await make({ title: 'Of Bert', text: 'x' }, 'save', 'Bert');
		await keep(where, { ...await open(where, 'Edda'), text: 'Edited for hours.' }, 'Edda');
		sql(site, "UPDATE site_user SET role = 'author' WHERE id = 4");
		const [offer] = await offers('/write', 'Edda');
		assert.match(offer.href, /^\/write\/new\?/);
		assert.equal((await open(offer.href, 'Edda')).text, 'Edited for hours.');
		assert.equal((await send(offer.action, offer.fields, 'Edda')).status, 303);
		assert.deepEqual(await offers('/write', 'Edda'), []);
		sql(site, "UPDATE site_user SET role = 'editor' WHERE id = 4");
	});

	test('when autosave is refused, the response says why: characters, length, too many copies, no session', async () => {
		const form = await open('/write/new');
		const refused = await send('/write/new', { ...form, text: 'a\x01b', do: 'keep' });
		if (refused.status !== 200) { // without those characters it is saved
			assert.equal(refused.status, 422);
			assert.equal(problems(refused.text).length, 1);
			assert.match(fieldsIn(refused.text, 'post').text, /^a.?b$/u);
		}
		assert.equal((await send('/write/new', { ...form, text: 'x'.repeat(1048577), do: 'keep' })).status, 413);
		sql(site, "DELETE FROM autosave; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO autosave (user_id, form_key, post_id, title, lang, saved) SELECT 2, 'k' || i, 0, 't', 'en', 1 FROM n");
		const full = await send('/write/new', { ...form, title: 'One more', do: 'keep' });
		assert.equal(full.status, 422);
		assert.match(problems(full.text)[0], /too many unsaved drafts/);
		assert.equal(fieldsIn(full.text, 'post').title, 'One more');
		assert.equal((await offers('/write')).length, 100);
		sql(site, 'DELETE FROM autosave');
		const out = await sendForm(site, '/write/new', { ...form, title: 'No session', do: 'keep' }, {});
		assert.equal(out.status, 403);
		assert.equal(copies(), 0);
	});

	test('GET writes nothing; old copies are deleted automatically, a limited number at a time', async () => {
		const dump = () => spawnSync('sqlite3', [path.join(site.folder, 'renown.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
		await keep('/write/new', { ...await open('/write/new'), title: 'Young' });
		const before = dump();
		for (const where of ['/write', '/write/new', (await offers('/write'))[0].href])
			await ask(where);
		assert.equal(dump(), before);
		sql(site, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) INSERT INTO autosave (user_id, form_key, post_id, title, lang, saved) SELECT 3, 'k' || i, 0, 't', 'en', 1 FROM n");
		site.renown('work', '--once');
		assert.equal(copies(), 51);
		site.renown('work', '--once');
		assert.equal(copies(), 1);
		assert.deepEqual((await offers('/write')).map((offer) => offer.title), ['Young']);
		sql(site, 'DELETE FROM autosave');
	});

	test('copies made by an older version are still there after renown migrate', async () => {
		const other = await serveSite({ owner: true }), folder = path.join(root, 'lib/store/sql'), file = path.join(other.folder, 'renown.db');
		await other.stop();
		const names = fs.readdirSync(folder).filter((name) => name.endsWith('.sql')).sort(), number = names.findIndex((name) => name.endsWith('-autosave.sql'));
		assert.ok(number > 0);
		const id = sql(other, 'PRAGMA application_id'), tables = sql(other, "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)");
		for (const end of ['', '-wal', '-shm'])
			fs.rmSync(file + end, { force: true });
		sql(other, `PRAGMA journal_mode = wal; BEGIN; ${names.slice(0, number).map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n')}
			PRAGMA application_id = ${id}; PRAGMA user_version = ${number}; COMMIT;
			INSERT INTO user (id, slug, name, email, role, created) VALUES (1, 'anna', 'Anna', 'anna@example.org', 'author', 1), (2, 'bert', 'Bert', 'bert@example.org', 'author', 1);
			INSERT INTO post (id, slug, kind, state, access, title, summary, lang, work_id, author_id, published, updated, created, minutes, search_id) VALUES (7, 'p', 'article', 'draft', 'public', 'P', '', 'zh', 7, 1, 1, 1, 1, 1, 1);
			INSERT INTO unsaved (user_id, post_id, revision, title, summary, tags, markdown, saved) VALUES (1, 0, 0, 'New', 'S', 'a, b', 'Text', 11), (1, 7, 3, 'P2', '', '', 'Two', 12), (2, 0, 0, 'Of Bert', '', '', 'x', 13);`);
		renown(other.folder, ['migrate']);
		assert.equal(sql(other, "SELECT user_id || '|' || post_id || '|' || title || '|' || lang || '|' || saved || '|' || (SELECT group_concat(name || '=' || value, ';') FROM (SELECT name, value FROM autosave_field WHERE autosave_id = a.id ORDER BY name)) FROM autosave AS a ORDER BY saved"),
			'1|0|New||11|revision=0;summary=S;tags=a, b;text=Text;title=New\n1|7|P2|zh|12|revision=3;summary=;tags=;text=Two;title=P2\n2|0|Of Bert||13|revision=0;summary=;tags=;text=x;title=Of Bert');
		assert.equal(sql(other, 'SELECT count(DISTINCT form_key) FROM autosave WHERE length(form_key) = 32'), '3');
		assert.equal(sql(other, "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)"), tables);
		renown(other.folder, ['migrate']);
		assert.equal(sql(other, 'SELECT count(*) FROM autosave'), '3');
	});

	test('no copy is left of a post that was deleted permanently', async () => {
		const where = await make({ title: 'To be deleted', text: 'x' });
		await keep(where, { ...await open(where), text: 'y' });
		for (const [page, form] of [['trash', 'trash'], ['delete', 'delete']])
			await send(`${where}/${page}`, { ...(page === 'trash' ? { do: 'put' } : {}), proof: fieldsIn(await ask(`${where}/${page}`), form).proof });
		assert.equal(sql(site, 'SELECT (SELECT count(*) FROM autosave) + (SELECT count(*) FROM autosave_field)'), '0');
	});
});
