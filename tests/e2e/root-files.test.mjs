// A web server whose master is root: none of what root opens, makes or renames lies where the site's user can put a link. The attack is
// tried against the configuration of a server, and, to see that it works, against one that has logs and cache in the site's folder.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { makeFolders, sleep, stop, temporaryFolder, until } from './lib.mjs';
import { ids, isRoot, makeMachine, openSources, wayTo } from './root.mjs';

const siteUser = 'games', stranger = 'nobody';
// In whose files root must not be led: what it opens to write, and what it reads as configuration.
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
		// What the site's user does, and then root, in the course of a day.
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

		test('no name on the way to what root opens is the site\'s user\'s to make', async () => {
			make();
			if (server === 'apache') {
				// The list of modules is Debian's on a server.
				machine.run(generate, [server, '/run/modules', ...options(), 'SERVE=yes']);
				machine.run('cp', ['/run/modules/modules.conf', conf]);
			}
			await startServer(`${conf}/renown.conf`);
			const said = server === 'nginx' ? machine.run('nginx', ['-T', '-c', main]).stdout
				: [main, ...fs.readdirSync(machine.at(conf)).filter((name) => name.endsWith('.conf')).map((name) => `${conf}/${name}`)].map((file) => fs.readFileSync(machine.at(file), 'utf8')).join('\n');
			const files = [...said.matchAll(opened)].map(([, , file]) => file).filter((file) => file.startsWith('/') && file !== '/dev/null');
			const { pid } = child;
			// And what its master does hold open.
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

		test('the attack: links in the site\'s folder lead root nowhere', async () => {
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

		test('the log is rotated, and read by the site\'s user alone', async () => {
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
				assert.notEqual(machine.run('cat', [`${log}/${name}`], { user: stranger, status: null }).status, 0, name);
			}
		});

		test('folders that the site\'s user can write are refused, and nothing is made', () => {
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

		test('the same attack against logs and cache in the site\'s folder, where it works', async () => {
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
