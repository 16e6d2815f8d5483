// Files as authors bring them: a picture and a recording, with progress and without script, in a post, on a phone; what the reader gets.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { png, wav } from '../e2e/files.mjs';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

describe('files in a browser', () => {
	let site, browser;
	const folder = temporaryFolder('files');
	const file = (name, bytes) => {
		fs.writeFileSync(path.join(folder, name), bytes);
		return path.join(folder, name);
	};
	before(async () => {
		site = await serveSite({ sample: true });
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'] });
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

	test('with script: each with its progress, what is wrong beside its name; then in a post, seen and heard', async () => {
		const context = await browser.newContext({ viewport: { width: 1200, height: 900 } }), page = await context.newPage();
		await signIn(page);
		await page.goto(`${site.url}/write`);
		await page.getByRole('link', { name: 'Your files' }).click();
		await page.setInputFiles('#upload-file', [file('sheet.png', png(700, 500, 'yellow')), file('not.svg', '<svg/>')]);
		await page.getByRole('button', { name: 'Upload' }).click();
		await page.locator('.progress .problem').waitFor();
		assert.match(await page.locator('.progress .problem').textContent(), /^not\.svg is no file of a kind that is taken/);
		assert.equal(await page.locator('.progress li').first().locator('progress').evaluate((bar) => bar.value), 1);
		await page.setInputFiles('#upload-file', [file('talk.wav', wav(4))]);
		await page.getByRole('button', { name: 'Upload' }).click();
		await page.locator('.files .name', { hasText: 'talk.wav' }).waitFor();
		await page.locator('.files a', { hasText: 'sheet.png' }).click();
		await page.getByLabel('What it shows').fill('A yellow sheet');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForLoadState();
		const snippet = await page.locator('.snippet code').textContent();
		assert.match(snippet, /^!\[A yellow sheet\]\(\/media\//);
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill('Seen and heard');
		await page.getByLabel('Text, in Markdown').fill(`Look:\n\n${snippet}`);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(/\/write\/\d+$/);
		await page.getByRole('link', { name: 'Cover and recording' }).click();
		await page.locator('.pick label', { hasText: 'sheet.png' }).locator('input').check();
		await page.getByLabel('What the cover shows').fill('Yellow');
		await page.getByLabel('Recording, from the library').selectOption({ label: 'talk.wav' });
		await page.getByLabel('Chapters of the recording').fill('0:00 Begin\n0:02 End');
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

	test('without script, on a phone: many at once, in one go', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }), page = await context.newPage();
		await signIn(page);
		await page.goto(`${site.url}/zh/write/media`);
		await page.setInputFiles('#upload-file', [file('one.png', png(33, 44, 'red')), file('two.png', png(34, 44, 'blue'))]);
		await page.getByRole('button', { name: '上传' }).click();
		await page.waitForLoadState();
		for (const name of ['one.png', 'two.png'])
			assert.equal(await page.locator('.files .name', { hasText: name }).count(), 1);
		await context.close();
	});

	test('axe, the Nu checker and the width of a phone find nothing', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), wrong = [], files = [];
		const page = await context.newPage();
		page.on('pageerror', (error) => wrong.push(error.message));
		await signIn(page);
		const look = async (what) => {
			const kept = path.join(folder, `${files.length}.html`);
			fs.writeFileSync(kept, await page.content());
			files.push(kept);
			await page.evaluate(axe);
			for (const [width, colorScheme] of [[320, 'light'], [820, 'dark'], [1440, 'light']]) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${what} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).slice(0, 2).join(' | ')}`);
				if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
					wrong.push(`${what} ${width}: wider than the window`);
				if (process.env.RENOWN_PICTURES)
					await page.screenshot({ path: path.join(process.env.RENOWN_PICTURES, `${what}-${width}-${colorScheme}.png`), fullPage: true });
			}
		};
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
		await page.getByRole('link', { name: 'Cover and recording' }).click();
		await look('attach');
		await page.getByLabel('Chapters of the recording').fill('none');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('.problem').waitFor();
		await look('attach-wrong');
		await page.goto(`${site.url}/blog/seen-and-heard`);
		await look('heard');
		const jar = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
		const ran = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--errors-only', '--html', '--stdout', ...files], { encoding: 'utf8' });
		assert.equal(ran.status, 0, (ran.stdout + ran.stderr).slice(0, 4000));
		await context.close();
		assert.deepEqual(wrong, []);
	});
});
