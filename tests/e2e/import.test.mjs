// Importing files through the form: which posts they become, what the report says, whose posts they are, and what hostile files cannot do.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { tar, zip } from './archives.mjs';
import { addPeople, signIn, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, problems, proofIn } from './forms.mjs';
import { build, rawStatus, serveSite, until } from './lib.mjs';

const post = (title, more = '', body = 'Words.') => `---\ntitle: ${title}\n${more}---\n\n${body}\n`;

describe('import by form', () => {
	let site;
	const cookies = {};
	const ask = (where, who, headers = {}) => site.get(where, { headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
	const arrivals = () => fs.existsSync(path.join(site.folder, 'media/arriving')) ? fs.readdirSync(path.join(site.folder, 'media/arriving')) : [];
	async function send(who, files, { mode = 'drafts', fields = [], where = '/write/import' } = {}) {
		const page = (await ask(where, who)).text;
		return sendFiles(site, where, [['mode', mode], ['proof', proofIn(page, 'import')], ...fields],
			files.map(([name, bytes]) => ['file', name, Buffer.from(bytes)]), { cookie: cookies[who] });
	}
	// Sends files, runs the worker, and reads the report.
	async function bring(who, files, options = {}) {
		const answer = await send(who, files, options);
		assert.equal(answer.status, 303, problems(answer.text).join());
		const where = answer.headers.location.slice(site.url.length);
		site.work();
		const report = (await ask(where, who)).text;
		return { where, report, text: report.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') };
	}
	const row = (slug, columns) => sql(site, `SELECT ${columns} FROM post WHERE slug = '${slug}'`);
	const posts = () => Number(sql(site, 'SELECT count(*) FROM post'));
	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
	});
	after(() => site?.stop());

	test('the page is for authors, and is linked from the list of posts', async () => {
		assert.equal((await ask('/write/import')).status, 303);
		assert.equal((await ask('/write/import', 'Mia')).status, 403);
		assert.match((await ask('/write', 'Anna')).text, /href="\/write\/import"/);
		assert.match((await ask('/zh/write/import', 'Anna')).text, /导入/);
	});

	test('several files at once with their image become drafts of the user who sends them, whatever the files say', async () => {
		const { report, text, where } = await bring('Anna', [
			['first.md', post('First', 'author: Bert\naccess: members\ntags: [paper, ink]\n', 'See ![a sheet](sheet.png) and [the other](second.md).')],
			['second.md', '# Second\n\nMore words.\n'],
			['第三篇.md', post('第三篇', 'lang: zh\n', '中文的字。')],
			['sheet.png', png()],
		]);
		assert.equal(row('first', "state || ' ' || access || ' ' || author_id"), 'draft members 2');
		assert.equal(row('second', "title || ' ' || state"), 'Second draft');
		assert.equal(row('第三篇', "lang || ' ' || author_id"), 'zh 2');
		assert.match(text, /Import complete/);
		assert.match(text, /Imported 3 Already exists 0 Not imported 0/);
		assert.match(text, /author ignored; a post belongs to the person who imports it Bert/);
		assert.match(report, new RegExp(`href="/write/${row('first', 'id')}">First<`));
		assert.equal(sql(site, 'SELECT user_id FROM media_owner'), '2');
		assert.match(sql(site, `SELECT full_xhtml || open_xhtml FROM post_text WHERE post_id = ${row('first', 'id')}`), /src="\/media\/[^"]*".*href="\/blog\/second"/s);
		assert.deepEqual(arrivals(), [], 'no uploaded file is left');
		assert.match((await ask('/write/import', 'Anna')).text, new RegExp(`href="${where}"`));
	});

	test('a draft keeps the date in its file as its publish date; without a date it has none', async () => {
		await bring('Anna', [['dated-draft.md', post('Dated draft', 'date: 2019-04-05 06:07\n')], ['undated-draft.md', '# Undated draft\n\nWords.\n']]);
		const when = async (slug) => fieldsIn((await ask(`/write/${row(slug, 'id')}`, 'Anna')).text, 'post').when;
		assert.equal(await when('dated-draft'), '2019-04-05 06:07');
		assert.equal(await when('undated-draft'), '');
	});

	test('with "publish" chosen, posts are published at their dates, and drafts stay drafts', async () => {
		await bring('Anna', [['old.md', post('Old', 'date: 2020-01-02\n')], ['soon.md', post('Soon', 'date: 2100-01-02\n')],
			['half.md', post('Half', 'draft: true\n')]], { mode: 'publish' });
		await bring('Anna', [['now.md', post('Now')]], { mode: 'publish' });
		assert.equal(row('old', "state || ' ' || published"), `published ${Date.UTC(2020, 0, 2) / 1000}`);
		assert.equal(row('soon', 'state'), 'published');
		assert.equal(row('half', 'state'), 'draft');
		assert.equal(row('now', 'state'), 'published');
		assert.equal((await site.get('/blog/old')).status, 200);
		assert.equal((await site.get('/blog/soon')).status, 404);
	});

	test('the report names what was left out, and why', async () => {
		const before = posts();
		const { text } = await bring('Anna', [
			['yaml.md', '---\ntitle: [\n---\n\nx\n'], ['bad-date.md', post('D', 'date: soon\n')], ['kind.md', post('K', 'kind: poem\n')],
			['gbk.md', Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0xd7, 0xd6])], ['long.md', 'x'.repeat(1300000)],
			['taken.md', post('Other words', 'slug: old\n')], ['lost.md', post('Lost', 'weight: 3\n', '![x](gone.png) [y](nowhere.md) ![z](virus.png)')],
			['lonely.png', png(10, 10, 'blue')], ['virus.png', 'MZ no picture'], ['tool.exe', 'MZ'],
		]);
		assert.match(text, /yaml\.md Imported yaml line \d+ · front matter that cannot be read; the whole file became a draft line 3 · YAML parse error/);
		assert.match(text, /bad-date\.md Imported D line 3 · date that cannot be read[^·]* date: soon/);
		assert.match(text, /kind\.md Imported K line 3 · unknown kind[^·]* kind: poem/);
		assert.match(text, /gbk\.md Not imported line 1 · the text is not UTF-8/);
		assert.match(text, /long\.md Not imported longer than 1 MiB/);
		assert.match(text, /taken\.md Already exists Old the URL slug "old" is already in use/);
		assert.match(text, /image not found gone\.png/);
		assert.match(text, /linked file not found in the folder nowhere\.md/);
		assert.match(text, /unsupported file type, not imported virus\.png/);
		assert.match(text, /unknown field: weight/);
		assert.match(text, /lonely\.png Not imported not a Markdown file, and not used in any post/);
		assert.match(text, /tool\.exe Not imported/);
		assert.equal(posts(), before + 4, 'only valid files are imported');
		for (const slug of ['yaml', 'bad-date', 'kind'])
			assert.equal(row(slug, 'state'), 'draft', slug);
	});

	test('the report is available in Chinese', async () => {
		const answer = await send('Anna', [['坏.md', post('坏', 'kind: poem\n')], ['锁.md', post('锁', 'password: tiger\n')], ['不开.md', '---\ntitle: [\n---\n'], ['a.html', 'x'], ['字.md', post('字', 'weight: 3\n', '![x](gone.png)')]], { where: '/zh/write/import' });
		site.work();
		const text = (await ask(answer.headers.location.slice(site.url.length), 'Anna')).text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
		assert.match(text, /未导入/);
		assert.match(text, /类型只能是/);
		assert.match(text, /设有密码/);
		assert.match(text, /无法读取的文件头，整个文件已成为草稿 第 3 行 · YAML 解析错误：/);
		assert.match(text, /HTML 文件；只导入 Markdown 文件/);
		assert.match(text, /未知字段: weight/);
		assert.doesNotMatch(text, /image not found|unknown field|Not imported|Imported|draft|cannot|tiger/);
	});

	test('a file that was imported before is not imported again, whatever its name, even if the post was edited', async () => {
		const file = post('Twice');
		await bring('Anna', [['twice.md', file], ['twice-too.md', file]]);
		assert.equal(sql(site, "SELECT count(*) FROM post WHERE title = 'Twice'"), '1');
		sql(site, "UPDATE post SET title = 'Changed here' WHERE title = 'Twice'");
		const { text } = await bring('Anna', [['renamed.md', file]], { mode: 'publish' });
		assert.match(text, /renamed\.md Already exists Changed here/);
		assert.equal(sql(site, "SELECT state FROM post WHERE title = 'Changed here'"), 'draft');
		// The same file from another user becomes another post.
		await bring('Bert', [['twice.md', file]]);
		assert.equal(sql(site, "SELECT author_id FROM post WHERE title = 'Twice'"), '3');
	});

	test('two files with the same name are both imported; two forms at once are two imports, and create no duplicates', async () => {
		const before = posts();
		const [one, two] = await Promise.all([
			send('Anna', [['a.md', post('Alike one')], ['a.md', post('Alike two')]]), send('Anna', [['a.md', post('Alike one')]])]);
		assert.equal(one.status, 303);
		assert.equal(two.status, 303);
		await Promise.all([0, 1, 2].map(() => new Promise((done) => spawn(path.join(build, 'renown'), ['--site', site.folder, 'work', '--once']).on('exit', done))));
		assert.equal(posts(), before + 2);
	});

	test('at most three imports of a user wait', async () => {
		for (let i = 0; i < 3; i++)
			assert.equal((await send('Bert', [[`w${i}.md`, post(`Wait ${i}`)]])).status, 303);
		const answer = await send('Bert', [['w4.md', post('Wait 4')]]);
		assert.equal(answer.status, 422);
		assert.match(answer.text, /still being imported/);
		for (let i = 0; i < 3; i++)
			site.work();
		assert.deepEqual(arrivals(), []);
	});

	test('a report is visible to its author only', async () => {
		const { where } = await bring('Anna', [['secret-name.md', post('A secret')]]);
		for (const who of ['Bert', 'Edda', 'Owner'])
			assert.equal((await ask(where, who)).status, 404, who);
		assert.equal((await ask(where, 'Mia')).status, 403);
		assert.equal((await ask(where)).status, 303);
		assert.equal((await ask(`${where}0`, 'Anna')).status, 404);
		assert.equal((await ask('/write/import/x', 'Anna')).status, 404);
	});

	test('the user\'s rights apply: static pages and featured posts for editors, translations of own posts only', async () => {
		await bring('Bert', [['hidden.md', post('Hidden', 'slug: berts-draft\n')]]);
		const { text } = await bring('Anna', [['page.md', post('Page', 'kind: page\nfeatured: true\n')],
			['kin.md', post('Kin', 'translation_of: berts-draft\nlang: zh\n')], ['claim.md', post('Claim', 'slug: berts-draft\n')]]);
		assert.equal(row('page', "kind || ' ' || featured"), 'article 0');
		assert.match(text, /only editors can create pages/);
		assert.match(text, /original of this translation not found berts-draft/);
		assert.notEqual(row('kin', 'work_id'), row('berts-draft', 'work_id'));
		assert.match(text, /claim\.md Already exists the URL slug/);
		assert.doesNotMatch(text, /Hidden/, 'the title of another author\'s draft is not shown');
		await bring('Edda', [['about.md', post('About', 'kind: page\nfeatured: true\n')]]);
		assert.equal(row('about', "kind || ' ' || featured"), 'page 1');
	});

	test('an import does nothing if the user has lost the right by the time it runs', async () => {
		const before = posts(), answer = await send('Bert', [['late.md', post('Late')]]);
		assert.equal(answer.status, 303);
		sql(site, "BEGIN; UPDATE site_user SET role = 'member' WHERE id = 3; COMMIT");
		site.work();
		assert.equal(posts(), before);
		sql(site, "BEGIN; UPDATE site_user SET role = 'author' WHERE id = 3; COMMIT");
		assert.match((await ask(answer.headers.location.slice(site.url.length), 'Bert')).text, /You no longer have permission to write posts here/);
	});

	test('the storage quota applies', async () => {
		const used = Number(sql(site, 'SELECT bytes FROM media_total'));
		site.renown('setting', 'set', 'media_quota', '1');
		sql(site, 'UPDATE media_total SET bytes = 1048576 - 100');
		const { text } = await bring('Anna', [['big.md', post('Big', '', '![b](big.png)')], ['big.png', png(90, 90, 'green', { text: 'x'.repeat(900) })]]);
		assert.match(text, /no storage space left for this file; ask the site owner big\.png/);
		assert.equal(row('big', 'count(*)'), '1');
		sql(site, `UPDATE media_total SET bytes = ${used}`);
		site.renown('setting', 'set', 'media_quota', '0');
	});

	test('a user\'s own export is recognised on the same site, and on another site it restores the same posts', async () => {
		await send('Anna', []);
		sql(site, "INSERT INTO export_job (user_id, requested) VALUES (2, 1) ON CONFLICT DO UPDATE SET finished = 0");
		site.work();
		const name = sql(site, 'SELECT name FROM export_job WHERE user_id = 2'), bytes = fs.readFileSync(path.join(site.folder, 'export', name));
		const before = posts(), own = Number(sql(site, 'SELECT count(*) FROM post WHERE author_id = 2'));
		const { text } = await bring('Anna', [['mine.tar.gz', bytes]]);
		assert.equal(posts(), before);
		assert.match(text, new RegExp(`Imported 0 Already exists ${own} Not imported 0`));
		const other = await serveSite();
		try {
			other.renown('user', 'add', '--name', 'Olga', '--email', 'o@example.org', '--role', 'owner');
			const cookie = signIn(other, 1, 'Olga'.padEnd(43, 'x'));
			const page = (await other.get('/write/import', { headers: { cookie } })).text;
			const answer = await sendFiles(other, '/write/import', [['mode', 'publish'], ['proof', proofIn(page, 'import')]], [['file', 'mine.tar.gz', bytes]], { cookie });
			assert.equal(answer.status, 303);
			other.work();
			assert.equal(Number(sql(other, 'SELECT count(*) FROM post')), own);
			assert.equal(sql(other, "SELECT title FROM post WHERE lang = 'zh' AND slug = '第三篇'"), '第三篇');
			assert.equal(sql(other, "SELECT access || state FROM post WHERE slug = 'first'"), 'membersdraft');
			assert.match(sql(other, "SELECT group_concat(full_xhtml || open_xhtml) FROM post_text"), /src="\/media\//);
		} finally {
			await other.stop();
		}
	});

	test('an archive of a Hugo folder is recognised, also if it contains the folder itself', async () => {
		const entries = [['my-site/hugo.toml'], ['my-site/README.md', '# No post\n'], ['my-site/static/far.png', png(12, 12, 'white')],
			['my-site/content/posts/packed.md', post('Packed', '', '![f](/far.png)')], ['my-site/content/posts/包.md', post('打包的')]];
		for (const [name, bytes, outcome] of [['s.tgz', tar(entries), 'Imported'], ['s.ZIP', zip(entries), 'Already exists']]) {
			const { text } = await bring('Anna', [[name, bytes]]);
			assert.match(text, new RegExp(`packed\\.md ${outcome} Packed`));
			assert.match(text, new RegExp(`包\\.md ${outcome} 打包的`));
			assert.doesNotMatch(text, /No post|image not found|far\.png/);
		}
	});

	test('an archive cannot write outside its folder, create links, or exceed the limits', async () => {
		const before = posts(), up = '../'.repeat(12), gbk = Buffer.from([0xd6, 0xd0]).toString('latin1');
		const hostile = tar([['ok.md', post('From a tar')], [`${up}tmp/renown-out.md`, post('Out of it')], ['/tmp/renown-root.md', post('From the root')],
			['link.md', '', { type: '2', to: '/etc/passwd' }], ['hard.md', '', { type: '1', to: '/etc/passwd' }], ['way', '', { type: '2', to: '/tmp' }],
			['way/through.md', post('Through a link')], ['ok.md', post('Twice in it')], ['ok.md/below.md', post('Below a file')], [`${'n'.repeat(90)}${gbk}.md`, post('Long')],
			['long.pax', `${'x'.repeat(280)}.md`, { type: 'L' }], ['x.md', post('Too long')]]);
		const { text } = await bring('Anna', [['a.tar.gz', hostile], ['junk.zip', 'PK no archive'], ['cut.zip', zip([['cut.md', post('Cut')]]).subarray(0, 60)],
			['bomb.tgz', zlib.gzipSync(Buffer.alloc(3000000))]]);
		for (const name of ['renown-out.md', 'renown-root.md', 'through.md'])
			assert.equal(fs.existsSync(`/tmp/${name}`), false, name);
		assert.match(text, /ok\.md Imported From a tar/);
		assert.match(text, /way\/through\.md Imported Through a link/);
		assert.match(text, /junk\.zip Not imported the file is damaged or is not an archive/);
		assert.match(text, /cut\.zip Not imported the file is damaged/);
		assert.doesNotMatch(text, /Twice in it|Below a file|root:/);
		// Every file that is left out is reported.
		for (const [name, why] of [['\\S*/tmp/renown-out\\.md', 'its name points outside the archive'], ['link\\.md', 'link'], ['hard\\.md', 'link'], ['way', 'link'],
			['ok\\.md', 'second file with the same name'], ['ok\\.md/below\\.md', 'another entry of the archive has the name of its folder'],
			[`${'x'.repeat(60)}\\S*`, 'its name is too long']])
			assert.match(text, new RegExp(`a\\.tar\\.gz: ${name} Not imported ${why}`), name);
		assert.ok(posts() <= before + 5);
		const many = await bring('Anna', [['many.tar.gz', tar(Array.from({ length: 5001 }, (_, i) => [`n${i}.md`]))]]);
		assert.match(many.text, /many\.tar\.gz Not imported contains more than 5,000 files/);
		// It unpacks to a thousand times its size.
		const large = await bring('Anna', [['large.zip', zip([['a.md', post('Beside')], ...Array.from({ length: 3 }, (_, i) => [`z${i}.bin`, Buffer.alloc(400 << 20)])])]]);
		assert.match(large.text, /large\.zip Not imported contains more than 5,000 files or 1 GiB/);
		assert.equal(sql(site, "SELECT count(*) FROM post WHERE title = 'Beside'"), '0');
		assert.deepEqual(arrivals(), []);
	});

	test('a text that was not public elsewhere is not public here, and the report says so', async () => {
		const dated = (title, more) => post(title, `date: 2020-01-01\n${more}`), flags = [['draft: Yes', 'draft'], ['published: no', 'draft'], ['publish: false', 'draft'],
			['password: tiger-lily', 'draft'], ['status: private', 'draft'], ['status: odd', 'draft'], ['unlisted: true', 'draft'], ['visibility: friends', 'draft'],
			['expiryDate: 2021-01-01', 'unpublished'], ['draft: false', 'published']];
		const { text } = await bring('Anna', [
			...flags.map(([flag], i) => [`flag-${i}.md`, dated(`Flag ${i}`, `${flag}\n`)]),
			['f-members.md', dated('F members', 'visibility: members\n')], ['f-later.md', dated('F later', 'publishDate: 2100-01-01\n')],
			['f-json.md', '{ "title": "F json", "date": "2020-01-01", "draft": true }\n\nWords.\n'], ['f-open.md', '---\ntitle: F open\ndraft: true\n\nWords.\n'],
			['f-note.md', 'A note without a date.\n'], ['f-undated.md', post('F undated')], ['f-vault.md', dated('F vault', '', ).replace('Words.', 'Seen %%quokka%% words.')],
			['f-page.html', '<p>x</p>'],
		], { mode: 'publish' });
		flags.forEach(([flag, state], i) => {
			assert.equal(row(`flag-${i}`, 'state'), state, flag);
			if (state !== 'published')
				assert.match(text, new RegExp(`flag-${i}\\.md Imported Flag ${i} line 4 · [^·]*${flag.replace(/: tiger.*/, '')}`), flag);
		});
		assert.doesNotMatch(text, /tiger-lily/);
		assert.equal(row('f-members', "state || ' ' || access"), 'published members');
		assert.match(text, /f-members\.md Imported F members line 4 · only for members/);
		assert.equal(row('f-later', "state || ' ' || published"), 'published 4102444800');
		assert.equal(row('f-json', 'state'), 'draft');
		assert.equal(row('f-open', 'state'), 'draft');
		assert.equal(row('f-undated', 'state'), 'draft');
		assert.match(text, /f-undated\.md Imported F undated no date, among posts that have one; it became a draft/);
		assert.match(text, /f-note\.md Not imported note without date and front matter/);
		assert.match(text, /f-page\.html Not imported HTML file; only Markdown files are imported/);
		assert.match(text, /f-vault\.md Imported F vault line 6 · private comment, left out/);
		for (const where of ['/blog/f-vault', '/feed.rss', '/feed.atom', '/blog'])
			assert.doesNotMatch((await site.get(where)).text, /quokka/, where);
		assert.doesNotMatch((await site.get('/search?q=quokka')).text, /f-vault/);
		assert.match((await site.get('/search?q=words')).text, /f-vault/);
		for (const slug of ['flag-0', 'flag-3', 'flag-8', 'f-later', 'f-open'])
			assert.ok([404, 410].includes((await site.get(`/blog/${slug}`)).status), slug);
		assert.equal((await site.get('/blog/flag-9')).status, 200);
	});

	test('themes, drafts and READMEs in an archive of a site do not become articles, and names in GBK are read', async () => {
		const entries = [['blog/_config.yml', 'x: y\n'], ['blog/README.md', '# Not a post\n'], ['blog/scaffolds/post.md', '---\ntitle: {{ title }}\n---\n'],
			['blog/themes/n/README.md', '# Theme\n'], ['blog/node_modules/a/README.md', '# Package\n'], ['blog/source/_posts/zip-a.md', post('Zip a', 'date: 2020-01-01\n')],
			['blog/source/_drafts/zip-d.md', post('Zip d', 'date: 2020-01-01\n')], ['blog/source/links/index.md', post('Zip links', 'type: links\n')]];
		const { text } = await bring('Edda', [['site.zip', zip([...entries, ['__MACOSX/blog/._x.md', 'x']])]], { mode: 'publish' });
		assert.equal(row('zip-a', "kind || ' ' || state"), 'article published');
		assert.equal(row('zip-d', "kind || ' ' || state"), 'article draft');
		assert.equal(sql(site, "SELECT kind || ' ' || state FROM post WHERE title = 'Zip links'"), 'page published');
		assert.match(text, /README\.md Not imported outside the folder that holds the site/);
		for (const folder of ['scaffolds', 'themes', 'node_modules'])
			assert.match(text, new RegExp(`${folder} Not imported folder of a program`), folder);
		assert.doesNotMatch(text, /Not a post|Package/);
		// An author cannot create static pages, and a page without a date does not become an article with today's date.
		await bring('Anna', [['site.zip', zip(entries.map(([name, text]) => [name, text.replace('Zip', 'Zap')]))]], { mode: 'publish' });
		assert.equal(sql(site, "SELECT kind || ' ' || state FROM post WHERE title = 'Zap links'"), 'article draft');
		const chinese = Buffer.from([0xb2, 0xa9, 0xbf, 0xcd, 0x2f, 0xce, 0xc4, 0xd5, 0xc2]); // 博客/文章 in GBK
		const packed = await bring('Anna', [['gbk.zip', zip([[Buffer.concat([chinese, Buffer.from('.md')]), post('GBK', 'date: 2020-01-01\n', '![p](p.png)')],
			[Buffer.concat([chinese.subarray(0, 5), Buffer.from('p.png')]), png()], [Buffer.from([0xff, 0xfe, 0x2e, 0x6d, 0x64]), 'x']], { utf8: false })]]);
		assert.match(packed.text, /文章\.md Imported GBK/);
		assert.match(packed.text, /gbk\.zip: \S+ Not imported the file name is not UTF-8/);
		assert.doesNotMatch(packed.text, /image not found/);
	});

	test('malformed names and decompression bombs do no harm', async () => {
		const before = posts(), lists = `a: ${'['.repeat(4000)}`, aliases = 'a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n';
		const { text } = await bring('Anna', [['../../../../evil.md', post('Evil')], ['..\\..\\worse.md', post('Worse')], ['...', 'x'], ['.hidden.md', post('Was hidden')],
			[`${'长'.repeat(250)}.md`, post('Long name')], ['bomb.md', `---\n${aliases}---\nx\n`], ['deep.md', `---\n${lists}\n---\nx\n`], ['deep-toml.md', `+++\na = ${'['.repeat(4000)}\n+++\nx\n`],
			['junk.md', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))], ['<script>alert(1)</script>.md', post('<script>alert(2)</script>')]]);
		for (const name of ['evil.md', 'worse.md'])
			assert.match(text, new RegExp(`${name} Imported`));
		assert.equal(fs.existsSync(path.join(site.folder, 'evil.md')), false);
		assert.match(text, /hidden\.md Imported Was hidden/);
		assert.match(text, /bomb\.md Imported bomb line \d+ · front matter that cannot be read[^·]* · YAML aliases/);
		assert.match(text, /deep\.md Imported deep line \d+ · front matter that cannot be read[^·]* · the values are nested too deeply/);
		assert.match(text, /deep-toml\.md Imported deep toml line \d+ · front matter that cannot be read[^·]* · TOML parse error/);
		assert.match(text, /junk\.md Not imported/);
		assert.equal(posts(), before + 8);
		assert.deepEqual(arrivals(), []);
	});

	test('too many files, or too much data, is refused and leaves no files behind', async () => {
		const answer = await send('Anna', Array.from({ length: 2000 }, (_, i) => [`n${i}.md`, 'x']));
		assert.equal(answer.status, 413);
		const huge = await site.raw(`POST /write/import HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookies.Anna}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 1073741824\r\nConnection: close\r\n\r\n--B`);
		assert.equal(rawStatus(huge), 413);
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming-')), []);
		assert.deepEqual(arrivals(), []);
	});

	test('a wrong proof, an ended session or an unknown field: nothing is imported', async () => {
		const before = sql(site, 'SELECT count(*) FROM import_job'), files = [['file', 'x.md', Buffer.from(post('X'))]];
		assert.equal((await sendFiles(site, '/write/import', [['mode', 'drafts'], ['proof', 'wrong']], files, { cookie: cookies.Anna })).status, 403);
		assert.equal((await sendFiles(site, '/write/import', [['mode', 'drafts'], ['proof', 'x']], files)).status, 403);
		assert.equal((await send('Anna', [['x.md', post('X')]], { fields: [['author', '1']] })).status, 400);
		assert.equal((await send('Anna', [['x.md', post('X')]], { mode: 'all' })).status, 422);
		assert.match((await send('Anna', [])).text, /Choose a file first/);
		assert.equal((await ask('/write/import?mode=publish', 'Anna')).status, 200);
		assert.equal(sql(site, 'SELECT count(*) FROM import_job'), before);
		assert.deepEqual(arrivals(), []);
	});

	test('after kill -9 several times in the middle, all posts are there once, and the report is complete', async () => {
		const before = posts(), files = Array.from({ length: 300 }, (_, i) => [`k${i}.md`, post(`Killed ${i}`, '', `${'Many words. '.repeat(2000)}\n\n![s](k.png)`)]);
		const answer = await send('Anna', [...files, ['k.png', png(20, 20, 'yellow')]]), where = answer.headers.location.slice(site.url.length);
		assert.match((await ask(where, 'Anna')).text, /Queued/);
		let killed = 0;
		for (let i = 0; i < 3; i++) {
			const work = spawn(path.join(build, 'renown'), ['--site', site.folder, 'work', '--once']), from = posts();
			const ended = new Promise((done) => work.on('exit', done));
			await Promise.race([ended, until('posts are stored', () => posts() > from, 20000)]);
			killed += work.kill('SIGKILL') ? 1 : 0;
			await ended;
		}
		assert.ok(killed > 0 && posts() < before + 300, 'it was killed in the middle');
		const half = (await ask(where, 'Anna')).text;
		assert.match(half, /<progress max="300" value="\d+"/);
		assert.match(half, /Refresh progress/);
		site.work();
		assert.equal(posts(), before + 300);
		assert.equal(sql(site, "SELECT count(DISTINCT title) FROM post WHERE title LIKE 'Killed %'"), '300');
		const text = (await ask(where, 'Anna')).text;
		assert.match(text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '), /Imported 300 Already exists 0 Not imported 0/);
		assert.match(text, /rel="next" href="[^"]*\?after=100"/);
		assert.match((await ask(`${where}?after=100`, 'Anna')).text, /Killed/);
		assert.deepEqual(arrivals(), []);
	});

	test('files left behind by a request are deleted, and reports are deleted after a month', async () => {
		const lost = path.join(site.folder, 'media/arriving/lost');
		fs.mkdirSync(path.join(lost, 'deeper'), { recursive: true });
		fs.utimesSync(lost, 1, 1);
		sql(site, 'UPDATE import_job SET finished = 1 WHERE id = 1');
		site.work();
		assert.equal(fs.existsSync(lost), false);
		assert.equal(sql(site, 'SELECT count(*) FROM import_job WHERE id = 1'), '0');
		assert.equal(sql(site, 'SELECT count(*) FROM import_line WHERE job_id = 1'), '0');
	});

	test('uploaded files that wait for their import cannot be requested', async () => {
		await send('Anna', [['seen.md', post('Seen')]]);
		const folder = arrivals()[0];
		for (const where of [`/media/arriving/${folder}/seen.md`, `/renown-media/arriving/${folder}/seen.md`, `/media/closed/../arriving/${folder}/seen.md`])
			assert.equal((await ask(where, 'Anna')).status, 404, where);
		site.work();
	});
});
