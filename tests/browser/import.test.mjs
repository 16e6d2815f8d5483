// Importing files in a browser: with script the page refreshes itself, without script a link does; on a phone, in both languages, checked by axe.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { png } from '../e2e/files.mjs';
import { serveSite, temporaryFolder } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';


describe('import in a browser', () => {
	let site, browser;
	const folder = temporaryFolder('import');
	const file = (name, bytes) => {
		fs.writeFileSync(path.join(folder, name), bytes);
		return path.join(folder, name);
	};
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});
	const views = [[320, 'light'], [320, 'dark'], [1200, 'light'], [1200, 'dark']];

	test('several files with an image are imported; the page refreshes itself until the end', async () => {
		const context = await browser.newContext({ viewport: { width: 1200, height: 900 } }), page = await context.newPage();
		const { look, done } = lookAt(page, 'import', views);
		await enter(page, site);
		await page.goto(`${site.url}/write`);
		await page.getByRole('link', { name: 'Import posts' }).click();
		await look('import');
		await page.setInputFiles('#import-file', [
			file('letter.md', '---\ntitle: A letter\nweight: 3\n---\n\n![A sheet](sheet.png) and ![gone](gone.png)\n'),
			file('broken.md', '---\ntitle: [\n---\n\nx\n'), file('一封信.md', '---\ntitle: 一封信\nlang: zh\n---\n\n字。\n'), file('sheet.png', png(400, 300, 'yellow')),
			file('old.html', '<p>x</p>')]);
		await page.getByRole('button', { name: 'Import' }).click();
		await page.waitForURL(/\/write\/import\/\d+$/);
		assert.equal(await page.getByRole('status').textContent(), 'Queued');
		await look('import-waits');
		site.work();
		await page.getByText('Import complete.').waitFor({ timeout: 10000 });
		assert.equal(await page.locator('.import-results > li').count(), 4);
		assert.match(await page.locator('.import-results > .skipped').textContent(), /old\.html.*Not imported.*HTML file; only Markdown files are imported/s);
		assert.match(await page.locator('.import-results').textContent(), /broken\.md.*the whole file became a draft.*YAML parse error/s);
		await look('imported');
		await page.goto(page.url().replace('/write', '/zh/write'));
		assert.match(await page.locator('.import-results').textContent(), /未导入.*HTML 文件；只导入 Markdown 文件.*已成为草稿.*YAML 解析错误/s);
		await look('imported-zh');
		await page.goto(page.url().replace('/zh/write', '/write'));
		await page.getByRole('link', { name: 'A letter' }).click();
		assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'A letter');
		await context.close();
		done();
	});

	test('progress is shown during the import: the bar moves without loading the page again', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 700 } }), page = await context.newPage();
		const { look, done } = lookAt(page, 'importing', views);
		await enter(page, site);
		await page.goto(`${site.url}/write/import`);
		await page.setInputFiles('#import-file', [file('slow.md', '# Slow\n\nWords.\n')]);
		await page.getByRole('button', { name: 'Import' }).click();
		await page.waitForURL(/\/write\/import\/\d+$/);
		await page.evaluate(() => { globalThis.same = true; });
		const set = (total, processed) => sql(site, `UPDATE import_job SET total = ${total}, processed = ${processed} WHERE finished = 0`);
		set(40, 10);
		await page.getByText('10 of 40').first().waitFor();
		assert.equal(await page.locator('progress').evaluate((bar) => bar.value), 10);
		set(40, 30);
		await page.getByText('30 of 40').first().waitFor();
		assert.equal(await page.locator('progress').evaluate((bar) => bar.value), 30);
		await look('import-goes-on');
		site.work();
		await page.getByText('Import complete.').waitFor();
		assert.equal(await page.evaluate(() => globalThis.same), true);
		await context.close();
		done();
	});

	test('without script, a link refreshes the progress', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } }), page = await context.newPage();
		await enter(page, site);
		await page.goto(`${site.url}/write/import`);
		await page.setInputFiles('#import-file', [file('plain.md', '# Plain\n\nWords.\n')]);
		await page.getByRole('button', { name: 'Import' }).click();
		await page.waitForURL(/\/write\/import\/\d+$/);
		site.work();
		assert.equal(await page.getByText('Import complete.').count(), 0);
		await page.getByRole('link', { name: 'Refresh progress' }).click();
		assert.equal(await page.getByText('Import complete.').count(), 1);
		await page.getByRole('link', { name: 'Plain' }).first().waitFor();
		await context.close();
	});
});
