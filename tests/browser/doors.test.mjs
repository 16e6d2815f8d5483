// The doors as people use them: by keyboard alone, without script, on a phone, in both languages.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

describe('doors in a browser', () => {
	let site, browser;
	const link = (email) => site.renown('user', 'link', email).stdout.trim();
	// Tab until the element that has the focus is the one that is meant.
	async function tabTo(page, selector) {
		for (let i = 0; i < 40; i++) {
			if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector))
				return;
			await page.keyboard.press('Tab');
		}
		assert.fail(`${selector} cannot be reached by keyboard`);
	}
	before(async () => {
		site = await serveSite({ sample: true });
		site.renown('user', 'add', '--name', 'Ines Sol', '--email', 'ines@example.org');
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('in by a link, a password set, out, and in again: by keyboard, without script', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		// Without script the page itself cannot say what has the focus: count on the order, which is that of the page.
		await page.goto(link('ines@example.org'));
		await page.locator('.sign-in-link button').focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account`);
		assert.equal(await page.locator('h1').textContent(), 'Ines Sol');
		await page.locator('#password-new').focus();
		await page.keyboard.type('password1');
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account/password`);
		assert.match(await page.locator('.password .problem').textContent(), /first that anybody would guess/);
		assert.equal(await page.locator('#password-new').inputValue(), '');
		await page.locator('#password-new').focus();
		await page.keyboard.type('墨香 and four herons');
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account`);
		await page.locator('.sign-out button').focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/`);
		await page.goto(`${site.url}/zh/account`);
		assert.equal(new URL(page.url()).pathname, '/zh/sign-in');
		await page.locator('#sign-in-email').focus();
		await page.keyboard.type('ines@example.org');
		await page.keyboard.press('Tab');
		await page.keyboard.type('墨香 and four herons');
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/zh/account`);
		assert.match(await page.locator('main').textContent(), /已登录的设备[\s\S]*Chrome, Linux[\s\S]*本机/);
		await context.close();
	});

	test('everything can be reached with Tab', async () => {
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(link('ines@example.org'));
		await tabTo(page, '.sign-in-link button');
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account`);
		for (const selector of ['.end-session button', '.end-others button', '#password-old', '#password-new', '.password button', '.sign-out button'])
			await tabTo(page, selector);
		await context.close();
	});

	test('axe, the Nu checker and the width of a phone find nothing', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), wrong = [], files = [], folder = temporaryFolder('doors');
		const page = await context.newPage();
		page.on('pageerror', (error) => wrong.push(error.message));
		await page.goto(link('sujian@example.org'));
		const look = async (what) => {
			const file = path.join(folder, `${files.length}.html`);
			fs.writeFileSync(file, await page.content());
			files.push(file);
			await page.evaluate(axe);
			for (const [width, colorScheme] of [[390, 'light'], [390, 'dark'], [820, 'light'], [1440, 'dark']]) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${what} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
				if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
					wrong.push(`${what} ${width}: wider than the window`);
				if (process.env.RENOWN_PICTURES)
					await page.screenshot({ path: path.join(process.env.RENOWN_PICTURES, `${what}-${width}-${colorScheme}.png`) });
			}
		};
		await look('link');
		await page.locator('.sign-in-link button').click();
		await page.waitForURL(`${site.url}/account`);
		await look('account');
		await page.fill('#password-new', 'short');
		await page.locator('.password button').click();
		await page.locator('.password .problem').waitFor();
		await look('password');
		await page.locator('.sign-out button').click();
		await page.waitForURL(`${site.url}/`);
		await page.goto(`${site.url}/sign-in`);
		await page.fill('#sign-in-email', 'sujian@example.org');
		await page.fill('#sign-in-password', 'not this');
		await page.locator('form.sign-in button').click();
		await page.locator('.problem').waitFor();
		await look('sign-in');
		const jar = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
		const ran = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--errors-only', '--html', '--stdout', ...files], { encoding: 'utf8' });
		assert.equal(ran.status, 0, (ran.stdout + ran.stderr).slice(0, 4000));
		await context.close();
		assert.deepEqual(wrong, []);
	});
});
