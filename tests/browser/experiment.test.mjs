// An A/B test as an author uses it: started on a phone without script, its results in both languages and in dark mode.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serveSite } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';

describe('an A/B test in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('an author starts a test from the list of posts and sees its result, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
		const page = await context.newPage();
		await enter(page, site);
		await page.goto(`${site.url}/write?state=published`);
		await page.locator('.rows a').first().click();
		await page.getByRole('link', { name: 'A/B test' }).click();
		await page.locator('#experiment-b_title').fill('A title that nobody has thought of');
		await page.locator('#experiment-b_share').selectOption('45');
		await page.locator('[name=b_cover]').nth(1).check();
		await page.locator('#experiment-b_cover_alt').fill('Another picture');
		await page.getByRole('button', { name: 'Start A/B test' }).click();
		assert.match(await page.locator('[role=alert]').textContent(), /add up to 95%/);
		assert.equal(await page.locator('#experiment-b_title').inputValue(), 'A title that nobody has thought of');
		assert.equal(await page.locator('[name=b_cover]').nth(1).isChecked(), true);
		await page.locator('#experiment-a_share').selectOption('55');
		await page.getByRole('button', { name: 'Start A/B test' }).click();
		await page.waitForURL(/\/experiment\/1$/);
		assert.equal(await page.locator('.buckets li').count(), 20);
		assert.equal(await page.locator('.buckets .is-B').count(), 9);
		assert.equal(await page.locator('.variants img').last().getAttribute('alt'), 'Another picture');
		await context.close();
	});

	test('axe finds no problem at any width, in both languages', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true });
		const page = await context.newPage();
		await enter(page, site);
		const { look, done } = lookAt(page, 'trial', [[320, 'light'], [820, 'dark'], [1440, 'light']]);
		await page.goto(`${site.url}/write?state=published`);
		await page.locator('.rows a').nth(1).click();
		await page.waitForURL(/\/write\/\d+$/);
		const other = new URL(page.url()).pathname;
		await page.goto(`${site.url}${other}/experiment`);
		await page.locator('details summary').first().click();
		await look('trial');
		await page.goto(`${site.url}/zh${other}/experiment`);
		await look('trial-zh');
		await page.goto(`${site.url}/write?state=published`);
		await page.locator('.rows a').first().click();
		await page.getByRole('link', { name: 'A/B test' }).click();
		await page.waitForURL(/\/experiment\/1$/);
		await look('result-empty');
		const count = (variant, seen, acted) => site.renown('experiment', 'count', '1', '--variant', variant, '--seen', seen, '--acted', acted);
		count('A', '5500', '550');
		count('B', '4500', '630');
		await page.reload();
		assert.match(await page.locator('.verdict').textContent(), /B performs better than A: 14\.0% versus 10\.0%/);
		// The marker is within its interval, and B's is to the right of A's.
		const box = async (variant, part) => page.locator('.variants li').nth(variant).locator(`.${part}`).boundingBox();
		const [a, b, range] = [await box(0, 'estimate'), await box(1, 'estimate'), await box(1, 'interval')];
		assert.ok(b.x > a.x && b.x > range.x && b.x < range.x + range.width);
		await look('result');
		await page.goto(`${site.url}/zh${new URL(page.url()).pathname}`);
		assert.match(await page.locator('.verdict').textContent(), /B 优于 A/);
		await look('result-zh');
		await page.goto(`${site.url}${new URL(page.url()).pathname.slice(3)}`);
		await page.locator('#end-experiment-letter').selectOption('B');
		await page.getByRole('button', { name: 'Use this variant' }).click();
		await page.getByText('Winner: B').waitFor();
		await look('kept');
		await context.close();
		done();
	});
});
