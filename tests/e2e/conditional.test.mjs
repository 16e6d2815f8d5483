// "304 Not Modified" also carries information: for a page that would be 404, a redirect or private, it would
// reveal that something exists. All pages of the site share one entity tag, so every client knows a valid one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { importPosts, signIn, sql } from './content.mjs';
import { serveSite } from './lib.mjs';

describe('conditional requests', () => {
	let site, etag, modified;
	// An unknown session bypasses the cache: the program itself answers.
	const ask = (where, headers = {}) => site.get(where, { headers: { cookie: 'sid=nobody', ...headers } });
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		site.renown('user', 'add', '--name', 'Quiet Member', '--email', 'member@example.org');
		importPosts(site, [
			{ name: 'open.md', title: 'Open', slug: 'open', date: '2026-01-05', tags: ['craft'] },
			{ name: 'draft.md', title: 'Draft', slug: 'draft', date: '2026-02-05', tags: ['secret plan'], draft: true },
			{ name: 'later.md', title: 'Later', slug: 'later', date: '2099-03-05', tags: ['later only'] },
			{ name: 'gone.md', title: 'Gone', slug: 'gone', date: '2025-07-05', tags: ['unpublished only'] },
			{ name: 'about.md', title: 'About', slug: 'about', date: '2026-01-05', kind: 'page' },
		]);
		site.renown('post', 'unpublish', 'gone');
		const answer = await ask('/blog');
		assert.equal(answer.status, 200);
		etag = answer.headers.etag;
		modified = answer.headers['last-modified'] ?? new Date().toUTCString();
		assert.match(etag, /^"[^"]+"$/);
	});
	after(() => site?.stop());

	const hidden = ['/tag/secret-plan', '/tag/later-only', '/tag/unpublished-only', '/zh/tag/craft', '/tag/secret-plan/feed.rss',
		'/tag/later-only/feed.atom', '/zh/tag/craft/feed.rss', '/author/quiet-member', '/blog/draft', '/blog/later', '/blog/gone',
		'/archive/2025-07', '/archive/2026-02', '/archive/2099-03', '/archive/2026-13', '/page/open2', '/page/none', '/nothing',
		'/tag/none', '/author/none', '/sitemap/99.xml', '/zh/blog/open', '/fr/blog'];
	for (const where of hidden)
		test(`${where} is 404, whatever entity tag the client sends`, async () => {
			assert.equal((await ask(where)).status, 404);
			for (const headers of [{ 'if-none-match': etag }, { 'if-none-match': '*' }, { 'if-none-match': `W/${etag}, "x"` },
				{ 'if-modified-since': modified }, { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }])
				assert.equal((await ask(where, headers)).status, 404, JSON.stringify(headers));
		});

	for (const where of ['/', '/blog', '/en/blog', '/blog/open', '/tags', '/tag/craft', '/archive', '/archive/2026-01', '/author/owner',
		'/search?q=words', '/robots.txt', '/sitemap.xml', '/sitemap/1.xml', '/feed.rss', '/feed.atom', '/tag/craft/feed.rss', '/about'])
		test(`${where} is 304 without a body`, async () => {
			const fresh = await ask(where);
			assert.equal(fresh.status, 200);
			const answer = await ask(where, { 'if-none-match': fresh.headers.etag });
			assert.equal(answer.status, 304);
			assert.equal(answer.headers.etag, fresh.headers.etag);
			assert.equal(answer.text, '');
			assert.equal((await ask(where, { 'if-none-match': '"other"' })).status, 200);
			const head = await site.get(where, { method: 'HEAD', headers: { cookie: 'sid=nobody', 'if-none-match': fresh.headers.etag } });
			assert.equal(head.status, 304);
		});

	test('a redirect stays a redirect, whatever entity tag the client sends', async () => {
		for (const [where, to] of [['/page/about', '/about'], ['/blog/about', '/about'], ['/page/open', '/blog/open']]) {
			const answer = await ask(where, { 'if-none-match': '*' });
			assert.equal(answer.status, 301, where);
			assert.equal(answer.headers.location, site.url + to);
		}
	});

	test('a signed-in reader gets a full response that only their browser may keep', async () => {
		const cookie = signIn(site, sql(site, "SELECT id FROM site_user WHERE email = 'member@example.org'"));
		const answer = await site.get('/blog', { headers: { cookie, 'if-none-match': etag, 'if-modified-since': modified } });
		assert.equal(answer.status, 200);
		assert.equal(answer.headers['cache-control'], 'private, no-cache');
		assert.match(answer.headers.vary, /\bCookie\b/);
		assert.notEqual(answer.headers.etag, etag);
		assert.equal(answer.headers['last-modified'], undefined);
		const again = await site.get('/blog', { headers: { cookie, 'if-none-match': answer.headers.etag } });
		assert.equal(again.status, 304);
		assert.equal(again.headers['cache-control'], 'private, no-cache');
		assert.match(again.headers.vary, /\bCookie\b/);
		// The entity tag of a member's page is not valid for the page of a visitor, and not for a hidden page.
		assert.equal((await ask('/blog', { 'if-none-match': answer.headers.etag })).status, 200);
		for (const where of hidden)
			assert.equal((await site.get(where, { headers: { cookie, 'if-none-match': answer.headers.etag } })).status, 404, where);
	});

	test('every change of content changes the entity tag of every page', async () => {
		const before = (await ask('/blog/open')).headers.etag;
		site.renown('setting', 'set', 'title', 'Another name');
		const after = (await ask('/blog/open')).headers.etag;
		assert.notEqual(after, before);
		assert.equal((await ask('/blog/open', { 'if-none-match': before })).status, 200);
	});
});
