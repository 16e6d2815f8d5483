// The dashboard in a browser, without script and on a phone. every-page.test.mjs checks what its pages look like.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { renown, serveSite } from '../e2e/lib.mjs';
import { enter, launch } from './look.mjs';

const password = 'seven quiet herons at dusk';

describe('the dashboard in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('an owner sets colours and a menu and downloads a backup, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 }, acceptDownloads: true });
		const page = await context.newPage();
		await enter(page, site);
		await page.locator('.navigation').getByRole('link', { name: 'Dashboard' }).click();
		await page.locator('.navigation').getByRole('link', { name: 'Settings' }).click();
		await page.locator('.views').first().getByRole('link', { name: 'Theme and colours' }).click();
		await page.getByLabel('Accent colour', { exact: true }).fill('#225522');
		const press = (name) => Promise.all([page.waitForResponse((answer) => answer.request().method() === 'GET' || answer.status() === 200), page.getByRole('button', { name }).click()]);
		await press('Preview');
		await page.locator('link[href*="/colours/"]').waitFor({ state: 'attached' });
		const seal = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
		assert.equal((await seal()).trim(), '#225522');
		await press('Save');
		await page.goto(`${site.url}/blog`);
		assert.equal((await seal()).trim(), '#225522');
		await page.goto(`${site.url}/admin/backups`);
		await press('Create backup');
		renown(site.folder, ['work', '--once']);
		const address = sql(site, "SELECT email FROM site_user WHERE role = 'owner' ORDER BY id LIMIT 1");
		renown(site.folder, ['user', 'password', address], { input: `${password}\n` });
		await enter(page, site);
		await page.goto(`${site.url}/admin/backups`);
		await page.getByLabel('Confirm your password').fill(password);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
		assert.match(download.suggestedFilename(), /^renown-.*\.tar$/);
		await context.close();
	});
});
