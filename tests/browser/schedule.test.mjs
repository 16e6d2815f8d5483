// The publishing schedule: chosen days, the queue by keyboard and without script, the calendar on a phone and a wide screen.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { serveSite } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';

describe('the publishing schedule in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});
	async function write(page, title) {
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill(title);
		await page.getByRole('button', { name: /^Add to queue \(/ }).click();
		await page.waitForURL(/\/write\/\d+$/);
	}

	test('an owner creates a schedule and moves a post in the queue, by keyboard, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		await enter(page, site);
		await page.goto(`${site.url}/write`);
		await page.getByRole('link', { name: 'Scheduled posts' }).click();
		await page.getByRole('link', { name: 'Schedule', exact: true }).click();
		await page.getByLabel('Tuesday').check();
		await page.getByLabel('Friday').check();
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		await page.getByText('Tuesday, Friday, 08:00').waitFor();
		await write(page, 'First in the queue');
		await write(page, 'Second in the queue');
		await page.goto(`${site.url}/write/queue`);
		await page.getByRole('button', { name: 'Move up: Second in the queue' }).focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		assert.deepEqual((await page.locator('.queue .entry-title a').allTextContents()).slice(0, 2), ['Second in the queue', 'First in the queue']);
		await page.goto(`${site.url}/write/calendar`);
		await page.getByRole('link', { name: 'Free slot: write a post' }).first().click();
		assert.match(await page.locator('#post-when').inputValue(), / 08:00$/);
		await context.close();
	});

	test('axe and the Nu checker find no problem, and no page is wider than a phone', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true });
		const page = await context.newPage();
		await enter(page, site);
		const { look, done } = lookAt(page, 'plan', [[320, 'dark'], [390, 'light'], [820, 'dark'], [1440, 'light']]);
		await page.goto(`${site.url}/write/queue`);
		await look('queue');
		await page.goto(`${site.url}/write/calendar`);
		await look('calendar');
		await page.goto(`${site.url}/zh/write/calendar`);
		await look('calendar-zh');
		sql(site, 'UPDATE schedule_rule SET since = 1');
		await page.goto(`${site.url}/write/schedule`);
		assert.equal(await page.locator('.slot-usage rect.used').count(), 12);
		await page.locator('form.calendar button').click();
		await page.locator('section.link').waitFor();
		await look('plan');
		await context.close();
		done();
	});
});
