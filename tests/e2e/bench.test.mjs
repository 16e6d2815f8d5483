// Runs every part of the benchmark with the smallest numbers, so that its scripts keep working. It asserts nothing about speed.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { build, freePort, root, temporaryFolder } from './lib.mjs';

const script = path.join(root, 'tests/bench/bench.mjs');
const isInstalled = spawnSync('sh', ['-c', 'command -v wrk']).status === 0;
const small = ['--rounds', '1', '--seconds', '1', '--variants', '1', '--posts', '60', '--sizes', '40,60', '--import', '20', '--requests', '10', '--idle', '20', '--samples', '4', '--addresses', '20', '--connections', '2'];
const parts = {
	gzip: ['/blog, chromium, keep-alive'], plain: ['/blog, no compression, keep-alive'], feed: ['/feed.rss, keep-alive', '/feed.rss, 304, keep-alive'],
	tracking: ['/blog with 1,000 variants of tracking arguments', 'requests that reach the program'], member: ['/blog, signed in', '/blog, signed in, first request after a change elsewhere', '/blog, signed in, first request after a change of the page'],
	mixed: ['mixed load'], spike: ['a spike on 100 posts'], idle: ['beside 20 idle connections'], latency: ['/blog, p99 at half load'], search: ['search workshop'],
	memory: ['a worker of blog after', 'all programs of a site'], posts: ['list /write', 'posts submitted'], growth: ['home page at 40 / 60 posts'], import: ['import of 20 Markdown posts', 'peak memory of the import'],
};

describe('make bench', { skip: isInstalled ? false : 'wrk is not installed' }, () => {
	before(() => execFileSync('make', ['-s', '-C', build, 'tests/bench/fill', 'tests/bench/constant'], { stdio: 'ignore' }));

	test('each part runs and prints its rows and the machine', async () => {
		const child = spawn('node', [script, build, ...small, '--parts', Object.keys(parts).join(' '), '--port', String(await freePort()), '--folder', temporaryFolder('bench')]);
		process.on('exit', () => child.kill()); // it ends its own processes
		let table = '', said = '';
		child.stdout.on('data', (text) => { table += text; });
		child.stderr.on('data', (text) => { said += text; });
		const code = await new Promise((done) => child.on('close', done));
		assert.equal(code, 0, said + table);
		assert.match(table, /^machine: .*\d+ processors, \d+ GiB, Linux \S+$/m);
		for (const [part, rows] of Object.entries(parts))
			for (const row of rows)
				assert.ok(table.split('\n').some((line) => line.startsWith('| ') && line.includes(row)), `part ${part} has no row "${row}":\n${table}`);
	});

	test('an unknown part or option is refused, with the list of parts', () => {
		for (const words of [['--parts', 'nothing'], ['--nothing', '1'], ['--rounds', 'x']]) {
			const ran = spawnSync('node', [script, build, ...words], { encoding: 'utf8' });
			assert.equal(ran.status, 2, ran.stderr);
			assert.match(ran.stderr, /parts: gzip plain feed/);
		}
	});
});
