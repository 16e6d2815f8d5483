// Writing, previewing and publishing a post: authors edit only their own posts, no version is overwritten, no text is lost.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, signIn, sql } from './content.mjs';
import { fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { childProcesses, serveSite } from './lib.mjs';

const valueOf = (text, name) => fieldsIn(text, text.includes('form again"') ? 'again' : 'post')[name];

describe('writing, publishing and versions of a post', () => {
	let site;
	const cookies = {};
	const ask = (where, who, headers = {}) => site.get(where, { headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
	// Bypasses the cache, which keeps a 404 for a second.
	const read = (where) => site.get(where, { headers: { cookie: 'sid=nobody' } });
	const send = (where, fields, who, headers = {}) => sendForm(site, where, fields, { ...(who ? { cookie: cookies[who] } : {}), ...headers });
	// Opens a form, changes some fields, and sends it.
	async function write(where, who, changes, how = 'save') {
		const fields = { ...fieldsIn((await ask(where, who)).text, 'post'), do: how };
		return send(where, { ...fields, ...changes }, who);
	}
	async function make(who, changes, how) {
		const answer = await write('/write/new', who, changes, how);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	}
	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member'], ['Mo', 'moderator']]));
	});
	after(() => site?.stop());

	test('the pages are for authors only', async () => {
		for (const where of ['/write', '/write/new', '/write/1', '/zh/write']) {
			const visitor = await ask(where);
			assert.equal(visitor.status, 303, where);
			assert.match(visitor.headers.location, /\/sign-in\?next=/);
			for (const who of ['Mia', 'Mo'])
				assert.equal((await ask(where, who)).status, 403, `${where} ${who}`);
		}
		for (const who of ['Anna', 'Edda', 'Owner'])
			assert.equal((await ask('/write', who)).status, 200);
		assert.match((await ask('/blog', 'Anna')).text, /href="\/write">Manage posts</);
		assert.doesNotMatch((await ask('/blog', 'Mia')).text, /Manage posts/);
		for (const who of ['Mia', 'Mo'])
			assert.equal((await send('/write/new', { title: 'x', lang: 'en', access: 'public', do: 'publish', proof: 'no' }, who)).status, 403);
		assert.equal(sql(site, 'SELECT count(*) FROM post'), '0');
	});

	test('drafts in both languages are previewed, published and unpublished', async () => {
		const where = await make('Anna', { title: 'Paste & <promises>', text: '# One\n\nFirst **words**.\n\n## Two\n\nMore.', tags: 'paper, 纸，glue', slug: '' });
		assert.match(where, /^\/write\/\d+$/);
		assert.equal((await read('/blog/paste-promises')).status, 404);
		const draft = (await ask(where, 'Anna')).text;
		assert.match(draft, /<h1>Paste &amp; &lt;promises&gt;<\/h1>[\s\S]*Draft/);
		assert.equal(valueOf(draft, 'tags'), 'paper, 纸, glue');
		const seen = await write(where, 'Anna', { text: 'Only **looked** at.' }, 'preview');
		assert.equal(seen.status, 200);
		assert.match(seen.text, /id="preview"[\s\S]*Only <strong>looked<\/strong> at\./);
		assert.equal(valueOf(seen.text, 'text'), 'Only **looked** at.');
		assert.equal(valueOf((await ask(where, 'Anna')).text, 'text').includes('looked'), false);
		assert.equal((await write(where, 'Anna', {}, 'publish')).status, 303);
		const page = await read('/blog/paste-promises');
		assert.equal(page.status, 200);
		assert.match(page.text, /First <strong>words<\/strong>/);
		assert.match((await read('/tag/纸')).text, /Paste &amp;/);
		assert.match((await read('/feed.rss')).text, /Paste &amp;/);
		assert.equal((await write(where, 'Anna', { slug: 'paste' })).status, 303);
		assert.equal((await read('/blog/paste-promises')).headers.location, `${site.url}/blog/paste`);
		const zh = await make('Anna', { title: '浆糊的承诺', text: '第一段。', lang: 'zh' }, 'publish');
		assert.match((await read('/blog/浆糊的承诺')).text, /<html[^>]*lang="zh"/);
		assert.equal((await write(zh, 'Anna', {}, 'withdraw')).status, 303);
		assert.equal((await read('/blog/浆糊的承诺')).status, 404);
		assert.match((await ask(zh, 'Anna')).text, /Unpublished/);
	});

	test('a post that is scheduled is not public before its time', async () => {
		const where = await make('Anna', { title: 'Later', text: 'x', when: '2099-03-05 08:00' }, 'publish');
		assert.equal((await read('/blog/later')).status, 404);
		const page = (await ask(where, 'Anna')).text;
		assert.match(page, /Scheduled for Thursday, 5 March 2099, 08:00/);
		assert.equal(valueOf(page, 'when'), '2099-03-05 08:00');
		assert.deepEqual(problems((await write(where, 'Anna', { when: 'next week' })).text), ['Enter a date such as 2026-11-24 08:00.']);
		assert.equal((await write(where, 'Anna', { when: '2026-01-02 08:00' })).status, 303);
		assert.equal((await read('/blog/later')).status, 200);
	});

	test('a draft keeps its chosen publish date, or has none', async () => {
		const where = await make('Anna', { title: 'Timed', text: 'x' }), when = async () => valueOf((await ask(where, 'Anna')).text, 'when');
		assert.equal(await when(), '');
		for (const chosen of ['2099-03-05 08:00', '', '2020-02-02 09:30']) {
			assert.equal((await write(where, 'Anna', { when: chosen })).status, 303);
			assert.equal(await when(), chosen);
		}
		assert.equal((await write(where, 'Anna', {}, 'publish')).status, 303);
		assert.match((await read('/blog/timed')).text, /datetime="2020-02-02T/);
		const other = await make('Anna', { title: 'Untimed', text: 'x' });
		assert.equal((await write(other, 'Anna', {}, 'publish')).status, 303);
		assert.equal(sql(site, "SELECT published >= unixepoch() - 60 FROM post WHERE slug = 'untimed'"), '1');
	});

	test('another author\'s drafts cannot be opened by their number', async () => {
		const where = await make('Anna', { title: 'Secret draft', text: 'Not yet.' });
		for (const [who, status] of [['Bert', 404], ['Mia', 403], ['Edda', 200], ['Owner', 200], ['Anna', 200]])
			assert.equal((await ask(where, who)).status, status, who);
		assert.doesNotMatch((await ask('/write', 'Bert')).text, /Secret draft/);
		assert.match((await ask('/write', 'Edda')).text, /Secret draft/);
		const own = await make('Bert', { title: 'Own', text: 'x' }), form = (await ask(own, 'Bert')).text;
		for (const proof of [proofIn(form), ''])
			assert.ok([403, 404].includes((await send(where, { title: 'Taken', text: 'x', lang: 'en', access: 'public', summary: '', tags: '', slug: '', when: '', revision: '1', do: 'publish', proof }, 'Bert')).status));
		assert.equal(sql(site, "SELECT count(*) FROM post WHERE title = 'Taken'"), '0');
		for (const odd of ['/write/0', '/write/-1', '/write/99999999999999999999', '/write/x', '/write/1%20', '/write/1/2'])
			assert.equal((await ask(odd, 'Anna')).status, 404, odd);
		assert.equal((await write(where, 'Edda', { title: 'Secret draft, edited' })).status, 303);
		assert.equal(sql(site, "SELECT author_id FROM post WHERE title = 'Secret draft, edited'"), '2');
	});

	test('fields that the form does not have are refused and change nothing', async () => {
		const where = await make('Anna', { title: 'Fields', text: 'x' }), { text } = await ask(where, 'Anna');
		const fields = { title: 'Fields', text: 'x', lang: 'en', access: 'public', summary: '', tags: '', slug: 'fields', when: '', revision: valueOf(text, 'revision'), base: valueOf(text, 'base'), do: 'save', proof: proofIn(text) };
		for (const [name, value] of [['author_id', '3'], ['state', 'published'], ['id', '1'], ['featured', 'yes']])
			assert.equal((await send(where, { ...fields, [name]: value }, 'Anna')).status, 400, name);
		for (const [name, value] of [['lang', 'fr'], ['access', 'secret'], ['do', 'destroy'], ['lang', '']])
			assert.equal((await send(where, { ...fields, [name]: value }, 'Anna')).status, 422, `${name}=${value}`);
		assert.equal((await send(where, { ...fields, text: 'x'.repeat(1048577) }, 'Anna')).status, 413);
		assert.equal((await send(where, { ...fields, title: '' }, 'Anna')).status, 422);
		assert.deepEqual(problems((await send(where, { ...fields, title: '!!!', slug: '' }, 'Anna')).text), ['Enter at least one letter or digit.']);
		assert.equal(sql(site, "SELECT state || revision FROM post WHERE slug = 'fields'"), 'draft1');
		assert.equal((await send(where, { ...fields, text: '墨'.repeat(340000) }, 'Anna')).status, 303);
	});

	test('a save that conflicts with a newer one is refused, and both texts are shown', async () => {
		const where = await make('Anna', { title: 'Two tabs', text: 'First.' }), first = (await ask(where, 'Anna')).text;
		assert.equal((await write(where, 'Edda', { text: 'What <b>Edda</b> wrote.' })).status, 303);
		const fields = { title: 'Two tabs', text: 'What Anna wrote.', lang: 'en', access: 'public', summary: '', tags: '', slug: 'two-tabs', when: '', revision: valueOf(first, 'revision'), base: valueOf(first, 'base'), do: 'save', proof: proofIn(first) };
		const answer = await send(where, fields, 'Anna');
		assert.equal(answer.status, 409);
		assert.match(problems(answer.text)[0], /^Not saved yet: this was changed elsewhere/);
		assert.match(valueOf(answer.text, 'text'), /^\*\*⚠ Both of you changed this part\. Your version:\*\*\n\nWhat Anna wrote\.\n\n\*\*⚠ Their version:\*\*\n\nWhat <b>Edda<\/b> wrote\./);
		assert.match(answer.text, /<pre class="mine" tabindex="0">What Anna wrote\.<\/pre>/);
		assert.match(problems((await send(where, { ...fields, text: valueOf(answer.text, 'text'), revision: valueOf(answer.text, 'revision'), base: valueOf(answer.text, 'base'), do: 'publish' }, 'Anna')).text)[0], /conflict marked with ⚠ is not resolved yet/);
		assert.match(answer.text, /<pre tabindex="0">What &lt;b&gt;Edda&lt;\/b&gt; wrote\.<\/pre>/);
		assert.equal(sql(site, "SELECT markdown FROM post_text JOIN post ON id = post_id WHERE slug = 'two-tabs'"), 'What <b>Edda</b> wrote.');
		assert.equal((await send(where, { ...fields, text: 'Both.', revision: valueOf(answer.text, 'revision'), base: valueOf(answer.text, 'base') }, 'Anna')).status, 303);
		assert.equal(sql(site, "SELECT group_concat(markdown, '|') FROM (SELECT r.markdown FROM revision AS r JOIN post AS p ON p.id = r.post_id WHERE p.slug = 'two-tabs' ORDER BY r.number)"), 'First.|What <b>Edda</b> wrote.|Both.');
	});

	test('a preview, or an error such as a missing title, keeps the revision of the form', async () => {
		const where = await make('Anna', { title: 'Previewed', text: 'First.' }), first = (await ask(where, 'Anna')).text;
		assert.equal((await write(where, 'Edda', { text: 'From Edda.' })).status, 303);
		const fields = { title: 'Previewed', text: 'From Anna.', lang: 'en', access: 'public', summary: '', tags: '', slug: 'previewed', when: '', revision: valueOf(first, 'revision'), base: valueOf(first, 'base'), proof: proofIn(first) };
		const seen = await send(where, { ...fields, do: 'preview' }, 'Anna');
		assert.equal(seen.status, 200);
		assert.equal(valueOf(seen.text, 'revision'), fields.revision);
		assert.equal((await send(where, { ...fields, revision: valueOf(seen.text, 'revision'), base: valueOf(seen.text, 'base'), do: 'save' }, 'Anna')).status, 409);
		const wrong = await send(where, { ...fields, title: '', do: 'save' }, 'Anna');
		assert.equal(wrong.status, 409);
		assert.match(wrong.text, /<pre tabindex="0">From Edda\.<\/pre>/);
		sql(site, 'DELETE FROM session WHERE user_id = 2');
		const lost = await send(where, { ...fields, do: 'save' }, 'Anna');
		assert.equal(lost.status, 403);
		assert.equal(valueOf(lost.text, 'revision'), fields.revision);
		cookies.Anna = signIn(site, 2, 'Anna'.padEnd(43, 'y'));
		const back = await send(where, { ...fields, proof: proofIn(lost.text), revision: valueOf(lost.text, 'revision'), base: valueOf(lost.text, 'base') }, 'Anna');
		assert.equal(back.status, 403);
		assert.match(back.text, /<pre tabindex="0">From Edda\.<\/pre>/);
	});

	test('after the session has ended, the text is shown again', async () => {
		const where = await make('Bert', { title: 'Long work', text: 'x' }), { text } = await ask(where, 'Bert');
		const fields = { title: 'Long work', text: 'Three hours of <words> & 墨.', lang: 'en', access: 'paid', summary: '', tags: 'ink', slug: 'long-work', when: '', revision: valueOf(text, 'revision'), base: valueOf(text, 'base'), do: 'save', proof: proofIn(text) };
		sql(site, 'DELETE FROM session WHERE user_id = 3');
		const lost = await send(where, fields, 'Bert');
		assert.equal(lost.status, 403);
		assert.equal(lost.headers['cache-control'], 'private, no-store');
		assert.match(lost.text, /You are signed out/);
		assert.equal(valueOf(lost.text, 'text'), 'Three hours of <words> & 墨.');
		cookies.Bert = signIn(site, 3, 'Bert'.padEnd(43, 'y'));
		// The form that is shown again has no proof of the new session. It is shown once more, with a proof, and is then accepted.
		const again = await send(where, { ...fields, proof: proofIn(lost.text) }, 'Bert');
		assert.equal(again.status, 403);
		assert.equal(valueOf(again.text, 'text'), 'Three hours of <words> & 墨.');
		assert.equal((await send(where, { ...fields, proof: proofIn(again.text), revision: valueOf(again.text, 'revision'), base: valueOf(again.text, 'base') }, 'Bert')).status, 303);
		assert.equal(sql(site, "SELECT access FROM post WHERE slug = 'long-work'"), 'paid');
	});

	test('every save creates a version, which authors of the post can view and restore', async () => {
		const where = await make('Anna', { title: 'Versions', text: 'One.', tags: 'paper' });
		await write(where, 'Anna', { title: 'Versions, again', text: 'Two <b>bold</b>.' }, 'publish');
		await write(where, 'Edda', { text: 'Three.' });
		const list = (await ask(`${where}/versions`, 'Anna')).text;
		assert.equal([...list.matchAll(/href="\/write\/\d+\/versions\/\d+"/g)].length, 3);
		assert.match(list, /Saved <time[^>]*>[^<]*<\/time> Edda[\s\S]*Current version[\s\S]*Published <time[^>]*>[^<]*<\/time> Anna/);
		const second = await ask(`${where}/versions/2`, 'Anna');
		assert.match(second.text, /<pre class="version" tabindex="0">Two &lt;b&gt;bold&lt;\/b&gt;\.<\/pre>/);
		for (const [who, status] of [['Bert', 404], ['Mia', 403], [undefined, 303]]) {
			assert.equal((await ask(`${where}/versions`, who)).status, status);
			assert.equal((await ask(`${where}/versions/2`, who)).status, status);
		}
		assert.equal((await send(`${where}/versions/2`, { proof: proofIn(second.text) }, 'Bert')).status, 403);
		for (const odd of ['0', '99', 'x', '2/3'])
			assert.equal((await ask(`${where}/versions/${odd}`, 'Anna')).status, 404);
		assert.doesNotMatch((await ask(`${where}/versions/3`, 'Anna')).text, /Restore this version/);
		const answer = await send(`${where}/versions/1`, { proof: proofIn((await ask(`${where}/versions/1`, 'Anna')).text) }, 'Anna');
		assert.equal(answer.status, 303);
		assert.equal(sql(site, "SELECT p.title || '|' || t.markdown || '|' || p.state || '|' || p.revision FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE p.slug = 'versions'"), 'Versions|One.|published|4');
		assert.match((await read('/blog/versions')).text, /One\.[\s\S]*href="\/tag\/paper"/);
	});

	test('removed rights end at once', async () => {
		const where = await make('Bert', { title: 'Demoted', text: 'x' }), { text } = await ask(where, 'Bert');
		sql(site, "UPDATE site_user SET role = 'member' WHERE id = 3");
		assert.equal((await ask(where, 'Bert')).status, 403);
		assert.equal((await send(where, { title: 'Still', text: 'x', lang: 'en', access: 'public', summary: '', tags: '', slug: '', when: '', revision: '1', do: 'publish', proof: proofIn(text) }, 'Bert')).status, 403);
		sql(site, "UPDATE site_user SET role = 'author' WHERE id = 3");
	});

	test('the list has pages and can be filtered by state', async () => {
		sql(site, `INSERT INTO post (slug, kind, state, access, title, summary, lang, work_id, author_id, published, updated, created, reading_minutes, search_id)
			WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) SELECT 'n' || i, 'article', CASE WHEN i % 2 THEN 'draft' ELSE 'unpublished' END, 'public', 'N ' || i, '', 'en', 0, 2, 1, 1, 1, 1, 1000 + i FROM n`);
		const titles = (text) => [...text.matchAll(/<a href="\/write\/\d+">(N \d+)</g)].map((match) => match[1]);
		const first = (await ask('/write', 'Anna')).text, older = /href="(\/write\?before=[\d-]+)"/.exec(first)[1];
		assert.equal(titles(first)[0], 'N 120');
		assert.equal(titles(first).length, 50);
		assert.equal(titles((await ask(older, 'Anna')).text)[0], 'N 70');
		for (const who of ['Anna', 'Edda']) {
			const drafts = titles((await ask('/write?state=draft', who)).text);
			assert.deepEqual(drafts.slice(0, 3), ['N 119', 'N 117', 'N 115']);
			assert.equal(drafts.length, 50);
			assert.ok(titles((await ask('/write?state=unpublished', who)).text).includes('N 120'));
		}
		assert.equal((await ask('/write?state=%00&before=-5', 'Anna')).status, 200);
		sql(site, "DELETE FROM post WHERE title LIKE 'N %'");
	});

	test('twenty saves at once are all stored, and GET changes nothing', async () => {
		const workers = childProcesses(site.programs.post.pid);
		const pages = await Promise.all(Array.from({ length: 20 }, () => ask('/write/new', 'Anna')));
		const saved = await Promise.all(pages.map(({ text }, i) => send('/write/new', { title: `At once ${i}`, text: `Text ${i}`, lang: 'en', access: 'public', summary: '', tags: 'crowd', slug: '', when: '', revision: '0', do: 'publish', proof: proofIn(text) }, 'Anna')));
		assert.deepEqual([...new Set(saved.map((answer) => answer.status))], [303]);
		assert.equal(sql(site, "SELECT count(*) FROM post WHERE title LIKE 'At once %'"), '20');
		assert.equal(sql(site, "SELECT posts FROM tag_count JOIN tag ON id = tag_id WHERE slug = 'crowd'"), '20');
		const counter = sql(site, 'SELECT counter FROM content_version');
		for (const where of ['/write', '/write/new', '/write/1'])
			await ask(where, 'Anna');
		assert.equal(sql(site, 'SELECT counter FROM content_version'), counter);
		assert.deepEqual(childProcesses(site.programs.post.pid), workers);
		assert.match(site.renown('doctor').text, /well|ok/i);
	});
});
