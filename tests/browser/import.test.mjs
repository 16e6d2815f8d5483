// Files that an author imports: with script the page looks again by itself, without it a link does; on a phone, in both languages, for axe.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { png } from '../e2e/files.mjs';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

describe('import in a browser', () => {
	let site, browser;
	const folder = temporaryFolder('import'), pictures = process.env.RENOWN_PICTURES;
	const file = (name, bytes) => {
		fs.writeFileSync(path.join(folder, name), bytes);
		return path.join(folder, name);
	};
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
	// Nothing sticks out at 320 px, and axe finds nothing, light and dark.
	async function look(page, name) {
		for (const scheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme: scheme });
			for (const width of [320, 1200]) {
				await page.setViewportSize({ width, height: 900 });
				assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width}`);
				if (pictures)
					await page.screenshot({ path: path.join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true });
			}
			await page.evaluate(axe);
			const { violations } = await page.evaluate(() => globalThis.axe.run(document));
			assert.deepEqual(violations.map((found) => `${found.id}: ${found.nodes[0].html}`), [], `${name}, ${scheme}`);
		}
	}

	test('from the desk: several files with a picture; the page goes on by itself until all is done', async () => {
		const context = await browser.newContext({ viewport: { width: 1200, height: 900 } }), page = await context.newPage(), errors = [];
		page.on('pageerror', (error) => errors.push(error.message));
		page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
		await signIn(page);
		await page.goto(`${site.url}/write`);
		await page.getByRole('link', { name: 'Import texts' }).click();
		await look(page, 'import');
		await page.setInputFiles('#import-file', [
			file('letter.md', '---\ntitle: A letter\nweight: 3\n---\n\n![A sheet](sheet.png) and ![gone](gone.png)\n'),
			file('broken.md', '---\ntitle: [\n---\n\nx\n'), file('一封信.md', '---\ntitle: 一封信\nlang: zh\n---\n\n字。\n'), file('sheet.png', png(400, 300, 'yellow'))]);
		await page.getByRole('button', { name: 'Import' }).click();
		await page.waitForURL(/\/write\/import\/\d+$/);
		assert.equal(await page.getByRole('status').textContent(), 'Waits for its turn');
		await look(page, 'import-waits');
		site.work();
		await page.getByText('All is done.').waitFor({ timeout: 10000 });
		assert.equal(await page.locator('.fates > li').count(), 3);
		assert.match(await page.locator('.fates > .left').textContent(), /broken\.md.*Left out.*the YAML cannot be read/s);
		await look(page, 'imported');
		await page.goto(page.url().replace('/write', '/zh/write'));
		assert.match(await page.locator('.fates').textContent(), /未导入.*YAML 读不懂/s);
		await look(page, 'imported-zh');
		await page.goto(page.url().replace('/zh/write', '/write'));
		await page.getByRole('link', { name: 'A letter' }).click();
		assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'A letter');
		assert.deepEqual(errors, []);
		await context.close();
	});

	test('how far it is, while it goes on: the bar moves and nothing is loaded anew', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 700 } }), page = await context.newPage();
		await signIn(page);
		await page.goto(`${site.url}/write/import`);
		await page.setInputFiles('#import-file', [file('slow.md', '# Slow\n\nWords.\n')]);
		await page.getByRole('button', { name: 'Import' }).click();
		await page.waitForURL(/\/write\/import\/\d+$/);
		await page.evaluate(() => { globalThis.same = true; });
		const set = (texts, settled) => sql(site, `UPDATE import_job SET texts = ${texts}, settled = ${settled} WHERE ended = 0`);
		set(40, 10);
		await page.getByText('10 of 40').first().waitFor();
		assert.equal(await page.locator('progress').evaluate((bar) => bar.value), 10);
		set(40, 30);
		await page.getByText('30 of 40').first().waitFor();
		assert.equal(await page.locator('progress').evaluate((bar) => bar.value), 30);
		await look(page, 'import-goes-on');
		site.work();
		await page.getByText('All is done.').waitFor();
		assert.equal(await page.evaluate(() => globalThis.same), true);
		await context.close();
	});

	test('without script: a link looks again', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } }), page = await context.newPage();
		await signIn(page);
		await page.goto(`${site.url}/write/import`);
		await page.setInputFiles('#import-file', [file('plain.md', '# Plain\n\nWords.\n')]);
		await page.getByRole('button', { name: 'Import' }).click();
		await page.waitForURL(/\/write\/import\/\d+$/);
		site.work();
		assert.equal(await page.getByText('All is done.').count(), 0);
		await page.getByRole('link', { name: 'See how far it is now' }).click();
		assert.equal(await page.getByText('All is done.').count(), 1);
		await page.getByRole('link', { name: 'Plain' }).first().waitFor();
		await context.close();
	});
});
