// Reading the sample site through nginx: every internal link, languages,
// methods, conditional requests, and content that must not be visible yet.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { crawl, importPosts, isPage, signIn, sql } from './content.mjs';
import { serveSite, sleep, until } from './lib.mjs';

// A session cookie, even an unknown one, bypasses the cache: the program answers.
const uncached = { cookie: 'sid=nobody' };

describe('the sample site', () => {
	let site, answers;
	before(async () => {
		site = await serveSite({ sample: true });
		// Within a second of a change no page has Last-Modified, and nginx keeps such a response for five seconds.
		await until('the sample content is a second old', async () => (await site.get('/', { headers: uncached })).headers['last-modified']);
		answers = await crawl(site);
	});
	after(() => site?.stop());

	test('every address that the site links to answers', () => {
		// The permanent link to a comment leads to its thread.
		const isLink = (where, answer) => /^\/comment\/\d+$/.test(where) && answer.status === 301 && new URL(answer.headers.location).hash === where.replace('/comment/', '#c');
		const wrong = [...answers].filter(([where, answer]) => answer.status !== 200 && !isLink(where, answer)).map(([where, answer]) => `${where}: ${answer.status}`);
		assert.deepEqual(wrong, []);
		assert.ok(answers.size > 60, `${answers.size} addresses`);
	});

	test('all kinds of pages are tested', () => {
		const found = [...answers.keys()];
		for (const shape of [/^\/$/, /^\/about$/, /^\/blog$/, /^\/blog\/[^/]+$/, /^\/tags$/, /^\/tag\/[^/]+$/, /^\/author\/[^/]+$/, /^\/archive$/, /^\/archive\/\d{4}-\d\d$/,
			/^\/search/, /^\/(en|zh)\/?$/, /^\/(en|zh)\/blog$/, /^\/feed\.rss$/, /^\/feed\.atom$/, /^\/tag\/[^/]+\/feed\.rss$/, /^\/tag\/[^/]+\/feed\.atom$/, /^\/sitemap\/.+/, /^\/media\/.+/, /^\/assets\/style\.css\?v=/])
			assert.ok(found.some((where) => shape.test(where)), `${shape}`);
	});

	test('every content type names its charset', () => {
		for (const [where, answer] of answers)
			if (/^text\/|\/xml|rss|atom/.test(answer.headers['content-type']))
				assert.match(answer.headers['content-type'], /; charset=utf-8$/, where);
		assert.equal(answers.get('/feed.rss').headers['content-type'], 'application/rss+xml; charset=utf-8');
		assert.equal(answers.get('/feed.atom').headers['content-type'], 'application/atom+xml; charset=utf-8');
	});

	test('pages can be read without script and request nothing from other hosts', () => {
		for (const [where, answer] of answers) {
			if (!isPage(answer))
				continue;
			assert.doesNotMatch(answer.text, /<[^>]*\son[a-z]+=|<[^>]*\sstyle=|<style|<script(?![^>]*(?:src=|application\/ld\+json))/i, where);
			for (const [, source] of answer.text.matchAll(/<(?:script|img|source|audio|video|iframe|link rel="stylesheet")[^>]*(?:src|href)="([^"]*)"/g))
				assert.match(source, /^\/(?!\/)/, `${where}: ${source}`);
		}
	});

	test('unknown addresses are 404 pages of the site', async () => {
		for (const where of ['/nothing', '/blog/nothing', '/blog/', '/blog//', '/tag/nothing', '/author/nothing', '/page/nothing', '/archive/1999-13', '/archive/x', '/fr/', '/zh/blog/x/y', '/zhx', '/EN', '/.git/config', '/blog/x.css', '/index.html', '/tag/nothing/feed.rss', '/sitemap/999.xml', '/blog%2fx%2fy']) {
			const answer = await site.get(where);
			assert.equal(answer.status, 404, where);
			if (!where.endsWith('.rss'))
				assert.match(answer.text, /<html[^>]*lang=/, where);
		}
	});

	test('another method is 405 with Allow, and TRACE never answers', async () => {
		for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'FOO'])
			for (const where of ['/', '/blog', '/feed.rss', '/search']) {
				const answer = await site.get(where, { method });
				assert.equal(answer.status, 405, `${method} ${where}`);
				assert.equal(answer.headers.allow, 'GET, HEAD', `${method} ${where}`);
			}
	});

	test('HEAD has the same headers as GET, without a body', async () => {
		for (const where of ['/', '/blog', '/feed.rss', '/sitemap.xml', '/nothing', '/search?q=paper']) {
			const got = await site.get(where, { headers: uncached }), head = await site.get(where, { method: 'HEAD', headers: uncached });
			assert.equal(head.status, got.status, where);
			assert.equal(head.bytes.length, 0, where);
			for (const name of ['content-type', 'etag', 'last-modified', 'cache-control'])
				assert.equal(head.headers[name], got.headers[name], `${where} ${name}`);
		}
	});

	test('a reader with the current version gets 304, from the program and from the cache', async () => {
		for (const headers of [uncached, {}])
			for (const where of ['/', '/about', '/blog', '/tags', '/archive', '/feed.rss', '/feed.atom', '/tag/paper/feed.rss', '/sitemap.xml', '/robots.txt', '/search?q=paper'].filter((one) => one !== '/tag/paper/feed.rss' || answers.has(one))) {
				const first = await site.get(where, { headers });
				assert.match(first.headers.etag, /^(W\/)?"[^"]+"$/, where);
				assert.ok(!Number.isNaN(Date.parse(first.headers['last-modified'])), where);
				for (const tag of [first.headers.etag, `W/${first.headers.etag.replace('W/', '')}`, `"x", ${first.headers.etag}`]) {
					const second = await site.get(where, { headers: { ...headers, 'if-none-match': tag } });
					assert.equal(second.status, 304, `${where} ${tag}`);
					assert.equal(second.bytes.length, 0, where);
				}
				assert.equal((await site.get(where, { headers: { ...headers, 'if-none-match': '"other"' } })).status, 200, where);
				assert.equal((await site.get(where, { headers: { ...headers, 'if-modified-since': first.headers['last-modified'] } })).status, 304, where);
			}
	});

	test('only / uses Accept-Language', async () => {
		const ask = (where, language) => site.get(where, { headers: { 'accept-language': language } });
		const lang = (answer) => /<html[^>]* lang="([^"]*)"/.exec(answer.text)[1];
		assert.match(lang(await ask('/', 'zh-CN,zh;q=0.9')), /^zh/);
		assert.match(lang(await ask('/', 'en-GB')), /^en/);
		assert.match(lang(await ask('/', 'zh-TW')), /^zh/, 'also from the cache');
		assert.equal(lang(await ask('/blog', 'zh')), lang(await ask('/blog', 'en')));
		assert.match(lang(await ask('/zh/', 'en')), /^zh/);
		assert.match(lang(await ask('/en/blog', 'zh')), /^en/);
		assert.match((await ask('/', 'en')).headers.vary ?? '', /Accept-Language/i);
	});

	test('a post\'s page is in the post\'s language, and links to its translations', () => {
		const translated = [...answers].filter(([where, answer]) => /^\/blog\/[^/?]+$/.test(where) && /hreflang="(en|zh)[^"]*"/.test(answer.text));
		assert.ok(translated.length >= 4);
		const languages = new Set([...answers].filter(([where]) => /^\/blog\/[^/?]+$/.test(where)).map(([, answer]) => /<html[^>]* lang="([^"-]*)/.exec(answer.text)[1]));
		assert.deepEqual([...languages].sort(), ['en', 'zh']);
	});

	test('an unknown query parameter is ignored, a known one is validated', async () => {
		const body = (answer) => answer.text.replace(/<time[^>]*>/g, '');
		assert.equal(body(await site.get('/blog?utm_source=x&y')), body(await site.get('/blog')));
		for (const where of ['/blog?before=x', '/blog?before=', '/blog?before=-1', '/blog?before=99999999999999999999', '/blog?after=%00', '/search?q=%ff', '/search?q=', '/search?q=%22', '/search?q=AND+OR+NOT+NEAR(', '/search?q=tag:'])
			assert.ok([200, 400, 404].includes((await site.get(where)).status), where);
	});

	test('the site\'s search finds an English word and a Chinese one of one and two characters', async () => {
		for (const word of ['paper', 'papers', '纸', '邻居']) {
			const answer = await site.get(`/search?q=${encodeURIComponent(word)}`);
			assert.equal(answer.status, 200);
			assert.match(answer.text, /<mark|class="[^"]*match/, word);
		}
		assert.match((await site.get('/search?q=%22wheat+starch%22')).text, /href="\/blog\/paste-is-a-promise"/);
		assert.doesNotMatch((await site.get('/search?q=%22starch+wheat%22')).text, /href="\/blog\/paste-is-a-promise"/);
	});

	test('anonymous readers never get a cookie', () => {
		for (const [where, answer] of answers)
			assert.equal(answer.headers['set-cookie'], undefined, where);
	});

	test('all sample content is removed again', async () => {
		site.renown('sample', 'remove');
		assert.equal(sql(site, 'SELECT count(*) FROM post WHERE sample = 1;'), '0');
		assert.equal((await site.get('/blog', { headers: uncached })).status, 200);
		site.renown('sample', 'add');
		assert.notEqual(sql(site, 'SELECT count(*) FROM post WHERE sample = 1;'), '0');
	});
});

describe('a site with its own content', () => {
	let site;
	before(async () => {
		site = await serveSite({ owner: true });
		importPosts(site, Array.from({ length: 45 }, (_, i) => ({
			name: `post-${i}.md`, title: `Post number ${i}`, slug: `post-${i}`, lang: i % 3 === 0 ? 'zh' : 'en', tags: ['all', i % 2 === 0 ? 'even' : 'odd'],
			date: `2026-0${1 + Math.floor(i / 20)}-${String(1 + (i % 20)).padStart(2, '0')}T10:00:00Z`, text: `Text of number ${i}.`,
		})));
	});
	after(() => site?.stop());
	const slugs = (text) => [...new Set([...text.matchAll(/href="(?:[^"]*)\/blog\/(post-\d+)"/g)].map((match) => match[1]))];

	async function walk(from, rel) {
		const seen = [], pages = [];
		for (let where = from; where;) {
			pages.push(where);
			const answer = await site.get(where, { headers: uncached });
			assert.equal(answer.status, 200, where);
			seen.push(...slugs(/<main[\s\S]*<\/main>/.exec(answer.text)[0]));
			const link = [...answer.text.matchAll(/<a [^>]*>/g)].map(([tag]) => tag).find((tag) => tag.includes(`rel="${rel}"`));
			where = link && /href="([^"]*)"/.exec(link)[1].replaceAll('&amp;', '&');
			assert.ok(pages.length < 10);
		}
		return { seen, pages };
	}

	test('lists go from newest to oldest, twenty per page, with no duplicate and no gap', async () => {
		const { seen, pages } = await walk('/blog', 'next');
		assert.equal(pages.length, 3);
		assert.deepEqual(seen, Array.from({ length: 45 }, (_, i) => `post-${44 - i}`));
		assert.equal((await walk('/zh/blog', 'next')).seen.length, 15);
		assert.equal((await walk('/tag/even', 'next')).seen.length, 23);
		const back = await walk(pages[2], 'prev');
		assert.equal(back.pages.length, 3);
	});

	test('drafts, unpublished posts and scheduled posts are not visible to any reader', async () => {
		const now = Date.now();
		importPosts(site, [
			{ name: 'draft.md', title: 'Hidden draft', slug: 'hidden-draft', draft: true, date: '2026-01-01T00:00:00Z', tags: ['hidden'], text: 'canaryword' },
			{ name: 'future.md', title: 'Hidden future', slug: 'hidden-future', date: new Date(now + 86400000).toISOString().replace(/\.\d+/, ''), tags: ['hidden'], text: 'canaryword' },
		]);
		for (const where of ['/', '/blog', '/en/blog', '/tag/hidden', '/tags', '/archive', '/search?q=canaryword', '/search?q=hidden', '/feed.rss', '/feed.atom', '/sitemap.xml', '/sitemap/1.xml', '/tag/hidden/feed.rss']) {
			const answer = await site.get(where, { headers: uncached });
			assert.doesNotMatch(answer.text.replace(/<input[^>]*>|<title>[\s\S]*?<\/title>/g, '').replace(/value="[^"]*"/g, ''), /Hidden (draft|future)|hidden-(draft|future)/, where);
		}
		assert.equal((await site.get('/blog/hidden-draft')).status, 404);
		assert.equal((await site.get('/blog/hidden-future')).status, 404);
	});

	test('a scheduled post appears at its time without any write, and the ETag changes', async () => {
		const due = Math.floor(Date.now() / 1000) + 4;
		importPosts(site, [{ name: 'due.md', title: 'Becomes due', slug: 'becomes-due', date: new Date(due * 1000).toISOString().replace(/\.\d+/, '') }]);
		const before = await site.get('/blog', { headers: uncached });
		assert.doesNotMatch(before.text, /becomes-due/);
		const counter = sql(site, 'SELECT counter FROM content_version;');
		await sleep(Math.max(0, due * 1000 - Date.now()) + 1100);
		const after = await site.get('/blog', { headers: { ...uncached, 'if-none-match': before.headers.etag } });
		assert.equal(after.status, 200);
		assert.match(after.text, /becomes-due/);
		assert.equal(sql(site, 'SELECT counter FROM content_version;'), counter);
		await until('anonymous readers see it too', async () => (await site.get('/feed.rss')).text.includes('becomes-due'));
	});

	test('changing a setting changes every ETag at once', async () => {
		const before = await site.get('/about', { headers: uncached });
		const blog = await site.get('/blog', { headers: uncached });
		site.renown('setting', 'set', 'title', 'Another name');
		const after = await site.get('/blog', { headers: { ...uncached, 'if-none-match': blog.headers.etag } });
		assert.equal(after.status, 200);
		assert.match(after.text, /Another name/);
		assert.ok(before.status === 404 || before.headers.etag !== (await site.get('/about', { headers: uncached })).headers.etag);
	});

	test('an old URL redirects permanently, also with a query', async () => {
		sql(site, "INSERT INTO post_slug (slug, post_id, created) SELECT 'old-name', id, 1 FROM post WHERE slug = 'post-7';");
		const answer = await site.get('/blog/old-name');
		assert.equal(answer.status, 301);
		assert.equal(answer.headers.location, `${site.url}/blog/post-7`);
	});

	test('a post and its translation link to each other', async () => {
		importPosts(site, [
			{ name: 'a/tea.md', title: 'Tea', slug: 'tea', lang: 'en', date: '2026-05-01T00:00:00Z' },
			{ name: 'a/cha.md', title: '茶', slug: 'cha', lang: 'zh', date: '2026-05-01T00:00:00Z', translation_of: 'tea' },
		]);
		const [tea, cha] = [await site.get('/blog/tea'), await site.get('/blog/cha')];
		assert.match(tea.text, new RegExp(`hreflang="zh[^"]*"[^>]*href="${site.url}/blog/cha"|href="${site.url}/blog/cha"[^>]*hreflang="zh`));
		assert.match(cha.text, new RegExp(`hreflang="en[^"]*"[^>]*href="${site.url}/blog/tea"|href="${site.url}/blog/tea"[^>]*hreflang="en`));
	});
});

// canary.test.mjs tests who sees which text. Here: rights that change between two requests.
describe('access to restricted posts', () => {
	const words = { behindMembers: 'quixotarily', behindPaid: 'velmoranther', openPaid: 'obvelisant' };
	let site, viewers;
	before(async () => {
		site = await serveSite({ owner: true });
		importPosts(site, [
			{ name: 'members.md', title: 'For members', slug: 'for-members', access: 'members', tags: ['closed'], date: '2026-03-01T00:00:00Z', text: `Open words.\n\n<!--more-->\n\n## Heading ${words.behindMembers}\n\n${words.behindMembers} text.` },
			{ name: 'paid.md', title: 'For payers', slug: 'for-payers', access: 'paid', tags: ['closed'], date: '2026-03-02T00:00:00Z', text: `Open words ${words.openPaid}.\n\n<!--more-->\n\nStill open.\n\n<!--paid-->\n\n## Heading ${words.behindPaid}\n\n${words.behindPaid} text [^1].\n\n[^1]: ${words.behindPaid} note.` },
			{ name: 'plain.md', title: 'For all', slug: 'for-all', tags: ['closed'], date: '2026-03-03T00:00:00Z' },
		]);
		const add = (name) => {
			site.renown('user', 'add', '--name', name, '--email', `${name}@example.org`);
			return Number(sql(site, `SELECT id FROM site_user WHERE email = '${name}@example.org';`));
		};
		const [member, payer, former] = ['member', 'payer', 'former'].map(add);
		const now = Math.floor(Date.now() / 1000);
		sql(site, `INSERT INTO grant_right (user_id, scope, starts, ends, source, created) VALUES
			(${payer}, 'everything', ${now - 1000}, NULL, 'test', ${now}), (${former}, 'everything', ${now - 1000}, ${now - 10}, 'test', ${now});`);
		viewers = { payer: signIn(site, payer, 'P'.repeat(43)), member: signIn(site, member, 'M'.repeat(43)), former: signIn(site, former, 'F'.repeat(43)), nobody: '' };
	});
	after(() => site?.stop());

	test('a page read with a session is private and never in the cache', async () => {
		const paid = await site.get('/blog/for-payers', { headers: { cookie: viewers.payer } });
		assert.match(paid.headers['cache-control'], /private/);
		assert.equal((await site.get('/blog/for-payers')).text.includes(words.behindPaid), false);
		const open = await site.get('/blog/for-payers');
		assert.match(open.headers['cache-control'] ?? '', /public|max-age|no-cache/);
		const line = (await until('the log is written', () => site.log('access.log').split('\n').filter((one) => one.includes('/blog/for-payers')).length >= 3 && site.log('access.log'))).split('\n').filter((one) => one.includes('/blog/for-payers'));
		assert.ok(line.some((one) => one.split('\t')[11] === 'BYPASS'));
	});

	test('a right that has ended no longer counts at the next request', async () => {
		const headers = { cookie: viewers.payer };
		assert.ok((await site.get('/blog/for-payers', { headers })).text.includes(words.behindPaid));
		sql(site, `UPDATE grant_right SET ends = starts + 1 WHERE ends IS NULL;`);
		assert.equal((await site.get('/blog/for-payers', { headers })).text.includes(words.behindPaid), false);
	});

	test('a page received with a right gets no 304 after the right has ended', async () => {
		sql(site, `UPDATE grant_right SET ends = NULL WHERE user_id = (SELECT id FROM site_user WHERE email = 'payer@example.org');`);
		const headers = { cookie: viewers.payer };
		const full = await site.get('/blog/for-payers', { headers });
		assert.ok(full.text.includes(words.behindPaid));
		sql(site, `UPDATE grant_right SET ends = starts + 1 WHERE ends IS NULL;`);
		assert.equal((await site.get('/blog/for-payers', { headers: { ...headers, 'if-none-match': full.headers.etag ?? '"none"', 'if-modified-since': new Date().toUTCString() } })).status, 200);
	});

	test('GET and HEAD write nothing', async () => {
		const dump = () => sql(site, 'SELECT * FROM content_version; SELECT count(*), max(id) FROM post; SELECT * FROM session; SELECT * FROM grant_right; PRAGMA data_version;');
		const before = dump();
		await crawl(site, { headers: { cookie: viewers.member }, most: 60 });
		assert.equal(dump(), before);
	});
});
