// Every page of the sample site is well-formed XML and valid HTML, and axe-core finds nothing to mend in it,
// at three widths, light and dark; nothing runs that the policy forbids, and nobody else is asked.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { crawl, isPage } from '../e2e/content.mjs';
import { build, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(build, 'browser/'));
const { chromium } = modules('playwright-core');
const vnu = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];

// One address for each sort of page, in both languages.
const sorts = ['/', '/zh/', '/about', '/zh/about', '/blog', '/zh/blog', '/tags', '/archive', '/search', '/search?q=paste', '/search?q=zzqqzz',
	'/blog/reading-a-seal', '/blog/reading-a-seal-zh', '/blog/lesson-three-lining-a-letter', '/blog/what-the-hand-hears', '/blog/a-lining-in-twelve-seconds', '/nothing'];

describe('the sample site in a browser', () => {
	let site, pages, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		pages = [...await crawl(site, { from: [...sorts, '/sitemap.xml'] })].filter(([, answer]) => isPage(answer));
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('every page is well-formed XML', () => {
		assert.ok(pages.length > 60, `${pages.length} pages`);
		for (const [where, answer] of pages) {
			const ran = spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: answer.bytes, encoding: 'utf8' });
			assert.equal(ran.status, 0, `${where}: ${ran.stderr}`);
		}
	});

	test('the Nu HTML checker finds no error and no warning', () => {
		const folder = temporaryFolder('pages'), names = new Map();
		for (const [where, answer] of pages) {
			const name = path.join(folder, `${names.size}.html`);
			names.set(name, where);
			fs.writeFileSync(name, answer.bytes);
		}
		const ran = spawnSync('java', ['-jar', vnu, '--format', 'json', '--also-check-svg', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
		const { messages } = JSON.parse(ran.stderr);
		const said = messages.filter((message) => message.type === 'error' || message.subType === 'warning')
			// Self-closing void elements are what makes the page XML as well.
			.filter((message) => !/Trailing slash on void elements/.test(message.message))
			// The notes at the end of a text are named by their role.
			.filter((message) => !(/lacks heading/.test(message.message) && /class="footnotes"/.test(message.extract)))
			.map((message) => `${names.get(message.url.replace(/^file:(\/\/)?/, ''))}: ${message.message} ${message.extract ?? ''}`);
		assert.deepEqual([...new Set(said)], []);
	});

	test('the Nu HTML checker does find an error', () => {
		const file = path.join(temporaryFolder('wrong'), 'wrong.html');
		fs.writeFileSync(file, '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p><div></div></p></body></html>');
		assert.notEqual(spawnSync('java', ['-jar', vnu, file]).status, 0);
	});

	// Every sort of page at two ends, the main ones between.
	const main = ['/', '/zh/blog', '/tags', '/search?q=paste', '/blog/reading-a-seal', '/blog/lesson-three-lining-a-letter'];
	for (const [width, colorScheme, those] of [[390, 'light', sorts], [1440, 'dark', sorts], [390, 'dark', main], [820, 'light', main], [820, 'dark', main], [1440, 'light', main]])
		test(`axe-core finds nothing at ${width} px, ${colorScheme}`, async () => {
			const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
			for (const where of those) {
				const page = await context.newPage();
				await page.goto(site.url + where);
				await page.evaluate(axe);
				const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
				const found = violations.map((violation) => `${where}: ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.failureSummary})`).join(' / ')}`);
				assert.deepEqual(found, []);
				assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${where} is wider than the window`);
				await page.close();
			}
			await context.close();
		});

	test('no page breaks its policy, asks another host, sets a cookie or logs an error', async () => {
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
		for (const where of sorts) {
			const page = await context.newPage(), said = [];
			page.on('console', (message) => (message.type() === 'error' || message.type() === 'warning' ? said.push(message.text()) : null));
			page.on('pageerror', (error) => said.push(String(error)));
			page.on('request', (request) => (request.url().startsWith(site.url) || request.url().startsWith('data:') ? null : said.push(request.url())));
			await page.goto(site.url + where);
			assert.deepEqual(said.filter((text) => where !== '/nothing' || !/404/.test(text)), [], where);
			await page.close();
		}
		assert.deepEqual(await context.cookies(), []);
		await context.close();
	});

	test('everything can be read and reached without script, by keyboard', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(site.url + '/');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		assert.match(page.url(), /#content$/, 'the first stop skips to the text');
		await page.goto(site.url + '/search');
		await page.fill('input[name=q]', 'paste');
		await page.press('input[name=q]', 'Enter');
		assert.match(page.url(), /\/search\?q=paste$/);
		assert.ok(await page.locator('article mark').count() > 0);
		await context.close();
	});
});
