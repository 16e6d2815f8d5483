// Twenty buckets for A/B tests, assigned by nginx and by Apache: equal in size, stable for each reader, different with another key,
// and not controlled by the reader.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { freePort, makeFolders, request, startApache, startNginx, stop, temporaryFolder, until } from './lib.mjs';

const agents = 1000, expected = agents / 20;

for (const [server, startServer] of [['nginx', startNginx], ['apache', startApache]]) {
	describe(`buckets assigned by ${server}`, () => {
		const buckets = {};
		let folder, port, fake, child;
		const ask = async (agent, more = {}, where = '/blog', localAddress) => {
			const answer = await request(`http://127.0.0.1:${port}${where}`, { headers: { ...(agent === undefined ? {} : { 'user-agent': agent }), cookie: 'sid=x', ...more }, localAddress });
			return answer.text;
		};
		before(async () => {
			folder = temporaryFolder('buckets');
			makeFolders(folder);
			port = await freePort();
			fake = await startFake(path.join(folder, 'run/blog.sock'), (told) => `Status: 200 OK\r\nContent-Type: text/plain\r\nCache-Control: private\r\n\r\n${told.RENOWN_BUCKET ?? ''}`);
			child = await startServer(folder, { port });
		});
		after(async () => {
			await stop(child);
			await fake.stop();
		});

		test('buckets have the same size', async () => {
			for (let i = 0; i < agents; i += 20)
				await Promise.all(Array.from({ length: 20 }, async (_, n) => { buckets[`reader ${i + n}`] = await ask(`reader ${i + n}`); }));
			const counts = {};
			for (const bucket of Object.values(buckets))
				counts[bucket] = (counts[bucket] ?? 0) + 1;
			assert.deepEqual(Object.keys(counts).sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => String(i + 1)));
			// Pearson's chi-square test with 19 degrees of freedom: one key in 100,000 exceeds 58 by chance.
			const squares = Object.values(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
			assert.ok(squares < 58, `${JSON.stringify(counts)}: ${squares}`);
		});

		test('buckets depend on IP address and user agent, and on no other header', async () => {
			for (const more of [{}, { cookie: 'a=b', 'renown-bucket': '3' }, { renown_bucket: '3', 'accept-language': 'zh' }, { 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4', forwarded: 'for=1.2.3.4', 'client-ip': '1.2.3.4' }])
				for (const agent of ['reader 1', 'reader 2', 'reader 3'])
					assert.equal(await ask(agent, more, '/blog?bucket=3&RENOWN_BUCKET=3'), buckets[agent], JSON.stringify(more));
			const elsewhere = await Promise.all(Array.from({ length: 40 }, (_, i) => ask('reader 1', {}, '/blog', `127.0.0.${i + 2}`)));
			assert.ok(new Set(elsewhere).size > 5, 'another IP address counts as another reader');
			for (const odd of ["' + '", '"', "') || md5('", '%{REMOTE_ADDR}', '\xff\xfe', ' ', 'x'.repeat(5000)])
				assert.match(await ask(odd), /^([1-9]|1[0-9]|20)$/, odd);
			assert.match(await ask(undefined), /^([1-9]|1[0-9]|20)$/, 'no user agent');
		});

		test('buckets are passed to a program only for pages that list or show posts, and are always logged', async () => {
			for (const where of ['/', '/zh/', '/en/blog', '/blog/z', '/tag/z', '/author/z', '/archive/2026-11'])
				assert.equal(await ask('reader 1', {}, where), buckets['reader 1'], where);
			for (const where of ['/tags', '/archive', '/about', '/search', '/blogs', '/x/blog/z', '/page/z'])
				assert.equal(await ask('reader 1', {}, where), '', where);
			await until('the log is written', () => /\t\/page\/z\t/.test(fs.readFileSync(path.join(folder, 'log/access.log'), 'utf8')));
			for (const line of fs.readFileSync(path.join(folder, 'log/access.log'), 'utf8').trimEnd().split('\n')) {
				const columns = line.split('\t');
				assert.equal(columns.length, 15, line);
				if (columns[8] in buckets && columns[1] === '127.0.0.1')
					assert.equal(columns[10], buckets[columns[8]], line);
			}
		});

		test('buckets change with another key, and stay with the same one', async () => {
			const key = path.join(folder, 'run', server, 'site-key.conf');
			assert.equal(fs.statSync(key).mode & 0o777, 0o600);
			const again = async () => {
				await stop(child);
				child = await startServer(folder, { port });
				return Promise.all(Object.keys(buckets).slice(0, 100).map(async (agent) => (await ask(agent)) === buckets[agent]));
			};
			assert.equal((await again()).every(Boolean), true);
			fs.rmSync(key);
			assert.ok((await again()).filter(Boolean).length < 30);
		});
	});
}
