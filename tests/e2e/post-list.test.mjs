// Trash, search, autosave, merging, comparing versions, translations, export.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addPeople, signIn, sql } from './content.mjs';
import { fieldsIn, problems, proofIn, sendForm, unsavedIn } from './forms.mjs';
import { renown, request, serveSite, temporaryFolder } from './lib.mjs';

describe('the list of posts: trash, search, autosave, translations, export', () => {
	let site;
	const cookies = {};
	const ask = (where, who) => site.get(where, { headers: who ? { cookie: cookies[who] } : {} });
	const read = (where) => site.get(where, { headers: { cookie: 'sid=nobody' } });
	const send = (where, fields, who) => sendForm(site, where, fields, who ? { cookie: cookies[who] } : {});
	async function write(where, who, changes, how = 'save') {
		const fields = { ...fieldsIn((await ask(where, who)).text, 'post'), do: how };
		return send(where, { ...fields, ...changes }, who);
	}
	async function make(who, changes, how) {
		const answer = await write('/write/new', who, changes, how);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	}
	const titles = (text) => [...text.matchAll(/<a href="\/write\/\d+(?:\/trash)?">([^<]*)</g)].map((match) => match[1]);
	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
	});
	after(() => site?.stop());

	test('trash: a post in it is hidden from everybody, restored unchanged, and deleted permanently only from there', async () => {
		const where = await make('Anna', { title: 'Thrown heron', text: 'Heron words.', tags: 'bird' }, 'publish');
		assert.equal((await read('/blog/thrown-heron')).status, 200);
		assert.equal((await ask(`${where}/delete`, 'Anna')).status, 404);
		const page = await ask(`${where}/trash`, 'Anna');
		assert.equal((await send(`${where}/trash`, { do: 'put', proof: proofIn(page.text) }, 'Bert')).status, 403);
		assert.equal((await ask(`${where}/trash`, 'Bert')).status, 404);
		assert.equal((await send(`${where}/trash`, { do: 'put', proof: proofIn(page.text) }, 'Anna')).status, 303);
		for (const who of [undefined, 'Anna', 'Edda', 'Owner', 'Mia'])
			assert.equal((await site.get('/blog/thrown-heron', { headers: { cookie: cookies[who] ?? 'sid=nobody' } })).status, 404, who);
		for (const list of ['/', '/blog', '/tag/bird', '/author/anna', '/feed.rss', '/feed.atom', '/archive', '/search?q=heron', '/sitemap/1.xml', '/tags'])
			for (const who of [undefined, 'Anna', 'Owner'])
				assert.doesNotMatch((await site.get(list, { headers: { cookie: cookies[who] ?? 'sid=nobody' } })).text, /thrown-heron|Thrown heron|href="[^"]*\/tag\/bird"/, `${list} ${who}`);
		assert.deepEqual(titles((await ask('/write?state=trash', 'Anna')).text), ['Thrown heron']);
		assert.deepEqual(titles((await ask('/write?state=trash', 'Bert')).text), []);
		assert.doesNotMatch((await ask('/write', 'Anna')).text, /Thrown heron/);
		assert.match((await ask(where, 'Anna')).headers.location, /\/trash$/);
		const late = await send(where, { ...fieldsIn((await ask('/write/new', 'Anna')).text, 'post'), title: 'x', text: 'Kept words', revision: '2', do: 'save', proof: proofIn((await ask('/write/new', 'Anna')).text) }, 'Anna');
		assert.match(late.text, /Kept words/);
		const back = await ask(`${where}/trash`, 'Anna');
		assert.equal((await send(`${where}/trash`, { do: 'restore', proof: proofIn(back.text) }, 'Anna')).status, 303);
		assert.equal((await read('/blog/thrown-heron')).status, 200);
		assert.match((await read('/tag/bird')).text, /Thrown heron/);
		await send(`${where}/trash`, { do: 'put', proof: proofIn((await ask(`${where}/trash`, 'Anna')).text) }, 'Anna');
		const last = await ask(`${where}/delete`, 'Anna');
		assert.match(last.text, /This can't be undone/);
		assert.equal((await ask(`${where}/delete`, 'Bert')).status, 404);
		assert.equal((await send(`${where}/delete`, { proof: proofIn(last.text) }, 'Anna')).status, 303);
		assert.equal(sql(site, "SELECT count(*) FROM post WHERE slug = 'thrown-heron'"), '0');
		assert.equal((await ask(`${where}/trash`, 'Anna')).status, 404);
		assert.match(site.renown('doctor').text, /well|ok/i);
	});

	// Characters as they come with text copied from a word processor, a terminal or a chat.
	test('invisible characters in pasted text do not prevent saving, autosave or preview', async () => {
		const pasted = '你好\bGitHub。\u200b Zero\u2060 \ufeff\u202aC:\\temp\u202c \x1b[1mbold\x7f.\r\n\r\nA\u000bB\u2028C 👩\u200d💻 می\u200cخواهم\ufffe';
		const shown = '你好GitHub。 Zero\u2060 \u202aC:\\temp\u202c [1mbold.\n\nA\nB\nC 👩\u200d💻 می\u200cخواهم';
		const where = await make('Anna', { title: 'Pasted\u200b \u0007title', text: pasted, summary: 'Sum\u0001mary', tags: 'pa\u200dper\u0002' }, 'publish'), id = where.split('/').pop();
		assert.equal(sql(site, `SELECT markdown FROM post_text WHERE post_id = ${id}`), shown);
		assert.equal(sql(site, `SELECT title || '|' || summary FROM post WHERE id = ${id}`), 'Pasted title|Summary');
		const kept = await write(where, 'Anna', { text: `${pasted}\u0001 more` }, 'keep');
		assert.equal(kept.status, 200);
		assert.match(kept.text, /^\d\d:\d\d$/);
		assert.equal(sql(site, `SELECT value FROM autosave_field JOIN autosave AS a ON a.id = autosave_id WHERE name = 'text' AND a.post_id = ${id}`), `${shown} more`);
		const preview = await write(where, 'Anna', { text: `Look\u0003 here\ufdd0` }, 'preview');
		assert.equal(preview.status, 200);
		assert.match(preview.text, /<p>Look here<\/p>/);
		assert.equal((await write(where, 'Anna', {})).status, 303);
		for (const answer of [kept, preview, await read('/blog/pasted-title'), await read('/feed.rss'), await ask(where, 'Anna')])
			assert.doesNotMatch(answer.text, /\ufffd/);
	});

	test('invalid characters are refused with their line, also by autosave', async () => {
		const where = await make('Anna', { title: 'Not text', text: 'x' });
		for (const how of ['save', 'keep', 'preview']) {
			const answer = await write(where, 'Anna', { text: `One.\r\n\r\nThr${'e\u0301' + '\u0301'.repeat(40)}e.` }, how);
			assert.equal(answer.status, 422, how);
			assert.deepEqual(problems(answer.text), ['Line 3, character 35: one letter has too many accents. Delete some.'], how);
		}
		const fields = fieldsIn((await ask(where, 'Anna')).text, 'post');
		const body = `${new URLSearchParams({ ...fields, do: 'save' })}`.replace(/&text=[^&]*/, '&text=One.%0aTwo+%ff.');
		const answer = await request(site.url + where, { method: 'POST', body, headers: { cookie: cookies.Anna, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } });
		assert.equal(answer.status, 422);
		assert.match(problems(answer.text)[0], /^Line 2, character 5 is not text/);
		assert.equal(sql(site, `SELECT markdown FROM post_text WHERE post_id = ${where.split('/').pop()}`), 'x');
	});

	test('renown work empties the trash after thirty days', async () => {
		const where = await make('Anna', { title: 'Old draft', text: 'x' }), young = await make('Anna', { title: 'Young draft', text: 'x' });
		for (const post of [where, young])
			await send(`${post}/trash`, { do: 'put', proof: proofIn((await ask(`${post}/trash`, 'Anna')).text) }, 'Anna');
		sql(site, "UPDATE post SET trashed = trashed - 31 * 86400 WHERE title = 'Old draft'");
		site.renown('work', '--once');
		assert.equal(sql(site, 'SELECT group_concat(title) FROM post WHERE trashed > 0'), 'Young draft');
	});

	test('search and filters find the author\'s own posts in every state, and are part of the URL', async () => {
		await make('Anna', { title: 'Night ferry', text: 'A lighthouse keeper.' });
		await make('Anna', { title: '灯塔', text: '守灯塔的人。', lang: 'zh' }, 'publish');
		await make('Anna', { title: 'Soon', text: 'Another lighthouse.', when: '2099-01-01 08:00', access: 'paid' }, 'publish');
		await make('Bert', { title: 'Secret lighthouse', text: 'Not hers.' });
		assert.deepEqual(titles((await ask('/write?q=lighthouse', 'Anna')).text).sort(), ['Night ferry', 'Soon']);
		assert.deepEqual(titles((await ask('/write?q=lighthouse&state=scheduled', 'Anna')).text), ['Soon']);
		assert.deepEqual(titles((await ask(`/write?q=${encodeURIComponent('灯塔')}`, 'Anna')).text), ['灯塔']);
		assert.deepEqual(titles((await ask('/write?lang=zh', 'Anna')).text), ['灯塔']);
		assert.deepEqual(titles((await ask('/write?state=scheduled', 'Anna')).text), ['Soon']);
		assert.deepEqual(titles((await ask('/write?kind=video', 'Anna')).text), []);
		assert.equal(titles((await ask('/write?q=lighthouse', 'Edda')).text).length, 3);
		assert.match((await ask('/write?q=a%26b%22%3Cx&lang=zh', 'Anna')).text, /href="\/write\?state=draft&amp;lang=zh&amp;q=a%26b%22%3Cx"/);
		for (const odd of ['%22', '*', 'NEAR(', 'title:x', '%00', '-', 'x'.repeat(3000)])
			assert.equal((await ask(`/write?q=${odd}`, 'Anna')).status, 200, odd);
		assert.equal((await ask('/write?before=x-y&state=nothing&kind=z', 'Anna')).status, 200);
	});

	test('autosaved text is offered again, to its author only', async () => {
		const where = await make('Anna', { title: 'Kept', text: 'Saved.' }, 'publish');
		const kept = await write(where, 'Anna', { title: '', text: 'Typed <b> & 墨.' }, 'keep');
		assert.equal(kept.status, 200);
		assert.match(kept.text, /^\d\d:\d\d$/);
		assert.equal(sql(site, "SELECT t.markdown || revision FROM post JOIN post_text AS t ON post_id = id WHERE slug = 'kept'"), 'Saved.1');
		const [offer] = unsavedIn((await ask(where, 'Anna')).text);
		assert.match(offer.meta, /changes to: Kept English/);
		assert.equal(fieldsIn((await ask(where, 'Anna')).text, 'post').text, 'Saved.');
		assert.equal(fieldsIn((await ask(offer.href, 'Anna')).text, 'post').text, 'Typed <b> & 墨.');
		assert.doesNotMatch((await ask(offer.href, 'Edda')).text, /Typed/);
		assert.equal((await write(where, 'Mia', {}, 'keep')).status, 403);
		assert.equal((await send(offer.action, offer.fields, 'Anna')).status, 303);
		assert.deepEqual(unsavedIn((await ask(where, 'Anna')).text), []);
		await write(where, 'Anna', { text: 'Again.' }, 'keep');
		await write(where, 'Edda', { text: 'From Edda.' });
		const back = fieldsIn((await ask(unsavedIn((await ask(where, 'Anna')).text)[0].href, 'Anna')).text, 'post');
		assert.equal((await send(where, { ...back, do: 'save' }, 'Anna')).status, 409);
		assert.equal(sql(site, "SELECT count(*) FROM autosave JOIN post ON post.id = post_id WHERE slug = 'kept'"), '1');
	});

	test('changes in different places are merged, and one button saves the merged text', async () => {
		const where = await make('Anna', { title: 'Merged', text: 'One.\n\nTwo.\n\nThree.', summary: 'S.' }), first = fieldsIn((await ask(where, 'Anna')).text, 'post');
		await write(where, 'Edda', { text: 'One.\n\nTwo.\n\nThree, by Edda.', title: 'Merged by Edda', why: 'a better title' });
		const answer = await send(where, { ...first, text: 'One, by Anna.\n\nTwo.\n\nThree.', do: 'save' }, 'Anna');
		assert.equal(answer.status, 409);
		const proposed = fieldsIn(answer.text, 'post');
		assert.equal(proposed.text, 'One, by Anna.\n\nTwo.\n\nThree, by Edda.');
		assert.equal(proposed.title, 'Merged by Edda');
		assert.equal((await send(where, { ...proposed, do: 'save' }, 'Anna')).status, 303);
		assert.equal(sql(site, "SELECT markdown FROM post_text JOIN post ON id = post_id WHERE title = 'Merged by Edda'"), 'One, by Anna.\n\nTwo.\n\nThree, by Edda.');
		const compared = (await ask(`${where}/compare?from=1&to=2`, 'Anna')).text;
		assert.match(compared, /Merged<ins> by Edda<\/ins>/);
		assert.match(compared, /Three<ins>, by Edda<\/ins>\./);
		assert.match((await ask(`${where}/versions`, 'Anna')).text, /a better title <time/);
		for (const odd of ['', '?from=1', '?from=1&to=99', '?from=x&to=1'])
			assert.equal((await ask(`${where}/compare${odd}`, 'Anna')).status, 404, odd);
		assert.equal((await ask(`${where}/compare?from=1&to=2`, 'Bert')).status, 404);
		assert.equal((await ask(`${where}/compare?from=1&to=2`, 'Mia')).status, 403);
	});

	test('translations: the original is chosen by address or title, from own posts only, one post for each language', async () => {
		const en = await make('Anna', { title: 'Paper boats', text: 'x' }, 'publish');
		await make('Bert', { title: 'Not hers', text: 'x' });
		const bad = await write('/write/new', 'Anna', { title: '纸船', text: 'x', lang: 'zh', translation_of: 'not-hers' });
		assert.deepEqual(problems(bad.text), ['You have no post with this URL slug or title.']);
		const zh = await make('Anna', { title: '纸船', text: 'x', lang: 'zh', translation_of: `${site.url}/blog/paper-boats` }, 'publish');
		assert.match((await read('/blog/paper-boats')).text, /纸船/);
		assert.deepEqual(problems((await write('/write/new', 'Anna', { title: '又一只纸船', text: 'x', lang: 'zh', translation_of: 'Paper boats' })).text), ['This post already has a translation in this language.']);
		assert.equal(fieldsIn((await ask(zh, 'Anna')).text, 'post').translation_of, 'paper-boats');
		assert.equal((await write(en, 'Anna', { translation_of: '' })).status, 303);
		assert.doesNotMatch((await read('/blog/paper-boats')).text, /纸船/);
	});

	test('the fields for URL slug, comments, home page and type are saved', async () => {
		const where = await make('Anna', { title: 'Elsewhere', text: 'x', canonical: 'https://other.example/a?b=1', comments: 'closed', kind: 'article' }, 'publish');
		const page = (await read('/blog/elsewhere')).text;
		assert.match(page, /<link rel="canonical" href="https:\/\/other\.example\/a\?b=1"/);
		for (const feed of ['/feed.rss', '/feed.atom'])
			assert.match((await read(feed)).text, /rel="canonical" type="text\/html" href="https:\/\/other\.example\/a\?b=1"/);
		assert.doesNotMatch((await read('/sitemap/1.xml')).text, /elsewhere/);
		for (const bad of ['http://other.example/', 'javascript:alert(1)', 'https://', 'https://x', 'https://a.example/"><script>', 'https://a b.example/'])
			assert.deepEqual(problems((await write(where, 'Anna', { canonical: bad })).text), ['Enter a full URL that starts with https://.'], bad);
		assert.deepEqual(problems((await write(where, 'Anna', { kind: 'page' })).text), ['Only editors can create pages.']);
		assert.equal((await write(where, 'Anna', { featured: 'yes' })).status, 400);
		assert.equal((await write(where, 'Edda', { featured: 'yes' })).status, 303);
		assert.equal(sql(site, "SELECT featured || comment_access FROM post WHERE slug = 'elsewhere'"), '1closed');
	});

	test('a script in any field is shown as text everywhere', async () => {
		const bad = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
		const where = await make('Anna', { title: bad, text: bad, summary: bad, tags: bad, why: bad, slug: 'bad' }, 'publish'), old = fieldsIn((await ask(where, 'Anna')).text, 'post');
		await write(where, 'Anna', { text: `${bad} more`, why: bad, title: `${bad}!`, tags: `${bad}!` });
		await write(where, 'Anna', { text: `${bad} kept`, title: bad }, 'keep');
		const merged = await send(where, { ...old, title: `${bad}?`, text: `${bad} again`, do: 'save' }, 'Anna');
		assert.equal(merged.status, 409);
		assert.doesNotMatch(merged.text, /<script>alert|<img src=x/);
		for (const page of ['/write', '/write?q=script', where, unsavedIn((await ask(where, 'Anna')).text)[0].href, `${where}/versions`, `${where}/versions/1`, `${where}/compare?from=1&to=2`, `${where}/trash`])
			for (const who of ['Anna', 'Edda'])
				assert.doesNotMatch((await ask(page, who)).text, /<script>alert|<img src=x/, `${page} ${who}`);
	});

	test('an export contains all of an author\'s own work and nobody else\'s, and the import reads it back', async () => {
		const pictures = temporaryFolder('pictures');
		const webp = fs.readdirSync(path.join(site.folder, 'media'), { recursive: true }).find((name) => /\.\w{3,4}$/.test(name));
		assert.equal(webp, undefined);
		fs.writeFileSync(path.join(pictures, 'dot.png'), Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
		fs.mkdirSync(path.join(pictures, 'texts'));
		fs.writeFileSync(path.join(pictures, 'texts', 'p.md'), '---\ntitle: "With: a \\"picture\\" # 图"\nauthor: Bert\nslug: with-picture\ntags: ["a, b", 纸]\ndraft: true\naccess: paid\ncanonical: https://old.example/p\ncomments: false\n---\n\nOpen.\n\n![dot](../dot.png)\n\n<!--paid-->\n\nClosed.\n');
		site.renown('import', 'markdown', pictures, '--author', 'bert@example.org');
		const page = await ask('/write/export', 'Bert');
		assert.equal((await ask('/write/export/file', 'Bert')).status, 404);
		assert.equal((await send('/write/export', { proof: proofIn(page.text) }, 'Bert')).status, 303);
		assert.match((await ask('/write/export', 'Bert')).text, /is being created/);
		site.renown('work', '--once');
		assert.match((await ask('/write/export', 'Bert')).text, /href="\/write\/export\/file"/);
		const file = await ask('/write/export/file', 'Bert');
		assert.equal(file.status, 200);
		assert.equal(file.headers['content-type'], 'application/gzip');
		assert.match(file.headers['content-disposition'], /attachment; filename="renown-export\.tar\.gz"/);
		assert.match(file.headers['cache-control'], /no-store/);
		const name = sql(site, "SELECT name FROM export_job");
		for (const [where, who, status] of [['/write/export/file', 'Anna', 404], ['/write/export/file', 'Owner', 404], ['/write/export/file', 'Mia', 403], [`/renown-export/${name}`, 'Bert', 404], [`/export/${name}`, 'Bert', 404]])
			assert.equal((await ask(where, who)).status, status, `${where} ${who}`);
		const unpacked = temporaryFolder('unpacked');
		execFileSync('tar', ['xzf', '-', '-C', unpacked], { input: file.bytes });
		const texts = fs.readdirSync(path.join(unpacked, 'posts'), { recursive: true }).filter((found) => found.endsWith('index.md'));
		assert.equal(texts.length, Number(sql(site, "SELECT count(*) FROM post WHERE author_id = 3 AND trashed = 0")));
		const other = await serveSite({ owner: true });
		renown(other.folder, ['user', 'add', '--name', 'Bert', '--email', 'bert@example.org', '--role', 'author']);
		const report = renown(other.folder, ['import', 'markdown', unpacked]).text;
		assert.doesNotMatch(report, /not found|unknown field/);
		const row = "SELECT title || '|' || state || '|' || access || '|' || p.lang || '|' || canonical_url || '|' || comment_access || '|' || published || '|' || summary || '|' || t.markdown || '|' || (SELECT group_concat(name, ';') FROM (SELECT g.name FROM post_tag AS k JOIN tag AS g ON g.id = k.tag_id WHERE k.post_id = p.id ORDER BY k.position)) || '|' || (SELECT group_concat(m.digest) FROM post_link AS l JOIN media AS m ON m.id = l.media_id WHERE l.post_id = p.id) FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE slug = 'with-picture'";
		assert.equal(sql(other, row), sql(site, row));
		assert.match(sql(other, row), /dot\.png/);
		await other.stop();
	});

	test('fifty authors who save at the same time lose nothing', async () => {
		const people = Array.from({ length: 50 }, (_, i) => `Crowd ${i}`);
		for (const [i, name] of people.entries()) {
			sql(site, `INSERT INTO site_user (id, slug, name, email, role, created) VALUES (${100 + i}, 'crowd-${i}', '${name}', 'crowd${i}@example.org', 'author', 1)`);
			cookies[name] = signIn(site, 100 + i, name.replace(' ', '').padEnd(43, 'z'));
		}
		const forms = await Promise.all(people.map((who) => ask('/write/new', who)));
		const saved = await Promise.all(people.map((who, i) => send('/write/new', { ...fieldsIn(forms[i].text, 'post'), title: who, text: `Text of ${who}`, tags: 'crowd', do: 'publish' }, who)));
		assert.deepEqual([...new Set(saved.map((answer) => answer.status))], [303]);
		assert.equal(sql(site, "SELECT count(*) FROM post AS p JOIN post_text AS t ON t.post_id = p.id JOIN site_user AS u ON u.id = p.author_id WHERE t.markdown = 'Text of ' || u.name"), '50');
		assert.equal(sql(site, "SELECT posts FROM tag_count JOIN tag ON id = tag_id WHERE slug = 'crowd'"), '50');
	});
});
