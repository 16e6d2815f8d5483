// A form that is too long, or whose program crashes, gets the error page of the configuration with the right status: for every length, from
// nginx and from Apache, over HTTP/1.1 and HTTP/2.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { freePort, makeFolders, startApache, startNginx, stop, temporaryFolder } from './lib.mjs';
import { programNames } from './programs.mjs';
import { makeCertificate, requestHttp2, requestTls } from './tls.mjs';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

for (const [server, startServer] of [['nginx', startNginx], ['Apache', startApache]]) {
	describe(`${server}: requests that cannot be accepted`, () => {
		let folder, port, child, fakes, dead = false;
		before(async () => {
			folder = temporaryFolder('refused');
			makeFolders(folder);
			port = await freePort();
			fakes = [];
			// Each program crashes as soon as it has read a form, and answers all other requests.
			for (const program of programNames)
				fakes.push(await startFake(path.join(folder, `run/${program}.sock`), (told) => (told.REQUEST_METHOD === 'POST' || dead ? null : 'Status: 200 OK\r\nContent-Type: text/html\r\n\r\nwell')));
			child = await startServer(folder, { port: await freePort(), names: 'localhost', values: [...makeCertificate('localhost'), `LISTEN_TLS=127.0.0.1:${port}`] });
		});
		after(async () => {
			await stop(child);
			for (const fake of fakes)
				await fake.stop();
		});
		const protocols = [['HTTP/1.1', requestTls], ['HTTP/2', requestHttp2]];
		const send = (ask, where, length) => ask(port, 'localhost', where, { method: 'POST', body: 'x'.repeat(length), headers: { ...form, 'content-length': length } });
		function assertOurs(answer, words, what) {
			assert.match(answer.text, words, what);
			assert.match(answer.headers['content-security-policy'] ?? '', /^default-src 'none'/, what);
			assert.equal(answer.headers['cache-control'], 'no-store', what);
			assert.match(answer.headers['strict-transport-security'] ?? '', /^max-age=31536000$/, what);
		}

		for (const [protocol, ask] of protocols) {
			test(`a form whose program crashes is a 503, over ${protocol}`, async () => {
				for (const [where, most] of [['/blog', 1024], ['/sign-in', 20000], ['/admin/settings/general', 1000000], ['/write/new', 4000000], ['/write/media', 900000], ['/admin/settings/branding', 900000]])
					for (const length of [10, 500, 900, 1500, 20000, 200000, 900000].filter((one) => one <= most)) {
						const answer = await send(ask, where, length), what = `${where}, ${length}`;
						assert.equal(answer.status, 503, what);
						assertOurs(answer, /temporarily unavailable/, what);
						assert.equal(answer.headers['retry-after'], '5', what);
					}
			});

			test(`a body that is too long is a 413, over ${protocol}`, async () => {
				for (const [where, most] of [['/blog', 1024], ['/search', 1024], ['/feed.rss', 1024], ['/sign-in', 20480], ['/account/password', 20480], ['/admin/settings/general', 1 << 20], ['/write/new', 4 << 20]])
					for (const length of [most + 1, most * 2, most * 5].filter((one) => one < 6000000)) {
						const answer = await send(ask, where, length), what = `${where}, ${length}`;
						assert.equal(answer.status, 413, what);
						assertOurs(answer, /Too much data/, what);
					}
			});
		}

		test('a Content-Length that is too large is a 413 before the body arrives', async () => {
			for (const [where, length] of [['/blog', 2000], ['/sign-in', 5000000], ['/write/media', 600000000], ['/write/import', 600000000], ['/admin/settings/branding', 300000000]]) {
				const answer = await requestTls(port, 'localhost', where, { method: 'POST', body: 'x', unfinished: true, headers: { ...form, 'content-length': length } });
				assert.equal(answer.status, 413, where);
				assertOurs(answer, /Too much data/, where);
			}
		});

		if (server === 'nginx')
			test('an upload is a 503 when the program crashes during the check of upload rights', async () => {
				dead = true;
				for (const [, ask] of protocols) {
					const answer = await send(ask, '/write/media', 2000000);
					assert.equal(answer.status, 503, 'the message is not about a lack of space');
					assertOurs(answer, /temporarily unavailable/);
				}
				dead = false;
			});

		test('a body without a length cannot exceed the limit', async () => {
			const before = fakes.flatMap((fake) => fake.asked).filter((one) => one.body.length > 30000).length;
			for (const [, ask] of protocols) {
				const answer = await ask(port, 'localhost', '/sign-in', { method: 'POST', body: 'x'.repeat(200000), headers: form }).catch((error) => ({ status: error.code }));
				assert.ok([411, 413, 'EPIPE', 'ECONNRESET'].includes(answer.status), `${answer.status}`);
			}
			assert.equal(fakes.flatMap((fake) => fake.asked).filter((one) => one.body.length > 30000).length, before);
		});
	});
}
