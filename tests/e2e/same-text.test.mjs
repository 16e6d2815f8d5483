// curl, Chromium, newsboat and a client without gzip read the same text, whichever of them came first.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importPosts } from './content.mjs';
import { serveSite, temporaryFolder, until } from './lib.mjs';

const first = 'The text begins here.', last = 'The text ends here.';
const paragraphs = [first, 'Résumé, naïve, “quoted” & <angle> brackets; 1 < 2.', '品牌是信任。读者会回来。', '😀 é 👩‍👩‍👧', ...Array.from({ length: 60 }, (_, i) => `Paragraph ${i + 1}, with ${i * 7919 % 1009} and some more words.`), last];
const expected = paragraphs.join(' ');
const markdown = paragraphs.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')).join('\n\n');
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = (text) => text.replaceAll(/&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));/gi, (_, hex, number, name) => (name ? entities[name] : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(number))));
// The words between the first and the last sentence, without markup. times: how often markup is escaped.
function textOf(markup, what, times = 1) {
	let text = markup;
	for (let i = 1; i < times; i++)
		text = decode(text);
	text = decode(text.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ');
	const to = text.indexOf(last), from = text.lastIndexOf(first, to); // the summary begins in the same way
	assert.ok(from >= 0, `${what}: ${text.slice(0, 500)}`);
	return text.slice(from, to + last.length);
}

function curl(url, ...more) {
	const ran = spawnSync('curl', ['-sS', '--noproxy', '*', '-A', 'curl-test', ...more, url], { maxBuffer: 1 << 24 });
	assert.equal(ran.status, 0, `${ran.stderr}`);
	return ran.stdout.toString();
}

// The page as the browser has it after loading, with its scripts.
function chromium(url) {
	const folder = temporaryFolder('chromium');
	const program = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
	const ran = spawnSync(program, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--user-data-dir=${folder}`, '--no-first-run', '--virtual-time-budget=5000', '--dump-dom', url],
		{ encoding: 'utf8', env: { ...process.env, HOME: folder }, timeout: 60000, maxBuffer: 1 << 24 });
	assert.equal(ran.status, 0, ran.stderr);
	return ran.stdout;
}

function newsboat(url) {
	const folder = temporaryFolder('newsboat'), store = path.join(folder, 'cache.db');
	fs.writeFileSync(path.join(folder, 'urls'), `${url}\n`);
	fs.writeFileSync(path.join(folder, 'config'), 'max-items 0\n');
	const ran = spawnSync('newsboat', ['-q', '-u', path.join(folder, 'urls'), '-C', path.join(folder, 'config'), '-c', store, '-x', 'reload'],
		{ encoding: 'utf8', env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', no_proxy: '*' }, timeout: 60000 });
	assert.equal(ran.status, 0, ran.stderr);
	return spawnSync('sqlite3', [store, 'SELECT content FROM rss_item;'], { encoding: 'utf8' }).stdout;
}

for (const server of ['nginx', 'apache'])
	describe(`${server}: the same text for every client`, () => {
		let site;
		// HTTP/1.0 without Accept-Encoding, as from the last century.
		const old = async (where) => Buffer.from(await site.raw(`GET ${where} HTTP/1.0\r\nHost: 127.0.0.1:${site.port}\r\nUser-Agent: old-test\r\n\r\n`), 'latin1').toString();
		before(async () => {
			site = await serveSite({ server, owner: true });
			importPosts(site, [{ name: 'long.md', title: 'Long', slug: 'long', date: '2026-01-01', text: markdown }]);
		});
		after(() => site?.stop());

		test('a post', async () => {
			const url = `${site.url}/blog/long`, read = [];
			for (const round of ['first', 'again']) {
				read.push(['old', await old('/blog/long')], ['curl --compressed', curl(url, '--compressed')], ['chromium', chromium(url)], ['curl', curl(url)]);
				for (const [who, markup] of read.splice(0))
					assert.equal(textOf(markup, who), expected, `${who}, ${round}`);
			}
		});

		test('feeds', async () => {
			for (const [feed, times] of [['/feed.rss', 2], ['/feed.atom', 1], ['/en/feed.rss', 2]]) {
				const url = site.url + feed, read = [['newsboat', newsboat(url), 1], ['old', await old(feed), times], ['curl --compressed', curl(url, '--compressed'), times], ['curl', curl(url), times]];
				for (const [who, markup, escaped] of read)
					assert.equal(textOf(markup, `${feed} ${who}`, escaped), expected, `${feed} ${who}`);
			}
		});

		test('those that accept gzip got fewer bytes', async () => {
			const lines = () => site.log('access.log').split('\n').map((line) => line.split('\t'));
			const bytes = (where, agent) => lines().filter((line) => line[3] === where && line[5] === '200' && agent.test(line[8])).map((line) => Number(line[6]));
			const sizes = await until('the log is written', () => {
				const found = { chromium: bytes('/blog/long', /Chrome/), newsboat: bytes('/feed.rss', /newsboat/i), oldPage: bytes('/blog/long', /old-test/), oldFeed: bytes('/feed.rss', /old-test/), curl: bytes('/blog/long', /curl-test/) };
				return Object.values(found).every((list) => list.length > 0) && found.curl.length === 4 && found;
			});
			for (const [packed, plain] of [['chromium', 'oldPage'], ['newsboat', 'oldFeed']])
				assert.ok(Math.max(...sizes[packed]) * 2 < Math.min(...sizes[plain]), JSON.stringify(sizes));
			assert.ok(Math.min(...sizes.curl) * 2 < Math.max(...sizes.curl), JSON.stringify(sizes.curl));
		});
	});
