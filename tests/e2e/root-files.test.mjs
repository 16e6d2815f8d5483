// A web server whose master process is root: nothing that root opens, creates or renames is where the site's user can put a symbolic link.
// The attack is tried on a server's configuration, and, to prove that it works, on one with logs and cache in the site's folder.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { makeFolders, sleep, stop, temporaryFolder, until } from './lib.mjs';
import { ids, isRoot, makeMachine, openSources, wayTo } from './root.mjs';

const siteUser = 'games', otherUser = 'nobody';
// Files through which root must not be misled: those that it opens for writing, and those that it reads as configuration.
const opened = /^\s*(access_log|error_log|pid|lock_file|include|ssl_certificate|ssl_certificate_key|\w+_temp_path|fastcgi_cache_path|CustomLog|ErrorLog|PidFile|SSLCertificate\w*File|Mutex)\s+"?(?:file:)?([^\s";]+)/gim;

for (const server of ['nginx', 'apache']) {
	describe(`${server}, started by root`, { skip: isRoot ? false : 'needs root' }, () => {
		let machine, folder, site, fake, child, sources, generate;
		const conf = `/etc/${server === 'nginx' ? 'nginx' : 'apache2'}/renown-test`, log = '/var/log/renown/test';
		const pidFile = server === 'nginx' ? '/run/nginx.pid' : '/run/apache2/apache2.pid';
		const mainConf = (file) => (server === 'nginx'
			? `daemon off; user www-data; pid ${pidFile}; error_log /var/log/nginx/error.log; events {}
				http { access_log off; client_body_temp_path /run/t1; fastcgi_temp_path /run/t2; proxy_temp_path /run/t3; scgi_temp_path /run/t4; uwsgi_temp_path /run/t5; include ${file}; }`
			: `include ${path.dirname(file)}/modules.conf\nServerRoot /run\nDefaultRuntimeDir /run/apache2\nPidFile ${pidFile}\nMutex file:/run/apache2\nListen 10.0.0.1:80\nServerName localhost\nTypesConfig /dev/null
				ErrorLog /var/log/apache2/error.log\nUser www-data\nGroup www-data\ninclude ${file}\n`);
		const main = '/run/main.conf', page = (agent = 'test') => machine.get('http://site.test/blog', { headers: { 'user-agent': agent } });
		const command = server === 'nginx' ? ['nginx', ['-c', main, '-e', '/var/log/nginx/error.log']] : ['apache2', ['-D', 'FOREGROUND', '-f', main]];
		const options = () => [`SITE=${site}`, `DATA=${sources}`, 'NAMES=site.test', 'NAME=test', `RUN=${folder}/sockets`, 'LISTEN=10.0.0.1:80'];
		const make = (more = [], how) => machine.run(generate, [server, conf, ...options(), ...more], how);

		async function startServer(file) {
			fs.writeFileSync(machine.at(main), mainConf(file));
			child = machine.start(...command, { log: path.join(folder, 'server.log') });
			await until('it answers', () => page().catch(() => {
				assert.equal(child.exitCode, null, fs.readFileSync(path.join(folder, 'server.log'), 'utf8') + machine.run('sh', ['-c', 'cat /var/log/*/error.log'], { status: null }).text);
				return false;
			}));
		}
		// What the site's user does, and then what root does in the course of a day.
		async function attack(target) {
			machine.run('mkdir', ['-p', `${target}/folder`]);
			machine.run('touch', [`${target}/folder/passwd`]);
			machine.run('sh', ['-ec', `cd "$1"; rm -rf log run/cache; mkdir log; ln -s "$2/made-by-root" log/access.log; ln -s "$2/error" log/error.log; ln -s "$2/folder" run/cache`, 'sh', site, target], { user: siteUser });
		}
		async function aDay() {
			await page('/tmp/evil.so');
			await sleep(1300);
			process.kill(child.pid, 'SIGUSR1');
			await sleep(500);
		}
		const isUntouched = (target) => {
			assert.deepEqual(fs.readdirSync(machine.at(target)), ['folder']);
			assert.equal(fs.statSync(machine.at(`${target}/folder`)).uid, 0);
			assert.deepEqual(fs.readdirSync(machine.at(`${target}/folder`)), ['passwd']);
		};

		before(async () => {
			folder = temporaryFolder('root');
			fs.chmodSync(folder, 0o755);
			site = path.join(folder, 'site');
			machine = await makeMachine();
			sources = openSources();
			generate = path.join(sources, 'conf/generate');
			const { uid, gid } = ids(siteUser);
			makeFolders(site);
			for (const part of ['', 'run', 'log', 'media'])
				fs.chownSync(path.join(site, part), uid, gid);
			fs.mkdirSync(path.join(folder, 'sockets'));
			fake = await startFake(path.join(folder, 'sockets/blog.sock'), () => 'Status: 200 OK\r\nContent-Type: text/html\r\n\r\nwell');
			fs.chmodSync(path.join(folder, 'sockets/blog.sock'), 0o666);
		});
		after(async () => {
			if (child)
				await stop(child);
			await machine?.stop();
			await fake?.stop();
		});

		test('the site\'s user can create no name on the path to a file that root opens', async () => {
			make();
			if (server === 'apache') {
				// On a server, the list of modules is Debian's.
				machine.run(generate, [server, '/run/modules', ...options(), 'SERVE=yes']);
				machine.run('cp', ['/run/modules/modules.conf', conf]);
			}
			await startServer(`${conf}/renown.conf`);
			const said = server === 'nginx' ? machine.run('nginx', ['-T', '-c', main]).stdout
				: [main, ...fs.readdirSync(machine.at(conf)).filter((name) => name.endsWith('.conf')).map((name) => `${conf}/${name}`)].map((file) => fs.readFileSync(machine.at(file), 'utf8')).join('\n');
			const files = [...said.matchAll(opened)].map(([, , file]) => file).filter((file) => file.startsWith('/') && file !== '/dev/null');
			const { pid } = child;
			// And the files that the master process holds open.
			files.push(...fs.readdirSync(`/proc/${pid}/fd`).map((fd) => { try { return fs.readlinkSync(`/proc/${pid}/fd/${fd}`); } catch { return ''; } })
				.filter((file) => file.startsWith('/') && !file.startsWith('/dev/') && !file.startsWith(folder) && !file.endsWith(' (deleted)')));
			assert.ok(files.length > (server === 'nginx' ? 20 : 6), `${files}`);
			assert.ok(files.includes(`${log}/access.log`) && files.includes(`${log}/error.log`), `${files}`);
			assert.equal(server === 'apache' || files.includes('/run/renown-test-cache'), true);
			for (const file of new Set(files))
				for (const way of ['/', ...wayTo(path.dirname(file))]) {
					assert.ok(!way.startsWith(site), file);
					assert.equal(machine.run('test', ['-w', way], { user: siteUser, status: null }).status, 1, `${way}, on the way to ${file}`);
					assert.notEqual(fs.statSync(machine.at(way)).uid, ids(siteUser).uid, way);
				}
		});

		test('links in the site\'s folder do not redirect root', async () => {
			await attack('/run/target');
			await stop(child);
			await startServer(`${conf}/renown.conf`);
			await aDay();
			isUntouched('/run/target');
			for (const file of ['access.log', 'error.log', 'new'])
				for (const words of [['rm', '-f', `${log}/${file}`], ['ln', '-sf', '/etc/passwd', `${log}/${file}`], ['mv', `${log}/access.log`, `${log}/${file}`]])
					assert.notEqual(machine.run(words[0], words.slice(1), { user: siteUser, status: null }).status === 0 && words[0] !== 'rm', true, words.join(' '));
			assert.ok(fs.lstatSync(machine.at(`${log}/access.log`)).isFile());
		});

		test('the log is rotated, and only the site\'s user can read it', async () => {
			machine.run('install', ['-m', '0644', `${conf}/logrotate`, '/etc/logrotate.d/renown-test']);
			await until('the log is written', () => fs.readFileSync(machine.at(`${log}/access.log`), 'utf8').includes('/tmp/evil.so'));
			const said = machine.run('logrotate', ['--force', '--state', '/run/logrotate-state', '/etc/logrotate.d/renown-test']);
			assert.doesNotMatch(said.text, /error|insecure|skip/i);
			await until('the server writes to the new file', async () => {
				await page('after the rotation').catch(() => false);
				return fs.readFileSync(machine.at(`${log}/access.log`), 'utf8').includes('after the rotation');
			});
			assert.match(fs.readFileSync(machine.at(`${log}/access.log.1`), 'utf8'), /evil\.so/);
			for (const name of ['access.log', 'access.log.1', 'error.log']) {
				const found = fs.statSync(machine.at(`${log}/${name}`));
				assert.equal(found.mode & 0o777, 0o640, name);
				assert.equal(found.gid, ids(siteUser).gid, name);
				assert.equal(machine.run('cat', [`${log}/${name}`], { user: siteUser, status: null }).status, 0, name);
				assert.notEqual(machine.run('cat', [`${log}/${name}`], { user: otherUser, status: null }).status, 0, name);
			}
		});

		test('folders that the site\'s user can write are refused, and nothing is created', () => {
			machine.run('mkdir', ['-p', '/run/theirs', '/run/sticky']);
			machine.run('chown', [siteUser, '/run/theirs']);
			machine.run('chmod', ['1777', '/run/sticky']);
			machine.run('ln', ['-s', `${site}/log`, '/run/link']);
			for (const [more, words] of [[`LOG=${site}/log`, /LOG=.* is in the site's folder/], [`CACHE=${site}/run/cache`, /CACHE=/], [`ACME=${site}/acme`, /ACME=/], ['LOG=/run/theirs/log', /can write \/run\/theirs/],
				['LOG=/run/theirs', /can write \/run\/theirs/], ['CACHE=/run/sticky/cache', /can write \/run\/sticky/], ['LOG=/run/link', /LOG=/], [`LOG=${site}/../site/log`, /LOG=/]]) {
				const said = make([more], { status: 1 });
				assert.match(said.text, words, more);
				assert.match(said.text, /^generate: [^\n]*: name a folder that only root can write\n$/, more);
			}
			assert.equal(fs.existsSync(machine.at('/run/theirs/log')), false);
			assert.match(machine.run(generate, [server, `${site}/conf`, ...options()], { status: 1 }).text, /FOLDER=/);
			assert.equal(fs.existsSync(path.join(site, 'conf')), false);
		});

		test('through links, the web server serves no file of another user, such as another site\'s backup', async () => {
			await stop(child);
			await startServer(`${conf}/renown.conf`);
			const media = path.join(site, 'media/aa'), themes = path.join(site, 'themes/own/assets'), secret = path.join(folder, 'backup.tar');
			const name = (letter) => `${'aa'}${letter.repeat(62)}.jpg`;
			for (const where of [media, themes])
				machine.run('install', ['-d', '-o', siteUser, '-m', '0755', ...[...wayTo(where)].filter((way) => way.startsWith(`${site}/`))]);
			fs.writeFileSync(secret, 'of another site');
			machine.run('chown', [`${otherUser}:www-data`, secret]);
			machine.run('chmod', ['0640', secret]);
			fs.chmodSync(site, 0o755);
			machine.run('sh', ['-ec', 'echo own >"$1/$3"; echo own >"$2/own.css"; ln -s "$5" "$1/$4"; ln -s "$5" "$2/theirs.css"; ln -s "$(dirname "$5")" "$2/folder"', 'sh', media, themes, name('b'), name('c'), secret], { user: siteUser });
			const ask = async (where) => (await machine.get(`http://site.test${where}`)).text.trim();
			assert.equal(await ask(`/media/aa/${name('b')}`), 'own');
			assert.equal(await ask('/assets/own/own.css'), 'own');
			for (const where of [`/media/aa/${name('c')}`, '/assets/own/theirs.css', '/assets/own/folder/backup.tar'])
				assert.doesNotMatch(await ask(where), /of another site/, where);
			// The site's user can also replace the folder itself.
			const elsewhere = path.join(folder, 'elsewhere');
			machine.run('install', ['-d', '-o', otherUser, '-m', '0755', elsewhere, `${elsewhere}/aa`]);
			machine.run('cp', ['-a', secret, `${elsewhere}/aa/${name('d')}`]);
			machine.run('sh', ['-ec', 'mv "$1/media" "$1/media-before"; ln -s "$2" "$1/media"', 'sh', site, elsewhere], { user: siteUser });
			assert.doesNotMatch(await ask(`/media/aa/${name('d')}`), /of another site/);
			machine.run('sh', ['-ec', 'rm "$1/media"; ln -s "$1/media-before" "$1/media"', 'sh', site], { user: siteUser });
			if (server === 'nginx')
				assert.equal(await ask(`/media/aa/${name('b')}`), 'own', 'a link to a file of the same user is followed');
		});

		test('a process that root runs as another user to check folders cannot type into root\'s terminal', () => {
			// Another process of that user could trace it and use its open files (TIOCSTI types into a terminal).
			const words = path.join(folder, 'bin'), seen = path.join(folder, 'seen');
			fs.mkdirSync(words);
			fs.writeFileSync(path.join(words, 'sh'), `#!/bin/sh\n{ id -u; for fd in 0 1 2; do [ ! -t $fd ] || echo "a terminal is open: $fd"; done; ! (: </dev/tty) 2>/dev/null || echo 'a terminal is theirs'; } >>${seen}\nexec /bin/sh "$@"\n`, { mode: 0o755 });
			fs.writeFileSync(seen, '', { mode: 0o666 });
			fs.chmodSync(seen, 0o666);
			const command = [generate, server, conf, ...options()].map((word) => `'${word}'`).join(' ');
			const said = machine.run('script', ['-qec', `(: </dev/tty) && ${command}`, '/dev/null'], { env: { PATH: `${words}:${process.env.PATH}`, SHELL: '/bin/sh' } });
			const lines = fs.readFileSync(seen, 'utf8').trim().split('\n');
			assert.ok(lines.includes(`${ids(siteUser).uid}`) && lines.includes(`${ids('www-data').uid}`), `${said.text}${lines}`);
			assert.deepEqual(lines.filter((line) => !/^\d+$/.test(line)), []);
		});

		test('the same links redirect root when logs and cache are in the site\'s folder', async () => {
			await stop(child);
			machine.run(generate, [server, '/run/before', ...options(), `RUN=${folder}/sockets`, 'SERVE=yes']);
			await attack('/run/victim');
			await startServer('/run/before/renown.conf');
			await aDay();
			assert.throws(() => isUntouched('/run/victim'));
			assert.match(fs.readFileSync(machine.at('/run/victim/made-by-root'), 'utf8'), /evil\.so/);
		});
	});
}
