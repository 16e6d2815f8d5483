// Shared by all end-to-end tests: a fresh site in its own folder, its
// programs, and a real nginx in front of them with the shipped configuration.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { programs as programList } from './programs.mjs';

export { sleep };
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const build = path.resolve(process.env.RENOWN_BUILD || path.join(root, 'build'));
process.env.PATH += ':/usr/sbin:/sbin';

const running = new Set();
const folders = new Set();
process.on('exit', () => {
	for (const child of running)
		child.kill('SIGKILL');
	if (!process.env.KEEP)
		for (const folder of folders)
			fs.rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(name = 'test') {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), `renown-${name}-`));
	folders.add(folder);
	return folder;
}

// Below the system's range of ephemeral ports, in a range of this process: test files that run at
// the same time never get a port that another one is about to listen on.
let ports = 0;
// A port belongs to one test until that test ends, also while nothing listens on it because the server was killed. Locks of killed tests expire.
function isOurs(port) {
	const mark = path.join(os.tmpdir(), `renown-port-${port}`);
	try {
		fs.mkdirSync(mark);
	} catch {
		if (fs.statSync(mark, { throwIfNoEntry: false })?.mtimeMs > Date.now() - 900000)
			return false;
		fs.mkdirSync(mark, { recursive: true });
		fs.utimesSync(mark, new Date(), new Date());
	}
	folders.add(mark);
	return true;
}

export async function freePort() {
	for (;;) {
		const port = 10000 + (process.pid % 200) * 100 + ports++ % 100, server = net.createServer();
		if (!isOurs(port))
			continue;
		const free = await new Promise((done) => server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)));
		await new Promise((done) => server.close(done));
		if (free)
			return port;
	}
}

// Tries until the function returns a true value. On timeout it fails and names what it waited for.
export async function until(what, check, milliseconds = 10000) {
	const end = Date.now() + milliseconds;
	for (;;) {
		const value = await check();
		if (value)
			return value;
		if (Date.now() > end)
			throw new Error(`waited ${milliseconds} ms in vain: ${what}`);
		await sleep(20);
	}
}

export function start(command, args, { log, ...options } = {}) {
	const output = log ? fs.openSync(log, 'a') : 'ignore';
	const child = spawn(command, args, { stdio: ['ignore', output, output], ...options });
	if (log)
		fs.closeSync(output);
	running.add(child);
	child.ended = new Promise((done) => child.on('exit', (code, signal) => {
		running.delete(child);
		done(signal ?? code);
	}));
	return child;
}

export async function stop(child, signal = 'SIGTERM') {
	if (!running.has(child))
		return;
	child.kill(signal);
	const late = setTimeout(() => child.kill('SIGKILL'), 10000);
	await child.ended;
	clearTimeout(late); // or else the test would wait for it
}

// One request over its own connection. Redirects and errors are returned as they are.
export function request(url, { method = 'GET', headers = {}, body, localAddress } = {}) {
	return new Promise((done, failed) => {
		const asked = http.request(url, { method, headers, agent: false, localAddress }, (answer) => {
			const parts = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('error', failed);
			answer.on('end', () => {
				const bytes = Buffer.concat(parts);
				done({ status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, bytes, text: bytes.toString() });
			});
		});
		asked.on('error', failed);
		asked.end(body);
	});
}

// Sends raw bytes and reads until the other side closes the connection.
export function rawRequest(port, bytes, { milliseconds = 20000 } = {}) {
	return new Promise((done, failed) => {
		const parts = [];
		const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
		const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), milliseconds);
		socket.on('data', (part) => parts.push(part));
		socket.on('error', (error) => (parts.length ? null : failed(error)));
		socket.on('close', () => {
			clearTimeout(timer);
			done(Buffer.concat(parts).toString('latin1'));
		});
	});
}

export function rawStatus(answer) {
	return Number(/^HTTP\/1\.[01] (\d{3}) /.exec(answer)?.[1] ?? 0);
}

// Creates the folders that nginx and the programs expect in a site.
export function makeFolders(folder) {
	for (const part of ['run', 'log', 'media'])
		fs.mkdirSync(path.join(folder, part), { recursive: true });
}

export async function startNginx(folder, { port, base = '', names = '127.0.0.1 localhost', values = [], workers = 2 }) {
	const conf = path.join(folder, 'run/nginx');
	execFileSync(path.join(root, 'conf/generate'), ['nginx', conf, 'SERVE=yes', `SITE=${folder}`, `DATA=${root}`, `NAMES=${names}`,
		`BASE=${base}`, `LISTEN=127.0.0.1:${port}`, `WORKERS=${workers}`, ...values]);
	const user = process.getuid() === 0 ? 'user root;' : '';
	const child = start('nginx', ['-p', path.join(folder, 'run'), '-c', path.join(conf, 'serve.conf'),
		'-e', path.join(folder, 'log/error.log'), '-g', user], { log: path.join(folder, 'log/nginx.log') });
	await until('nginx listens', async () => {
		if (child.exitCode !== null)
			throw new Error(`nginx ended: ${fs.readFileSync(path.join(folder, 'log/nginx.log'))}`);
		return request(`http://127.0.0.1:${port}/renown-test-is-up`, { headers: { host: 'nobody.invalid' } }).catch((error) => error.code === 'ECONNRESET');
	});
	return child;
}

// Apache's child processes never run as root. They get the programs' group, also for files that are created later.
export async function startApache(folder, { port, base = '', names = '127.0.0.1 localhost', values = [] }) {
	const conf = path.join(folder, 'run/apache'), modules = process.env.RENOWN_APACHE_MODULES;
	execFileSync(path.join(root, 'conf/generate'), ['apache', conf, 'SERVE=yes', `SITE=${folder}`, `DATA=${root}`, `NAMES=${names}`,
		`BASE=${base}`, `LISTEN=127.0.0.1:${port}`, ...(modules ? [`MODULES=${modules}`] : []), ...values]);
	if (process.getuid() === 0) {
		const group = Number(/^nogroup:[^:]*:(\d+)/m.exec(fs.readFileSync('/etc/group', 'utf8'))[1]);
		for (const part of ['', 'run', 'media']) {
			fs.chownSync(path.join(folder, part), 0, group);
			fs.chmodSync(path.join(folder, part), 0o2755);
		}
		for (const name of fs.readdirSync(path.join(folder, 'run')).filter((one) => one.endsWith('.sock')))
			fs.chmodSync(path.join(folder, 'run', name), 0o666);
	}
	const child = start('apache2', ['-D', 'FOREGROUND', '-d', path.join(folder, 'run'), '-f', path.join(conf, 'serve.conf'),
		...(process.getuid() === 0 ? ['-c', 'User nobody', '-c', 'Group nogroup'] : [])], { log: path.join(folder, 'log/apache.log') });
	await until('Apache listens', async () => {
		if (child.exitCode !== null)
			throw new Error(`Apache ended: ${['apache.log', 'error.log'].map((name) => fs.readFileSync(path.join(folder, 'log', name)))}`);
		return request(`http://127.0.0.1:${port}/`, { headers: { host: 'nobody.invalid' } }).catch(() => false);
	});
	return child;
}

// In all tests the programs compare each cached response with a new one, and abort when they differ (lib/http/worker_cache.c).
export function programEnvironment(folder, more = {}) {
	return { ...process.env, RENOWN_SITE: folder, RENOWN_DATA: root, RENOWN_LOCALE: path.join(build, 'po'), RENOWN_VERIFY_CACHE: '1', ...more };
}

export async function startProgram(folder, name, workers = 2, environment = {}) {
	const socket = path.join(folder, 'run', programList.find((one) => one.name === name).socket);
	const child = start('setpriv', ['--pdeathsig', 'TERM', 'spawn-fcgi', '-n', '-s', socket, '-M', '0660', '--',
		'/usr/bin/multiwatch', '-t', '1', '-s', 'TERM', '-f', String(workers), '--', '/usr/bin/setpriv', '--pdeathsig', 'TERM', path.join(build, name)],
	{ log: path.join(folder, `log/${name}.log`), env: programEnvironment(folder, environment) });
	await until(`${name} listens`, () => fs.existsSync(socket));
	return child;
}

// Runs the command line. Fails with its output unless it exits with `status`.
export function renown(folder, args, { status = 0, input, environment } = {}) {
	const ran = spawnSync(path.join(build, 'renown'), ['--site', folder, ...args],
		{ input, encoding: 'utf8', env: programEnvironment(folder, environment), maxBuffer: 1 << 28 });
	if (status !== null && ran.status !== status)
		throw new Error(`renown ${args.join(' ')}: status ${ran.status ?? ran.signal}\n${ran.stdout}${ran.stderr}`);
	return { ...ran, text: ran.stdout + ran.stderr };
}

// Copies a theme of the tests into the site's folder of themes.
export function addTheme(folder, name) {
	fs.cpSync(path.join(root, 'tests/data', name), path.join(folder, 'themes', name), { recursive: true });
}

export function useTheme(folder, name) {
	addTheme(folder, name);
	renown(folder, ['setting', 'set', 'theme', name]);
}

// A prepared site is copied for each test; it is created once per run with sample content and once without. If two test files
// create it at the same time, the first one wins. It stays until the run is over.
function preparedSite(sample) {
	const prepared = path.join(build, 'tests', `site-${sample ? 'sample' : 'empty'}-${process.env.RENOWN_RUN ?? process.pid}`);
	if (fs.existsSync(prepared))
		return prepared;
	const fresh = `${prepared}-${process.pid}`;
	fs.rmSync(fresh, { recursive: true, force: true });
	fs.mkdirSync(fresh, { recursive: true });
	folders.add(process.env.RENOWN_RUN ? fresh : prepared);
	renown(fresh, ['init', '--base-url', 'http://127.0.0.1:1']);
	if (sample)
		renown(fresh, ['sample', 'add']);
	try {
		fs.renameSync(fresh, prepared);
	} catch (error) {
		if (!fs.existsSync(prepared))
			throw error;
	}
	return prepared;
}

// The folder of a fresh site that is not served yet. Its base_url contains the port that it will use.
export async function makeSite({ sample = false, owner = false, base = '' } = {}) {
	const folder = temporaryFolder('site');
	const port = await freePort();
	fs.cpSync(preparedSite(sample), folder, { recursive: true });
	makeFolders(folder);
	const conf = path.join(folder, 'renown.conf');
	fs.writeFileSync(conf, fs.readFileSync(conf, 'utf8').replace(/^base_url\s*=.*$/m, `base_url = http://127.0.0.1:${port}${base}`));
	// Stored text contains the base path of the site that it was rendered for.
	if (sample && base)
		renown(folder, ['render', '--all']);
	if (owner)
		renown(folder, ['user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner']);
	return { folder, port, base };
}

// A served site. `get('/blog')` requests a path below the base path; `stop()` ends all its processes.
export async function serveSite(options = {}) {
	const site = options.site ?? await makeSite(options);
	const { folder, port, base } = site;
	const url = `http://127.0.0.1:${port}${base}`;
	if (options.before)
		await options.before(site);
	// As few workers as possible, because tests run in parallel.
	const programs = {};
	for (const { name, groups } of programList) {
		const standard = { blog: 2, account: 2 }[name] ?? 1, hasForms = groups.some(({ words }) => words.body);
		programs[name] = await startProgram(folder, name, (hasForms ? options.formWorkers : name === 'blog' ? options.workers : null) ?? standard, options.environment);
	}
	const startServer = options.server === 'apache' ? startApache : startNginx;
	const server = await startServer(folder, { port, base, values: options.values, names: options.names });
	return {
		...site, url, programs, nginx: server,
		get: (where, how) => request(url + where, how),
		raw: (bytes, how) => rawRequest(port, bytes, how),
		renown: (...args) => renown(folder, args),
		work: () => renown(folder, ['work', '--once']), // runs all due background work and returns when it is done
		log: (name) => fs.readFileSync(path.join(folder, 'log', name), 'utf8'),
		async stop() {
			await stop(server);
			await Promise.all(Object.values(programs).map((child) => stop(child)));
		},
	};
}

// The process ids below a process, as the kernel reports them.
export function childProcesses(pid) {
	try {
		return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
	} catch {
		return [];
	}
}
