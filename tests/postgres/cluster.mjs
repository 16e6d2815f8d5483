// A PostgreSQL for one test: its own cluster in a temporary folder, reached by a Unix socket in that folder.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PORT = '5432'; // names the socket; nothing listens on a network

// The newest server that is installed. Debian keeps its programs out of PATH.
function findPrograms() {
	const root = '/usr/lib/postgresql';
	const versions = fs.existsSync(root) ? fs.readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
	const said = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
	const folders = [...versions.map((version) => path.join(root, version, 'bin')), ...(said.stdout ? [said.stdout.trim()] : []),
		...process.env.PATH.split(':')];
	const folder = folders.find((one) => ['initdb', 'postgres', 'psql'].every((program) => fs.existsSync(path.join(one, program))));
	if (!folder)
		throw new Error('PostgreSQL is not installed: tools/packages.sh lists the package');
	return folder;
}

// PostgreSQL refuses to run as root, so root lends it to a user without rights.
function otherUser() {
	if (process.getuid() !== 0)
		return {};
	const id = (option) => Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout);
	return { uid: id('-u'), gid: id('-g') };
}

function run(program, args, options = {}) {
	const ran = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
	if (ran.error)
		throw ran.error;
	return ran;
}

export async function startCluster() {
	const programs = findPrograms(), user = otherUser();
	// The path of a socket has 107 bytes at most.
	const folder = fs.mkdtempSync(path.join(os.tmpdir().length < 60 ? os.tmpdir() : '/tmp', 'renown-pg-'));
	const data = path.join(folder, 'data');
	const environment = { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C', TZ: 'UTC' };
	const options = { cwd: folder, env: environment, ...user };
	let server, ended;

	const remove = () => fs.rmSync(folder, { recursive: true, force: true });
	const stop = async () => {
		process.off('exit', kill);
		if (server && server.exitCode === null && server.signalCode === null) {
			server.kill('SIGINT'); // ends at once, in order
			await ended;
		}
		remove();
	};
	const kill = () => {
		server?.kill('SIGQUIT');
		remove();
	};
	process.on('exit', kill);

	if (user.uid !== undefined)
		fs.chownSync(folder, user.uid, user.gid);
	const made = run(path.join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], options);
	if (made.status !== 0) {
		await stop();
		throw new Error(`initdb: ${made.stderr}`);
	}
	server = spawn(path.join(programs, 'postgres'), ['-D', data, '-k', folder, '-p', PORT, '-c', 'listen_addresses=', '-c', 'fsync=off',
		'-c', 'full_page_writes=off', '-c', 'shared_buffers=16MB', '-c', 'max_connections=10'], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
	let log = '';
	server.stderr.on('data', (part) => { log += part; });
	ended = new Promise((done) => { server.on('close', done); });

	const toServer = ['-X', '-q', '-A', '-t', '-h', folder, '-p', PORT, '-U', 'postgres', '-d'];
	const psql = (script, database = 'postgres') => run(path.join(programs, 'psql'), [...toServer, database, '-f', '-'], { env: environment, input: script });
	// Not psql(): if psql finds no server, it ends without reading its input, and writing to it fails.
	const isReady = () => spawnSync(path.join(programs, 'psql'), [...toServer, 'postgres', '-c', 'SELECT 1'], { env: environment, stdio: 'ignore' }).status === 0;
	for (let tries = 0; !isReady(); tries++) {
		if (tries > 300 || server.exitCode !== null) {
			await stop();
			throw new Error(`PostgreSQL does not start: ${log}`);
		}
		await new Promise((done) => { setTimeout(done, 100); });
	}

	// Runs lines of SQL in one session, even after an error. Returns the errors by the number of the line, from 0.
	const errorsOf = (lines, database) => {
		const ran = psql(`\\set VERBOSITY verbose\n${lines.map((line) => line.replace(/\s+/g, ' ')).join('\n')}\n`, database);
		const errors = new Map();
		for (const [, line, message] of ran.stderr.matchAll(/^psql:<stdin>:(\d+): (?:ERROR|FATAL): +(.*)$/gm))
			errors.set(Number(line) - 2, message);
		if (ran.status !== 0 && errors.size === 0)
			throw new Error(`psql: ${ran.stderr}`);
		return errors;
	};
	return { psql, errorsOf, stop };
}
