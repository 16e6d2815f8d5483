// In by mail as people do it: joining with the mail's link, coming back with its code, an owner who invites; on a phone, without script.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root, serveSite } from '../e2e/lib.mjs';
import { codeIn, linkIn, mailsOf } from '../e2e/post.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

describe('mail in a browser', () => {
	let site, browser;
	const newest = (to) => {
		site.work();
		return mailsOf(site, to).at(-1);
	};
	before(async () => {
		site = await serveSite({ sample: true, owner: true });
		site.renown('setting', 'set', 'registration', 'open');
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('joining by the link in the mail, out, and in again by the code: on a phone, by keyboard, without script', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
		const page = await context.newPage();
		await page.goto(`${site.url}/sign-in`);
		await page.locator('.onward a[href$="/join"]').click();
		await page.locator('#join-name').focus();
		await page.keyboard.type('Ines Sol');
		await page.keyboard.press('Tab');
		await page.keyboard.type('ines@example.net');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/sign-in\/code\//);
		assert.equal(await page.locator('h1').textContent(), 'Look into your mail');
		await page.goto(site.url + linkIn(site, newest('ines@example.net')));
		await page.locator('.sign-in-link button').focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account`);
		assert.equal(await page.locator('h1').textContent(), 'Ines Sol');
		await page.locator('.sign-out button').click();
		await page.waitForURL(`${site.url}/`);
		await page.goto(`${site.url}/zh/sign-in`);
		await page.locator('#sign-in-mail-email').focus();
		await page.keyboard.type('ines@example.net');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/zh\/sign-in\/code\//);
		await page.locator('#mail-code-code').focus();
		await page.keyboard.type('wrong');
		await page.keyboard.press('Enter');
		await page.locator('.problem').waitFor();
		await page.locator('#mail-code-code').fill(codeIn(newest('ines@example.net')).toUpperCase());
		await page.locator('#mail-code-code').press('Enter');
		await page.waitForURL(`${site.url}/zh/account`);
		await context.close();
	});

	test('axe and the width of a phone find nothing, in both languages, light and dark', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), wrong = [];
		const page = await context.newPage();
		page.on('pageerror', (error) => wrong.push(error.message));
		const look = async (what) => {
			await page.evaluate(axe);
			for (const [width, colorScheme] of [[320, 'light'], [390, 'dark'], [1440, 'light']]) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${what} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
				if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
					wrong.push(`${what} ${width}: wider than the window`);
				if (process.env.RENOWN_PICTURES)
					await page.screenshot({ path: path.join(process.env.RENOWN_PICTURES, `${what}-${width}-${colorScheme}.png`), fullPage: true });
			}
		};
		await page.goto(`${site.url}/zh/sign-in`);
		await look('sign-in-zh');
		await page.goto(`${site.url}/join`);
		await page.fill('#join-name', 'X');
		await page.fill('#join-email', 'x@example');
		await page.fill('#join-password', 'password1');
		await page.locator('.join button').click();
		await page.locator('.problem').waitFor();
		await look('join');
		await page.goto(`${site.url}/sign-in`);
		await page.fill('#sign-in-mail-email', 'nobody@example.org');
		await page.locator('.sign-in-mail button').click();
		await page.waitForURL(/\/sign-in\/code\//);
		await look('code');
		await page.goto(site.renown('user', 'link', 'owner@example.org').stdout.trim());
		await page.locator('.sign-in-link button').click();
		await page.waitForURL(`${site.url}/account`);
		await page.goto(`${site.url}/admin/invitations`);
		await page.selectOption('#invite-role', 'editor');
		await page.fill('#invite-email', 'somebody.with.a.long.name@some.long.host.example.org');
		await page.locator('.invite button').click();
		await page.locator('.link pre').waitFor();
		await look('invitations');
		await page.goto(`${site.url}/zh/admin/mail`);
		await page.locator('.mail-test button').click();
		await page.locator('[role=status]').waitFor();
		await look('mail-zh');
		await context.close();
		assert.deepEqual(wrong, []);
	});
});
