// The shipped configuration of nginx in front of a program that only reports what it
// received: what reaches a program, what is cached, what is refused, what is logged.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { acceptEncodings } from './encodings.mjs';
import { startFake } from './fcgi.mjs';
import { freePort, makeFolders, rawRequest, rawStatus, request, sleep, startNginx, stop, temporaryFolder, until } from './lib.mjs';
import { makeCertificate, requestTls } from './tls.mjs';

const securityHeaders = {
	'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'x-frame-options': 'DENY',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
};
function assertSecure(answer, what) {
	for (const [name, value] of Object.entries(securityHeaders))
		assert.equal(answer.headers[name], value, `${what}: ${name}`);
	assert.match(answer.headers['permissions-policy'], /camera=\(\)/, what);
	assert.equal(answer.headers.server, 'nginx', what);
}

async function fakeSite(base = '') {
	const folder = temporaryFolder('nginx');
	makeFolders(folder);
	const site = { folder, base, port: await freePort(), answers: {} };
	let count = 0;
	const answer = (name) => async (told) => {
		const made = site.answers[told.RENOWN_PATH] ?? site.answers['*'];
		if (made)
			return made(told);
		return `Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: public, max-age=60\r\n\r\n${name} ${++count}`;
	};
	site.blog = await startFake(path.join(folder, 'run/blog.sock'), answer('blog'));
	site.feed = await startFake(path.join(folder, 'run/feed.sock'), answer('feed'));
	site.nginx = await startNginx(folder, { port: site.port, base });
	site.url = `http://127.0.0.1:${site.port}`;
	site.get = (where, how) => request(site.url + where, how);
	site.raw = (bytes) => rawRequest(site.port, bytes);
	site.told = (where) => site.blog.asked.concat(site.feed.asked).filter((one) => one.params.RENOWN_PATH === where).map((one) => one.params);
	site.stop = async () => {
		await stop(site.nginx);
		await site.blog.stop();
		await site.feed.stop();
	};
	return site;
}

describe('nginx at the root', () => {
	let site;
	before(async () => { site = await fakeSite(); });
	after(() => site.stop());

	test('a program gets exactly these parameters', async () => {
		await site.get('/blog/parameters?a=1&before=2&after=&PAGE=%26x', { headers: { 'accept-language': 'zh', cookie: 'sid=x', proxy: 'http://evil.invalid', 'x-other': '1', 'if-none-match': '"e"', 'user-agent': 'u' } });
		const [told] = site.told('/blog/parameters');
		assert.match(told.REQUEST_ID, /^[0-9a-f]{32}$/);
		delete told.REQUEST_ID;
		assert.match(told.RENOWN_BUCKET, /^([1-9]|1[0-9]|20)$/);
		delete told.RENOWN_BUCKET;
		assert.deepEqual(told, { REQUEST_METHOD: 'GET', QUERY_STRING: 'page=%26x&before=2', CONTENT_TYPE: '', CONTENT_LENGTH: '', RENOWN_PATH: '/blog/parameters',
			RENOWN_LANGUAGE: '', HTTP_COOKIE: 'sid=x', HTTP_IF_NONE_MATCH: '"e"' });
	});

	test('no connection to a program is kept open (a worker would serve only that connection)', () => {
		assert.equal(site.blog.asked.some((one) => one.keep), false);
	});

	test('a program gets the decoded, normalised path that nginx matched', async () => {
		for (const [asked, told] of [['/blog/%E5%93%81%E7%89%8C', '/blog/\xe5\x93\x81\xe7\x89\x8c'], ['/x/%2e%2e/y', '/y'], ['/a//b', '/a/b'],
			['/line%0abreak', '/line\nbreak'], ['/question%3Fmark', '/question?mark'], ['/over%c0%bclong', '/over\xc0\xbclong']]) {
			await site.get(asked);
			assert.equal(site.told(told).length, 1, asked);
		}
	});

	test('feeds go to the program feed, all other paths to blog', async () => {
		for (const where of ['/feed.rss', '/feed.atom', '/zh/feed.rss', '/tag/%E5%93%81/feed.atom', '/en/tag/x/feed.rss'])
			assert.match((await site.get(where)).text, /^feed/, where);
		for (const where of ['/', '/feed.rss.x', '/feed.rssx', '/blog/feed.rss', '/fr/feed.rss', '/tag/a/b/feed.rss', '/robots.txt', '/sitemap.xml', '/search?q=x', '/.git/config', '/assetsx'])
			assert.match((await site.get(where)).text, /^blog/, where);
	});

	test('tracking arguments reach no program, add no cached copies, and are in the log', async () => {
		site.answers['/blog/shared'] = (told) => `Content-Type: text/plain\r\n\r\n<${told.QUERY_STRING}>`;
		const spellings = [(i) => `fbclid=${i}`, (i) => `utm_source=${i}&utm_medium=x`, (i) => `from=timeline&isappinstalled=0&n=${i}`, (i) => `gclid=${i}`, (i) => `${i}`,
			(i) => `xbefore=${i}`, (i) => `a=b&&c=${i}&=`, (i) => `%62efore=${i}`, (i) => `before[]=${i}`];
		const began = Date.now();
		for (let i = 0; i < 1000; i += 50)
			await Promise.all(Array.from({ length: 50 }, async (_, k) => {
				const query = spellings[(i + k) % spellings.length](i + k);
				assert.equal((await site.get(`/blog/shared?${query}`)).text, '<>', query);
			}));
		const seconds = (Date.now() - began) / 1000, reached = site.told('/blog/shared').length;
		assert.ok(reached <= 1 + 2 * (seconds + 1), `${reached} requests in ${seconds} s reached the program`);
		await until('the log is written', () => fs.readFileSync(path.join(site.folder, 'log/access.log'), 'utf8').split('/blog/shared\t').length > 1000);
		const log = fs.readFileSync(path.join(site.folder, 'log/access.log'), 'utf8');
		assert.match(log, /\/blog\/shared\tutm_source=\d+&utm_medium=x\t/);
		// Each value of an argument that a route reads has its own cached copy, in any order and between any other arguments.
		for (const query of ['before=1&q=2', 'q=2&before=1', 'fbclid=3&q=2&utm_x=y&before=1', 'Q=2&BEFORE=1&q=4'])
			assert.equal((await site.get(`/blog/shared?${query}`)).text, '<q=2&before=1>', query);
		for (const query of ['q=%2B%26+x', 'q=a?b=c', 'q=%00%0a', "q='\"<>$arg_q"])
			assert.equal((await site.raw(`GET /blog/shared?${query} HTTP/1.0\r\nHost: localhost\r\n\r\n`)).split('\r\n\r\n')[1], `<${query}>`);
	});

	test('a bucket is passed on, and part of the cache key, only for pages that list or show posts', async () => {
		for (const where of ['/', '/zh/', '/blog', '/en/blog', '/blog/z', '/tag/z', '/zh/tag/z', '/author/z', '/archive/2026-11']) {
			await site.get(where, { headers: { 'user-agent': 'bucket' } });
			assert.match(site.told(where).at(-1).RENOWN_BUCKET, /^([1-9]|1[0-9]|20)$/, where);
		}
		for (const where of ['/tags', '/archive', '/about', '/page/z', '/search', '/robots.txt', '/sitemap.xml', '/blogs', '/x/blog/z']) {
			for (let i = 0; i < 8; i++)
				await site.get(where, { headers: { 'user-agent': `bucket ${i}` } });
			assert.equal(site.told(where).length <= 2, true, `${where} is cached once`);
			assert.equal(site.told(where)[0].RENOWN_BUCKET, '', where);
		}
	});

	test('only the home page gets a language, reduced to en, zh or empty', async () => {
		const cases = { zh: 'zh', 'zh-CN,zh;q=0.9,en;q=0.8': 'zh', 'en-GB,en;q=0.9,zh;q=0.8': 'en', 'fr,de;q=0.9,EN-us;q=0.8,zh;q=0.1': 'en', fr: '', 'zho,eng': '', '*': '', '': '' };
		for (const [header, language] of Object.entries(cases)) {
			const before = site.told('/').length;
			await site.get('/', { headers: { 'accept-language': header, cookie: 'sid=x' } });
			assert.equal(site.told('/')[before].RENOWN_LANGUAGE, language, header);
		}
		await site.get('/about', { headers: { 'accept-language': 'zh' } });
		assert.equal(site.told('/about')[0].RENOWN_LANGUAGE, '');
	});

	test('a long Accept-Language header is not slow', async () => {
		const header = ' '.repeat(50).concat('fr,').repeat(100);
		const begun = Date.now();
		await site.get('/', { headers: { 'accept-language': header } });
		assert.ok(Date.now() - begun < 500);
	});

	test('anonymous readers share one response for a second; a request with a session is never cached', async () => {
		const one = await site.get('/shared'), two = await site.get('/shared'), head = await site.get('/shared', { method: 'HEAD' });
		assert.equal(one.text, two.text);
		assert.equal(head.headers['content-length'] ?? String(one.bytes.length), String(one.bytes.length));
		assert.equal(head.text, '');
		for (const cookie of ['sid=1', 'a=b; sid=1', '__Host-sid=1', 'a=b; __Host-sid=1', '__Secure-sid=1', 'a=b; __Secure-sid=1', 'a=b;sid=1']) {
			const signedIn = await site.get('/shared', { headers: { cookie } });
			assert.notEqual(signedIn.text, one.text, cookie);
		}
		for (const cookie of ['insid=1', 'a=sid=1', 'Host-sid=1', 'Secure-sid=1', '__Host-__Secure-sid=1', 'device=1', '__Host-device=1'])
			assert.equal((await site.get('/shared', { headers: { cookie } })).text, one.text, cookie);
		assert.equal((await site.get('/shared')).text, one.text, 'a response to a session is not cached');
	});

	test('after an idle time the first reader may get the old copy and starts its renewal; after twelve seconds no reader gets it', { skip: process.env.RENOWN_QUICK === '1' && 'slow' }, async () => {
		const made = {};
		for (const where of ['/quiet', '/long-quiet'])
			site.answers[where] = () => `Content-Type: text/html\r\n\r\n${made[where] = (made[where] ?? 0) + 1}`;
		assert.equal((await site.get('/quiet')).text, '1');
		assert.equal((await site.get('/long-quiet')).text, '1');
		await sleep(3500);
		assert.equal((await site.get('/quiet')).text, '1', 'the cached copy');
		await until('it is renewed', () => made['/quiet'] === 2);
		await sleep(100);
		assert.equal((await site.get('/quiet')).text, '2');
		await sleep(9000);
		assert.equal((await site.get('/long-quiet')).text, '2', 'the copy has expired');
	});

	test('a HEAD request before a GET leaves no empty page in the cache', async () => {
		await site.get('/head-first', { method: 'HEAD' });
		assert.match((await site.get('/head-first')).text, /^blog/);
	});

	test('invented URLs do not fill the memory of the cache', { skip: process.env.RENOWN_QUICK === '1' && 'slow' }, async () => {
		const cache = path.join(site.folder, 'run/cache'), files = () => fs.readdirSync(cache, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
		const end = Date.now() + 8000, statuses = [];
		let most = 0, going = true;
		// In separate batches, so that every response counts, however slow the machine is.
		const flood = (async () => {
			for (let from = 1; Date.now() < end; from += 500) {
				const { stdout } = await promisify(execFile)('curl', ['-sI', '-Z', '--parallel-max', '8', '-o', '/dev/null', '-w', '%{http_code}\n', `${site.url}/invented?before=[${from}-${from + 499}]`]);
				statuses.push(...stdout.trim().split('\n'));
			}
		})().finally(() => { going = false; });
		while (going) {
			const reader = () => site.get('/read-meanwhile').then((answer) => answer.status === 200);
			assert.ok(await reader() || await reader(), 'a reader gets a response meanwhile');
			most = Math.max(most, files());
			await sleep(100);
		}
		await flood;
		// nginx answers 503 if two of its processes free space at the same moment and one of them finds none.
		const refused = statuses.filter((status) => status !== '200');
		assert.ok(statuses.length >= 500 && refused.length * 100 < statuses.length && refused.every((status) => status === '503'), `${refused.length} of ${statuses.length}: ${refused.slice(0, 3)}`);
		// The zone of 1 MiB has space for some 8,000 keys.
		assert.ok(most > 100 && most < 9000, `${most}`);
		// Each of these 503 has a line in the log; if the memory were full, most requests would.
		const full = fs.readFileSync(path.join(site.folder, 'log/error.log'), 'utf8').match(/could not allocate/g)?.length ?? 0;
		assert.ok(full * 100 < statuses.length, `${full} of ${statuses.length}`);
		assert.match((await site.get('/afterwards')).text, /^blog/);
	});

	test('an encoded question mark has another cache key than a real one', async () => {
		const plain = await site.get('/key?q=1'), encoded = await site.get('/key%3Fq=1');
		assert.notEqual(plain.text, encoded.text);
	});

	test('a response that is private, or sets a cookie, is not cached for any client', async () => {
		for (const [where, header] of [['/private-answer', 'Cache-Control: private, no-store'], ['/cookie-answer', 'Set-Cookie: a=b']]) {
			let count = 0;
			site.answers[where] = () => `Content-Type: text/html\r\n${header}\r\n\r\n${++count}`;
			assert.equal((await site.get(where)).text, '1');
			assert.equal((await site.get(where)).text, '2', where);
		}
	});

	test('different spellings of Vary do not multiply the cached copies', async () => {
		site.answers['/vary'] = () => `Content-Type: text/html\r\nVary: Accept-Language\r\n\r\n${Math.random()}`;
		const one = await site.get('/vary', { headers: { 'accept-language': 'en' } }), two = await site.get('/vary', { headers: { 'accept-language': 'de' } });
		assert.equal(one.text, two.text);
		assert.equal(one.headers.vary.includes('Accept-Language'), true, 'Vary reaches the reader');
	});

	test('the cache renews its copy with If-None-Match, and readers get 304 from it', async () => {
		site.answers['/tagged'] = (told) => (told.HTTP_IF_NONE_MATCH === '"one"' ? 'Status: 304 Not Modified\r\nETag: "one"\r\n\r\n' : 'Content-Type: text/html\r\nETag: "one"\r\n\r\nbody');
		assert.equal((await site.get('/tagged', { headers: { 'if-none-match': '"other"' } })).text, 'body', 'another client\'s tag is not passed on');
		assert.equal((await site.get('/tagged', { headers: { 'if-none-match': '"one"' } })).status, 304);
		await sleep(2100);
		await site.get('/tagged');
		await until('the copy is renewed', () => site.told('/tagged').length > 1);
		assert.equal((await site.get('/tagged')).text, 'body');
		assert.equal(site.told('/tagged').at(-1).HTTP_IF_NONE_MATCH, '"one"');
	});

	test('if a page fails, the last good copy is served', async () => {
		let good = true;
		site.answers['/stale'] = () => (good ? 'Content-Type: text/html\r\n\r\ngood' : 'Status: 503 Service Unavailable\r\nContent-Type: text/html\r\n\r\nbad');
		await site.get('/stale');
		good = false;
		await sleep(2100);
		assert.equal((await site.get('/stale')).text, 'good');
		await sleep(200);
		assert.equal((await site.get('/stale')).text, 'good');
	});

	test('if a worker dies during a request, the next one answers, and the client notices nothing', async () => {
		let asked = 0;
		site.answers['/dies-once'] = () => (++asked === 1 ? null : 'Content-Type: text/html\r\n\r\nalive');
		assert.equal((await site.get('/dies-once')).text, 'alive');
		site.answers['/dies-always'] = () => null;
		const answer = await site.get('/dies-always');
		assert.equal(answer.status, 503);
		assert.equal(answer.headers['retry-after'], '5');
		assert.match(answer.text, /temporarily unavailable/);
		assertSecure(answer, 'dead program');
	});

	test('every response has each security header once, whatever the program sends', async () => {
		fs.mkdirSync(path.join(site.folder, 'media/ab'), { recursive: true });
		site.answers['/says-csp'] = () => "Content-Type: text/html\r\nContent-Security-Policy: default-src *\r\nX-Frame-Options: ALLOW\r\nX-Powered-By: x\r\n\r\nx";
		site.answers['/fails'] = () => 'Status: 500 Internal Server Error\r\nContent-Type: text/html\r\n\r\nx';
		for (const [where, status, how] of [['/', 200], ['/says-csp', 200], ['/fails', 500], ['/assets/missing.css', 404], ['/media/missing.png', 404], ['/media/', 404], ['/assets/', 404],
			['/renown-error/missing.html', 404], ['/assets/style.css', 405, { method: 'DELETE' }], ['/x', 413, { method: 'POST', body: 'x'.repeat(2000) }]]) {
			const answer = await site.get(where, how);
			assert.equal(answer.status, status, where);
			assertSecure(answer, where);
			assert.equal(answer.headers['x-powered-by'], undefined);
			assert.equal(answer.raw.filter((name) => name.toLowerCase() === 'content-security-policy').length, 1, where);
		}
	});

	test('nginx refuses malformed requests with the error page of the configuration', async () => {
		const host = `Host: 127.0.0.1:${site.port}\r\n`;
		for (const [bytes, status] of [
			[`GET /%zz HTTP/1.1\r\n${host}\r\n`, 400], [`GET /a%00b HTTP/1.1\r\n${host}\r\n`, 400], [`GET /../x HTTP/1.1\r\n${host}\r\n`, 400],
			[`GET /${'a'.repeat(9000)} HTTP/1.1\r\n${host}\r\n`, 414], [`GET /?${'a'.repeat(1 << 20)} HTTP/1.1\r\n${host}\r\n`, 414],
			[`GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(9000)}\r\n\r\n`, 400], [`GET / HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(5000)}\r\n`, 400],
			[`POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400], [`POST / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
			[`POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400], [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: odd\r\n\r\n`, 501],
			[`POST / HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n\r\n`, 400], [`POST / HTTP/1.1\r\n${host}Content-Length: 5000\r\n\r\n`, 413],
			[`TRACE / HTTP/1.1\r\n${host}\r\n`, 405], ['garbage\r\n\r\n', 400],
		]) {
			const answer = await site.raw(bytes);
			assert.equal(rawStatus(answer), status, bytes.slice(0, 60));
			assert.match(answer, /content-security-policy: default-src 'none'/i, bytes.slice(0, 60));
			assert.doesNotMatch(answer, /nginx\/1/);
		}
	});

	test('another host name gets no response', async () => {
		for (const host of ['evil.invalid', 'evil.com"><x', '127.0.0.1.evil.invalid', 'localhost.evil.invalid'])
			assert.equal(await site.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).catch(() => ''), '', host);
		assert.equal(rawStatus(await site.raw('GET / HTTP/1.1\r\nHost: LOCALHOST:99\r\nConnection: close\r\n\r\n')), 200);
	});

	test('a body reaches a program complete or not at all', async () => {
		await site.get('/takes', { method: 'POST', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
		const [told] = site.told('/takes');
		assert.equal(told.CONTENT_LENGTH, '3');
		assert.equal(site.blog.asked.find((one) => one.params === told).body.toString(), 'a=1');
		await site.raw(`POST /chunks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n`);
		assert.equal(site.told('/chunks')[0].CONTENT_LENGTH, '3');
	});

	test('assets have one of a fixed list of types, and are cached for long only with the build in the URL', async () => {
		const plain = await site.get('/assets/style.css');
		const built = await site.get('/assets/style.css?v=abc');
		assert.equal(plain.status, 200);
		assert.equal(plain.headers['content-type'], 'text/css; charset=utf-8');
		assert.equal(plain.headers['cache-control'], 'public, max-age=300');
		assert.equal(built.headers['cache-control'], 'public, max-age=31536000, immutable');
		assertSecure(plain, 'asset');
		assert.equal((await site.get('/assets/../site.xsl')).text.startsWith('blog'), true, 'a path outside the folder goes to the program');
		assert.equal((await site.get('/assets/%2e%2e%2fsite.xsl')).text.startsWith('blog'), true);
		assert.equal((await site.get('/assets/%2e%2e%2f%2e%2e%2fsite.xsl')).status, 400);
	});

	test('media files are served only by digest and known suffix, sandboxed, with ranges, without a listing', async () => {
		const digest = 'ab'.padEnd(64, '1');
		fs.mkdirSync(path.join(site.folder, 'media/ab'), { recursive: true });
		for (const suffix of ['png', 'html', 'svg'])
			fs.writeFileSync(path.join(site.folder, `media/ab/${digest}.${suffix}`), '<script>alert(1)</script>');
		fs.writeFileSync(path.join(site.folder, 'media/notes.txt'), 'private');
		const picture = await site.get(`/media/ab/${digest}.png`);
		assert.equal(picture.status, 200);
		assert.equal(picture.headers['content-type'], 'image/png');
		assert.equal(picture.headers['content-security-policy'], "default-src 'none'; sandbox; frame-ancestors 'none'");
		assert.equal(picture.headers['x-content-type-options'], 'nosniff');
		assert.equal(picture.headers['cache-control'], 'public, max-age=31536000, immutable');
		const part = await site.get(`/media/ab/${digest}.png`, { headers: { range: 'bytes=0-3' } });
		assert.equal(part.status, 206);
		assert.equal(part.text, '<scr');
		assert.notEqual((await site.get(`/media/ab/${digest}.html`)).headers['content-type'], 'text/html');
		for (const where of ['/media/notes.txt', '/media/', '/media/ab/', '/media/ab', `/media/ab/${digest}`, '/media/../renown.conf', `/media/ab/${digest}.png/x.css`])
			assert.notEqual((await site.get(where)).text, 'private', where);
		assert.equal((await site.get('/media/notes.txt')).status, 404);
	});

	test('files are compressed if the client accepts it, responses of programs only by the programs', async () => {
		site.answers['/long'] = () => `Content-Type: text/html; charset=utf-8\r\n\r\n${'words '.repeat(1000)}`;
		const headers = { 'accept-encoding': 'gzip' };
		assert.equal((await site.get('/assets/style.css', { headers })).headers['content-encoding'], 'gzip');
		assert.equal((await site.get('/assets/style.css')).headers['content-encoding'], undefined);
		assert.equal((await site.get('/long', { headers })).headers['content-encoding'], undefined);
		assert.equal(site.told('/long').at(-1).RENOWN_ENCODING, 'gzip');
	});

	test('Accept-Encoding becomes one word, for the program and the cache key', async () => {
		for (const [header, word] of acceptEncodings) {
			await site.get('/encoded', { headers: { cookie: 'sid=x', ...(header === undefined ? {} : { 'accept-encoding': header }) } });
			assert.equal(site.told('/encoded').at(-1).RENOWN_ENCODING ?? '', word, `${header}`.slice(0, 80));
		}
		// All spellings share two copies.
		site.answers['/two-copies'] = (told) => `Content-Type: text/plain\r\n\r\n<${told.RENOWN_ENCODING ?? ''}>`;
		for (const [header, word] of acceptEncodings)
			assert.equal((await site.get('/two-copies', { headers: header === undefined ? {} : { 'accept-encoding': header } })).text, `<${word}>`);
		assert.ok(site.told('/two-copies').length <= 6, `${site.told('/two-copies').length}`);
		// Only these two programs get the word: the pages of the others contain proofs of forms and personal data.
		const locations = fs.readFileSync(path.join(site.folder, 'run/nginx/programs-locations.conf'), 'utf8').split(/^location /m).slice(1);
		assert.ok(locations.length > 8);
		for (const location of locations)
			assert.equal(location.includes('RENOWN_ENCODING'), /fastcgi_pass \S+_(blog|feed);/.test(location), location);
	});

	test('a visitor may search five times a second, with a burst of twenty', async () => {
		const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => site.get(`/search?q=${i}`, { localAddress: '127.0.0.2' })));
		const refused = answers.filter((answer) => answer.status === 429);
		assert.ok(refused.length >= 15 && refused.length <= 20, `${refused.length} of 40 refused`);
		assert.equal(refused[0].headers['retry-after'], '1');
		assertSecure(refused[0], '429');
		assert.equal((await site.get('/blog/other', { localAddress: '127.0.0.2' })).status, 200, 'other pages are still served');
	});

	test('the access log has one line of fifteen fields for each request, with secrets masked and all values escaped', async () => {
		const token = 'Ab1_-'.repeat(8) + 'xyz', slug = 'a-slug-of-exactly-forty-three-characters-ok';
		site.answers['/logged'] = () => 'Content-Type: text/html\r\nX-Renown-Event: read\r\nX-Renown-Row: 7\r\n\r\nx';
		const logged = await site.get('/logged?a=b', { headers: { referer: 'http://from.invalid/\t"x' } });
		await site.raw('GET /logged HTTP/1.1\r\nHost: localhost\r\nUser-Agent: agent\x1b[31m\ttwo\r\nConnection: close\r\n\r\n');
		assert.equal(logged.headers['x-renown-event'], undefined);
		assert.equal(logged.headers['x-renown-row'], undefined);
		await site.get(`/private/${token}/feed.rss`);
		await site.get(`/leave/${token}`);
		await site.get(`/blog/${slug}`);
		await site.get('/confirm?Token=verysecret');
		site.answers[`/broken/${token}`] = () => null;
		await site.get(`/broken/${token}`);
		site.answers['/broken/plainly'] = () => null;
		await site.get('/broken/plainly');
		await site.get('/log%09tab%0aline');
		const log = path.join(site.folder, 'log/access.log');
		// Each nginx worker buffers its lines for up to a second.
		await until('the log is written', () => fs.readFileSync(log, 'utf8').includes('/log\\x09tab'));
		await sleep(1500);
		const lines = fs.readFileSync(log, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
		assert.deepEqual([...new Set(lines.map((line) => line.length))], [15]);
		const line = lines.find((fields) => fields[3] === '/logged' && fields[4] === 'a=b');
		assert.match(line[0], /^\d{13}$/);
		assert.ok(Math.abs(Number(line[0]) - Date.now()) < 60000);
		assert.match(line[6], /^\d+$/);
		assert.deepEqual(line.slice(1, 6).concat(line.slice(7, 14)), ['127.0.0.1', 'GET', '/logged', 'a=b', '200', 'http://from.invalid/\\x09\\x22x', '-', '-', line[10], 'MISS', 'read', '7']);
		assert.match(line[10], /^([1-9]|1[0-9]|20)$/, 'the bucket');
		assert.ok(lines.some((fields) => fields[8] === 'agent\\x1B[31m\\x09two' && fields[12] === 'read'), 'also for a response from the cache');
		assert.match(line[14], /^\d+\.\d{3}$/);
		const paths = lines.map((fields) => fields[3]);
		assert.ok(paths.includes('/private/***/feed.rss') && paths.includes('/leave/***'));
		assert.ok(paths.includes(`/blog/${slug}`), 'a slug of that length is not masked');
		const errors = fs.readFileSync(path.join(site.folder, 'log/error.log'), 'utf8');
		assert.ok(errors.includes('/broken/plainly') && !errors.includes(token), 'the error log contains no secret');
		assert.equal(fs.readFileSync(log, 'utf8').includes('verysecret') || fs.readFileSync(log, 'utf8').includes(token), false);
	});

	test('a client that sends its headers slowly is disconnected after ten seconds', { skip: process.env.RENOWN_QUICK === '1' && 'slow' }, async () => {
		const begun = Date.now();
		await site.raw('GET / HTTP/1.1\r\nHost: loc').catch((error) => assert.equal(error.code, 'ECONNRESET'));
		assert.ok(Date.now() - begun > 9000);
		assert.ok(Date.now() - begun < 12000);
	});
});

describe('nginx below a path', () => {
	let site;
	before(async () => { site = await fakeSite('/sub'); });
	after(() => site.stop());

	test('all URLs work below the path, and none outside it', async () => {
		assert.equal((await site.get('/sub')).headers.location, `${site.url}/sub/`);
		assert.match((await site.get('/sub/')).text, /^blog/);
		assert.match((await site.get('/sub/zh/tag/x/feed.rss')).text, /^feed/);
		assert.equal(site.told('/sub/zh/tag/x/feed.rss').length, 1, 'the program sees the whole path');
		assert.equal((await site.get('/sub/assets/style.css?v=1')).headers['content-type'], 'text/css; charset=utf-8');
		assert.equal((await site.get('/sub/media/x')).status, 404);
		for (const where of ['/', '/blog', '/feed.rss', '/assets/style.css', '/subx'])
			assert.equal((await site.get(where)).status, 404, where);
		await site.get('/sub/', { headers: { 'accept-language': 'zh', cookie: 'sid=1' } });
		assert.equal(site.told('/sub/').at(-1).RENOWN_LANGUAGE, 'zh');
	});
});

describe('nginx with TLS', () => {
	test('its own name gets HSTS, other names are refused, and HTTP redirects to HTTPS', async () => {
		const folder = temporaryFolder('tls');
		makeFolders(folder);
		const blog = await startFake(path.join(folder, 'run/blog.sock'), () => 'Content-Type: text/html\r\n\r\nsafe');
		const port = await freePort(), plain = await freePort();
		const nginx = await startNginx(folder, { port: plain, names: 'example.test', values: [...makeCertificate('example.test'), `LISTEN_TLS=127.0.0.1:${port}`] });
		try {
			const answer = await requestTls(port, 'example.test', '/');
			assert.equal(answer.status, 200);
			assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
			await assert.rejects(requestTls(port, 'other.test', '/'));
			const redirect = await request(`http://127.0.0.1:${plain}/x?y`, { headers: { host: 'example.test' } });
			assert.equal(redirect.headers.location, 'https://example.test/x?y');
			assert.equal(redirect.headers['strict-transport-security'], undefined);
			await assert.rejects(request(`http://127.0.0.1:${plain}/`, { headers: { host: 'other.test' } }));
		} finally {
			await stop(nginx);
			await blog.stop();
		}
	});
});
