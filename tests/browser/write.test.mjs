// Writing as it is done: what is typed survives, the preview stays beside it, two people are put together; with and without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { serveSite } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';

const text = (page) => page.getByLabel('Text, in Markdown');

describe('writing in a browser', () => {
	let site, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});
	async function open(options) {
		const context = await browser.newContext(options), page = await context.newPage();
		await enter(page, site);
		return { context, page };
	}
	async function begin(page, title, words) {
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill(title);
		await text(page).fill(words);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(/\/write\/\d+$/);
		return page.url();
	}

	test('what is typed is kept by itself, makes no version, and is offered again', async () => {
		const { context, page } = await open();
		const where = await begin(page, 'Kept by itself', 'Saved.');
		await page.clock.install();
		await page.reload();
		await text(page).fill('Typed, and the train went into a tunnel.');
		await page.clock.fastForward(21000);
		await page.locator('.keeping', { hasText: 'Kept, not yet saved:' }).waitFor();
		assert.equal(sql(site, "SELECT revision FROM post WHERE title = 'Kept by itself'"), '1');
		page.on('dialog', (dialog) => dialog.accept());
		await page.goto(`${site.url}/write`);
		await page.goto(where);
		await page.locator('.unsaved').getByRole('link', { name: 'Kept by itself' }).click();
		assert.equal(await text(page).inputValue(), 'Typed, and the train went into a tunnel.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(where);
		assert.equal(await page.locator('.unsaved').count(), 0);
		await context.close();
	});

	test('leaving with text that is not saved warns, saving does not', async () => {
		const { context, page } = await open();
		await begin(page, 'Warned', 'Saved.');
		const asked = [];
		page.on('dialog', (dialog) => {
			asked.push(dialog.type());
			void dialog.dismiss();
		});
		await text(page).pressSequentially('More. ');
		await page.goto(`${site.url}/write`).catch(() => null);
		assert.deepEqual(asked, ['beforeunload']);
		assert.match(await text(page).inputValue(), /More/);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForLoadState();
		await page.goto(`${site.url}/write`);
		assert.deepEqual(asked, ['beforeunload']);
		await context.close();
	});

	test('the preview comes beside the text without leaving', async () => {
		const { context, page } = await open({ viewport: { width: 1440, height: 900 } });
		await begin(page, 'Beside', 'One *word*.');
		await page.evaluate(() => { window.stayed = true; });
		await page.getByRole('button', { name: 'Preview' }).click();
		await page.locator('#preview em').waitFor();
		await text(page).fill('Two **words**.');
		await page.getByRole('button', { name: 'Preview' }).click();
		await page.locator('#preview strong').waitFor();
		assert.equal(await page.evaluate(() => window.stayed), true);
		const [left, right] = await Promise.all([text(page).boundingBox(), page.locator('#preview').boundingBox()]);
		assert.ok(right.x > left.x + left.width, 'the preview stands beside the text');
		await context.close();
	});

	test('two windows that changed different places: the proposal is saved with one button, by keyboard', async () => {
		const { context, page: one } = await open();
		const where = await begin(one, 'Proposed', 'First.\n\nMiddle.\n\nLast.');
		const two = await context.newPage();
		await two.goto(where);
		await text(one).fill('First, changed.\n\nMiddle.\n\nLast.');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForLoadState();
		await text(two).fill('First.\n\nMiddle.\n\nLast, changed.');
		await two.getByRole('button', { name: 'Save' }).click();
		await two.locator('.merged').waitFor();
		assert.equal(await text(two).inputValue(), 'First, changed.\n\nMiddle.\n\nLast, changed.');
		await two.getByRole('button', { name: 'Save' }).focus();
		await two.keyboard.press('Enter');
		await two.waitForURL(where);
		assert.equal(await text(two).inputValue(), 'First, changed.\n\nMiddle.\n\nLast, changed.');
		await context.close();
	});

	test('a session that ended while writing brings the text back after sign-in', async () => {
		const { context, page } = await open();
		const where = await begin(page, 'Ended', 'Saved.');
		await text(page).fill('Three hours of words.');
		sql(site, 'DELETE FROM session');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('form.again').waitFor();
		const other = await context.newPage();
		await other.goto(site.renown('user', 'link', '--owner').stdout.trim());
		await other.locator('.sign-in-link button').click();
		await other.waitForURL(`${site.url}/account`);
		await page.getByRole('button', { name: 'Send it again' }).click();
		await page.waitForLoadState();
		assert.equal(await text(page).inputValue(), 'Three hours of words.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(where);
		assert.equal(await text(page).inputValue(), 'Three hours of words.');
		await context.close();
	});

	test('into the bin and back, search and compare: without script, on a phone', async () => {
		const { context, page } = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const where = await begin(page, 'Phone heron', 'First words.');
		await text(page).fill('Second words.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('link', { name: 'Earlier versions' }).click();
		await page.getByRole('button', { name: 'Show what changed' }).click();
		assert.equal(await page.locator('.compared ins').textContent(), 'Second');
		await page.goto(where);
		await page.getByRole('link', { name: 'Throw it away' }).click();
		await page.getByRole('button', { name: 'Put it into the bin' }).click();
		await page.getByRole('link', { name: 'Bin', exact: true }).click();
		await page.getByLabel('Words in title or text').fill('heron');
		await page.getByRole('button', { name: 'Find' }).click();
		await page.getByRole('link', { name: 'Phone heron' }).click();
		await page.getByRole('button', { name: 'Bring it back' }).click();
		await page.waitForURL(where);
		await context.close();
	});

	test('axe, the Nu checker and the width of a phone find nothing', { timeout: 120000 }, async () => {
		const { context, page } = await open({ bypassCSP: true });
		const where = await begin(page, 'Looked at', 'One.\n\nTwo.');
		const { look, done } = lookAt(page, 'write', [[390, 'light'], [820, 'dark'], [1440, 'light']]);
		const two = await context.newPage();
		await two.goto(where);
		await text(two).fill('One, here.\n\nTwo.');
		await two.getByRole('button', { name: 'Save' }).click();
		await two.waitForLoadState();
		await text(page).fill('One, there.\n\nTwo, too.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('.merged').waitFor();
		for (const group of await page.locator('.group summary').all())
			await group.click();
		await look('conflict');
		await page.getByRole('button', { name: 'Preview' }).click();
		await page.locator('#preview').waitFor();
		await look('beside');
		await context.close();
		done();
	});
});
