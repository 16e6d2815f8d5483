// Every page of the sample site: well-formed as XML, no error from the Nu checker,
// no problem found by axe in light and dark at three widths, no script error, no request to other hosts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { crawl, isPage } from '../e2e/content.mjs';
import { root, serveSite, temporaryFolder } from '../e2e/lib.mjs';
import { checkMarkup, launch, lookAt } from './look.mjs';


// One page of each kind, in each language, for axe and the browser.
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
		browser = await launch();
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
		checkMarkup(files);
	});

	test('axe finds no problem, in light and dark, at three widths; no script error, no request to other hosts', { timeout: 400000 }, async () => {
		const some = new Set(['/nothing', '/search?q=paper']);
		for (const kind of kinds)
			answers.map(([where]) => where).filter((where) => kind.test(where)).slice(0, kind.source.includes('paste') ? 5 : 1).forEach((where) => some.add(where));
		const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage();
		const { look, done } = lookAt(page, 'pages', [390, 820, 1440].flatMap((width) => [[width, 'light'], [width, 'dark']]));
		for (const where of some) {
			await page.goto(site.url + where);
			await look(where);
		}
		await context.close();
		done();
	});

	test('the content security policy blocks nothing that a page needs', async () => {
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

	test('the stylesheet and the script stay within their size limits', () => {
		const weight = (name) => fs.statSync(path.join(root, 'templates/default/assets', name)).size;
		assert.ok(weight('style.css') <= 20 * 1024, `${weight('style.css')} bytes of style`);
		assert.ok(weight('form.css') <= 5 * 1024, `${weight('form.css')} bytes of style for forms`);
		for (const name of ['comments.css', 'experiment.css', 'post.css', 'schedule.css', 'signed-in.css'])
			assert.ok(weight(name) <= 5 * 1024, `${weight(name)} bytes in ${name}`);
		assert.ok(weight('site.js') <= 10 * 1024);
	});
});
