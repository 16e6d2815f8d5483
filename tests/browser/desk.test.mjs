// The desk as authors use it: in from the printed link, writing in two languages, previewing, publishing, on a phone and on a wide screen.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

describe('the desk in a browser', () => {
	let site, browser;
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
	const read = async (where) => (await site.get(where, { headers: { cookie: 'sid=nobody' } }));

	test('from the link to a reader, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		await signIn(page);
		await page.getByRole('link', { name: 'Your desk' }).click();
		await page.getByRole('link', { name: 'Write a post' }).click();
		await page.getByLabel('Title', { exact: true }).fill('Wheat paste, again');
		await page.getByLabel('Text, in Markdown').fill('Flour, water, *patience*.\n\n- sieve\n- stir\n');
		await page.getByLabel('Tags').fill('paste, paper');
		await page.getByRole('button', { name: 'Preview' }).click();
		assert.equal(await page.locator('#preview em').textContent(), 'patience');
		assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'Wheat paste, again');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(/\/write\/\d+$/);
		assert.equal((await read('/blog/wheat-paste-again')).status, 404);
		await page.getByRole('button', { name: 'Publish' }).click();
		await page.getByRole('link', { name: 'Published' }).click();
		assert.equal(new URL(page.url()).pathname, '/blog/wheat-paste-again');
		assert.equal((await read('/blog/wheat-paste-again')).status, 200);
		await page.goto(`${site.url}/zh/write/new`);
		await page.getByLabel('标题', { exact: true }).fill('再说浆糊');
		await page.getByLabel('正文（Markdown）').fill('面粉、水和**耐心**。');
		await page.locator('#post-lang').selectOption('zh');
		await page.getByRole('button', { name: '发布', exact: true }).click();
		await page.waitForURL(/\/zh\/write\/\d+$/);
		assert.match((await read('/blog/再说浆糊')).text, /<strong>耐心<\/strong>/);
		await context.close();
	});

	test('two windows: the later one is told, and has both texts', async () => {
		const context = await browser.newContext();
		const one = await context.newPage(), two = await context.newPage();
		await signIn(one);
		await one.goto(`${site.url}/write/new`);
		await one.getByLabel('Title', { exact: true }).fill('Two windows');
		await one.getByLabel('Text, in Markdown').fill('First.');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForURL(/\/write\/\d+$/);
		await two.goto(one.url());
		await one.getByLabel('Text, in Markdown').fill('From the first window.');
		await one.getByRole('button', { name: 'Save' }).click();
		await one.waitForLoadState();
		await two.getByLabel('Text, in Markdown').fill('From the second window.');
		await two.getByRole('button', { name: 'Save' }).click();
		assert.match(await two.locator('.problem').textContent(), /Somebody saved this post meanwhile/);
		assert.equal(await two.getByLabel('Text, in Markdown').inputValue(), 'From the second window.');
		assert.equal(await two.locator('.theirs pre').textContent(), 'From the first window.');
		await context.close();
	});

	test('axe, the Nu checker and the width of a phone find nothing', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), wrong = [], files = [], folder = temporaryFolder('desk');
		const page = await context.newPage();
		page.on('pageerror', (error) => wrong.push(error.message));
		await signIn(page);
		const look = async (what) => {
			const file = path.join(folder, `${files.length}.html`);
			fs.writeFileSync(file, await page.content());
			files.push(file);
			await page.evaluate(axe);
			for (const [width, colorScheme] of [[390, 'light'], [820, 'dark'], [1440, 'light']]) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${what} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
				if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
					wrong.push(`${what} ${width}: wider than the window`);
				if (process.env.RENOWN_PICTURES)
					await page.screenshot({ path: path.join(process.env.RENOWN_PICTURES, `${what}-${width}-${colorScheme}.png`) });
			}
		};
		await page.goto(`${site.url}/write`);
		await look('desk');
		await page.goto(`${site.url}/write?state=withdrawn`);
		await look('empty');
		await page.goto(`${site.url}/write`);
		await page.locator('.rows a').first().click();
		await look('edit');
		await page.getByRole('button', { name: 'Preview' }).click();
		await page.locator('#preview').waitFor();
		await look('preview');
		await page.goto(`${page.url().replace(/\?.*/, '')}/versions`);
		await look('versions');
		await page.locator('.rows a').first().click();
		await look('version');
		await page.goto(`${site.url}/admin/settings/look`);
		await page.fill('#settings-seal_colour', '#ffff00');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.locator('.problem').waitFor();
		await look('settings');
		await page.goto(`${site.url}/admin/people`);
		await look('people');
		await page.locator('.rows a').last().click();
		await page.locator('form.link button').click();
		await page.locator('section.link').waitFor();
		await look('person');
		const jar = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
		const ran = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--errors-only', '--html', '--stdout', ...files], { encoding: 'utf8' });
		assert.equal(ran.status, 0, (ran.stdout + ran.stderr).slice(0, 4000));
		await context.close();
		assert.deepEqual(wrong, []);
	});
});
