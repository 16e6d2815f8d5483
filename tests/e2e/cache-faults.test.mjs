// Faults of compressed and cached responses: a client that cannot read what it asked for, a full disk under the cache, a clock that jumps
// between caching and reading, two workers with different themes. (Spellings of Accept-Encoding and long responses: compressed.test.mjs.)
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { importPosts, signIn } from './content.mjs';
import { childProcesses, root, serveSite, sleep, temporaryFolder, until, useTheme } from './lib.mjs';

const gzip = { 'accept-encoding': 'gzip' }, uncached = { cookie: 'sid=nobody' };
const plain = (answer) => (answer.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(answer.bytes).toString() : answer.text);
const post = (words) => ({ name: 'one.md', title: 'One', slug: 'one', date: '2026-01-01', text: `${words}. ${'Words of a post. '.repeat(100)}` });

for (const server of ['nginx', 'apache'])
	describe(`${server} and a client that accepts gzip but cannot decode it`, () => {
		let site;
		before(async () => {
			site = await serveSite({ server, owner: true });
			importPosts(site, [post('First')]);
			site.work();
		});
		after(() => site?.stop());

		test('it gets the plain response when it asks again without gzip, whatever it remembers', async () => {
			const style = `/assets/style.css?v=${/style\.css\?v=([0-9a-f]+)/.exec((await site.get('/blog')).text)[1]}`;
			for (const where of ['/blog', '/blog/one', '/feed.rss', '/nothing', style]) {
				const packed = await site.get(where, { headers: gzip }), expected = plain(packed);
				assert.equal(packed.headers['content-encoding'], 'gzip', where);
				assert.match(packed.headers.vary, /Accept-Encoding/i);
				const { etag } = packed.headers, modified = packed.headers['last-modified'];
				for (const headers of [{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': 'gzip;q=0' }, ...(etag ? [{ 'if-none-match': etag }, { 'if-none-match': `W/${etag}`, 'accept-encoding': '' }, { range: 'bytes=0-', 'if-range': etag }] : []),
					{ 'cache-control': 'no-cache', pragma: 'no-cache' }]) {
					const answer = await site.get(where, { headers });
					assert.equal(answer.status, packed.status, `${where} ${JSON.stringify(headers)}`);
					assert.equal(answer.headers['content-encoding'], undefined, where);
					assert.equal(answer.text, expected, where);
				}
				assert.ok(!modified || packed.status === 200);
			}
		});

		test('a client that can read only HTTP/1.0 without gzip gets the plain response, also after others got the compressed one', async () => {
			for (const where of ['/blog', '/blog/one', '/feed.rss', '/assets/style.css']) {
				const expected = plain(await site.get(where, { headers: gzip }));
				const [head, ...body] = Buffer.from(await site.raw(`GET ${where} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n`), 'latin1').toString().split('\r\n\r\n');
				assert.match(head, /^HTTP\/1\.[01] 200 /);
				assert.doesNotMatch(head, /content-encoding|transfer-encoding/i);
				assert.equal(body.join('\r\n\r\n'), expected, where);
			}
		});
	});

describe('a full disk under the cache of nginx', () => {
	const disk = temporaryFolder('cache-disk'), filler = path.join(disk, 'filler');
	let site, mounted = false, owner;
	before(async () => {
		mounted = process.getuid() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0755', 'tmpfs', disk]).status === 0;
		if (!mounted)
			return;
		site = await serveSite({ owner: true, values: [`CACHE=${disk}/cache`] });
		importPosts(site, [post('First')]);
		owner = signIn(site, 1);
	});
	after(async () => {
		await site?.stop();
		if (mounted)
			spawnSync('umount', ['-l', disk]);
	});

	test('copies are served and confirmed, signed-in users notice nothing, no answer is cut off unnoticed, and all pages work when there is space', async (t) => {
		if (!mounted)
			return t.skip('nothing can be mounted here');
		const kept = ['/', '/blog', '/feed.rss', '/nothing'], others = ['/blog/one', '/tags', '/archive', '/zh/blog', '/search?q=words'];
		const whole = async (where, headers) => plain(await site.get(where, { headers: { ...gzip, ...headers } }));
		const expected = new Map();
		for (const where of [...kept, ...others])
			expected.set(where, await whole(where, uncached));
		for (const where of kept)
			assert.equal(await whole(where), expected.get(where));
		fs.writeFileSync(filler, '');
		spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k'], { stdio: 'ignore' });
		for (let round = 0; round < 3; round++) {
			for (const where of kept)
				assert.equal(await whole(where), expected.get(where), where);
			await sleep(1100);
		}
		for (const where of others) {
			// nginx writes a response to the cache before it sends it, and ends the connection when it cannot.
			for (const headers of [gzip, {}]) {
				const answer = await site.get(where, { headers }).catch(({ code }) => code);
				assert.ok(answer === 'ECONNRESET' || plain(answer) === expected.get(where), `${where}: ${answer.status}`);
			}
			assert.equal((await site.get(where, { headers: { ...gzip, cookie: owner } })).status, 200, where);
		}
		for (const [where, status] of [['/sign-in', 200], ['/assets/style.css', 200], ['/write', 303]])
			assert.equal((await site.get(where)).status, status, where);
		fs.rmSync(filler);
		for (let round = 0; round < 2; round++)
			for (const where of [...kept, ...others])
				assert.equal(await whole(where), expected.get(where), `${where} with space`);
	});
});

describe('a clock that jumps between caching and reading', () => {
	const folder = temporaryFolder('clock'), library = path.join(folder, 'shift.so'), clock = path.join(folder, 'seconds');
	const jump = (seconds) => {
		fs.writeFileSync(`${clock}.new`, `${seconds}`);
		fs.renameSync(`${clock}.new`, clock);
	};
	let site;
	before(async () => {
		execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-O1', '-o', library, path.join(root, 'tests/e2e/clock_shift.c')]);
		jump(0);
		// For nginx as well, which takes its environment from here.
		Object.assign(process.env, { LD_PRELOAD: library, RENOWN_TEST_CLOCK: clock });
		try {
			site = await serveSite({ owner: true });
		} finally {
			delete process.env.LD_PRELOAD;
		}
		site.renown('setting', 'set', 'title', 'First title');
		importPosts(site, [post('Words')]);
	});
	after(() => site?.stop());
	const shows = (words, headers = {}) => site.get('/blog/one', { headers: { ...gzip, ...headers } }).then((answer) => answer.status === 200 && plain(answer).includes(words));

	test('forward by an hour: the second reader gets the new version', async () => {
		assert.ok(await shows('First title'));
		site.renown('setting', 'set', 'title', 'Second title');
		jump(3600);
		await site.get('/blog/one', { headers: gzip });
		await until('the new version', () => shows('Second title'), 20000);
		assert.ok(Math.abs(Date.parse((await site.get('/blog/one')).headers.date) - Date.now() - 3600000) < 60000, 'the clock has jumped');
	});

	test('back by an hour: every reader gets a whole page, signed-in users the new one, and all others when the copy has expired', async () => {
		assert.ok(await shows('Second title'));
		jump(0);
		site.renown('setting', 'set', 'title', 'Third title');
		for (let i = 0; i < 20; i++) {
			const answer = await site.get('/blog/one', { headers: i % 2 ? gzip : {} });
			assert.equal(answer.status, 200);
			assert.match(plain(answer), /(Second|Third) title[\s\S]*(Words of a post\. ){3}[\s\S]*<\/html>/);
			await sleep(150);
		}
		assert.ok(await shows('Third title', uncached));
		for (const where of ['/blog', '/feed.rss', '/nothing'])
			assert.equal((await site.get(where)).status, where === '/nothing' ? 404 : 200);
		// Deleting the copies and reloading nginx, whose processes may have them open, ends it at once; else they expire when their time comes again.
		const cache = path.join(site.folder, 'run/cache');
		for (const one of fs.readdirSync(cache, { recursive: true, withFileTypes: true }).filter((found) => found.isFile() && fs.readFileSync(path.join(found.path, found.name)).includes('\nContent-Encoding: gzip\r')))
			fs.rmSync(path.join(one.path, one.name), { force: true });
		process.kill(site.nginx.pid, 'SIGHUP');
		await until('the new version, compressed', () => shows('Third title').catch(() => false), 20000);
		jump(3610);
		await site.get('/blog/one');
		await until('the new version', async () => (await site.get('/blog/one')).text.includes('Third title'), 20000);
	});
});

describe('two workers with different themes', () => {
	let site;
	before(async () => {
		site = await serveSite({ workers: 2, owner: true });
		useTheme(site.folder, 'child-theme');
		importPosts(site, [post('First')]);
		fs.mkdirSync(path.join(site.folder, 'themes/child-theme/assets'));
		fs.writeFileSync(path.join(site.folder, 'themes/child-theme/assets/style.css'), `/* old */ ${'a { color: red; } '.repeat(50)}`);
		const workers = childProcesses(site.programs.blog.pid);
		workers.forEach((pid) => process.kill(pid));
		await until('new workers', () => childProcesses(site.programs.blog.pid).filter((pid) => !workers.includes(pid)).length === 2);
	});
	after(() => site?.stop());

	test('one entity tag always names the same bytes, and every reader gets the style of a theme that exists', async () => {
		const tags = new Map(), builds = new Set();
		async function read(headers) {
			const answer = await site.get('/blog/one', { headers });
			assert.equal(answer.status, 200);
			const text = plain(answer), known = tags.get(answer.headers.etag);
			assert.equal(known ?? text, text, 'one tag, one page');
			tags.set(answer.headers.etag, text);
			const [, where, build] = /href="[^"]*(\/assets\/child-theme\/style\.css\?v=([0-9a-f]+))"/.exec(text);
			builds.add(build);
			const styles = [await site.get(where, { headers: gzip }), await site.get(where)].map(plain);
			assert.equal(styles[0], styles[1]);
			assert.match(styles[0], /^\/\* (old|new) \*\//);
			// A tag of this worker is confirmed by a worker with the same theme only.
			const again = await site.get('/blog/one', { headers: { ...headers, 'if-none-match': answer.headers.etag } });
			assert.ok(again.status === 304 ? again.headers.etag === answer.headers.etag : again.headers.etag !== answer.headers.etag, `${again.status}`);
		}
		for (const headers of [gzip, { ...gzip, ...uncached }, uncached])
			await read(headers);
		assert.equal(builds.size, 1);
		site.work();
		fs.writeFileSync(path.join(site.folder, 'themes/child-theme/assets/style.css'), `/* new */ ${'a { color: blue; } '.repeat(50)}`);
		// A reload replaces one worker after the other.
		const [first] = childProcesses(site.programs.blog.pid);
		process.kill(first);
		await until('a new worker', () => childProcesses(site.programs.blog.pid).length === 2 && !childProcesses(site.programs.blog.pid).includes(first));
		for (let i = 0; i < 60; i++) {
			await read([gzip, { ...gzip, ...uncached }, uncached, {}][i % 4]);
			if (i === 30)
				site.work();
			if (i % 10 === 0)
				await sleep(600);
		}
		await until('both workers have answered', async () => {
			await Promise.all([uncached, uncached, uncached, uncached].map(read));
			return builds.size === 2;
		});
		// When the reload is over, all readers get the new theme.
		for (const pid of childProcesses(site.programs.blog.pid))
			process.kill(pid);
		await sleep(2200);
		await site.get('/blog/one', { headers: gzip });
		await until('the new theme', async () => /\/\* new \*\//.test(plain(await site.get(/\/assets\/child-theme\/style\.css\?v=[0-9a-f]+/.exec(plain(await site.get('/blog/one', { headers: gzip })))[0], { headers: gzip }))));
	});
});
