// The whole site in one test: an owner signs in with the printed link, sets the site up, writes in two languages with an image and a
// recording, previews, schedules and publishes; a reader reads it; an A/B test starts; the owner signs out. With script, and without by keyboard.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { png, wav } from '../e2e/files.mjs';
import { serveSite, temporaryFolder } from '../e2e/lib.mjs';
import { launch } from './look.mjs';

describe('one journey through the whole site', () => {
	let browser;
	const folder = temporaryFolder('journey');
	const file = (name, bytes) => {
		fs.writeFileSync(path.join(folder, name), bytes);
		return path.join(folder, name);
	};
	before(async () => {
		browser = await launch();
	});
	after(() => browser?.close());

	for (const [how, options] of [['with script', { viewport: { width: 1280, height: 900 } }],
		['without script, on a phone', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }]]) {
		test(`${how}, an owner gets from the printed link to a published post, an A/B test and sign-out`, { timeout: 120000 }, async () => {
			const site = await serveSite({ sample: false, owner: true });
			const context = await browser.newContext(options), page = await context.newPage();
			const reader = await (await browser.newContext()).newPage();
			// Every button is pressed with the keyboard.
			const press = async (name, scope = page) => {
				await scope.getByRole('button', { name, exact: true }).focus();
				await page.keyboard.press('Enter');
				await page.waitForLoadState();
			};
			const begin = async (where, title, words) => {
				await page.goto(site.url + where);
				await page.locator('#post-title').focus();
				await page.keyboard.insertText(title);
				await page.keyboard.press('Tab');
				await page.keyboard.insertText(words);
			};
			try {
				// Sign in with the link that the quick start prints.
				await page.goto(site.renown('user', 'link', '--owner').stdout.trim());
				await press(/^Sign in as /);
				await page.locator('.navigation').waitFor();

				// Set the site up; the page confirms that it was saved.
				await page.goto(`${site.url}/admin/settings/general`);
				await page.getByLabel('Site name').fill('The Quiet Press');
				await press('Save');
				await page.waitForURL(/#saved$/);
				assert.equal(await page.locator('#saved').isVisible(), true);

				// Upload an image and a recording.
				await page.goto(`${site.url}/write/media`);
				await page.setInputFiles('#upload-file', [file('leaf.png', png(60, 40, 'green')), file('brook.wav', wav(2))]);
				await press('Upload');
				await page.locator('.files .name', { hasText: 'brook.wav' }).waitFor();
				await page.locator('.files a', { hasText: 'leaf.png' }).click();
				await page.getByLabel('Alt text').fill('A leaf');
				await press('Save');
				await page.waitForURL(/#saved$/);
				const picture = await page.locator('.snippet code').textContent();

				// Write in English, preview, add cover and recording, publish.
				await begin('/write/new', 'Down by the brook', `Some *quiet* words.\n\n${picture}`);
				await press('Preview');
				await page.locator('#preview em', { hasText: 'quiet' }).waitFor();
				await press('Save');
				await page.waitForURL(/\/write\/\d+$/);
				const english = page.url();
				await page.getByRole('link', { name: 'Cover, audio and video' }).click();
				await page.locator('.file-choice label', { hasText: 'leaf.png' }).locator('input').check();
				await page.getByLabel('Alt text').fill('A leaf');
				await page.getByLabel('Audio or video from the media library').selectOption({ label: 'brook.wav' });
				await press('Save');
				await page.waitForURL(/\/media#saved$/);
				await page.goto(english);
				await press('Publish');
				await page.getByRole('link', { name: 'Published' }).waitFor();

				// Write in Chinese and schedule it.
				await begin('/zh/write/new', '溪边', '一些*安静*的字。');
				await page.locator('details.group summary').first().focus();
				await page.keyboard.press('Enter');
				await page.locator('#post-lang').selectOption('zh');
				await page.locator('#post-when').fill('2035-01-20 08:00');
				await press('发布');
				await page.waitForURL(/\/zh\/write\/\d+$/);
				await page.goto(`${site.url}/zh/write?state=scheduled`);
				assert.match(await page.locator('.rows').textContent(), /溪边[\s\S]*2035年1月20日/);

				// A reader sees the published post and not the scheduled one.
				await reader.goto(`${site.url}/blog/down-by-the-brook`);
				assert.equal(await reader.locator('h1').first().textContent(), 'Down by the brook');
				assert.equal(await reader.locator('.prose img').getAttribute('alt'), 'A leaf');
				assert.equal(await reader.locator('audio').count(), 1);
				assert.match(await reader.locator('.masthead').textContent(), /The Quiet Press/);
				await reader.goto(`${site.url}/zh/blog`);
				assert.doesNotMatch(await reader.locator('main').textContent(), /溪边/);

				// Test another title.
				await page.goto(`${english}/experiment`);
				await page.locator('#experiment-b_title').fill('What the brook says');
				await press('Start A/B test');
				await page.waitForURL(/\/experiment\/1$/);
				assert.equal(await page.locator('.buckets li').count(), 20);

				// Sign out: what is left in the browser gives no access.
				await page.goto(`${site.url}/account`);
				await press('Sign out', page.locator('.sign-out'));
				await page.waitForURL(`${site.url}/`);
				await page.goto(english);
				assert.equal(new URL(page.url()).pathname, '/sign-in');
			} finally {
				await context.close();
				await reader.context().close();
				await site.stop();
			}
		});
	}
});
