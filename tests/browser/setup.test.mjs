// An owner sets a new site up in a browser, without script and without a shell: the getting-started list, images, a theme.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { png } from '../e2e/files.mjs';
import { addTheme, serveSite } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';

describe('a new site in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', '顾以宁', '--email', 'gu@example.org', '--role', 'owner');
		addTheme(site.folder, 'child-theme');
		fs.mkdirSync(path.join(site.folder, 'themes/torn'));
		fs.writeFileSync(path.join(site.folder, 'themes/torn/site.xsl'), '<xsl:stylesheet');
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('a new site is set up step by step, on a phone without script', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } }), page = await context.newPage();
		const press = (name) => page.locator('main').getByRole('button', { name, exact: true }).click();
		const step = async (name) => {
			await page.goto(`${site.url}/admin`);
			await page.locator('.onboarding-steps').getByRole('link', { name }).click();
		};
		await enter(page, site);
		assert.equal(page.url(), `${site.url}/admin`);
		assert.equal(await page.locator('.onboarding-steps li').count(), 6);
		await step('Name your site');
		await page.getByLabel('Site name').fill('Ink & paper');
		await press('Save');
		await step('Choose languages');
		await page.getByLabel('Available languages').selectOption('en zh');
		await page.getByLabel('Site language').selectOption('zh');
		await page.getByLabel('Time zone').fill('Mars/Olympus');
		await press('Save');
		assert.match(await page.locator('.problem').first().textContent(), /time zone/);
		await page.getByLabel('Time zone').fill('Asia/Shanghai');
		await press('Save');
		await page.goto(`${site.url}/en/admin`);
		await page.locator('.onboarding-steps').getByRole('link', { name: 'Add a site image' }).click();
		await page.locator('input[name=social_image_file]').setInputFiles({ name: 'shelf.png', mimeType: 'image/png', buffer: png(60, 30, 'blue') });
		await page.getByLabel('Social sharing image alt text').fill('A shelf');
		await press('Save');
		await page.getByRole('radio', { name: 'shelf.png' }).first().check();
		await press('Save');
		assert.equal(sql(site, "SELECT count(*), count(DISTINCT value) FROM setting WHERE name IN ('logo', 'social_image')"), '2|1');
		await page.goto(`${site.url}/en/admin`);
		assert.deepEqual(await page.locator('.onboarding-steps li.done a').allTextContents(), ['Name your site', 'Choose languages', 'Set the time zone', 'Add a site image']);
		await press('Dismiss');
		assert.equal(await page.locator('.onboarding-steps').count(), 0);
		await context.close();
	});

	test('the owner previews a theme before saving it, and a broken theme is refused', { timeout: 60000 }, async () => {
		const context = await browser.newContext({ javaScriptEnabled: false }), page = await context.newPage();
		const press = (name) => page.locator('main').getByRole('button', { name, exact: true }).click(), child = page.locator('footer.child');
		await enter(page, site);
		await page.goto(`${site.url}/en/admin/settings/theme`);
		await page.getByLabel('Theme').selectOption('torn');
		await press('Save');
		assert.match(await page.locator('.problem').first().textContent(), /can't be used: .*site\.xsl:1/);
		await page.getByLabel('Theme').selectOption('child-theme');
		await press('Preview');
		await child.waitFor();
		assert.equal(await page.getByLabel('Theme').inputValue(), 'child-theme');
		/* Its stylesheet is found at an address that needed no setup. */
		assert.equal(await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)), true);
		await page.goto(`${site.url}/en/blog`);
		assert.equal(await child.count(), 0);
		await page.goto(`${site.url}/en/admin/settings/theme`);
		await page.getByLabel('Theme').selectOption('child-theme');
		await press('Save');
		await page.goto(`${site.url}/en/blog`);
		await child.waitFor();
		await page.goto(`${site.url}/en/admin/settings/theme`);
		await page.getByLabel('Theme').selectOption('default');
		await press('Save');
		assert.equal(await child.count(), 0);
		await context.close();
	});

	test('axe and the Nu checker find no problem, and no page is wider than a phone', { timeout: 180000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage();
		const { look, done } = lookAt(page, 'setup', [[320, 'light'], [390, 'dark'], [1440, 'light'], [1440, 'dark']]);
		await enter(page, site);
		sql(site, "DELETE FROM setting WHERE name = 'onboarding'; UPDATE content_version SET counter = counter + 1; INSERT OR REPLACE INTO health_check (name, checked, report) VALUES ('database and files', 1795497822, 'Media file' || char(9) || '%s (%s) has %lld bytes instead of %lld. Restore it from a backup.' || char(9) || 'ab/cd.webp' || char(9) || 'gone.webp' || char(9) || '1' || char(9) || '2')");
		for (const [where, name] of [['/admin', 'dashboard'], ['/admin/settings/branding', 'pictures'], ['/admin/settings/theme', 'look'], ['/admin/health', 'health'], ['/admin/settings/membership', 'readers']])
			for (const lang of ['/en', '/zh']) {
				await page.goto(site.url + lang + where);
				await look(`setup-${name}${lang.replace('/', '-')}`);
			}
		await context.close();
		done();
	});
});
