// Each worker renders list entries once and shows them to every reader. They must not contain what only some readers may see, and
// must not show what the database no longer contains.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, sql, writeMarkdown } from './content.mjs';
import { serveSite, temporaryFolder, useTheme } from './lib.mjs';

const posts = [
	{ name: 'open.md', title: 'Open to all', slug: 'open', date: '2026-01-03', tags: ['craft'], summary: 'First words.' },
	{ name: 'paid.md', title: 'For payers', slug: 'paid', date: '2026-01-04', tags: ['craft'], access: 'paid' },
	{ name: 'zh.md', title: '刻印', slug: 'seal', date: '2026-01-05', tags: ['craft'], lang: 'zh' },
];

// The entry of one post in a list.
const entry = (text, title) => text.split('<article').find((part) => part.includes(`>${title}<`)) ?? '';

describe('list entries', () => {
	let site, folder, payer, reader;
	const ask = async (where, cookie = 'sid=nobody') => (await site.get(where, { headers: { cookie } })).text;
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		site.renown('user', 'add', '--name', 'Payer', '--email', 'payer@example.org');
		site.renown('user', 'add', '--name', 'Reader', '--email', 'reader@example.org');
		site.renown('grant', 'add', 'payer@example.org', '--everything');
		folder = writeMarkdown(temporaryFolder('posts'), posts);
		site.renown('import', 'markdown', folder);
		payer = signIn(site, 2, 'B'.repeat(43));
		reader = signIn(site, 3, 'C'.repeat(43));
	});
	after(() => site?.stop());

	test('list entries are the same from every worker', async () => {
		const first = await ask('/blog');
		assert.match(first, /Open to all[\s\S]*First words/);
		for (let i = 0; i < 6; i++)
			assert.equal(await ask('/blog'), first);
	});

	test('list entries show the lock only to readers without access', async () => {
		for (let i = 0; i < 6; i++) {
			assert.match(entry(await ask('/blog', reader), 'For payers'), /<svg/);
			assert.doesNotMatch(entry(await ask('/blog', payer), 'For payers'), /<svg/);
			assert.match(entry(await ask('/blog'), 'For payers'), /<svg/);
			assert.match(entry(await ask('/blog', payer), 'For payers'), /For subscribers/);
		}
	});

	test('each list continues in its language', async () => {
		for (let i = 0; i < 4; i++) {
			assert.match(entry(await ask('/blog'), 'Open to all'), /href="\/tag\/craft"/);
			assert.match(entry(await ask('/zh/blog'), '刻印'), /href="\/zh\/tag\/craft"/);
			assert.match(entry(await ask('/blog'), '刻印'), /href="\/tag\/craft"/);
			assert.match(entry(await ask('/tag/craft'), '刻印'), /lang="zh"/);
		}
	});

	test('the next reader sees a change', async () => {
		await ask('/blog');
		sql(site, 'UPDATE grant_right SET ends = 1 WHERE user_id = 2');
		for (let i = 0; i < 4; i++)
			assert.match(entry(await ask('/blog', payer), 'For payers'), /<svg/);
		writeMarkdown(folder, [{ ...posts[0], title: 'Open to everybody', summary: 'Other words.' }]);
		site.renown('import', 'markdown', folder);
		for (let i = 0; i < 4; i++) {
			const text = await ask('/blog');
			assert.match(text, /Open to everybody[\s\S]*Other words/);
			assert.doesNotMatch(text, /Open to all|First words/);
		}
		for (const [name, named] of [['Owner', false], ['Somebody else', true]]) {
			site.renown('setting', 'set', 'author_name', name);
			for (let i = 0; i < 4; i++)
				assert.equal(/class="p-author/.test(entry(await ask('/blog'), 'For payers')), named);
		}
		site.renown('post', 'unpublish', 'paid');
		for (let i = 0; i < 4; i++)
			assert.equal(entry(await ask('/blog', payer), 'For payers'), '');
	});
});

describe('list entries of a theme that reads the viewer', () => {
	let site;
	before(async () => {
		site = await serveSite({
			sample: true,
			before: ({ folder }) => useTheme(folder, 'nosy-theme'),
		});
	});
	after(() => site?.stop());

	test('list entries contain no data about the viewer', async () => {
		const cookie = signIn(site, 1);
		for (const where of ['/blog', '/zh/blog', '/blog'])
			for (const headers of [{ cookie }, { cookie: 'sid=nobody' }, { cookie }]) {
				const found = [...(await site.get(where, { headers })).text.matchAll(/class="nosy">\[([^\]]*)\]/g)].map((match) => match[1]);
				assert.ok(found.length > 3);
				assert.deepEqual(found.filter((told) => told !== '|'), []);
			}
	});
});
