// Pages for reading show nothing about their reader except what the reader's rights allow. So readers with equal rights receive equal
// bytes, which the programs cache. Every cached response is rendered again and compared (RENOWN_VERIFY_CACHE in lib.mjs).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addComment, addPeople, importPosts, signIn, sql } from './content.mjs';
import { fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { serveSite, sleep, until } from './lib.mjs';
import { rowsOf } from './rows.mjs';

const people = [['Olga', 'owner'], ['Anna', 'author'], ['Berta', 'author'], ['Edith', 'editor'], ['Mona', 'member'], ['Milo', 'member'],
	['Paula', 'member'], ['Pavel', 'member'], ['Tara', 'member'], ['Dora', 'author']];
const posts = [
	{ name: 'open.md', title: 'Open', slug: 'open', author: 'Anna', date: '2026-01-01', tags: ['ink'], lang: 'en', text: 'Everyone reads plainwords.' },
	{ name: 'members.md', title: 'Members', slug: 'members', author: 'Anna', access: 'members', date: '2026-01-02', tags: ['ink'], lang: 'en', text: 'Open.\n\n<!--paid-->\n\nFor memberswords.' },
	{ name: 'anna.md', title: 'Of Anna', slug: 'of-anna', author: 'Anna', access: 'paid', date: '2026-01-03', tags: ['paper'], lang: 'en', text: 'Open.\n\n<!--paid-->\n\nFor annaswords.' },
	{ name: 'berta.md', title: 'Of Berta', slug: 'of-berta', author: 'Berta', access: 'paid', date: '2026-01-04', tags: ['ink'], lang: 'en', text: 'Open.\n\n<!--paid-->\n\nFor bertaswords.' },
	{ name: 'dora.md', title: 'Of Dora', slug: 'of-dora', author: 'Dora', access: 'paid', date: '2026-01-05', tags: ['ink'], lang: 'en', text: 'Open.\n\n<!--paid-->\n\nFor doraswords.' },
	{ name: 'draft.md', title: 'Draft of Anna', slug: 'draft-of-anna', author: 'Anna', draft: true, date: '2026-01-06', lang: 'en', text: 'Only draftwords.' },
	{ name: 'about.md', title: 'About', slug: 'about', kind: 'page', date: '2026-01-01', lang: 'en', text: 'About this site.' },
	{ name: 'imprint.md', title: 'Imprint', slug: 'imprint', kind: 'page', date: '2026-01-01', lang: 'en', text: 'Imprint of this site.' },
];
const addresses = ['/', '/zh/', '/about', '/page/imprint', '/blog', '/en/blog', '/blog?before=1767400000-3', '/blog/open', '/blog/members', '/blog/of-anna', '/blog/of-berta',
	'/blog/of-dora', '/blog/open/comments?order=newest', '/blog/open/comments/1', '/blog/members/comments', '/tags', '/tag/ink', '/tag/paper', '/author/anna', '/archive', '/archive/2026-01', '/search', '/search?q=open', '/search?q=annaswords',
	'/search?q=bertaswords', '/search?q=doraswords', '/zh/search?q=memberswords'];

let site, cookies;
const get = (who, where, headers = {}) => site.get(where, { headers: { cookie: cookies[who] ?? 'sid=nobody', ...headers } });
const id = (slug) => sql(site, `SELECT id FROM post WHERE slug = '${slug}'`);
const changed = 'UPDATE content_version SET counter = counter + 1;';
// What decides how a browser or a cache uses a response, and its bytes.
const bytesOf = ({ status, headers, text }) => [status, headers.etag, headers['cache-control'], headers.vary, headers['content-language'], text];

before(async () => {
	site = await serveSite();
	cookies = addPeople(site, people);
	importPosts(site, posts);
	for (const [who, ...grants] of [['paula', ['--tag', 'ink'], ['--post', 'of-anna']], ['pavel', ['--post', 'of-anna'], ['--tag', 'ink'], ['--tag', 'ink', '--until', '2039-01-01']], ['tara', ['--tag', 'ink']]])
		for (const grant of grants)
			site.renown('grant', 'add', `${who}@example.org`, ...grant);
	sql(site, `UPDATE site_user SET role = 'member' WHERE name = 'Dora'; ${changed}`);
	addComment(site, 'open', { text: 'First.' });
	addComment(site, 'members', { text: 'First of the members.' });
});
after(() => site?.stop());

describe('readers of the same addresses', () => {
	test('every page for reading is visited', () => {
		const patterns = rowsOf('blog').filter((row) => row.reading).map((row) => row.pattern);
		assert.ok(patterns.length >= 11);
		for (const pattern of patterns)
			assert.ok(addresses.some((where) => new RegExp(`^(/zh|/en)?${pattern.replaceAll(/:\w+/g, '[^/]+')}/?$`).test(where.split('?')[0])), pattern);
	});

	for (const [first, second] of [['Mona', 'Milo'], ['Paula', 'Pavel']])
		test(`${first} and ${second} have equal rights and receive equal bytes`, async () => {
			for (const where of addresses) {
				const answers = [await get(first, where), await get(second, where), await get(first, where), await get(second, where)];
				assert.equal(answers[0].headers['cache-control'], 'private, no-cache', where);
				assert.match(answers[0].headers.vary, /(^|, )Cookie$/, where);
				for (const answer of answers)
					assert.deepEqual(bytesOf(answer), bytesOf(answers[0]), where);
				assert.equal((await get(second, where, { 'if-none-match': answers[0].headers.etag })).status, 304, where);
			}
		});

	test('no page for reading contains a name, an address or a token of its reader', async () => {
		for (const [who] of people)
			for (const where of addresses) {
				const { text } = await get(who, where);
				// The form for comments is the same for all readers: it gets its proof when it is used.
				assert.doesNotMatch(text, /name="proof"|<form(?![^>]*action="[^"]*\/comment\/on\/)[^>]*method="post"/, where);
				assert.ok(!text.includes(`${who.toLowerCase()}@example.org`), where);
				if (!['Anna', 'Berta', 'Dora', 'Olga'].includes(who)) // the others have posts that name them
					assert.ok(!text.includes(who), `${who} at ${where}`);
				assert.ok(!text.includes(cookies[who].slice(4, 40)), where);
			}
	});

	test('two authors in turn see their own restricted posts and not those of the other', async () => {
		for (let turn = 0; turn < 3; turn++)
			for (const [who, mine, foreign] of [['Anna', 'anna', 'berta'], ['Berta', 'berta', 'anna']]) {
				assert.match((await get(who, `/blog/of-${mine}`)).text, new RegExp(`${mine}swords`));
				assert.doesNotMatch((await get(who, `/blog/of-${foreign}`)).text, new RegExp(`${foreign}swords`));
				assert.match((await get(who, `/search?q=${mine}swords`)).text, /<mark>/);
				assert.doesNotMatch((await get(who, `/search?q=${foreign}swords`)).text, /<mark>/);
				assert.match((await get(who, '/blog')).text, /href="\/write"/);
			}
	});

	test('an author who became a member sees their own posts; other members do not', async () => {
		for (let turn = 0; turn < 3; turn++)
			for (const who of ['Dora', 'Mona', undefined, 'Milo']) {
				assert.equal(/doraswords/.test((await get(who, '/blog/of-dora')).text), who === 'Dora', who);
				assert.equal(/<mark>/.test((await get(who, '/search?q=doraswords')).text), who === 'Dora', who);
			}
	});

	test('drafts are not cached, since saving a draft changes no public page', async () => {
		for (const who of ['Anna', 'Edith', 'Olga']) {
			const answer = await get(who, '/blog/draft-of-anna');
			assert.match(answer.text, /draftwords/);
			assert.equal(answer.headers['cache-control'], 'private, no-store');
			assert.equal(answer.headers.etag, undefined);
		}
		for (const who of ['Berta', 'Mona', 'Paula', undefined])
			assert.equal((await get(who, '/blog/draft-of-anna')).status, 404);
	});

	test('pages with a form or a name, errors and redirects of signed-in readers are not cached', async () => {
		for (const where of ['/account', '/account/data', '/write', '/write/new', '/admin', '/admin/settings', '/nothing', '/blog/nothing', '/page/about']) {
			const answer = await get('Olga', where, { 'if-none-match': '*' });
			assert.equal(answer.headers['cache-control'], 'private, no-store', where);
			assert.equal(answer.headers.etag, undefined, where);
		}
		assert.match((await get('Olga', '/account')).text, /Olga/);
	});

	test('a signed-in reader reaches the account page from every page for reading', async () => {
		for (const where of addresses)
			assert.match((await get('Mona', where)).text, /href="(\/en|\/zh)?\/account"/, where);
	});
});

// One thing is changed at a time. A reader whose copy is confirmed as current must see the same bytes as before; the requests without a
// condition compare what is cached with a new response.
describe('after each change', () => {
	const readers = [undefined, 'Mona', 'Paula', 'Tara', 'Anna', 'Berta', 'Edith', 'Olga', 'Dora'];
	const few = ['/blog/members', '/blog/open/comments/1', '/', '/blog', '/blog/open', '/blog/of-anna', '/blog/of-berta', '/tags', '/tag/ink', '/search?q=open', '/search?q=annaswords', '/page/imprint'];
	let seen = new Map();
	const look = async (whom) => {
		const found = new Map(seen);
		for (const who of whom)
			for (const where of few) {
				const old = seen.get(`${who} ${where}`), headers = old?.headers.etag ? { 'if-none-match': old.headers.etag } : {};
				const asked = await get(who, where, headers), whole = await get(who, where), again = await get(who, where);
				assert.equal(again.text, whole.text, `${who} ${where}`);
				if (asked.status === 304)
					assert.equal(whole.text, old.text, `${who} has an old copy of ${where}`);
				found.set(`${who} ${where}`, whole);
			}
		return found;
	};
	const edit = async (slug, changes) => {
		const where = `/write/${id(slug)}`, fields = fieldsIn((await get('Olga', where)).text, 'post');
		const answer = await sendForm(site, where, { ...fields, ...changes, do: 'save' }, { cookie: cookies.Olga });
		assert.equal(answer.status, 303, problems(answer.text).join());
	};
	const grant = (...words) => site.renown('grant', 'add', 'mona@example.org', ...words);
	// Each with the reader and the address that must look different afterwards.
	const steps = {
		'a grant for one post': [() => grant('--post', 'of-anna'), 'Mona', '/blog/of-anna'],
		'the end of a grant': [() => site.renown('grant', 'end', sql(site, "SELECT max(g.id) FROM grant_right AS g JOIN site_user AS u ON u.id = g.user_id WHERE u.name = 'Mona'")), 'Mona', '/blog/of-anna'],
		'a grant that ends by itself': [() => sql(site, `UPDATE grant_right SET ends = unixepoch() + 3 WHERE user_id = (SELECT id FROM site_user WHERE name = 'Tara')`), 'Tara', '/blog/of-berta', 3500],
		'another role': [() => sql(site, "UPDATE site_user SET role = 'editor' WHERE name = 'Berta'"), 'Berta', '/blog/of-anna'],
		'a lower role': [() => sql(site, "UPDATE site_user SET role = 'author' WHERE name = 'Berta'"), 'Berta', '/blog/of-anna'],
		'a draft': [() => edit('draft-of-anna', { title: 'Another draft' })],
		'the title of a post': [() => edit('open', { title: 'Opened' }), 'Mona', '/blog'],
		'its tags': [() => edit('open', { tags: 'ink, glue' }), 'Paula', '/tags'],
		'its text': [() => edit('of-anna', { text: 'Open.\n\n<!--paid-->\n\nAnnaswords in another order.' }), 'Paula', '/blog/of-anna'],
		'access to it': [() => edit('of-anna', { access: 'members' }), 'Mona', '/blog/of-anna'],
		'its slug': [() => edit('of-berta', { slug: 'of-berta-now' }), 'Paula', '/blog/of-berta'],
		'a setting': [() => site.renown('setting', 'set', 'tagline', 'Another tagline'), 'Mona', '/'],
		'a comment': [() => addComment(site, 'open', { text: 'Hm' }), 'Mona', '/blog/open'],
		'a reply': [() => addComment(site, 'open', { text: 'Hm?', parent: 1 }), 'Mona', '/blog/open/comments/1'],
		'a comment on a restricted post': [() => addComment(site, 'members', { text: 'Hm, members' }), 'Mona', '/blog/members'],
		'a comment that is held': [() => addComment(site, 'open', { text: 'Held', state: 'held' })],
		'the name of an author': [() => site.renown('user', 'set', 'anna@example.org', '--name', 'Anne'), 'Mona', '/blog'],
		'the name of a reader': [() => site.renown('user', 'set', 'mona@example.org', '--name', 'Monika')],
		'a post that becomes due': [() => sql(site, `UPDATE post SET published = unixepoch() + 3 WHERE slug = 'open'; UPDATE post_tag SET published = unixepoch() + 3 WHERE post_id = ${id('open')}; ${changed}`), 'Mona', '/blog', 3500],
		'a page that becomes due': [() => sql(site, `UPDATE post SET published = unixepoch() + 3 WHERE slug = 'imprint'; ${changed}`), 'Mona', '/', 3500],
		'a post that is unpublished': [() => site.renown('post', 'unpublish', 'open'), 'Mona', '/blog'],
	};

	before(async () => {
		seen = await look(readers);
	});

	for (const [what, [change, who, where, wait]] of Object.entries(steps))
		test(`${what}: every copy that is confirmed as current is current`, async () => {
			await change();
			if (wait) {
				seen = await look([who]); // before the time has come
				await sleep(wait);
			}
			const old = seen.get(`${who} ${where}`);
			seen = await look(readers);
			if (who)
				assert.notEqual(seen.get(`${who} ${where}`).text, old.text);
		});

	test('the reader whom a change concerns sees it', async () => {
		grant('--post', 'members');
		const old = await get('Mona', '/blog/of-dora');
		grant('--post', 'of-dora');
		const fresh = await get('Mona', '/blog/of-dora', { 'if-none-match': old.headers.etag });
		assert.equal(fresh.status, 200);
		assert.match(fresh.text, /doraswords/);
		assert.doesNotMatch((await get('Milo', '/blog/of-dora')).text, /doraswords/);
	});
});

describe('safeguards', () => {
	// Without this the tests above would prove nothing.
	test('a program that checks its cache aborts instead of sending a cached response that differs from a new one', async () => {
		let tries = 0;
		// Again if a background job raised the content version meanwhile: then the cached response is not used.
		await until('a worker aborts', async () => {
			for (let i = 0; i < 8; i++)
				assert.equal((await get('Mona', '/page/imprint')).status, 200);
			sql(site, `UPDATE post SET title = 'Changed directly ${++tries}' WHERE slug = 'imprint'`); // without a new content version
			for (let i = 0; i < 8; i++)
				if ((await get('Mona', '/page/imprint')).status >= 500)
					return true;
			return false;
		}, 30000);
		assert.match(site.log('blog.log'), /the cached response of \/page\/imprint differs from a new one/);
		sql(site, changed);
		await until('it is served again', async () => (await get('Mona', '/page/imprint')).text.includes('Changed directly'), 30000);
	});

	test('after a database from a backup has reached the same content version, no older response is shown', async () => {
		const database = path.join(site.folder, 'renown.db'), counter = () => sql(site, 'SELECT counter FROM content_version');
		sql(site, `VACUUM INTO '${database}.backup'`);
		site.renown('setting', 'set', 'tagline', 'Before the backup was used');
		const number = counter();
		for (let i = 0; i < 8; i++)
			assert.match((await get('Mona', '/')).text, /Before the backup was used/);
		for (const end of ['-wal', '-shm'])
			fs.rmSync(database + end, { force: true });
		fs.chmodSync(`${database}.backup`, 0o600);
		fs.renameSync(`${database}.backup`, database);
		site.renown('setting', 'set', 'tagline', 'After it was used');
		assert.equal(counter(), number);
		for (let i = 0; i < 8; i++) {
			const { status, text } = await get('Mona', '/');
			assert.equal(status, 200);
			assert.match(text, /After it was used/);
		}
	});

	test('signing out clears the cache of the browser, and the old copy is no longer confirmed', async () => {
		const cookie = signIn(site, 1, 'Q'.repeat(43)), copy = await site.get('/blog', { headers: { cookie } });
		const account = await site.get('/account', { headers: { cookie } });
		const out = await sendForm(site, '/sign-out', { proof: proofIn(account.text, 'sign-out') }, { cookie });
		assert.equal(out.status, 303);
		assert.equal(out.headers['clear-site-data'], '"cache"');
		const again = await site.get('/blog', { headers: { cookie, 'if-none-match': copy.headers.etag } });
		assert.equal(again.status, 200);
		assert.doesNotMatch(again.text, /href="\/account"/);
	});

	test('visitors share nothing with signed-in readers through the cache of the web server', async () => {
		for (let i = 0; i < 5; i++)
			for (const who of ['Paula', undefined, 'Anna', undefined]) {
				const answer = await site.get('/blog/of-dora', who ? { headers: { cookie: cookies[who] } } : {});
				assert.equal(/href="\/account"/.test(answer.text), who !== undefined);
				if (!who)
					assert.doesNotMatch(answer.text, /doraswords/);
			}
	});
});
