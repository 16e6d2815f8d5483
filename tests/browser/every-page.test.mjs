// Every GET row of the route tables, for the owner, in each language. A new page is tested without a change here.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { importPosts, sql } from '../e2e/content.mjs';
import { png, wav } from '../e2e/files.mjs';
import { serveSite } from '../e2e/lib.mjs';
import { addressOf, allRows } from '../e2e/rows.mjs';
import { enter, launch, lookAt } from './look.mjs';

const tried = "SELECT post_id FROM experiment LIMIT 1", once = { id: tried };
const commented = "SELECT p.slug FROM post AS p JOIN comment AS c ON c.post_id = p.id WHERE c.state = 'shown' AND p.access = 'public' AND p.comment_access = 'open' LIMIT 1";
// Values for the named parts of an address, read from the database where they differ from 1. LANG: the language of the page.
const named = {
	'/page/:slug': { slug: "SELECT slug FROM post WHERE kind = 'page' AND slug = 'colophon'" },
	'/blog/:slug': { slug: "SELECT slug FROM post WHERE kind = 'audio' AND state = 'published' LIMIT 1" },
	'/blog/:slug/comments': { slug: "SELECT slug FROM post WHERE id = (SELECT post_id FROM comment WHERE depth = 6 LIMIT 1)" },
	'/blog/:slug/comments/:id': { slug: "SELECT slug FROM post WHERE id = (SELECT post_id FROM comment WHERE depth = 6 LIMIT 1)", id: 'SELECT root_id FROM comment WHERE depth = 6 LIMIT 1' },
	'/tag/:slug': { slug: "SELECT t.slug FROM tag AS t JOIN tag_count AS c ON c.tag_id = t.id WHERE c.posts > 0 AND c.lang = 'LANG' LIMIT 1" },
	'/author/:slug': { slug: "SELECT slug FROM site_user WHERE role = 'owner' LIMIT 1" },
	'/archive/:month': { month: "SELECT strftime('%Y-%m', published, 'unixepoch') FROM post WHERE state = 'published' AND kind <> 'page' AND lang = 'LANG' ORDER BY published LIMIT 1" },
	'/comment/on/:slug': { slug: commented }, '/comment/on/:slug/vote': { slug: commented },
	'/comment/:id/mine': { id: "SELECT c.id FROM comment AS c JOIN site_user AS u ON u.id = c.user_id WHERE u.role = 'owner' AND c.text = 'Written here.'" },
	'/comment/:id/flag': { id: "SELECT min(id) FROM comment WHERE state = 'shown'" },
	'/moderate/:id': { id: "SELECT min(id) FROM comment WHERE state = 'held'" },
	'/comment/:id/vote': { id: "SELECT min(id) FROM comment WHERE state = 'shown'" },
	'/write/:id/delete': { id: "SELECT id FROM post WHERE title = 'Gone'" },
	'/write/:id/experiment/:number': once, '/write/:id/versions': once, '/write/:id/versions/:number': once, '/write/:id/compare': once,
};
const asked = { '/write/:id/compare': '?from=1&to=2', '/search': '?q=paper' };
// Not visited: pages behind a secret or an earlier step (sign-in, mail and second-factor visit them), redirects, and files.
const elsewhere = /:token|:secret|\/stamp$|:file$|^\/(?:sign-in|sign-up|admin\/settings)$|^\/admin\/settings\/(?:theme|language|membership|comments|storage)\/:language$/;
const files = /^\/comment\/:id$|\.(?:json|txt|xml|ics|rss|atom)$|^\/(?:media|colours|sitemap)\/|\/file$|may-upload$/;

describe('every page of the route tables', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true, owner: true });
		importPosts(site, [{ name: 'colophon.md', slug: 'colophon', title: 'Colophon', kind: 'page', date: '2020-01-01', text: 'Set in *what there is*.' }]);
		site.renown('setting', 'set', 'moderation_log', 'full');
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	function addressIn(pattern, lang) {
		const parts = Object.entries(named[pattern] ?? {}).map(([part, query]) => [part, sql(site, query.replace('LANG', lang))]);
		return addressOf(pattern, Object.fromEntries(parts));
	}

	// Creates something of each kind, as a user would.
	async function addContent(page) {
		const press = (name) => page.locator('main').getByRole('button', { name, exact: true }).click();
		await enter(page, site);
		await page.goto(`${site.url}/write/media`);
		await page.setInputFiles('#upload-file', [{ name: 'sheet.png', mimeType: 'image/png', buffer: png(700, 500, 'yellow') }, { name: 'talk.wav', mimeType: 'audio/wav', buffer: wav(4) }]);
		await press('Upload');
		await page.locator('.files .name', { hasText: 'talk.wav' }).waitFor();
		await page.goto(`${site.url}/write/import`);
		await page.setInputFiles('#import-file', [{ name: 'letter.md', mimeType: 'text/markdown', buffer: Buffer.from('# A letter\n\nWords.\n') }]);
		await press('Import');
		await page.waitForURL(/\/write\/import\/\d+$/);
		site.work();
		await page.goto(`${site.url}/comment/on/${sql(site, commented)}`);
		await page.getByLabel('Comment', { exact: true }).fill('Written here.');
		await page.waitForTimeout(3100);
		await press('Post comment');
		await page.waitForURL(/\/comment\/\d+\/mine$/);
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill('Gone');
		await press('Save');
		await page.waitForURL(/\/write\/\d+$/);
		await page.goto(`${page.url()}/trash`);
		await press('Move to trash');
		await page.goto(`${site.url}/write?state=published`);
		await page.locator('.rows a').nth(1).click(); // the first one is the static page, which has no A/B tests
		await page.getByLabel('Content (Markdown)').fill('Other words, *entirely*.');
		await press('Save');
		await page.locator('#saved').waitFor({ state: 'attached' });
		await page.getByRole('link', { name: 'A/B test' }).click();
		await page.locator('#experiment-b_title').fill('A title that nobody has thought of');
		await press('Start A/B test');
		await page.waitForURL(/\/experiment\/1$/);
	}

	test('axe and the Nu checker find no problem, and no page is wider than a phone, in light and dark mode', { timeout: 400000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage(), unseen = [];
		await addContent(page);
		const { look, done } = lookAt(page, 'every-page', [[320, 'light'], [390, 'dark'], [1440, 'light']]);
		const rows = allRows().filter((row) => row.method === 'GET' && !elsewhere.test(row.pattern) && !files.test(row.pattern));
		assert.ok(rows.length >= 45, `${rows.length} rows`);
		for (const row of rows)
			for (const prefix of row.languages ? ['', '/zh'] : ['']) {
				const where = prefix + addressIn(row.pattern, prefix ? 'zh' : 'en'), answer = await page.goto(`${site.url}${where}${asked[row.pattern] ?? ''}`);
				if (answer.status() !== 200 || new URL(page.url()).pathname !== encodeURI(where))
					unseen.push(`${where}: ${answer.status()} ${page.url()}`);
				else
					await look(where);
			}
		await context.close();
		assert.deepEqual(unseen, []);
		done();
	});
});
