// Signing in by email as people do: signing up with the link, returning with the code, an owner who invites; on a phone, without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serveSite } from '../e2e/lib.mjs';
import { codeIn, linkIn, mailsOf } from '../e2e/post.mjs';
import { launch, lookAt } from './look.mjs';


describe('email in a browser', () => {
	let site, browser;
	const newest = (to) => {
		site.work();
		return mailsOf(site, to).at(-1);
	};
	before(async () => {
		site = await serveSite({ sample: true, owner: true });
		site.renown('setting', 'set', 'registration', 'open');
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('a reader signs up with the emailed link, signs out, and signs in with the code: on a phone, by keyboard, without script', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
		const page = await context.newPage();
		await page.goto(`${site.url}/sign-in`);
		await page.locator('.actions a[href$="/sign-up"]').click();
		await page.locator('#sign-up-name').focus();
		await page.keyboard.type('Ines Sol');
		await page.keyboard.press('Tab');
		await page.keyboard.type('ines@example.net');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/sign-in\/code\//);
		assert.equal(await page.locator('h1').textContent(), 'Check your inbox');
		await page.goto(site.url + linkIn(site, newest('ines@example.net')));
		await page.locator('.sign-in-link button').focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account#password`);
		assert.equal(await page.locator('h1').textContent(), 'Ines Sol');
		assert.ok(await page.locator('#password .password button').isVisible());
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

	test('axe and the Nu checker find no problem, and no page is wider than a phone, in both languages, light and dark', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage();
		const { look, done } = lookAt(page, 'mail', [[320, 'light'], [390, 'dark'], [1440, 'light']]);
		await page.goto(`${site.url}/zh/sign-in`);
		await look('sign-in-zh');
		await page.goto(`${site.url}/sign-up`);
		await page.fill('#sign-up-name', '\u3000');
		await page.fill('#sign-up-email', 'x@example.net');
		await page.locator('.sign-up button').click();
		await page.locator('.problem').waitFor();
		await look('join');
		await page.fill('#sign-up-name', 'X');
		await page.locator('.sign-up button').click();
		await page.waitForURL(/\/sign-in\/code\//);
		await page.goto(`${site.url}/zh${linkIn(site, newest('x@example.net'))}`);
		await page.fill('#sign-in-link-name', '\u3000');
		await page.locator('.sign-in-link button').click();
		await page.locator('.problem').waitFor();
		await look('join-link-zh');
		await page.fill('#sign-in-link-name', 'X Y');
		await page.locator('.sign-in-link button').click();
		await page.waitForURL(/\/zh\/account#password/);
		await look('account-without-password-zh');
		await page.locator('.sign-out button').click();
		await page.waitForURL(/\/zh\/$/);
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
		const invited = await page.locator('.link pre').textContent();
		await page.goto(invited);
		await look('invited');
		await page.goto(`${site.url}/zh/admin/email`);
		await page.locator('.mail-test button').click();
		await page.locator('[role=status]').waitFor();
		await look('mail-zh');
		await context.close();
		done();
	});
});
