// Signing in: by keyboard alone, without script, on a phone, in both languages.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serveSite } from '../e2e/lib.mjs';
import { launch, lookAt } from './look.mjs';

describe('signing in in a browser', () => {
	let site, browser;
	const link = (email) => site.renown('user', 'link', email).stdout.trim();
	// Presses Tab until the wanted element has the focus.
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
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('an owner signs in by link, sets a password, signs out and signs in again, by keyboard, without script', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		// Without script, the page itself cannot report the focus, so the test relies on the order of the elements.
		await page.goto(link('ines@example.org'));
		await page.locator('.sign-in-link button').focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account`);
		assert.equal(await page.locator('h1').textContent(), 'Ines Sol');
		await page.locator('#password-new').focus();
		await page.keyboard.type('password1');
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account/password`);
		assert.match(await page.locator('.password .problem').textContent(), /too easy to guess/);
		assert.equal(await page.locator('#password-new').inputValue(), '');
		await page.locator('#password-new').focus();
		await page.keyboard.type('墨香 and four herons');
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account#saved`);
		assert.equal(await page.locator('#saved').isVisible(), true);
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
		assert.match(await page.locator('main').textContent(), /已登录的设备[\s\S]*Chrome, Linux[\s\S]*当前设备/);
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

	test('axe and the Nu checker find no problem, and no page is wider than a phone', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true });
		const page = await context.newPage(), { look, done } = lookAt(page, 'doors', [[390, 'light'], [390, 'dark'], [820, 'light'], [1440, 'dark']]);
		await page.goto(link('sujian@example.org'));
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
		done();
		await context.close();
	});
});
