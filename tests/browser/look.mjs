// Checks a page at all widths and colour schemes: axe, the Nu checker, nothing wider than the window, no script error, no request to other hosts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, temporaryFolder } from '../e2e/lib.mjs';

export const modules = createRequire(path.join(process.env.RENOWN_MODULES || path.join(root, 'build/browser'), 'package.json'));
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

// Under any of the names that tools/packages.sh accepts; Ubuntu has it only as a snap.
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const chromium = names.flatMap((name) => [...process.env.PATH.split(':'), '/snap/bin'].map((folder) => path.join(folder, name))).find((file) => fs.existsSync(file));
assert.ok(chromium, `none of ${names.join(', ')} is installed`);
export const launch = (...more) => modules('playwright-core').chromium.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', ...more] });

// Signs the owner in with the link that `renown user link` prints.
export async function enter(page, site) {
	await page.goto(site.renown('user', 'link', '--owner').stdout.trim());
	await page.locator('.sign-in-link button').click();
	await page.waitForURL(/\/(?:account|admin)$/); // a new owner first sees the getting-started list
}

// Runs the Nu checker on files of pages.
export function checkMarkup(files) {
	const jar = path.join(path.dirname(modules.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
	const ran = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--errors-only', '--html', '--stdout', ...files], { encoding: 'utf8', maxBuffer: 1 << 26 });
	assert.equal(ran.status, 0, (ran.stdout + ran.stderr).slice(0, 4000));
}

// views: [[width, colorScheme]]. look(what) checks the page as it is now; done() runs the Nu checker and fails with all problems found.
export function lookAt(page, name, views) {
	const wrong = [], files = [], folder = temporaryFolder(name);
	page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
	page.on('console', (message) => message.type() === 'error' && !/responded with a status/.test(message.text()) && wrong.push(`${page.url()}: ${message.text()}`));
	page.on('request', (asked) => !/^(?:http:\/\/127\.0\.0\.1:|data:|blob:)/.test(asked.url()) && wrong.push(`${page.url()} asks ${asked.url()}`));
	return {
		async look(what) {
			const file = path.join(folder, `${files.length}.html`);
			fs.writeFileSync(file, await page.content());
			files.push(file);
			await page.evaluate(axe);
			for (const [width, colorScheme] of views) {
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
				for (const { id, nodes } of violations)
					wrong.push(`${what} ${width} ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).slice(0, 2).join(' | ')}`);
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				if (wide > 0)
					wrong.push(`${what} ${width}: wider than the window by ${wide} px`);
				if (process.env.RENOWN_PICTURES)
					await page.screenshot({ path: path.join(process.env.RENOWN_PICTURES, `${what.replace(/[^\p{L}\p{N}]+/gu, '-')}-${width}-${colorScheme}.png`), fullPage: true });
			}
		},
		done() {
			checkMarkup(files);
			assert.deepEqual(wrong, []);
		},
	};
}
