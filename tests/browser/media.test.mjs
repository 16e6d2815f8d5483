// Uploading files as authors do: an image and a recording, with progress and without script, in a post, on a phone; what the reader gets.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { png, wav } from '../e2e/files.mjs';
import { serveSite, temporaryFolder } from '../e2e/lib.mjs';
import { enter, launch, lookAt } from './look.mjs';


describe('files in a browser', () => {
	let site, browser;
	const folder = temporaryFolder('files');
	const file = (name, bytes) => {
		fs.writeFileSync(path.join(folder, name), bytes);
		return path.join(folder, name);
	};
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await launch('--autoplay-policy=no-user-gesture-required');
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('with script, each file shows its progress and its errors, and the post shows the image and plays the recording', async () => {
		const context = await browser.newContext({ viewport: { width: 1200, height: 900 } }), page = await context.newPage();
		await enter(page, site);
		await page.goto(`${site.url}/write`);
		await page.getByRole('link', { name: 'Media' }).click();
		await page.setInputFiles('#upload-file', [file('sheet.png', png(700, 500, 'yellow')), file('not.svg', '<svg/>')]);
		await page.getByRole('button', { name: 'Upload' }).click();
		await page.locator('.progress .problem').waitFor();
		assert.match(await page.locator('.progress .problem').textContent(), /^not\.svg is damaged or not of a supported type/);
		assert.equal(await page.locator('.progress li').first().locator('progress').evaluate((bar) => bar.value), 1);
		await page.setInputFiles('#upload-file', [file('talk.wav', wav(4))]);
		await page.getByRole('button', { name: 'Upload' }).click();
		await page.locator('.files .name', { hasText: 'talk.wav' }).waitFor();
		await page.locator('.files a', { hasText: 'sheet.png' }).click();
		await page.getByLabel('Alt text').fill('A yellow sheet');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForLoadState();
		const snippet = await page.locator('.snippet code').textContent();
		assert.match(snippet, /^!\[A yellow sheet\]\(\/media\//);
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill('Seen and heard');
		await page.getByLabel('Content (Markdown)').fill(`Look:\n\n${snippet}`);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(/\/write\/\d+$/);
		await page.getByRole('link', { name: 'Cover, audio and video' }).click();
		await page.locator('.file-choice label', { hasText: 'sheet.png' }).locator('input').check();
		await page.getByLabel('Alt text').fill('Yellow');
		await page.getByLabel('Audio or video from the media library').selectOption({ label: 'talk.wav' });
		await page.getByLabel('Chapters').fill('0:00 Begin\n0:02 End');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForLoadState();
		await page.getByRole('link', { name: 'Back to the post' }).click();
		await page.getByRole('button', { name: 'Publish' }).click();
		await page.getByRole('link', { name: 'Published' }).click();
		const reader = await (await browser.newContext()).newPage();
		await reader.goto(page.url());
		assert.deepEqual(await reader.locator('.prose img').evaluate((image) => [image.decode().then(() => 1) && image.alt, image.width > 0]), ['A yellow sheet', true]);
		await reader.locator('.prose img').scrollIntoViewIfNeeded();
		assert.equal(await reader.locator('.prose img').evaluate((image) => image.decode().then(() => image.naturalWidth)), 700);
		assert.equal(await reader.locator('audio').evaluate((audio) => new Promise((done) => {
			audio.addEventListener('timeupdate', () => audio.currentTime > 0 && done('plays'));
			audio.muted = true;
			audio.play().catch((error) => done(error.message));
		})), 'plays');
		assert.match(await reader.locator('.chapters').textContent(), /Begin\s*0:00\s*End\s*0:02/);
		await context.close();
	});

	test('several files are uploaded at once, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }), page = await context.newPage();
		await enter(page, site);
		await page.goto(`${site.url}/zh/write/media`);
		await page.setInputFiles('#upload-file', [file('one.png', png(33, 44, 'red')), file('two.png', png(34, 44, 'blue'))]);
		await page.getByRole('button', { name: '上传' }).click();
		await page.waitForLoadState();
		for (const name of ['one.png', 'two.png'])
			assert.equal(await page.locator('.files .name', { hasText: name }).count(), 1);
		await context.close();
	});

	test('axe and the Nu checker find no problem, and no page is wider than a phone', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage();
		const { look, done } = lookAt(page, 'files', [[320, 'light'], [820, 'dark'], [1440, 'light']]);
		await enter(page, site);
		await page.goto(`${site.url}/write/media`);
		await look('library');
		await page.goto(`${site.url}/write/media?q=nothing-has-this-name`);
		await look('no-files');
		for (const name of ['sheet.png', 'talk.wav', 'one.png']) {
			await page.goto(`${site.url}/write/media`);
			await page.locator('.files a', { hasText: name }).click();
			await page.locator('.snippet').waitFor();
			await look(`file-${name}`);
		}
		await page.goto(`${site.url}/write`);
		await page.locator('.rows a', { hasText: 'Seen and heard' }).click();
		await page.getByRole('link', { name: 'Cover, audio and video' }).click();
		await look('attach');
		await page.getByLabel('Chapters').fill('none');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('.problem').waitFor();
		await look('attach-wrong');
		await page.goto(`${site.url}/blog/seen-and-heard`);
		await look('heard');
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill('Lies elsewhere');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('link', { name: 'Cover, audio and video' }).click();
		await page.getByLabel('Or enter the URL of the file').fill('http://127.0.0.1:9/a-talk-under-an-address-that-is-longer-than-a-telephone-is-wide.mp3');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText("renown work isn't running").waitFor();
		await look('fetch-waits');
		site.work();
		await page.reload();
		await page.getByText("couldn't be downloaded").waitFor();
		await look('fetch-failed');
		await context.close();
		done();
	});
});
