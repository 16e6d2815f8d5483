// Every page of the sample site: well-formed as XML, no error from the Nu checker,
// nothing found by axe in light and dark at three widths, no script error, no request to others.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { crawl, isPage } from '../e2e/content.mjs';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';

const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const { chromium } = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const quick = process.env.RENOWN_QUICK === '1';

// One of each kind, in each language: what axe and the browser look at.
const kinds = [/^\/$/, /^\/(en|zh)\/?$/, /^\/about$/, /^\/zh\/about$/, /^\/blog$/, /^\/zh\/blog$/, /^\/blog\/.*(paste|seal|lesson|hand|twelve)/, /^\/blog\/[^a-z]/, /^\/tags$/, /^\/zh\/tags$/, /^\/tag\/paper/, /^\/archive$/, /^\/archive\/\d/, /^\/author\//, /^\/search$/, /^\/sign-in$/, /^\/zh\/sign-in$/];

describe('pages in a browser', () => {
	let site, answers, files, browser;
	before(async () => {
		site = await serveSite({ sample: true });
		const errors = ['/nothing', '/blog/nothing', '/zh/nothing', '/search?q=paper', '/search?q=%E7%BA%B8', '/search?q=nothingatall', '/zh/search?q=%E7%BA%B8'];
		answers = [...await crawl(site, { from: ['/', ...errors] })].filter(([, answer]) => isPage(answer));
		const folder = temporaryFolder('pages');
		files = answers.map(([where, answer], i) => {
			const file = path.join(folder, `${String(i).padStart(3, '0')}-${where.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 60)}.xhtml`);
			fs.writeFileSync(file, answer.bytes);
			return file;
		});
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('every page is well-formed as XML', () => {
		assert.ok(files.length > 50);
		const ran = spawnSync('xmllint', ['--noout', '--nonet', ...files], { encoding: 'utf8' });
		assert.equal(ran.status, 0, ran.stderr.slice(0, 3000));
	});

	test('the Nu checker finds no error', { timeout: 240000 }, () => {
		const jar = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
		const some = quick ? files.filter((_, i) => i % 4 === 0) : files;
		const ran = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--errors-only', '--html', '--stdout', ...some], { encoding: 'utf8', maxBuffer: 1 << 26 });
		assert.equal(ran.status, 0, (ran.stdout + ran.stderr).slice(0, 4000));
	});

	test('axe finds nothing, in light and dark, at three widths; no error, no foreign request', { timeout: 400000 }, async () => {
		const some = new Set(['/nothing', '/search?q=paper']);
		for (const kind of kinds)
			answers.map(([where]) => where).filter((where) => kind.test(where)).slice(0, quick ? 1 : kind.source.includes('paste') ? 5 : 1).forEach((where) => some.add(where));
		const wrong = [];
		const looks = quick ? [[390, 'light'], [1440, 'dark']] : [390, 820, 1440].flatMap((width) => [[width, 'light'], [width, 'dark']]);
		const context = await browser.newContext({ bypassCSP: true });
		const page = await context.newPage();
		page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
		page.on('console', (message) => message.type() === 'error' && !/404/.test(message.text()) && wrong.push(`${page.url()}: ${message.text()}`));
		page.on('request', (asked) => !asked.url().startsWith(site.url) && !asked.url().startsWith('data:') && wrong.push(`asks ${asked.url()}`));
		for (const where of quick ? [...some].filter((_, i) => i % 2 === 1) : some) {
			await page.goto(site.url + where);
			await page.evaluate(axe);
			for (const [width, colorScheme] of looks) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${where} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				if (wide > 0)
					wrong.push(`${where} ${width}: wider than the window by ${wide}px`);
			}
		}
		await context.close();
		assert.deepEqual(wrong, []);
	});

	test('the content security policy stops nothing that a page needs', async () => {
		const context = await browser.newContext();
		const page = await context.newPage();
		const refused = [];
		page.on('console', (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
		for (const where of ['/', '/blog', ...answers.map(([where]) => where).filter((where) => /^\/blog\/./.test(where)).slice(0, 12)])
			await page.goto(site.url + where);
		assert.deepEqual(refused, []);
		await context.close();
	});

	test('everything can be read without script', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${site.url}/blog`);
		await page.locator('main article a, main li a').first().click();
		assert.match(page.url(), /\/blog\/./);
		assert.ok((await page.locator('main').innerText()).length > 500);
		await context.close();
	});

	test('the style sheet and the script keep their weight', () => {
		const weight = (name) => fs.statSync(path.join(root, 'templates/default/assets', name)).size;
		assert.ok(weight('style.css') <= 20 * 1024, `${weight('style.css')} bytes of style`);
		assert.ok(weight('form.css') <= 5 * 1024, `${weight('form.css')} bytes of style for forms`);
		for (const name of ['house.css', 'plan.css', 'write.css'])
			assert.ok(weight(name) <= 5 * 1024, `${weight(name)} bytes in ${name}`);
		assert.ok(weight('site.js') <= 10 * 1024);
	});
});
