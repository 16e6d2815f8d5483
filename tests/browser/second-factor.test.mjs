// Two-factor authentication in a browser: set up, sign in, recovery codes; personal data and account deletion.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { serveSite } from '../e2e/lib.mjs';
import { launch, lookAt } from './look.mjs';

const password = '墨香 and four herons';

// RFC 6238, as an authenticator app on a phone does it.
function codeOf(letters) {
	const bits = [...letters].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2))), time = Buffer.alloc(8);
	time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = crypto.createHmac('sha1', key).update(time).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

describe('two-factor authentication in a browser', () => {
	let site, browser, context, page, look, done, secret, codes;

	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
		context = await browser.newContext({ bypassCSP: true });
		page = await context.newPage();
		({ look, done } = lookAt(page, 'factor', [[320, 'light'], [320, 'dark'], [820, 'dark'], [1440, 'light']]));
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	const go = (where) => page.goto(`${site.url}${where}`);
	async function press(form, where) {
		await page.locator(`form.${form} button`).click();
		await page.waitForURL((url) => url.pathname === where || where instanceof RegExp && where.test(url.pathname));
	}
	async function signOut() {
		await go('/account');
		await press('sign-out', '/');
	}
	async function byPassword() {
		await go('/sign-in?next=/account/second-factor');
		await page.fill('#sign-in-email', 'sujian@example.org');
		await page.fill('#sign-in-password', password);
		await press('sign-in', /^\/sign-in\/second-factor\//);
	}

	test('the QR code is dark on white with a quiet zone in every colour scheme; a code turns two-factor authentication on', { timeout: 120000 }, async () => {
		await page.goto(site.renown('user', 'link', 'sujian@example.org').stdout.trim());
		await press('sign-in-link', '/account');
		await page.fill('#password-new', password);
		await press('password', '/account');
		await look('account');
		await page.locator('a[href$="/account/second-factor"]').click();
		await look('factor-off');
		await page.fill('form.begin input[type="password"]', password);
		await press('begin', '/account/second-factor');
		await page.locator('svg.qr').waitFor();
		for (const colorScheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme });
			// An image of the QR code, read as a camera would: a border of four white modules, black corners of the finder patterns.
			const shot = (await page.locator('svg.qr').screenshot()).toString('base64');
			const seen = await page.evaluate(async (bytes) => {
				const picture = new Image();
				picture.src = `data:image/png;base64,${bytes}`;
				await picture.decode();
				const size = Number(document.querySelector('svg.qr').getAttribute('viewBox').split(' ')[2]);
				const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
				const drawing = canvas.getContext('2d');
				drawing.drawImage(picture, 0, 0);
				const at = (x, y) => drawing.getImageData((x + 0.5) * picture.width / size, (y + 0.5) * picture.height / size, 1, 1).data[0];
				const border = [], finders = [[4, 4], [size - 5, 4], [4, size - 5]].map(([x, y]) => at(x, y));
				for (let i = 0; i < size; i++)
					for (const near of [0, 1, 2, 3, size - 4, size - 3, size - 2, size - 1])
						border.push(at(i, near), at(near, i));
				return { darkest: Math.min(...border), lightest: Math.max(...finders), width: picture.width / size };
			}, shot);
			assert.ok(seen.darkest > 240 && seen.lightest < 16 && seen.width >= 4, `${colorScheme}: ${JSON.stringify(seen)}`);
		}
		await look('factor-pending');
		secret = (await page.locator('.secret code').textContent()).replaceAll(' ', '');
		await page.fill('form.confirm input[name="code"]', '12345');
		await press('confirm', '/account/second-factor/confirm');
		await page.locator('.problem').waitFor();
		assert.equal((await page.locator('.secret code').textContent()).replaceAll(' ', ''), secret, 'the same secret again');
		await page.fill('form.confirm input[name="code"]', codeOf(secret));
		await press('confirm', '/account/second-factor/confirm');
		await page.locator('.codes').waitFor();
		codes = await page.locator('.codes code').allTextContents();
		assert.equal(new Set(codes).size, 10);
		await look('factor-codes');
		await page.locator('main .actions a').click();
		await page.waitForURL(`${site.url}/account`);
		await go('/account/second-factor');
		await look('factor-on');
	});

	test('an owner signs in with password and code, and with password and recovery code', { timeout: 60000 }, async () => {
		await signOut();
		sql(site, 'UPDATE second_factor SET step = 0'); // otherwise this test would wait up to 30 seconds for the next code
		await byPassword();
		assert.equal(await page.locator('input[name="code"]').getAttribute('autocomplete'), 'one-time-code');
		await look('second-step');
		await page.fill('input[name="code"]', '000 00x');
		await page.keyboard.press('Enter');
		await page.locator('.problem').waitFor();
		await page.fill('input[name="code"]', codeOf(secret));
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account/second-factor`);
		await signOut();
		await byPassword();
		await page.fill('input[name="code"]', ` ${codes[3].toUpperCase()} `);
		await page.keyboard.press('Enter');
		await page.waitForURL(`${site.url}/account/second-factor`);
		assert.match(await page.locator('main').textContent(), /You have 9 recovery codes left/);
	});

	test('an owner sees and downloads personal data, and deletes the account', { timeout: 60000 }, async () => {
		await go('/zh/account/data');
		await look('data-zh');
		await go('/account');
		await page.locator('a[href$="/account/data"]').click();
		await look('data');
		const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="/account/data.json"]').click()]);
		assert.equal(download.suggestedFilename(), 'account.json');
		assert.equal(JSON.parse(fs.readFileSync(await download.path(), 'utf8')).user[0].email, 'sujian@example.org');
		await page.locator('a[href$="/account/delete"]').click();
		await look('leave');
		// The sample has one owner. She cannot delete her account before there is another owner, and the attempt does not use up her code.
		await page.fill('form.delete-account input[name="self"]', codes[4]);
		await press('delete-account', '/account/delete');
		await page.getByText('Make someone else an owner first').waitFor();
		site.renown('user', 'add', '--name', 'Otto Next', '--email', 'otto@example.org', '--role', 'owner');
		await page.fill('form.delete-account input[name="self"]', 'not this');
		await press('delete-account', '/account/delete');
		await page.getByText('The password or code is incorrect').waitFor();
		await look('leave-wrong');
		await page.fill('form.delete-account input[name="self"]', codes[4]);
		await press('delete-account', '/');
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE email = 'sujian@example.org'"), '0');
		await go('/account');
		assert.equal(new URL(page.url()).pathname, '/sign-in');
	});

	test('axe and the Nu checker found no problem, and no page was wider than a small phone', { timeout: 60000 }, () => {
		done();
	});
});
