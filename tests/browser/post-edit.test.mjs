// The editor: autosave, preview beside the text, merging two authors' changes; with and without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { serveSite } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';

const text = (page) => page.getByLabel('Content (Markdown)');

describe('the editor in a browser', () => {
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

	test('typed text is autosaved without a new version, and offered again', async () => {
		const { context, page } = await open();
		const where = await begin(page, 'Kept by itself', 'Saved.');
		await page.clock.install();
		await page.reload();
		await text(page).fill('Typed, and the train went into a tunnel.');
		await page.clock.fastForward(21000);
		await page.locator('.autosave-status', { hasText: 'Autosaved, not yet saved to the post:' }).waitFor();
		assert.equal(sql(site, "SELECT revision FROM post WHERE title = 'Kept by itself'"), '1');
		page.on('dialog', (dialog) => dialog.accept());
		await page.goto(`${site.url}/write`);
		await page.goto(where);
		await page.locator('.autosaves').getByRole('link', { name: 'Kept by itself' }).click();
		assert.equal(await text(page).inputValue(), 'Typed, and the train went into a tunnel.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(where);
		assert.equal(await page.locator('.autosaves').count(), 0);
		await context.close();
	});

	test('text that cannot be autosaved is reported with the reason until it can be', async () => {
		const { context, page } = await open();
		await begin(page, 'Not kept', 'Saved.');
		await page.clock.install();
		await page.reload();
		await text(page).fill(`One.\n\nTwo e${'\u0301'.repeat(50)}.`);
		await page.clock.fastForward(21000);
		const said = page.locator('.autosave-status.failed');
		await said.waitFor();
		assert.equal(await said.textContent(), 'Couldn\'t autosave. Your text is still on this page: Line 3, character 36: one letter has too many accents. Delete some.');
		assert.equal(sql(site, "SELECT count(*) FROM autosave_field WHERE name = 'text' AND value LIKE '%Two e%'"), '0');
		await text(page).fill('One.\n\nTwo \u0008\u200bthree.');
		await page.clock.fastForward(21000);
		await page.locator('.autosave-status:not(.failed)', { hasText: 'Autosaved, not yet saved to the post:' }).waitFor();
		assert.equal(sql(site, "SELECT value FROM autosave_field WHERE name = 'text' ORDER BY autosave_id DESC LIMIT 1"), 'One.\n\nTwo three.');
		await page.getByRole('button', { name: 'Save' }).click();
		await context.close();
	});

	test('autosave that fails says why, keeps trying, and loses nothing', async () => {
		const { context, page } = await open(), keeping = page.locator('.autosave-status');
		const where = await begin(page, 'Tunnel', 'Saved.');
		await page.clock.install();
		await page.reload();
		await context.route('**/write/*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
		await text(page).fill('Typed without a network.');
		await page.clock.fastForward(21000);
		await keeping.filter({ hasText: 'the site can\'t be reached' }).waitFor();
		assert.ok(await keeping.evaluate((element) => element.classList.contains('failed')));
		await context.unroute('**/write/*');
		await page.clock.fastForward(21000);
		await keeping.filter({ hasText: 'Autosaved, not yet saved to the post:' }).waitFor();
		assert.ok(!await keeping.evaluate((element) => element.classList.contains('failed')));
		/* Only the access was changed, and it is autosaved as well. */
		await page.locator('.group summary').first().click();
		await page.getByLabel('Access').selectOption('paid');
		await page.clock.fastForward(21000);
		await page.waitForTimeout(500);
		assert.equal(sql(site, "SELECT value FROM autosave_field WHERE name = 'access' ORDER BY autosave_id DESC LIMIT 1"), 'paid');
		/* Signed out, and in again in another window: autosave of the same form continues. */
		sql(site, 'DELETE FROM session');
		await text(page).fill('Typed while signed out.');
		await page.clock.fastForward(21000);
		await keeping.filter({ hasText: 'you are signed out' }).waitFor();
		const other = await context.newPage();
		await other.goto(site.renown('user', 'link', '--owner').stdout.trim());
		await other.locator('.sign-in-link button').click();
		await other.waitForURL(`${site.url}/account`);
		await page.clock.fastForward(21000);
		await keeping.filter({ hasText: 'Autosaved, not yet saved to the post:' }).waitFor();
		assert.equal(sql(site, "SELECT value FROM autosave_field WHERE name = 'text' ORDER BY autosave_id DESC LIMIT 1"), 'Typed while signed out.');
		/* The site's own message says why it refuses. */
		await page.getByLabel('Title', { exact: true }).evaluate((field) => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(301); });
		await page.clock.fastForward(21000);
		await keeping.filter({ hasText: 'Couldn\'t autosave' }).filter({ hasText: 'This has 301 characters' }).waitFor();
		await page.getByLabel('Title', { exact: true }).fill('Tunnel');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(where);
		assert.equal(await text(page).inputValue(), 'Typed while signed out.');
		assert.equal(sql(site, 'SELECT count(*) FROM autosave'), '0');
		await context.close();
	});

	test('the autosaved drafts of two windows are listed, opened and discarded, by keyboard', async () => {
		const { context, page: one } = await open(), two = await context.newPage();
		for (const [page, title] of [[one, 'Draft of one'], [two, '另一篇']]) {
			await page.clock.install();
			await page.goto(`${site.url}/write/new`);
			await page.getByLabel('Title', { exact: true }).fill(title);
			await text(page).fill(`Text of ${title}.`);
			await page.clock.fastForward(21000);
			await page.locator('.autosave-status', { hasText: 'Autosaved, not yet saved to the post:' }).waitFor();
			page.on('dialog', (dialog) => dialog.accept());
		}
		await one.goto(`${site.url}/write`);
		assert.equal(await one.locator('.autosaves .row').count(), 2);
		await one.getByRole('button', { name: 'Discard: 另一篇' }).focus();
		await one.keyboard.press('Enter');
		await one.waitForURL(`${site.url}/write`);
		await one.locator('.autosaves').getByRole('link', { name: 'Draft of one' }).click();
		assert.equal(await text(one).inputValue(), 'Text of Draft of one.');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForURL(/\/write\/\d+$/);
		await one.goto(`${site.url}/write`);
		assert.equal(await one.locator('.autosaves').count(), 0);
		await context.close();
	});

	test('of two values only the stricter one is preselected, and the chosen one is saved, without script', async () => {
		const { context, page: one } = await open({ javaScriptEnabled: false });
		const where = await begin(one, 'Chosen', 'Text.');
		const two = await context.newPage();
		await two.goto(where);
		await two.getByLabel('Title', { exact: true }).fill('Chosen by two');
		for (const page of [one, two])
			await page.locator('.group summary').first().click();
		await two.getByLabel('Access').selectOption('paid');
		await two.getByRole('button', { name: 'Save' }).click();
		await two.waitForURL(where);
		await one.getByLabel('Title', { exact: true }).fill('Chosen by one');
		await one.getByLabel('Access').selectOption('members');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.locator('.merged').waitFor();
		assert.equal(await one.locator('[name=choose_title]:checked').count(), 0);
		assert.equal(await one.locator('[name=choose_access]:checked').getAttribute('value'), 'theirs');
		await one.getByRole('button', { name: 'Save' }).click();
		assert.equal(await one.locator('.merged').count(), 1, 'the browser asks for the choice');
		await one.locator('[name=choose_title][value=theirs]').check();
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForURL(where);
		assert.equal(sql(site, "SELECT access FROM post WHERE title = 'Chosen by two'"), 'paid');
		await context.close();
	});

	test('leaving the page with unsaved text warns, saving does not', async () => {
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

	test('the preview opens beside the text on the same page', async () => {
		const { context, page } = await open({ viewport: { width: 1440, height: 900 } });
		await begin(page, 'Beside', 'One *word*.');
		await page.evaluate(() => { window.stayed = true; });
		await page.getByRole('button', { name: 'Preview', exact: true }).click();
		await page.locator('#preview em').waitFor();
		await text(page).fill('Two **words**.');
		await page.getByRole('button', { name: 'Preview', exact: true }).click();
		await page.locator('#preview strong').waitFor();
		assert.equal(await page.evaluate(() => window.stayed), true);
		const [left, right] = await Promise.all([text(page).boundingBox(), page.locator('#preview').boundingBox()]);
		assert.ok(right.x > left.x + left.width, 'the preview is beside the text');
		await context.close();
	});

	test('after two windows changed different places, the merged text is saved with one button, by keyboard', async () => {
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

	test('after the session has ended, the text is still there after sign-in', async () => {
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
		await page.getByRole('button', { name: 'Send again' }).click();
		await page.waitForLoadState();
		assert.equal(await text(page).inputValue(), 'Three hours of words.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(where);
		assert.equal(await text(page).inputValue(), 'Three hours of words.');
		await context.close();
	});

	test('posts are moved to the trash, restored, searched and compared, without script, on a phone', async () => {
		const { context, page } = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const where = await begin(page, 'Phone heron', 'First words.');
		await text(page).fill('Second words.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('link', { name: 'Version history' }).click();
		await page.getByRole('button', { name: 'Show changes' }).click();
		assert.equal(await page.locator('.diff ins').textContent(), 'Second');
		await page.goto(where);
		await page.getByRole('link', { name: 'Discard changes' }).click();
		await page.getByRole('button', { name: 'Move to trash' }).click();
		await page.getByRole('link', { name: 'Trash', exact: true }).click();
		await page.getByLabel('Title or text').fill('heron');
		await page.getByRole('button', { name: 'Search' }).click();
		await page.getByRole('link', { name: 'Phone heron' }).click();
		await page.getByRole('button', { name: 'Restore' }).click();
		await page.waitForURL(where);
		await context.close();
	});

	test('axe and the Nu checker find no problem, and no page is wider than a phone', { timeout: 120000 }, async () => {
		const { context, page } = await open({ bypassCSP: true });
		const where = await begin(page, 'Looked at', 'One.\n\nTwo.');
		const { look, done } = lookAt(page, 'write', [[390, 'light'], [820, 'dark'], [1440, 'light']]);
		const two = await context.newPage();
		await two.goto(where);
		await text(two).fill('One, here.\n\nTwo.');
		await two.getByLabel('Title', { exact: true }).fill('Looked at by two');
		await two.getByLabel('Tags').fill('tag of two');
		await two.locator('.group summary').first().click();
		await two.getByLabel('Access').selectOption('paid');
		await two.getByLabel('Publish date').fill('2099-01-01 08:00');
		await two.getByRole('button', { name: 'Save' }).click();
		await two.waitForLoadState();
		await text(page).fill('One, there.\n\nTwo, too.');
		await page.getByLabel('Title', { exact: true }).fill('Looked at by one');
		await page.getByLabel('Tags').fill('tag of one');
		await page.locator('.group summary').first().click();
		await page.getByLabel('Access').selectOption('members');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('.merged').waitFor();
		await page.locator('.group:not([open]) summary').first().click();
		await look('conflict');
		sql(site, "INSERT INTO autosave (user_id, form_key, post_id, title, lang, saved) SELECT id, 'k1', 0, 'A draft that was not saved', 'en', unixepoch() FROM site_user WHERE role = 'owner' UNION ALL SELECT id, 'k2', (SELECT max(id) FROM post), '没有保存的草稿', 'zh', unixepoch() FROM site_user WHERE role = 'owner'");
		await two.goto(`${site.url}/write`);
		await two.locator('.autosaves').waitFor();
		const drafts = lookAt(two, 'write', [[390, 'light'], [1440, 'dark']]);
		await drafts.look('drafts');
		drafts.done();
		await page.getByRole('button', { name: 'Preview', exact: true }).click();
		await page.locator('#preview').waitFor();
		await look('beside');
		await context.close();
		done();
	});
});
