// Requests that no browser sends: malformed escapes, invalid UTF-8, control bytes, thousands of
// parameters. Each gets a plain response, none harms a worker, and each is one line in the log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { childProcesses, rawStatus, request, serveSite, sleep } from './lib.mjs';

// Invalid by strict UTF-8: overlong forms, surrogates, beyond U+10FFFF, truncated sequences, lone continuation bytes. Also a newline within a line.
const refused = ['%c0%bc', '%e0%80%bc', '%f0%80%80%bc', '%ed%a0%80', '%f4%90%80%80', '%e5%93', '%80', '%bf', '%fe', '%ff', '%f0%9f%98', '%0d%0aX-Injected:%201'];
// Characters that input checks remove from a text: noncharacters and controls.
const invisible = ['%ef%bf%be', '%ef%bf%bf', '%ef%b7%90', '%08', '%0b', '%1b%5b31m', '%7f', '%c2%85', '%e2%80%a8', '%e2%80%8b', '%e2%80%ae'];
const bad = [...refused, ...invisible];

describe('hostile requests', () => {
	let site, workers;
	before(async () => {
		site = await serveSite({ sample: true });
		await site.get('/');
		workers = childProcesses(site.programs.blog.pid).concat(childProcesses(site.programs.feed.pid));
	});
	after(() => site?.stop());

	test('invalid bytes in a path are 404, in a search they become U+FFFD', async () => {
		for (const bytes of bad) {
			for (const where of [`/blog/${bytes}`, `/tag/x${bytes}y`, `/tag/${bytes}/feed.rss`, `/${bytes}`, `/zh/${bytes}`]) {
				const answer = await site.get(where);
				assert.equal(answer.status, 404, where);
				assert.equal(answer.headers['x-injected'], undefined);
			}
			const found = await site.get(`/search?q=a${bytes}b`);
			assert.equal(found.status, 200, bytes);
			assert.equal(Buffer.from(found.text, 'utf8').equals(found.bytes), true, `${bytes}: the page is valid UTF-8`);
			assert.doesNotMatch(found.text, /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/, bytes);
			assert.match(found.text, /value="a[^"]*b"/, bytes);
		}
	});

	test('invalid bytes in a form are shown again as U+FFFD', async () => {
		const proof = /name="proof" value="([^"]*)"/.exec((await site.get('/sign-in')).text)[1];
		for (const bytes of [...refused, '%', '%zz', '%0g', '%00']) {
			const body = `email=a${bytes}b&password=x&next=&proof=${proof}`;
			const answer = await request(`${site.url}/sign-in`, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } });
			assert.equal(answer.status, 422, bytes);
			assert.equal(Buffer.from(answer.text, 'utf8').equals(answer.bytes), true, `${bytes}: the page is valid UTF-8`);
			assert.match(answer.text, /name="email"[^>]*value="a[^"]*\ufffd[^"]*b?"/, bytes);
			assert.match(answer.text, bytes.startsWith('%0d') ? /Enter this on one line\./ : /Line 1, character 2 is not text/, bytes);
			assert.equal(answer.headers['set-cookie'], undefined);
		}
		for (const bytes of invisible) { // without a password, so that no attempt is counted
			const body = `email=a${bytes}b&password=&next=&proof=${proof}`;
			const answer = await request(`${site.url}/sign-in`, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } });
			assert.equal(answer.status, 422, bytes);
			assert.match(answer.text, /name="email"[^>]*value="a(\[31m| )?b"/, bytes);
		}
	});

	test('markup in a search is shown as text', async () => {
		for (const word of ['"><script>alert(1)</script>', "' onmouseover='x", '</title><img src=x onerror=alert(1)>', '<!--', ']]>', '&lt;b&gt;', '{{7*7}}', '\u202etxt', '\ufeffx']) {
			const answer = await site.get(`/search?q=${encodeURIComponent(word)}`);
			assert.equal(answer.status, 200, word);
			assert.doesNotMatch(answer.text, /<script>alert|<img src=x/, word);
		}
	});

	test('every string is a valid search', async () => {
		for (const word of ['"', '""', '*', 'a*', '^a', '-', '- -', 'AND', 'a AND', 'NEAR(a b', '(', ')', 'title:x', 'opened : "x"', 'tag:', 'tag:""', 'author:*', 'tag:paper author:', "a'b", '\\', '%', '_', ';--', 'a"b"c', '{title}: x', '+', '\u00ad', '品', '品牌', '“品牌”', 'x'.repeat(3000), '品'.repeat(900), 'a '.repeat(2000)]) {
			const answer = await site.get(`/search?q=${encodeURIComponent(word)}`);
			assert.equal(answer.status, 200, word.slice(0, 40));
		}
	});

	test('malformed escapes, doubled and empty names, ten thousand parameters are answered', async () => {
		for (const query of ['%', '%%', '%2', '%zz', 'q=%', 'q=%zz', '&&&', '=', '=x', 'q', 'q=a&q=b', 'Q=a', 'q[]=a', 'q=a;q=b', 'a=b=c', 'before=1-1&before=2-2', 'before=%31%2d%31'])
			assert.ok([200, 400, 404].includes((await site.get(`/search?${query}`)).status), query);
		const many = await site.get(`/blog?${'a&'.repeat(3500)}`);
		assert.ok([200, 400].includes(many.status));
		const begun = Date.now();
		const lots = await site.raw(`GET /blog?${Array.from({ length: 10000 }, (_, i) => `p${i}=1`).join('&')} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
		assert.equal(rawStatus(lots), 414);
		assert.equal(rawStatus(await site.raw(`GET /blog?q=${'x'.repeat(1 << 20)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)), 414);
		assert.ok(Date.now() - begun < 2000);
	});

	test('list positions that do not exist are answered', async () => {
		for (const place of ['0', '-1', '1-', '-', '1-1-1', '9223372036854775807-9223372036854775807', '9223372036854775808-1', '1e9-1', ' 1-1', '０-1', '1700000000-42x'])
			for (const name of ['before', 'after']) {
				const answer = await site.get(`/blog?${name}=${encodeURIComponent(place)}`);
				assert.ok([200, 400, 404].includes(answer.status), `${name}=${place}: ${answer.status}`);
			}
	});

	test('repeated, unusual and very large headers are answered', async () => {
		const ask = async (headers) => rawStatus(await site.raw(`GET /about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`));
		assert.equal(await ask('Cookie: sid=a\r\nCookie: sid=b\r\n'), 200);
		assert.equal(await ask('Cookie: sid=\xff\xfe; =; ;;; sid\r\n'), 200);
		assert.equal(await ask('Cookie: ; x=y; ; \r\n'), 200);
		assert.equal(await ask(`Cookie: ${'a=b; '.repeat(1000)}sid=x\r\n`), 200);
		assert.equal(await ask(`Cookie: sid=${'x'.repeat(7000)}\r\n`), 200);
		assert.equal(await ask('If-None-Match: ,,,"\r\nIf-Modified-Since: yesterday\r\n'), 200);
		assert.equal(await ask(`If-None-Match: ${'"x",'.repeat(1500)}\r\nCookie: sid=x\r\n`), 200);
		assert.equal(await ask('If-Modified-Since: Fri, 31 Dec 9999999 23:59:59 GMT\r\nCookie: sid=x\r\n'), 200);
		assert.equal(await ask('Accept-Language: \x01\r\nProxy: http://127.0.0.1:9\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil.invalid\r\n'), 200);
		const answer = await site.raw('GET /about HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.invalid\r\nConnection: close\r\n\r\n');
		assert.doesNotMatch(answer, /evil\.invalid/);
	});

	test('clients that disconnect do not affect others', async () => {
		const { connect } = await import('node:net');
		for (let i = 0; i < 40; i++) {
			const socket = connect(site.port, '127.0.0.1', () => {
				socket.write(`GET /search?q=paper${i} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
				setTimeout(() => socket.destroy(), i % 4);
			});
			socket.on('error', () => null);
		}
		await sleep(100);
		assert.equal((await site.get('/search?q=glue')).status, 200);
	});

	test('after all tests the same workers run, and the log has only complete lines', async () => {
		await sleep(5500); // each nginx worker buffers its lines for up to five seconds
		assert.deepEqual(childProcesses(site.programs.blog.pid).concat(childProcesses(site.programs.feed.pid)), workers);
		for (const line of site.log('access.log').trimEnd().split('\n'))
			assert.equal(line.split('\t').length, 15, line);
		for (const name of ['blog.log', 'feed.log'])
			for (const line of site.log(name).split('\n').filter(Boolean))
				assert.match(line, /^\d{4}-\d\d-\d\dT[\d:]+Z (blog|feed) (info|warning|debug) [\x20-\x7e\u00a0-\uffff]*$/, line);
	});
});
