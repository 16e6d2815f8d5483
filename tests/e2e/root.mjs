// A machine for tests as root: its own /etc/nginx, /etc/apache2, /var/log and /run in a mount namespace, and
// its own network, in which all ports are free and which has the addresses of readers and proxies.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root, start, stop, temporaryFolder, until } from './lib.mjs';

export const isRoot = process.getuid() === 0;
// Addresses of this machine, of readers and of proxies, and IPv6 addresses (RFC 5737, RFC 3849).
const addresses = ['10.0.0.1/8', '10.0.0.9/8', '10.0.0.10/8', '192.0.2.7/24', '192.0.2.8/24', '2001:db8::1/128',
	...Array.from({ length: 40 }, (_, i) => `2001:db8:7:${(i + 1).toString(16)}::${i + 1}/128`), '2001:db8:8::1/128'];

export async function makeMachine() {
	const ready = path.join(temporaryFolder('machine'), 'ready');
	// As on Debian: nginx with its default site, which answers every host name on port 80.
	const script = `set -e
		stash=$(dirname "$1")
		cp -a /etc/nginx "$stash/nginx"
		for folder in /var/log /run /etc/nginx /etc/apache2 /etc/logrotate.d; do mkdir -p $folder; mount -t tmpfs -o mode=755 tmpfs $folder; done
		cp -a "$stash/nginx/." /etc/nginx/
		mkdir -p /etc/apache2/sites-enabled /run/apache2
		install -d -o root -g adm /var/log/nginx /var/log/apache2
		ip link set lo up
		shift
		for address; do ip address add "$address" dev lo nodad 2>/dev/null || ip address add "$address" dev lo; done
		touch "$stash/ready"; exec sleep infinity`;
	const holder = start('unshare', ['--mount', '--net', '--propagation', 'private', 'sh', '-c', script, 'sh', ready, ...addresses]);
	await until('the machine is there', () => {
		if (holder.exitCode !== null)
			throw new Error('the machine could not be made');
		return fs.existsSync(ready);
	});
	const inside = ['-t', String(holder.pid), '-m', '-n', '--'];
	return {
		// The path, outside the namespace, of a file in it.
		at: (file) => path.join(`/proc/${holder.pid}/root`, file),
		// Runs a command. Fails with its output unless it exits with `status`.
		run(command, args, { status = 0, user, env } = {}) {
			const words = user ? ['setpriv', '--reuid', user, '--regid', user, '--init-groups', '--', command, ...args] : [command, ...args];
			const ran = spawnSync('nsenter', [...inside, ...words], { encoding: 'utf8', env: { ...process.env, ...env } });
			if (status !== null && ran.status !== status)
				throw new Error(`${command} ${args.join(' ')}: status ${ran.status ?? ran.signal}\n${ran.stdout}${ran.stderr}`);
			return { ...ran, text: ran.stdout + ran.stderr };
		},
		start: (command, args, options) => start('nsenter', [...inside, command, ...args], options),
		// Requests a URL; every host name resolves to this machine. Fails when there is no response.
		get(url, { headers = {}, from, to = '10.0.0.1', body, args = [] } = {}) {
			const { hostname, port, protocol } = new URL(url);
			const named = hostname.startsWith('[') || /^[0-9.]+$/.test(hostname) ? [] : ['--resolve', `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:${to}`];
			const words = ['-s', '-k', '-i', '--noproxy', '*', '--max-time', '20', ...named, ...(from ? ['--interface', from] : []), ...(body === undefined ? [] : ['--data-binary', body]),
				...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), ...args, url];
			return new Promise((done, failed) => execFile('nsenter', [...inside, 'curl', ...words], { encoding: 'latin1', maxBuffer: 1 << 26 }, (error, said) => {
				if (error)
					return failed(Object.assign(new Error(`curl ${url}: ${error.code}`), { code: error.code }));
				const [head, ...rest] = said.split('\r\n\r\n'), lines = head.split('\r\n');
				done({ status: Number(lines[0].split(' ')[1]), protocol: lines[0].split(' ')[0], text: rest.join('\r\n\r\n'),
					headers: Object.fromEntries(lines.slice(1).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])) });
			}));
		},
		// Many requests at once, each as [url, { headers, from, to }]. Returns the statuses, in no order.
		getAll(asked) {
			const words = asked.flatMap(([url, { headers = {}, from, to = '10.0.0.1' } = {}], i) => [...(i ? ['--next'] : ['-Z', '--parallel-immediate', '--parallel-max', '100']), '-s', '-o', '/dev/null', '-w', '%{http_code}\\n', '--noproxy', '*',
				'--max-time', '20', ...(url.includes('[') ? [] : ['--resolve', `${new URL(url).hostname}:80:${to}`]), ...(from ? ['--interface', from] : []), ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), url]);
			return new Promise((done, failed) => execFile('nsenter', [...inside, 'curl', ...words], (error, said) => (error ? failed(error) : done(said.trim().split('\n').map(Number)))));
		},
		stop: () => stop(holder, 'SIGKILL'),
	};
}

// The folders on the path to a file, and the file itself, from the top.
export function* wayTo(file) {
	let way = '';
	for (const part of file.split('/').filter(Boolean))
		yield way += `/${part}`;
}

// The files that conf/generate needs, in a folder that every user can read: the checkout may be in a folder of root's.
export function openSources() {
	const folder = temporaryFolder('sources');
	for (const part of ['conf', 'templates'])
		fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
	execFileSync('chmod', ['-R', 'a+rX', folder]);
	return folder;
}

export const ids = (user) => {
	const id = (what) => Number(execFileSync('id', [what, user], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
};
