// ./bootstrap serve in the checkout: the first run, the second run, error messages of one sentence,
// and the end: it stops all processes that it started, and no others.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { build, freePort, request, root, sleep, start, stop, temporaryFolder, until } from './lib.mjs';

const script = path.join(root, 'bootstrap');
// The script builds into build/ only, so these tests are skipped when another build is tested.
const skip = build !== path.join(root, 'build') && 'only with build/';
// Root drops to a user, who must be able to reach the folder.
const openFolder = () => {
	const folder = temporaryFolder('serve');
	fs.chmodSync(folder, 0o755);
	return path.join(folder, 'site');
};

// A failed test leaves its site running, and node would wait for it.
const started = [];
afterEach(() => Promise.all(started.splice(0).map((child) => stop(child))));

function serve(site, port, environment = {}) {
	const log = `${site}.log-${port}`;
	const child = start(script, ['serve', '--port', String(port), '--site', site], { log, cwd: '/', env: { ...process.env, ...environment } });
	started.push(child);
	child.text = () => fs.readFileSync(log, 'utf8');
	child.url = `http://127.0.0.1:${port}/`;
	child.ready = () => until(`ready: ${child.url}`, () => {
		assert.equal(child.exitCode, null, child.text());
		return child.text().includes(`ready: ${child.url}`);
	}, 60000);
	return child;
}

// Processes whose command line or working folder contains the site.
const processesOf = (site) => fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid).filter((pid) => {
	try {
		return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(site) || fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`RENOWN_SITE=${site}\0`);
	} catch {
		return false;
	}
});

test('serve runs a site a first and a second time, two sites at once, replaces a killed worker, and stops everything', { skip, timeout: 200000 }, async () => {
	const site = openFolder(), port = await freePort();
	const first = serve(site, port);
	await first.ready();
	const front = await request(first.url);
	assert.equal(front.status, 200);
	assert.match(front.text, new RegExp(`rel="canonical" href="${first.url}"`));

	const worker = processesOf(site).find((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(path.join(build, 'blog')));
	if (process.getuid() === 0)
		assert.notEqual(fs.statSync(`/proc/${worker}`).uid, 0, 'started as root, it serves as an ordinary user');
	assert.equal(fs.statSync(path.join(site, 'run/blog.sock')).mode & 0o777, 0o660);
	// The cache is in memory, in a folder that only its owner can enter and that no other user could have created.
	const cacheOf = (served) => fs.readFileSync(path.join(served, 'run/cache-folder'), 'utf8').trim(), cache = cacheOf(site);
	assert.match(cache, fs.existsSync('/dev/shm') ? /^\/dev\/shm\/renown-\w{10}$/ : /\/run\/cache$/);
	assert.equal(fs.lstatSync(cache).mode & 0o40777, 0o40700);
	assert.equal(fs.lstatSync(cache).uid, fs.statSync(`/proc/${worker}`).uid);
	await until('a page is cached there', async () => (await request(first.url)).status === 200 && fs.readdirSync(cache).length > 0);
	process.kill(Number(worker), 'SIGKILL');
	await sleep(500);
	assert.equal((await request(`${first.url}blog`, { headers: { cookie: 'sid=x' } })).status, 200);
	await until('the worker is back', () => processesOf(site).filter((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(path.join(build, 'blog'))).length === 3);

	// While a save waits for a database that another process has locked, the editor can still be used.
	const store = { folder: site, url: first.url.slice(0, -1) }, cookie = signIn(store, sql(store, "SELECT id FROM site_user WHERE role = 'owner' LIMIT 1"));
	const form = fieldsIn((await request(`${first.url}write/new`, { headers: { cookie } })).text, 'post');
	const holder = spawn('sqlite3', [path.join(site, 'renown.db')], { stdio: ['pipe', 'ignore', 'inherit'] });
	holder.stdin.write('BEGIN IMMEDIATE;\n');
	await sleep(500);
	const saved = sendForm(store, '/write/new', { ...form, title: 'Waits', text: 'Words.', do: 'save' }, { cookie });
	await sleep(300);
	const asked = Date.now();
	assert.equal((await request(`${first.url}write`, { headers: { cookie } })).status, 200);
	assert.ok(Date.now() - asked < 2000, `waited ${Date.now() - asked} ms`);
	holder.stdin.end('ROLLBACK;\n');
	assert.equal((await saved).status, 303);

	// The same site twice: one sentence. A second site at the same time: both run.
	const again = spawnSync(script, ['serve', '--port', String(await freePort()), '--site', site], { encoding: 'utf8' });
	assert.notEqual(again.status, 0);
	assert.match(again.stderr, /is being served already/);
	const taken = spawnSync(script, ['serve', '--port', String(port), '--site', openFolder()], { encoding: 'utf8' });
	assert.notEqual(taken.status, 0);
	assert.match(taken.stderr.trim(), new RegExp(`^renown: port ${port} is taken.*$`));
	const other = openFolder(), beside = serve(other, await freePort());
	await beside.ready();
	assert.equal((await request(beside.url)).status, 200);

	await stop(first, 'SIGTERM');
	assert.equal(first.exitCode, 0);
	await until('no process of it is left', () => processesOf(site).length === 0, 3000);
	assert.equal(fs.existsSync(cache), false, 'its cache is deleted');
	assert.equal((await request(beside.url)).status, 200, 'the other one goes on');
	await stop(beside, 'SIGINT');
	assert.equal(beside.exitCode, 0);
	await until('no process of the other one is left', () => processesOf(other).length === 0, 3000);

	// The second run keeps the data, uses the new port, and starts quickly.
	fs.writeFileSync(path.join(site, 'kept'), '');
	const begun = Date.now(), second = serve(site, await freePort());
	await second.ready();
	const took = Date.now() - begun;
	assert.ok(took < (process.env.CI ? 6000 : 3000), `the second run took ${took} ms`);
	assert.match((await request(second.url)).text, new RegExp(`rel="canonical" href="${second.url}"`));
	assert.equal(fs.existsSync(path.join(site, 'kept')), true);

	// kill -9 leaves no process behind either.
	second.kill('SIGKILL');
	await second.ended;
	await until('all its processes have ended', () => processesOf(site).length === 0, 5000);

	// The next run deletes its old cache, and nothing that a symbolic link or another name points to.
	const left = cacheOf(site), kept = path.join(path.dirname(site), 'not-a-cache');
	assert.equal(fs.existsSync(left), true, 'what the next run finds');
	const third = serve(site, await freePort());
	await third.ready();
	assert.equal(fs.existsSync(left), false);
	third.kill('SIGKILL');
	await third.ended;
	await until('all its processes have ended', () => processesOf(site).length === 0, 5000);
	const { uid, gid } = fs.statSync(cacheOf(site));
	fs.mkdirSync(kept);
	fs.chownSync(kept, uid, gid);
	fs.writeFileSync(path.join(kept, 'file'), '');
	fs.rmSync(cacheOf(site), { recursive: true });
	fs.symlinkSync(kept, cacheOf(site));
	const link = cacheOf(site);
	try {
		for (const named of [link, kept, `${link}/../../..${kept}`]) {
			fs.writeFileSync(path.join(site, 'run/cache-folder'), `${named}\n`);
			const next = serve(site, await freePort());
			await next.ready();
			await stop(next);
			assert.equal(fs.existsSync(path.join(kept, 'file')), true, named);
		}
	} finally {
		fs.rmSync(link, { force: true });
	}

	// A database with a newer schema.
	spawnSync('sqlite3', [path.join(site, 'renown.db'), 'PRAGMA user_version = 999;']);
	const newer = spawnSync(script, ['serve', '--port', String(await freePort()), '--site', site], { encoding: 'utf8' });
	assert.notEqual(newer.status, 0);
	assert.match(newer.stderr, /newer/);
	assert.ok(newer.stderr.trim().split('\n').length === 1, newer.stderr);
});

test('serve reports each problem in one sentence', { skip }, async () => {
	const refuse = (args, words) => {
		const ran = spawnSync(script, ['serve', ...args], { encoding: 'utf8' });
		assert.notEqual(ran.status, 0, args.join(' '));
		assert.match(ran.stderr, words);
		assert.equal(ran.stderr.trim().split('\n').length, 1, ran.stderr);
	};
	const site = openFolder();
	for (const port of ['0', '65536', 'x', '', '-1', '999999'])
		refuse(['--port', port, '--site', site], /--port needs a number/);
	refuse(['--site', ''], /--site needs/);
	refuse(['--site'], /needs a value/);
	refuse(['--unknown'], /unknown option/);
	refuse(['--port', String(await freePort()), '--site', '/proc/renown'], /cannot be made/);
	const file = temporaryFolder('file');
	fs.writeFileSync(path.join(file, 'f'), '');
	refuse(['--port', String(await freePort()), '--site', path.join(file, 'f')], /cannot be made/);
	const server = net.createServer().listen(0, '0.0.0.0');
	await new Promise((done) => server.once('listening', done));
	refuse(['--port', String(server.address().port), '--site', site], /is taken/);
	server.close();
});

test('serve reports a folder that is not writable', { skip: skip || (process.getuid() !== 0 && 'needs root to make it another\'s') }, async () => {
	const site = openFolder();
	fs.mkdirSync(site);
	fs.writeFileSync(path.join(site, 'renown.conf'), 'base_url = http://127.0.0.1:1\n');
	const ran = spawnSync(script, ['serve', '--port', String(await freePort()), '--site', site], { encoding: 'utf8' });
	assert.notEqual(ran.status, 0);
	assert.match(ran.stderr.trim(), /^renown: .* cannot be written by [a-z0-9-]+: .*$/);
});

test('serve runs a site in a folder that only root may enter as an ordinary user', { skip: skip || (process.getuid() !== 0 && 'needs root'), timeout: 60000 }, async () => {
	const closed = temporaryFolder('closed');
	fs.chmodSync(closed, 0o700);
	const site = path.join(closed, 'site'), child = serve(site, await freePort());
	await child.ready();
	assert.equal((await request(child.url)).status, 200);
	const worker = processesOf(site).find((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(path.join(build, 'blog')));
	assert.notEqual(fs.statSync(`/proc/${worker}`).uid, 0);
	assert.equal(fs.statSync(closed).mode & 0o777, 0o700, 'the mode of the folder does not change');
	await stop(child);
	await until('nothing is left', () => processesOf(site).length === 0, 3000);
});

// Docker does not allow mount.
test('serve runs such a site as root in a container that cannot make the folder accessible', { skip: skip || (process.getuid() !== 0 && 'needs root'), timeout: 60000 }, async () => {
	const closed = temporaryFolder('closed'), tools = temporaryFolder('tools');
	fs.chmodSync(closed, 0o700);
	fs.writeFileSync(path.join(tools, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
	const site = path.join(closed, 'site'), child = serve(site, await freePort(), { PATH: `${tools}:${process.env.PATH}` });
	await child.ready();
	assert.match(child.text(), /cannot open .* to an ordinary user: serving as root/);
	assert.equal((await request(child.url)).status, 200);
	assert.equal(fs.statSync(site).uid, 0, 'root owns the site and serves it');
	await stop(child);
	await until('nothing is left', () => processesOf(site).length === 0, 3000);
});
