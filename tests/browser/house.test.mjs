// The owner's house in a browser: each page on a phone and on a wide screen, by day and by night, without a complaint of axe.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { renown, root, serveSite } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const password = 'seven quiet herons at dusk';

describe('the owner\'s house in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});
	async function signIn(page) {
		await page.goto(site.renown('user', 'link', '--owner').stdout.trim());
		await page.locator('.sign-in-link button').click();
		await page.waitForURL(`${site.url}/account`);
	}

	test('set up without script, on a phone: colours, a menu, a backup', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 }, acceptDownloads: true });
		const page = await context.newPage();
		await signIn(page);
		await page.locator('.rooms').getByRole('link', { name: 'Your site' }).click();
		await page.locator('.rooms').getByRole('link', { name: 'Settings' }).click();
		await page.locator('.states').first().getByRole('link', { name: 'Theme and colours' }).click();
		await page.getByLabel('Your colour', { exact: true }).fill('#225522');
		const press = (name) => Promise.all([page.waitForResponse((answer) => answer.request().method() === 'GET' || answer.status() === 200), page.getByRole('button', { name }).click()]);
		await press('Preview');
		await page.locator('link[href*="/colours/"]').waitFor({ state: 'attached' });
		const seal = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--seal'));
		assert.equal((await seal()).trim(), '#225522');
		await press('Save');
		await page.goto(`${site.url}/blog`);
		assert.equal((await seal()).trim(), '#225522');
		await page.goto(`${site.url}/admin/backup`);
		await press('Make a backup');
		renown(site.folder, ['work', '--once']);
		const address = sql(site, "SELECT email FROM user WHERE role = 'owner' ORDER BY id LIMIT 1");
		renown(site.folder, ['user', 'password', address], { input: `${password}\n` });
		await signIn(page);
		await page.goto(`${site.url}/admin/backup`);
		await page.getByLabel('Your password, once more').fill(password);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
		assert.match(download.suggestedFilename(), /^renown-.*\.tar$/);
		await context.close();
	});

	test('axe and the width of a phone find nothing', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage(), wrong = [];
		page.on('pageerror', (error) => wrong.push(error.message));
		await signIn(page);
		fs.chmodSync(path.join(site.folder, 'media'), 0o777);
		for (const where of ['', '/health', '/backup', '/audit', '/people', '/people/1', '/settings/look', '/settings/pictures', '/settings/site', '/settings/navigation', '/settings/language'])
			for (const lang of where === '' || where === '/audit' || where === '/health' ? ['', '/zh'] : ['']) {
				await page.goto(`${site.url}${lang}/admin${where}`);
				await page.evaluate(axe);
				for (const [width, colorScheme] of [[320, 'light'], [390, 'dark'], [1440, 'light'], [1440, 'dark']]) {
					await page.setViewportSize({ width, height: 900 });
					await page.emulateMedia({ colorScheme });
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
					for (const { id, nodes } of violations)
						wrong.push(`${lang}${where} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
					if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
						wrong.push(`${lang}${where} ${width}: wider than the window`);
					if (process.env.RENOWN_PICTURES)
						await page.screenshot({ fullPage: true, path: path.join(process.env.RENOWN_PICTURES, `house${lang}${where}`.replaceAll('/', '-') + `-${width}-${colorScheme}.png`) });
				}
			}
		await context.close();
		assert.deepEqual(wrong, []);
	});
});
