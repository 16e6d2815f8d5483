// Comments for readers: threads, their pages and permanent links, what changes in the copies of readers when a comment arrives, and who does
// not learn of it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addComment, addPeople, importPosts, signIn, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { renown, serveSite, sleep } from './lib.mjs';

const posts = [
	{ name: 'busy.md', title: 'Busy', slug: 'busy', author: 'Anna', date: '2026-01-02', lang: 'en', text: 'Everyone reads this.' },
	{ name: 'quiet.md', title: 'Quiet', slug: 'quiet', author: 'Anna', date: '2026-01-03', lang: 'en', text: 'Nobody answers.' },
	{ name: 'long.md', title: 'Long', slug: 'long', author: 'Anna', date: '2026-01-04', lang: 'en', text: 'A long discussion.' },
	{ name: 'paid.md', title: 'Paid', slug: 'paid', author: 'Anna', date: '2026-01-05', lang: 'en', access: 'paid', text: 'Open.\n\n<!--more-->\n\nClosed.' },
	{ name: 'moved.md', title: 'Moved', slug: 'moved', author: 'Anna', date: '2026-01-06', lang: 'en', text: 'It moves.' },
];
const ids = (text) => [...text.matchAll(/ id="c(\d+)"/g)].map((match) => Number(match[1]));
const linkTo = (text, name) => new RegExp(`<a class="${name}" rel="nofollow" href="([^"]*)"`).exec(text)?.[1].replaceAll('&amp;', '&');

describe('comments for readers', () => {
	let site, cookies;
	const get = (where, headers = {}) => site.get(where, { headers: { 'cookie': 'sid=nobody', ...headers } }); // past the cache of the web server
	const as = (who, where) => get(where, { cookie: cookies[who] });

	before(async () => {
		site = await serveSite();
		cookies = addPeople(site, [['Olga', 'owner'], ['Anna', 'author'], ['Mona', 'member'], ['Paula', 'member']]);
		importPosts(site, posts);
		site.renown('grant', 'add', 'paula@example.org', '--everything');
	});
	after(() => site?.stop());

	test('while comments arrive, lists and feeds stay the same copy; the post does not', async () => {
		addComment(site, 'busy', { text: 'The first.' });
		for (let i = 0; i < 4; i++)
			addComment(site, 'busy', { text: `Number ${i}.` });
		sql(site, "UPDATE post SET comment_step = 5 WHERE slug = 'busy'; UPDATE content_version SET steps = steps + 1");
		const unchanged = ['/blog', '/', '/feed.rss', '/feed.atom', '/author/anna', '/blog/quiet', '/archive', '/sitemap.xml', '/search?q=reads'];
		const tags = new Map();
		for (const where of [...unchanged, '/blog/busy', '/blog/busy/comments?order=newest'])
			tags.set(where, (await get(where)).headers.etag);
		for (let i = 0; i < 4; i++) {
			addComment(site, 'busy', { text: `More ${i}.` });
			for (const where of unchanged)
				assert.equal((await get(where, { 'if-none-match': tags.get(where) })).status, 304, where);
			for (const where of ['/blog/busy', '/blog/busy/comments?order=newest']) {
				const answer = await get(where, { 'if-none-match': tags.get(where) });
				assert.equal(answer.status, 200, where);
				assert.ok(answer.text.includes(`More ${i}.`), where);
				assert.ok(Date.parse(answer.headers['last-modified'] ?? new Date()) >= Date.now() - 5000, where);
				tags.set(where, answer.headers.etag);
			}
		}
		assert.match((await get('/blog')).text, /href="\/blog\/busy#comments">5\+ comments</);
		// The tenth comment is a step: lists change, feeds do not.
		addComment(site, 'busy', { text: 'The tenth.' });
		sql(site, "UPDATE post SET comment_step = 10 WHERE slug = 'busy'; UPDATE content_version SET steps = steps + 1");
		assert.match((await get('/blog', { 'if-none-match': tags.get('/blog') })).text, />10\+ comments</);
		for (const where of ['/feed.rss', '/feed.atom', '/blog/quiet', '/sitemap.xml'])
			assert.equal((await get(where, { 'if-none-match': tags.get(where) })).status, 304, where);
	});

	test('a held comment changes nothing and is at no address', async () => {
		const tag = (await get('/blog/busy')).headers.etag, id = addComment(site, 'busy', { text: 'Heldwords.', state: 'held' });
		assert.equal((await get('/blog/busy', { 'if-none-match': tag })).status, 304);
		assert.equal((await get(`/comment/${id}`)).status, 404);
		assert.equal((await get(`/blog/busy/comments/${id}`)).status, 404);
		for (const where of ['/blog/busy', '/blog/busy/comments', '/blog/busy/comments?order=newest'])
			assert.ok(!(await get(where)).text.includes('Heldwords'), where);
		assert.equal((await as('Olga', `/comment/${id}`)).status, 404);
	});

	test('every thread is on exactly one page, in each order', async () => {
		const all = [];
		for (let i = 0; i < 70; i++)
			all.push(Number(addComment(site, 'long', { text: `Thread ${i}.` })));
		sql(site, `UPDATE comment SET rank = (id * 7919) % 5 * 1000 WHERE post_id = (SELECT id FROM post WHERE slug = 'long')`);
		const ranks = Object.fromEntries(sql(site, 'SELECT id, rank FROM comment').split('\n').map((line) => line.split('|').map(Number)));
		const expected = { oldest: [...all], newest: [...all].reverse(), best: [...all].sort((a, b) => ranks[b] - ranks[a] || a - b) };
		for (const order of ['best', 'newest', 'oldest']) {
			const seen = [];
			let where = order === 'best' ? '/blog/long' : `/blog/long/comments?order=${order}`, pages = 0;
			while (where) {
				const answer = await get(where);
				assert.equal(answer.status, 200, where);
				seen.push(...ids(answer.text));
				if (where.includes('/comments')) {
					assert.match(answer.text, /<meta name="robots" content="noindex"\/>/);
					assert.ok(answer.text.includes(`<link rel="canonical" href="${site.url}/blog/long"/>`), where);
				}
				where = linkTo(answer.text, 'older');
				pages++;
			}
			assert.equal(pages, 3);
			assert.deepEqual(seen, expected[order], order);
		}
	});

	test('a thread shows five replies below the post and all on its own pages; permanent links lead there', async () => {
		const root = Number(addComment(site, 'quiet', { text: 'Root.' })), chain = [];
		let parent = root;
		for (let i = 0; i < 250; i++)
			chain.push(parent = Number(addComment(site, 'quiet', { text: `Link ${i}.`, parent })));
		const below = (await get('/blog/quiet')).text;
		assert.deepEqual(ids(below), [root, ...chain.slice(0, 5)]);
		assert.ok(below.includes(`<p class="more"><a rel="nofollow" href="/blog/quiet/comments/${root}">245 more replies</a></p>`));
		const seen = [];
		let where = `/blog/quiet/comments/${root}`, depth = 0;
		while (where) {
			const { text } = await get(where);
			const [first, ...rest] = ids(text);
			assert.equal(first, root, 'each page begins with the first comment');
			seen.push(...rest);
			for (let at = text.indexOf('class="comments"'), level = 0; at < text.indexOf('</section>', at); at++)
				if (text.startsWith('<ol>', at))
					depth = Math.max(depth, ++level);
				else if (text.startsWith('</ol>', at))
					level--;
			where = linkTo(text, 'older');
		}
		assert.deepEqual(seen, chain);
		assert.equal(depth, 7, 'a list in a list, down to depth 6');
		for (const id of [root, chain[0], chain[6], chain[99], chain[100], chain[249]]) {
			const answer = await get(`/comment/${id}`), target = new URL(answer.headers.location);
			assert.equal(answer.status, 301);
			assert.equal(target.hash, `#c${id}`);
			assert.ok(ids((await get(target.pathname + target.search)).text).includes(id), `${target}`);
		}
		assert.match((await get(`/blog/quiet/comments/${root}`)).text, /<a class="u-in-reply-to" href="#c\d+">In reply to <bdi>Reader<\/bdi>/);
		assert.equal((await get(`/blog/quiet/comments/${chain[3]}`)).status, 301);
		for (const wrong of [`/blog/busy/comments/${root}`, '/blog/quiet/comments/x', '/blog/quiet/comments/999999', `/blog/quiet/comments/${root}?after=1..2`, '/comment/0', '/comment/x', '/comment/99999999999999999999', '/blog/nothing/comments'])
			assert.equal((await get(wrong)).status, 404, wrong);
	});

	test('a chain of 5,000 replies costs no more than a short one', async () => {
		sql(site, `WITH RECURSIVE chain (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM chain WHERE n < 5000)
			INSERT INTO comment (id, post_id, parent_id, name, state, text, xhtml, created, listed, root_id, depth, path)
			SELECT 100000 + n, (SELECT id FROM post WHERE slug = 'moved'), CASE WHEN n > 1 THEN 99999 + n END, 'Reader', 'shown', 'x', '<p>x</p>', 1767400000, 1, 100001, min(n - 1, 6),
				CASE WHEN n = 1 THEN '' WHEN n <= 7 THEN substr('0000100002000010000300001000040000100005000010000600001000070000100008', 1, 10 * (n - 1))
				ELSE '00001000020000100003000010000400001000050000100006' || printf('%010d', 100000 + n) END FROM chain;
			UPDATE comment SET replies = 4999 WHERE id = 100001;
			INSERT INTO thread (post_id, shown, waiting, version, changed) SELECT id, 5000, 0, 1, 1767400000 FROM post WHERE slug = 'moved'; UPDATE content_version SET comments = comments + 1`);
		const began = Date.now();
		for (const where of ['/blog/moved', '/blog/moved/comments?order=newest', '/blog/moved/comments/100001', '/comment/105000']) {
			const answer = await get(where);
			assert.ok([200, 301].includes(answer.status), where);
			assert.ok(answer.text.length < 200000, `${where}: ${answer.text.length} bytes`);
		}
		assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
		const target = new URL((await get('/comment/105000')).headers.location);
		assert.ok(ids((await get(target.pathname + target.search)).text).includes(105000));
	});

	test('after another slug, permanent links and old addresses lead to the thread', async () => {
		const edit = `/write/${sql(site, "SELECT id FROM post WHERE slug = 'moved'")}`, fields = fieldsIn((await as('Olga', edit)).text, 'post');
		assert.equal((await sendForm(site, edit, { ...fields, slug: 'moved-on', do: 'save' }, { cookie: cookies.Olga })).status, 303);
		assert.equal(new URL((await get('/comment/100001')).headers.location).pathname, '/blog/moved-on/comments/100001');
		const answer = await get('/blog/moved/comments/100001');
		assert.equal(answer.status, 301);
		assert.equal(new URL(answer.headers.location).pathname, '/blog/moved-on/comments/100001');
	});

	test('comments of a restricted post have the same restriction, at every address', async () => {
		const first = addComment(site, 'paid', { text: 'Canarywords.', name: 'Canaryname' }), blog = (await get('/blog')).headers.etag, page = (await get('/blog/paid')).headers.etag;
		for (let i = 0; i < 3; i++)
			addComment(site, 'paid', { text: 'Canarywords again.', name: 'Canaryname', parent: i === 0 ? first : 0 });
		sql(site, "UPDATE post SET comment_step = 2 WHERE slug = 'paid'; UPDATE content_version SET steps = steps + 1");
		const addresses = ['/blog', '/', '/author/anna', '/blog/paid', '/blog/paid/comments', '/blog/paid/comments?order=newest', `/blog/paid/comments/${first}`, `/comment/${first}`, '/feed.rss', '/feed.atom',
			'/search?q=Canarywords', '/archive/2026-01'];
		for (const who of ['nobody', 'Mona', 'Paula', 'Mona', 'nobody'])
			for (const where of addresses) {
				const { text, status } = who === 'nobody' ? await get(where) : await as(who, where);
				const sees = /Canaryname|<p>Canarywords/.test(text);
				if (where.includes('/comment'))
					assert.equal(status, who === 'Paula' ? (where.startsWith('/comment/') ? 301 : 200) : 404, `${who} at ${where}`);
				if (who === 'Paula' && where.startsWith('/blog/paid'))
					assert.ok(sees, `${who} at ${where}`);
				else
					assert.ok(!sees, `${who} at ${where}`);
				if (who !== 'Paula')
					assert.ok(!/href="\/blog\/paid#comments"|commentCount":[1-9]\d*[^}]*paid/.test(text), `${who} learns the number at ${where}`);
			}
		assert.match((await as('Paula', '/blog')).text, /href="\/blog\/paid#comments">2 comments</);
		// Their copy of the page stays the same one: its ETag does not tell that somebody commented.
		assert.equal((await get('/blog/paid', { 'if-none-match': page })).status, 304);
		assert.ok(blog);
	});

	test('closing by date is part of the copy', async () => {
		site.renown('setting', 'set', 'comments_days', '1');
		sql(site, "UPDATE post SET published = unixepoch() - 86400 + 3 WHERE slug = 'busy'; UPDATE content_version SET counter = counter + 1");
		const open = await get('/blog/busy');
		assert.doesNotMatch(open.text, /Comments are closed/);
		await sleep(3500);
		const closed = await get('/blog/busy', { 'if-none-match': open.headers.etag });
		assert.equal(closed.status, 200);
		assert.match(closed.text, /Comments are closed/);
		site.renown('setting', 'set', 'comments_days', '--reset');
	});

	test('machine-readable data: h-cite and JSON-LD with the comments of the first page', async () => {
		const { text } = await get('/blog/long'), json = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)[1]);
		assert.equal(json.commentCount, 70);
		assert.equal(json.comment.length, 30);
		assert.equal(json.comment[0]['@type'], 'Comment');
		assert.match(json.comment[0].text, /^Thread \d+\.$/);
		assert.equal([...text.matchAll(/class="comment u-comment h-cite"/g)].length, 30);
		assert.equal(JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec((await get('/blog/paid')).text)[1]).comment, undefined);
	});

	test('the post form says who can comment, and the setting gives the value of new posts', async () => {
		const edit = `/write/${sql(site, "SELECT id FROM post WHERE slug = 'quiet'")}`;
		const form = async (where) => fieldsIn((await as('Olga', where)).text, 'post');
		assert.equal((await form(edit)).comments, 'open');
		assert.equal((await sendForm(site, edit, { ...(await form(edit)), comments: 'readers', do: 'save' }, { cookie: cookies.Olga })).status, 303);
		assert.equal(sql(site, "SELECT comment_access FROM post WHERE slug = 'quiet'"), 'readers');
		assert.equal((await form(edit)).comments, 'readers');
		site.renown('setting', 'set', 'comment_access', 'members');
		assert.equal((await form('/write/new')).comments, 'members');
		importPosts(site, [{ name: 'imported.md', title: 'Imported', slug: 'imported', author: 'Anna', date: '2026-01-07', lang: 'en', text: 'x' },
			{ name: 'imported-closed.md', title: 'Imported too', slug: 'imported-closed', author: 'Anna', date: '2026-01-07', lang: 'en', comments: false, text: 'x' },
			{ name: 'imported-readers.md', title: 'Imported as well', slug: 'imported-readers', author: 'Anna', date: '2026-01-07', lang: 'en', comments: 'readers', text: 'x' }]);
		assert.equal(sql(site, "SELECT group_concat(comment_access) FROM (SELECT comment_access FROM post WHERE slug LIKE 'imported%' ORDER BY slug)"), 'members,closed,readers');
		site.renown('setting', 'set', 'comment_access', '--reset');
	});

	test('an account is deleted with its comments or without', async () => {
		const password = 'four quiet herons wade', number = (name) => sql(site, `SELECT id FROM site_user WHERE name = '${name}'`);
		const ids = Object.fromEntries(['Mona', 'Paula'].map((name) => [name, addComment(site, 'quiet', { text: `Of ${name}.`, name, user: number(name) })]));
		const root = ids.Mona;
		addComment(site, 'quiet', { text: 'Reply to Mona.', parent: root });
		for (const [name, choice] of [['Mona', 'delete'], ['Paula', 'keep']]) {
			renown(site.folder, ['user', 'password', `${name.toLowerCase()}@example.org`], { input: `${password}\n` });
			const cookie = signIn(site, number(name), name.padEnd(43, 'y'));
			const page = await get('/account/delete', { cookie });
			assert.match(page.text, /<select[^>]*name="comments"/);
			const answer = await sendForm(site, '/account/delete', { ...fieldsIn(page.text, 'delete-account'), self: password, comments: choice }, { cookie });
			assert.equal(answer.status, 303, answer.text);
		}
		const { text } = await get('/blog/quiet/comments?order=newest');
		assert.match(text, /Deleted user<[^]*<p>Of Paula\.<\/p>/);
		assert.doesNotMatch(text, /Of Mona\.|>Mona<|>Paula</);
		assert.match(text, new RegExp(`class="comment gone" id="c${root}"[^]*Reply to Mona`));
		assert.equal(sql(site, `SELECT name || text || xhtml || state FROM comment WHERE id = ${root}`), 'deleted');
	});
});
