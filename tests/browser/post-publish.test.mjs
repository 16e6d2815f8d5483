// Publishing: sign in by the printed link, write in two languages, preview, publish; on a phone and on a wide screen.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serveSite } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';

describe('writing and publishing in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});
	const read = async (where) => (await site.get(where, { headers: { cookie: 'sid=nobody' } }));

	test('an author signs in by link and publishes a post, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		await enter(page, site);
		await page.getByRole('link', { name: 'Manage posts' }).first().click();
		await page.getByRole('link', { name: 'New post' }).click();
		await page.getByLabel('Title', { exact: true }).fill('Wheat paste, again');
		await page.getByLabel('Content (Markdown)').fill('Flour, water, *patience*.\n\n- sieve\n- stir\n');
		await page.getByLabel('Tags').fill('paste, paper');
		await page.getByRole('button', { name: 'Preview' }).click();
		assert.equal(await page.locator('#preview em').textContent(), 'patience');
		assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'Wheat paste, again');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(/\/write\/\d+$/);
		assert.equal((await read('/blog/wheat-paste-again')).status, 404);
		await page.getByRole('button', { name: 'Publish' }).click();
		await page.getByRole('link', { name: 'Published' }).click();
		assert.equal(new URL(page.url()).pathname, '/blog/wheat-paste-again');
		assert.equal((await read('/blog/wheat-paste-again')).status, 200);
		await page.goto(`${site.url}/zh/write/new`);
		await page.getByLabel('标题', { exact: true }).fill('再说浆糊');
		await page.getByLabel('正文（Markdown）').fill('面粉、水和**耐心**。');
		await page.getByText('语言、权限与发布时间').click();
		await page.locator('#post-lang').selectOption('zh');
		await page.getByRole('button', { name: '发布', exact: true }).click();
		await page.waitForURL(/\/zh\/write\/\d+$/);
		assert.match((await read('/blog/再说浆糊')).text, /<strong>耐心<\/strong>/);
		await context.close();
	});

	test('of two windows, the later one gets a message and shows both texts', async () => {
		const context = await browser.newContext();
		const one = await context.newPage(), two = await context.newPage();
		await enter(one, site);
		await one.goto(`${site.url}/write/new`);
		await one.getByLabel('Title', { exact: true }).fill('Two windows');
		await one.getByLabel('Content (Markdown)').fill('First.');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForURL(/\/write\/\d+$/);
		await two.goto(one.url());
		await one.getByLabel('Content (Markdown)').fill('From the first window.');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForLoadState();
		await two.getByLabel('Content (Markdown)').fill('From the second window.');
		await two.getByRole('button', { name: 'Save' }).click();
		assert.match(await two.locator('.problem').textContent(), /^Not saved yet: this was changed elsewhere/);
		assert.match(await two.getByLabel('Content (Markdown)').inputValue(), /^\*\*⚠ Both of you changed this part\. Your version:\*\*\n\nFrom the second window\.\n\n\*\*⚠ Their version:\*\*\n\nFrom the first window\./);
		assert.equal(await two.locator('pre.mine').textContent(), 'From the second window.');
		assert.equal(await two.locator('.theirs pre').textContent(), 'From the first window.');
		await context.close();
	});

	test('axe and the Nu checker find no problem, and no page is wider than a phone', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true });
		const page = await context.newPage(), { look, done } = lookAt(page, 'write', [[390, 'light'], [820, 'dark'], [1440, 'light']]);
		await enter(page, site);
		await page.goto(`${site.url}/write`);
		await look('write');
		await page.goto(`${site.url}/write?state=unpublished`);
		await look('empty');
		await page.goto(`${site.url}/write`);
		await page.locator('.rows a').first().click();
		await look('edit');
		await page.getByRole('button', { name: 'Preview' }).click();
		await page.locator('#preview').waitFor();
		await look('preview');
		await page.goto(`${page.url().replace(/\?.*/, '')}/versions`);
		await look('versions');
		await page.locator('.rows a').first().click();
		await look('version');
		await page.goBack();
		await page.getByRole('button', { name: 'Show changes' }).click();
		await look('compare');
		await page.goto(`${site.url}/write/export`);
		await look('export');
		await page.goto(`${site.url}/write`);
		await page.locator('.rows a').first().click();
		await page.getByRole('link', { name: 'Discard changes' }).click();
		await look('bin');
		await page.goto(`${site.url}/admin/settings/theme`);
		await page.fill('#settings-accent_colour', '#ffff00');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('.problem').waitFor();
		await look('settings');
		await page.goto(`${site.url}/admin/users`);
		await look('people');
		await page.locator('.rows a').last().click();
		await page.locator('form.link button').click();
		await page.locator('section.link').waitFor();
		await look('person');
		done();
		await context.close();
	});
});
