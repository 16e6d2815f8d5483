// The plan as authors use it: made by ticking days, the queue moved by keyboard and without script, the calendar on a phone and a wide screen.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from '../e2e/content.mjs';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

describe('the plan in a browser', () => {
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
	async function write(page, title) {
		await page.goto(`${site.url}/write/new`);
		await page.getByLabel('Title', { exact: true }).fill(title);
		await page.getByRole('button', { name: /^Publish in the next free slot \(/ }).click();
		await page.waitForURL(/\/write\/\d+$/);
	}

	test('from an empty plan to a moved post, by keyboard, without script, on a phone', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		await signIn(page);
		await page.goto(`${site.url}/write`);
		await page.getByRole('link', { name: 'What waits, and when' }).click();
		await page.getByRole('link', { name: 'Plan', exact: true }).click();
		await page.getByLabel('Tuesday').check();
		await page.getByLabel('Friday').check();
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		await page.getByText('Tuesday, Friday, 08:00').waitFor();
		await write(page, 'First in the queue');
		await write(page, 'Second in the queue');
		await page.goto(`${site.url}/write/queue`);
		await page.getByRole('button', { name: 'Move up: Second in the queue' }).focus();
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		assert.deepEqual((await page.locator('.queue .what a').allTextContents()).slice(0, 2), ['Second in the queue', 'First in the queue']);
		await page.goto(`${site.url}/write/calendar`);
		await page.getByRole('link', { name: 'Free: write for this slot' }).first().click();
		assert.match(await page.locator('#post-when').inputValue(), / 08:00$/);
		await context.close();
	});

	test('axe, the Nu checker and the width of a phone find nothing', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true }), wrong = [], files = [], folder = temporaryFolder('plan');
		const page = await context.newPage();
		page.on('pageerror', (error) => wrong.push(error.message));
		await signIn(page);
		const look = async (what) => {
			const file = path.join(folder, `${files.length}.html`);
			fs.writeFileSync(file, await page.content());
			files.push(file);
			await page.evaluate(axe);
			for (const [width, colorScheme] of [[320, 'dark'], [390, 'light'], [820, 'dark'], [1440, 'light']]) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${what} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
				if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
					wrong.push(`${what} ${width}: wider than the window`);
				if (process.env.RENOWN_PICTURES)
					await page.screenshot({ path: path.join(process.env.RENOWN_PICTURES, `${what}-${width}-${colorScheme}.png`), fullPage: true });
			}
		};
		await page.goto(`${site.url}/write/queue`);
		await look('queue');
		await page.goto(`${site.url}/write/calendar`);
		await look('calendar');
		await page.goto(`${site.url}/zh/write/calendar`);
		await look('calendar-zh');
		sql(site, 'UPDATE plan_rule SET since = 1');
		await page.goto(`${site.url}/write/plan`);
		assert.equal(await page.locator('.record rect.used').count(), 12);
		await page.locator('form.calendar button').click();
		await page.locator('section.link').waitFor();
		await look('plan');
		const jar = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
		const ran = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--errors-only', '--html', '--stdout', ...files], { encoding: 'utf8' });
		assert.equal(ran.status, 0, (ran.stdout + ran.stderr).slice(0, 4000));
		await context.close();
		assert.deepEqual(wrong, []);
	});
});
