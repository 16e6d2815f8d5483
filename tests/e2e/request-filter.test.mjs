// A table of hostile requests to both web servers, in front of programs that report what they receive: what is refused, what must never
// reach a program, what no response may reveal.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { freePort, makeFolders, rawRequest, rawStatus, request, sleep, startApache, startNginx, stop, temporaryFolder } from './lib.mjs';
import { programNames } from './programs.mjs';

const digest = 'ab'.padEnd(64, '1'), host = 'Host: localhost\r\n', close = 'Connection: close\r\n';
const get = (target, more = '') => `GET ${target} HTTP/1.1\r\n${host}${close}${more}\r\n`;
const post = (headers, body, target = '/sign-in') => `POST ${target} HTTP/1.1\r\n${host}${headers}\r\n${body}`;
const smuggled = `GET /smuggled HTTP/1.1\r\n${host}${close}\r\n`;
const refused = [400, 501], no = [400, 403, 404, 405];
// Name, bytes, and the accepted response statuses; 0: no response at all.
const table = [
	// Request smuggling: two parsers that disagree about the end of a request let another request through.
	['lengths and chunks', post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n${close}`, `0\r\n\r\n${smuggled}`), [400, 411]],
	['two lengths', post('Content-Length: 0\r\nContent-Length: 60\r\n', smuggled), refused],
	['two lengths in one', post('Content-Length: 0, 60\r\n', smuggled), refused],
	['a length with a sign', post('Content-Length: +5\r\n', smuggled), refused],
	['a negative length', post('Content-Length: -1\r\n', smuggled), refused],
	['a hexadecimal length', post('Content-Length: 0x10\r\n', smuggled), refused],
	['an endless length', post('Content-Length: 99999999999999999999\r\n', smuggled), [400, 413]],
	['an unknown coding', post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${smuggled}`), refused],
	['two codings', post('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${smuggled}`), refused],
	['a coding behind a blank', post('Transfer-Encoding : chunked\r\n', `0\r\n\r\n${smuggled}`), refused],
	['a coding in a folded line', get('/blog', 'X: y\r\n Transfer-Encoding: chunked\r\n'), [200, 400]],
	['a chunk of a strange size', post(`Transfer-Encoding: chunked\r\n${close}`, `-5\r\nabcde\r\n0\r\n\r\n${smuggled}`), [400, 411]],
	['a chunk longer than anything', post(`Transfer-Encoding: chunked\r\n${close}`, `ffffffffffffffffff\r\nabc\r\n${smuggled}`), [400, 411, 413]],
	['a body of GET that is a request', `GET /blog HTTP/1.1\r\n${host}Content-Length: ${smuggled.length}\r\n${close}\r\n${smuggled}`, [200, 400, 413]],
	['a header without a name', get('/blog', ': x\r\n'), [400, 200]],
	['a NUL in a header', get('/blog', 'X: a\0b\r\n'), [400]],
	['a second request in a header', get('/blog', 'X: y\r\n\r\nGET /smuggled HTTP/1.1\r\nX: z'), [200]],
	// The host.
	['no host', `GET /blog HTTP/1.1\r\n${close}\r\n`, [400]],
	['two hosts', `GET /blog HTTP/1.1\r\n${host}Host: evil.invalid\r\n${close}\r\n`, [400]],
	['another host', `GET /blog HTTP/1.1\r\nHost: evil.invalid\r\n${close}\r\n`, [0, 421]],
	['an address with another host', `GET http://evil.invalid/blog HTTP/1.1\r\n${host}${close}\r\n`, [0, 421]],
	['a host with a path', `GET /blog HTTP/1.1\r\nHost: localhost/../x\r\n${close}\r\n`, [0, 400, 421]],
	['a proxy', `CONNECT localhost:25 HTTP/1.1\r\n${host}${close}\r\n`, [400, 405]],
	// Methods and sizes.
	['TRACE', `TRACE /blog HTTP/1.1\r\n${host}${close}\r\n`, [405]],
	['a method that is none', `G\x01T /blog HTTP/1.1\r\n${host}${close}\r\n`, [400]],
	['garbage', 'garbage\r\n\r\n', [400]],
	['the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400]],
	['an address without end', get(`/${'a'.repeat(9000)}`), [414]],
	['a header without end', get('/blog', `X: ${'a'.repeat(9000)}\r\n`), [400, 431]],
	['headers without end', get('/blog', 'X-A: b\r\n'.repeat(5000)), [400, 431]],
	['more than a page takes', post(`Content-Length: 5000\r\n${close}`, 'x'.repeat(5000), '/blog'), [413]],
	['more than a form takes', post(`Content-Length: 50000\r\n${close}`, 'x'.repeat(50000)), [413]],
	['a gigabyte for the library', post(`Content-Length: 1073741824\r\n${close}`, '', '/write/media'), [413]],
	// Paths outside the public folders.
	...['/../../etc/passwd', '/media/../renown.conf', '/media/%2e%2e/renown.conf', '/media/..%2frenown.conf', '/media/%2e%2e%2frenown.conf', '/media/..\\renown.conf', '/media/..%5crenown.conf',
		`/media/closed/ab/${digest}.png`, `/media/ab/../closed/ab/${digest}.png`, `/media/ab%2f..%2fclosed%2fab%2f${digest}.png`, `/media//closed/ab/${digest}.png`, `/media/./closed/ab/${digest}.png`,
		`/media/ab/${digest}.png%00.html`, `/media/ab/${digest}.png/`, `/media/ab/${digest}.png/x.css`, '/media/', '/media/ab/', '/media', '/assets/../site.xsl', '/assets/%2e%2e/site.xsl', '/assets/..%2fsite.xsl',
		'/assets/', '/assets/.htaccess', '/.git/config', '/renown.conf', '/renown.db', '/export/one', '/backup/one', '/log/access.log', '/run/blog.sock', '//etc/passwd', '/%2fetc/passwd', '/..;/renown.conf', '/.%00/'].map((target) => [target, get(target), 'nothing']),
	// Internal locations.
	...[`/renown-media/closed/ab/${digest}.png`, '/renown-export/one', '/renown-backup/one', '/renown-backup/', '/renown-backup/../renown.db', '/%72enown-backup/one', '//renown-backup/one', '/x/../renown-backup/one',
		'/@renown_media', '/renown-error/missing.html', '/server-status', '/server-info', '/cgi-bin/'].map((target) => [target, get(target), 'nothing']),
	['NUL', get('/a%00b'), no],
	['an escape that is none', get('/%zz'), no],
];

for (const [server, startServer] of [['nginx', startNginx], ['apache', startApache]]) {
	describe(`hostile requests, to ${server}`, () => {
		let folder, port, child, fakes;
		const asked = () => fakes.flatMap((fake) => fake.asked);
		before(async () => {
			folder = temporaryFolder('gates');
			makeFolders(folder);
			port = await freePort();
			for (const [file, text] of [[`media/closed/ab/${digest}.png`, 'SECRET closed'], ['export/one', 'SECRET export'], ['backup/one', 'SECRET backup'], ['renown.db', 'SECRET store'], ['renown.conf', 'SECRET conf'], ['media/notes.txt', 'SECRET note']]) {
				fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
				fs.writeFileSync(path.join(folder, file), text);
			}
			fakes = [];
			for (const program of programNames)
				fakes.push(await startFake(path.join(folder, `run/${program}.sock`), () => 'Status: 200 OK\r\nContent-Type: text/html\r\n\r\nPROGRAM'));
			child = await startServer(folder, { port });
		});
		after(async () => {
			await stop(child);
			for (const fake of fakes)
				await fake.stop();
		});

		for (const [what, bytes, right] of table)
			test(what.slice(0, 60), async () => {
				const before = asked().length;
				const answer = await rawRequest(port, Buffer.from(bytes, 'latin1')).catch((error) => (error.code === 'ECONNRESET' ? '' : Promise.reject(error)));
				if (right === 'nothing')
					// Either the web server refuses the request, or a program, which has no such page, gets the path unchanged.
					assert.ok(no.includes(rawStatus(answer)) || rawStatus(answer) === 301 || answer.includes('\r\n\r\n') && answer.includes('PROGRAM'), answer.slice(0, 200));
				else
					assert.ok(right.includes(rawStatus(answer)), answer.slice(0, 200));
				assert.doesNotMatch(answer, /SECRET|root:|xsl:stylesheet|Index of|nginx\/\d|Apache\/\d/);
				assert.equal(asked().slice(before).some((one) => one.params.RENOWN_PATH.includes('smuggled')), false, 'a program received the smuggled request');
				assert.equal((answer.match(/^HTTP\/1\.[01] /gm) ?? []).length <= 2, true);
				// Apache answers a request that it cannot parse before it knows the host, so it uses its own page.
				if (rawStatus(answer) !== 0 && (server === 'nginx' || ![400, 408, 414, 421, 431, 501].includes(rawStatus(answer)))) {
					assert.match(answer, /content-security-policy: default-src 'none'/i);
					assert.match(answer, /x-content-type-options: nosniff/i);
				}
			});

		test('no client header becomes a parameter of the web server', async () => {
			const before = asked().length, lies = {};
			for (const name of ['RENOWN_PATH', 'RENOWN-PATH', 'RENOWN_SEND', 'RENOWN-SEND', 'RENOWN_BUCKET', 'RENOWN-BUCKET', 'RENOWN_LANGUAGE', 'REQUEST_ID', 'REMOTE_ADDR', 'REMOTE-ADDR', 'HTTP_COOKIE', 'HTTP-COOKIE', 'REQUEST_METHOD', 'QUERY_STRING',
				'CONTENT_LENGTH', 'CONTENT_TYPE', 'Proxy', 'X-Sendfile', 'X-Accel-Redirect', 'X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override', 'X-Forwarded-For', 'X-Forwarded-Host', 'Forwarded'])
				lies[name] = 'LIE';
			for (const where of ['/', '/blog', '/sign-in', '/write', '/admin', '/feed.rss', `/media/ab/${digest}.png`])
				assert.equal((await request(`http://127.0.0.1:${port}${where}`, { headers: lies })).text, 'PROGRAM', where);
			const read = ['RENOWN_PATH', 'RENOWN_SEND', 'RENOWN_BUCKET', 'RENOWN_LANGUAGE', 'REQUEST_ID', 'REMOTE_ADDR', 'HTTP_COOKIE', 'HTTP_IF_NONE_MATCH', 'HTTP_IF_MODIFIED_SINCE', 'HTTP_ORIGIN', 'HTTP_SEC_FETCH_SITE', 'HTTP_USER_AGENT',
				'REQUEST_METHOD', 'QUERY_STRING', 'CONTENT_LENGTH', 'CONTENT_TYPE', 'HTTP_PROXY'];
			for (const { params } of asked().slice(before))
				for (const name of read)
					assert.doesNotMatch(params[name] ?? '', /LIE/, name);
		});

		test('the log has one whole line for each request', async () => {
			await sleep(5500); // each nginx worker buffers its lines for up to five seconds
			assert.ok(fs.statSync(path.join(folder, 'log/access.log')).size > 1000);
			for (const line of fs.readFileSync(path.join(folder, 'log/access.log'), 'utf8').trimEnd().split('\n').filter(Boolean)) {
				assert.equal(line.split('\t').length, 15, line);
				assert.match(line, /^[\x20-\x7e\t]*$/);
			}
		});
	});
}
