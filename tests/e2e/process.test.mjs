// Workers that die, a reload of the web server, and clients that send nothing or malformed data
// to a program's socket: other requests are not affected.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ABORT, BEGIN, GET_VALUES, PARAMS, STDIN, begin, pageRequest, pair, params, record, stream, talk, wholeRequest } from './fcgi.mjs';
import { childProcesses, request, serveSite, sleep, until } from './lib.mjs';

const quick = process.env.RENOWN_QUICK === '1';

describe('processes', () => {
	let site, socket;
	before(async () => {
		site = await serveSite({ sample: true, workers: 2 });
		socket = path.join(site.folder, 'run/blog.sock');
	});
	after(() => site?.stop());
	const workers = () => childProcesses(site.programs.blog.pid);
	beforeEach(() => until('two workers', () => workers().length === 2));

	// Sends requests without a pause during an action. Returns those that failed.
	async function underLoad(happens, { clients = 4 } = {}) {
		const failed = [];
		let running = true, asked = 0;
		const client = async (number) => {
			while (running) {
				const where = ['/blog', '/about', '/archive', '/search?q=paper'][asked++ % 4];
				const answer = await request(site.url + where, { headers: { cookie: `sid=load${number}` } }).catch((error) => ({ status: error.code }));
				if (answer.status !== 200 || !answer.text.trimEnd().endsWith('</html>'))
					failed.push(`${where}: ${answer.status}`);
			}
		};
		const clientsDone = Array.from({ length: clients }, (_, i) => client(i));
		await happens();
		running = false;
		await Promise.all(clientsDone);
		assert.ok(asked > 20, `${asked} requests`);
		return failed;
	}

	test('killing workers under load fails at most their current requests', async () => {
		const seen = new Set();
		const failed = await underLoad(async () => {
			for (let i = 0; i < 8; i++) {
				const [worker] = workers();
				if (worker) {
					seen.add(worker);
					try { process.kill(worker, 'SIGKILL'); } catch { /* gone already */ }
				}
				await sleep(400);
			}
		});
		assert.ok(seen.size > 5);
		// nginx asks the next worker. Only a request whose response had begun can fail: one for each killed worker.
		assert.ok(failed.length <= 8 && failed.every((one) => /: (503|ECONNRESET)$/.test(one)), failed.join(', '));
	});

	test('workers that get SIGTERM under load finish their requests', async () => {
		const failed = await underLoad(async () => {
			for (let i = 0; i < 5; i++) {
				for (const worker of workers())
					try { process.kill(worker, 'SIGTERM'); } catch { /* gone already */ }
				await sleep(600);
			}
		});
		assert.deepEqual(failed, []);
	});

	test('a reload of nginx under load fails no request', async () => {
		const failed = await underLoad(async () => {
			for (let i = 0; i < 5; i++) {
				process.kill(site.nginx.pid, 'SIGHUP');
				await sleep(200);
			}
		});
		// A connection that an old nginx worker had accepted but not read may be reset.
		assert.ok(failed.length === 0, failed.join(', '));
	});

	test('a client that connects and sends nothing occupies one worker, not the site', async () => {
		const silent = net.connect(socket);
		await sleep(100);
		const begun = Date.now();
		for (let i = 0; i < 5; i++)
			assert.equal((await site.get('/about', { headers: { cookie: 'sid=x' } })).status, 200);
		assert.ok(Date.now() - begun < 4000, `${Date.now() - begun} ms`);
		silent.destroy();
	});

	test('an incomplete request is dropped after the time limit for requests', { skip: quick && 'takes 30 seconds' }, async () => {
		const halves = [begin(), Buffer.from([1]), Buffer.concat([begin(), params({ REQUEST_METHOD: 'GET', RENOWN_PATH: '/blog' })])].map((bytes) => {
			const peer = net.connect(socket, () => peer.write(bytes));
			peer.on('error', () => null);
			return peer;
		});
		await until('both workers are free again', async () => (await site.get('/about', { headers: { cookie: 'sid=x' } })).status === 200, 70000);
		halves.forEach((peer) => peer.destroy());
	});

	const honest = { REQUEST_METHOD: 'GET', RENOWN_PATH: '/about', QUERY_STRING: '', CONTENT_LENGTH: '' };
	const malformed = {
		'an unknown version': record(BEGIN, Buffer.alloc(8), { version: 9 }),
		'an unknown type': Buffer.concat([begin(), record(99, Buffer.from('x'))]),
		'an unknown role': Buffer.concat([begin({ role: 7 }), params(honest), record(STDIN)]),
		'an authorizer': Buffer.concat([begin({ role: 2 }), params(honest), record(STDIN)]),
		'params before begin': params(honest),
		'two begins': Buffer.concat([begin(), begin(), params(honest), record(STDIN)]),
		'another id': Buffer.concat([begin(), record(PARAMS, pair('A', 'b'), { id: 2 }), record(PARAMS, Buffer.alloc(0)), record(STDIN)]),
		'abort': Buffer.concat([begin(), params(honest), record(ABORT)]),
		'abort at once': Buffer.concat([begin(), record(ABORT)]),
		'a name longer than its record': Buffer.concat([begin(), record(PARAMS, Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 65])), record(PARAMS), record(STDIN)]),
		'lengths whose sum overflows (CVE-2025-23016)': Buffer.concat([begin(), record(PARAMS, Buffer.from([0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xfe, 65])), record(PARAMS), record(STDIN)]),
		'a length of two gigabytes': Buffer.concat([begin(), record(PARAMS, Buffer.from([1, 0xff, 0xff, 0xff, 0xff, 65])), record(PARAMS), record(STDIN)]),
		'values requested five times (stack overflow in libfcgi)': record(GET_VALUES, Buffer.concat(Array(5).fill(pair('FCGI_MPXS_CONNS', ''))), { id: 0 }),
		'values requested four hundred times': record(GET_VALUES, Buffer.concat(Array(400).fill(pair('FCGI_MAX_CONNS', ''))), { id: 0 }),
		'a truncated record': Buffer.concat([begin(), Buffer.from([1, PARAMS, 0, 1, 0xff, 0xff, 0, 0, 65])]),
		'random bytes': Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)),
		'http': Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
		'ten thousand parameters': Buffer.concat([begin(), params(Object.fromEntries(Array.from({ length: 10000 }, (_, i) => [`P${i}`, 'x']))), record(STDIN)]),
		'a name with NUL': Buffer.concat([begin(), stream(PARAMS, Buffer.concat([pair('REQUEST_METHOD=GET\0X', 'POST'), pair('RENOWN_PATH', '/about')])), record(STDIN)]),
		'no parameter at all': wholeRequest({}),
		'no path': wholeRequest({ REQUEST_METHOD: 'GET' }),
		'an invalid length': wholeRequest({ ...honest, REQUEST_METHOD: 'POST', CONTENT_LENGTH: '-1' }),
		'a body shorter than its length': wholeRequest({ ...honest, REQUEST_METHOD: 'POST', CONTENT_LENGTH: '100' }, 'short'),
		'a body longer than its length': wholeRequest({ ...honest, REQUEST_METHOD: 'POST', CONTENT_LENGTH: '1' }, 'longer than that'),
		'a body with GET': wholeRequest({ ...honest, CONTENT_LENGTH: '5' }, 'hello'),
	};
	for (const [what, bytes] of Object.entries(malformed))
		test(`other requests are answered after malformed data: ${what}`, async () => {
			const answer = await talk(socket, bytes, { milliseconds: 1500, end: true });
			assert.doesNotMatch(answer.bytes.toString('latin1'), /\/usr\/|stack smashing|\.c:\d/);
			const begun = Date.now();
			await until('others are answered', async () => (await site.get('/about', { headers: { cookie: 'sid=x' } })).status === 200, 3000);
			assert.ok(Date.now() - begun < 3000);
		});

	test('a well-formed request sent directly to the socket is answered', async () => {
		const answer = await talk(socket, pageRequest('/about'), { end: true });
		assert.equal(answer.status, 200);
		assert.match(answer.text.trimEnd(), /<\/html>$/);
	});

	test('only owner and group can open the socket', () => {
		assert.equal(fs.statSync(socket).mode & 0o777, 0o660);
	});
});
