// A machine to be root on: /etc/nginx, /etc/apache2, /var/log and /run are empty and nobody else's, in a mount namespace of their own.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { start, stop, temporaryFolder, until } from './lib.mjs';

export const isRoot = process.getuid() === 0;

export async function makeMachine() {
	const ready = path.join(temporaryFolder('machine'), 'ready');
	// As on Debian. What the modules and types of the web servers are is not ours to hide.
	const script = `set -e
		for folder in /var/log /run /etc/nginx /etc/apache2 /etc/logrotate.d; do mkdir -p $folder; mount -t tmpfs -o mode=755 tmpfs $folder; done
		mkdir -p /etc/nginx/sites-enabled /etc/apache2/sites-enabled /run/apache2
		install -d -o root -g adm /var/log/nginx /var/log/apache2
		touch "$1"; exec sleep infinity`;
	const holder = start('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ready]);
	await until('the machine is there', () => fs.existsSync(ready));
	const inside = ['-t', String(holder.pid), '-m', '--'];
	return {
		// The machine's files, seen from here.
		at: (file) => path.join(`/proc/${holder.pid}/root`, file),
		// Fails with what was said unless `status` is expected.
		run(command, args, { status = 0, user, env } = {}) {
			const words = user ? ['setpriv', '--reuid', user, '--regid', user, '--init-groups', '--', command, ...args] : [command, ...args];
			const ran = spawnSync('nsenter', [...inside, ...words], { encoding: 'utf8', env: { ...process.env, ...env } });
			if (status !== null && ran.status !== status)
				throw new Error(`${command} ${args.join(' ')}: status ${ran.status ?? ran.signal}\n${ran.stdout}${ran.stderr}`);
			return { ...ran, text: ran.stdout + ran.stderr };
		},
		start: (command, args, options) => start('nsenter', [...inside, command, ...args], options),
		stop: () => stop(holder, 'SIGKILL'),
	};
}

// The folders on the way to a file, itself included, from the top.
export function* wayTo(file) {
	let way = '';
	for (const part of file.split('/').filter(Boolean))
		yield way += `/${part}`;
}

export const ids = (user) => {
	const id = (what) => Number(execFileSync('id', [what, user], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
};
