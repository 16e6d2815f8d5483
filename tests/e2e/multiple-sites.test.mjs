// Several sites on one web server, set up by root as on Debian: renown sites and another one, with and without TLS. Each answers only
// for its own names, none changes another, and there are no warnings.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { makeFolders, stop, temporaryFolder, until } from './lib.mjs';
import { programNames } from './programs.mjs';
import { ids, isRoot, makeMachine, openSources } from './root.mjs';
import { makeCertificate } from './tls.mjs';

const acme = '/run/renown-test-acme';

for (const server of ['nginx', 'apache']) {
	describe(`${server} next to other sites`, { skip: isRoot ? false : 'needs root' }, () => {
		let machine, folder, sources, child, certificates;
		const fakes = [], etc = server === 'nginx' ? '/etc/nginx' : '/etc/apache2';
		const generate = () => path.join(sources, 'conf/generate');
		const optionsOf = (name) => [`SITE=${folder}/${name}`, `DATA=${sources}`, `NAME=${name}`];
		const make = (name, more, how) => machine.run(generate(), [server, `${etc}/renown-${name}`, ...optionsOf(name), ...more], how);
		const enable = (name) => machine.run('ln', ['-sfn', `${etc}/renown-${name}/renown.conf`, `${etc}/sites-enabled/renown-${name}${server === 'nginx' ? '' : '.conf'}`]);
		const check = (how) => (server === 'nginx' ? machine.run('nginx', ['-t'], how) : machine.run('apache2', ['-t', '-f', `${etc}/main.conf`], how));

		// The programs of a site. They report which site they belong to and what they received.
		async function startPrograms(name, base = '') {
			const site = path.join(folder, name), { uid, gid } = ids('games');
			makeFolders(site);
			fs.chownSync(site, uid, gid);
			fs.mkdirSync(machine.at(`/run/renown/${name}`), { recursive: true });
			for (const program of programNames) {
				const socket = machine.at(`/run/renown/${name}/${program}.sock`);
				fakes.push(await startFake(socket, (told) => (told.RENOWN_PATH === `${base}/dies` ? null : `Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n${name} ${program} ${told.RENOWN_PATH}`)));
				fs.chmodSync(socket, 0o666);
			}
		}
		async function restart() {
			if (child)
				await stop(child);
			child = server === 'nginx' ? machine.start('nginx', ['-g', 'daemon off;'], { log: path.join(folder, 'server.log') })
				: machine.start('apache2', ['-D', 'FOREGROUND', '-f', `${etc}/main.conf`], { log: path.join(folder, 'server.log') });
			await until('it listens', async () => {
				assert.equal(child.exitCode, null, fs.readFileSync(path.join(folder, 'server.log'), 'utf8'));
				return machine.get('http://other.test/').catch(() => false);
			});
		}

		before(async () => {
			machine = await makeMachine();
			sources = openSources();
			folder = temporaryFolder('neighbours');
			fs.chmodSync(folder, 0o755);
			certificates = {};
			for (const name of ['one.test', 'two.test', 'other.test'])
				certificates[name] = makeCertificate(name);
			await startPrograms('one');
			await startPrograms('two', '/sub');
			await startPrograms('a-name-of-20-letters');
			fs.mkdirSync(path.join(folder, 'other'));
			fs.writeFileSync(path.join(folder, 'other/index.html'), 'the other site');
			const [certificate, key] = certificates['other.test'].map((one) => one.split('=')[1]);
			if (server === 'nginx')
				fs.writeFileSync(machine.at('/etc/nginx/sites-enabled/other'), `server { listen 80; listen [::]:80; listen 443 ssl; listen [::]:443 ssl; server_name other.test; root ${folder}/other;
					ssl_certificate ${certificate}; ssl_certificate_key ${key}; }`);
			else {
				// As Debian's apache2.conf, with its default site and the modules that a2enmod enables.
				machine.run(generate(), [server, '/run/modules', ...optionsOf('one'), 'NAMES=x', ...certificates['one.test'], 'PROXIES=10.0.0.9', 'SERVE=yes']);
				fs.writeFileSync(machine.at('/etc/apache2/main.conf'), `ServerRoot /etc/apache2\nDefaultRuntimeDir /run/apache2\nPidFile /run/apache2/apache2.pid\nMutex file:/run/apache2\nServerName default.test\nTypesConfig /dev/null
					include /run/modules/modules.conf\nUser www-data\nGroup www-data\nErrorLog /var/log/apache2/error.log\nListen 80\nListen 443\n<Directory />\nRequire all denied\n</Directory>\n<Directory ${folder}/other>\nRequire all granted\n</Directory>\n<Directory /var/www>\nRequire all granted\n</Directory>
					IncludeOptional sites-enabled/*.conf\n`);
				fs.writeFileSync(machine.at('/etc/apache2/sites-enabled/000-default.conf'), '<VirtualHost *:80>\nDocumentRoot /var/www/html\n</VirtualHost>\n');
				fs.writeFileSync(machine.at('/etc/apache2/sites-enabled/other.conf'), `<VirtualHost *:80>\nServerName other.test\nDocumentRoot ${folder}/other\nRewriteEngine On\nRewriteRule ^/$ /index.html\n</VirtualHost>\n<VirtualHost *:443>\nServerName other.test\nDocumentRoot ${folder}/other\nSSLEngine On\nSSLCertificateFile ${certificate}\nSSLCertificateKeyFile ${key}\nRewriteEngine On\nRewriteRule ^/$ /index.html\n</VirtualHost>\n`);
			}
		});
		after(async () => {
			if (child)
				await stop(child);
			for (const fake of fakes)
				await fake.stop();
			await machine?.stop();
		});

		test('two renown sites, the default site and another site are configured without an error or a warning', async () => {
			make('one', ['NAMES=one.test www.one.test', ...certificates['one.test'], `ACME=${acme}`]);
			const hash = '/etc/nginx/conf.d/renown-hash.conf';
			assert.equal(fs.existsSync(machine.at(hash)), server === 'nginx');
			make('two', ['NAMES=two.test', 'BASE=/sub', 'HSTS=subdomains', ...certificates['two.test']]);
			make('a-name-of-20-letters', ['NAMES=three.test', 'LISTEN=80', `ACME=${acme}`]);
			for (const name of ['one', 'two', 'a-name-of-20-letters'])
				enable(name);
			const said = check();
			assert.doesNotMatch(said.text, /warn|emerg|error|conflict|AH\d/i);
			await restart();
			// A server that sets the header itself is not configured to set it twice.
			if (server === 'nginx') {
				fs.rmSync(machine.at(hash));
				fs.writeFileSync(machine.at('/etc/nginx/conf.d/own.conf'), 'variables_hash_bucket_size 256;\n');
				make('two', ['NAMES=two.test', 'BASE=/sub', 'HSTS=subdomains', ...certificates['two.test']]);
				assert.equal(fs.existsSync(machine.at(hash)), false);
				assert.doesNotMatch(check().text, /warn|emerg/);
			}
		});

		test('every host name reaches its own site', async () => {
			for (const [url, status, words] of [
				['https://one.test/blog', 200, /^one blog \/blog$/], ['https://www.one.test/blog', 200, /^one blog \/blog$/], ['https://one.test/sign-in', 200, /^one account/], ['https://one.test/write', 200, /^one post/],
				['https://two.test/sub/blog', 200, /^two blog \/sub\/blog$/], ['https://two.test/sub/feed.rss', 200, /^two feed/], ['https://two.test/blog', 404, /<h1>Page not found/],
				['http://three.test/blog', 200, /^a-name-of-20-letters blog/], ['http://other.test/', 200, /^the other site$/], ['https://other.test/', 200, /^the other site$/]]) {
				const answer = await machine.get(url);
				assert.equal(answer.status, status, url);
				assert.match(answer.text, words, url);
			}
			assert.equal((await machine.get('http://one.test/x?y=1')).headers.location, 'https://one.test/x?y=1');
			assert.equal((await machine.get('http://two.test/sub/')).headers.location, 'https://two.test/sub/');
			assert.equal((await machine.get('http://one.test:80/blog/%E5%93%81%20x?y=%20z')).headers.location.toLowerCase(), 'https://one.test/blog/%e5%93%81%20x?y=%20z');
			const split = await machine.get('http://one.test/a%0d%0aX-Split:%201');
			assert.equal(split.headers['x-split'], undefined);
			assert.match(split.headers.location ?? 'none', /^(none|https:\/\/one\.test\/a%0d%0aX-Split:(%20| )1)$/i);
			assert.match((await machine.get('https://one.test/blog', { args: ['--http2'] })).protocol, /^HTTP\/2/);
			assert.match((await machine.get('https://one.test/blog', { args: ['--http1.1'] })).protocol, /^HTTP\/1.1/);
		});

		test('other host names go to the default site', async () => {
			for (const host of ['unknown.test', '10.0.0.1', 'renown.invalid']) {
				const answer = await machine.get(`http://${host}/`);
				assert.doesNotMatch(answer.text, /^(one|two|a-name)/, host);
				assert.equal(answer.headers['content-security-policy'], undefined, `${host}: the default site's own headers`);
			}
			// With TLS, the other site comes first and so is the default.
			assert.equal((await machine.get('https://unknown.test/')).text, 'the other site');
		});

		test('HSTS applies to the host, and to its subdomains on request', async () => {
			assert.equal((await machine.get('https://one.test/blog')).headers['strict-transport-security'], 'max-age=31536000');
			assert.equal((await machine.get('https://two.test/sub/blog')).headers['strict-transport-security'], 'max-age=31536000; includeSubDomains');
			for (const url of ['http://one.test/', 'http://three.test/blog', 'https://other.test/'])
				assert.equal((await machine.get(url)).headers['strict-transport-security'], undefined, url);
		});

		test('a certificate is issued through the webroot, before the redirect', async () => {
			assert.equal(fs.statSync(machine.at(acme)).mode & 0o7777, 0o755, 'made with the configuration');
			fs.mkdirSync(machine.at(`${acme}/.well-known/acme-challenge`), { recursive: true });
			fs.writeFileSync(machine.at(`${acme}/.well-known/acme-challenge/token-1_x`), 'the challenge');
			for (const host of ['one.test', 'www.one.test', 'three.test']) {
				const answer = await machine.get(`http://${host}/.well-known/acme-challenge/token-1_x`);
				assert.equal(answer.status, 200, host);
				assert.equal(answer.text, 'the challenge');
				assert.match((await machine.get(`http://${host}/.well-known/acme-challenge/../../../../etc/passwd`, { args: ['--path-as-is'] })).text, /^(?!root:)/);
			}
			assert.equal((await machine.get('http://two.test/.well-known/acme-challenge/token-1_x')).status, 301, 'not for a site without this option');
			assert.equal((await machine.get('http://one.test/.well-known/other')).status, 301);
		});

		test('the error pages are those beside the configuration', async () => {
			for (const [url, status, words] of [['https://one.test/dies', 503, /temporarily unavailable/], ['https://one.test/assets/none.css', 404, /<h1/]]) {
				const answer = await machine.get(url);
				assert.equal(answer.status, status, url);
				assert.match(answer.text, words, url);
			}
			const none = fs.readFileSync(machine.at(`${etc}/renown-one/${server === 'nginx' ? 'error' : 'site'}.conf`), 'utf8');
			assert.ok(!none.includes(`${sources}/conf`), none);
		});

		test('each site has its own log, and the default site keeps its own', async () => {
			await until('the logs are written', () => ['one', 'two', 'a-name-of-20-letters'].every((name) => fs.readFileSync(machine.at(`/var/log/renown/${name}/access.log`), 'utf8').includes('/blog')));
			for (const [name, others] of [['one', /two\.test|\/sub/], ['two', /\t\/blog\t-\t200/]])
				assert.doesNotMatch(fs.readFileSync(machine.at(`/var/log/renown/${name}/access.log`), 'utf8'), others);
		});

		if (server === 'nginx') {
			test('names that nginx allows only once are not shared by two sites', () => {
				const names = (site) => new Set([...fs.readdirSync(machine.at(`/etc/nginx/renown-${site}`)).filter((file) => file.endsWith('.conf'))
					.map((file) => fs.readFileSync(machine.at(`/etc/nginx/renown-${site}/${file}`), 'utf8')).join('\n')
					.matchAll(/(?:^\s*(?:upstream|log_format)\s+(\S+)|^\s*(?:map|geo|split_clients)\s.*?(\$\w+)\s*\{|zone=(\w+)|shared:(\w+)|_set\s+(\$\w+))/gm)].map((found) => found.slice(1).find(Boolean)));
				const one = names('one'), two = names('two');
				assert.ok(one.size > 25, `${one.size}`);
				for (const name of one) {
					assert.match(name, /^\$?renown_one_/);
					assert.equal(two.has(name), false, name);
				}
			});

			test('a site is the server\'s default site on request', async () => {
				make('one', ['NAMES=one.test', ...certificates['one.test'], 'DEFAULT=yes']);
				assert.match(check({ status: 1 }).text, /duplicate default server/);
				machine.run('rm', ['/etc/nginx/sites-enabled/default']);
				assert.doesNotMatch(check().text, /warn|emerg/);
				await restart();
				await assert.rejects(machine.get('http://unknown.test/'), (error) => [52, 56].includes(error.code));
				await assert.rejects(machine.get('https://unknown.test/'), { code: 35 });
				assert.equal((await machine.get('https://other.test/')).text, 'the other site');
				assert.match((await machine.get('https://one.test/blog')).text, /^one/);
			});

			test('HTTP/2 is configured in the syntax of this nginx version', () => {
				for (const [version, old] of [['1.18.0', true], ['1.22.1', true], ['1.25.0', true], ['1.25.1', false], ['1.26.3', false], ['1.30.0', false], ['2.0.0', false]]) {
					machine.run('sh', ['-c', `mkdir -p /run/bin; printf '#!/bin/sh\\necho "nginx version: nginx/${version} (Debian)" >&2\\n' >/run/bin/nginx; chmod +x /run/bin/nginx`]);
					machine.run(generate(), ['nginx', '/run/http2', ...optionsOf('one'), 'NAMES=one.test', ...certificates['one.test']], { env: { PATH: `/run/bin:${process.env.PATH}` } });
					const text = fs.readFileSync(machine.at('/run/http2/tls.conf'), 'utf8');
					assert.equal(/^\s*listen 443 ssl http2;$/m.test(text), old, version);
					assert.equal(/^\s*http2 on;$/m.test(text), !old, version);
				}
			});
		} else {
			test('a missing module is reported, with all modules that are needed', () => {
				const said = make('one', ['NAMES=one.test', 'PROXIES=10.0.0.9', ...certificates['one.test']]);
				assert.match(said.stdout, /^a2enmod proxy proxy_fcgi headers .* remoteip ssl http2 xsendfile$/m);
				for (const module of ['buffer', 'proxy_fcgi', 'headers', 'deflate', 'http2', 'remoteip', 'setenvif', 'unique_id']) {
					machine.run('sed', ['-i.all', `/LoadModule ${module}_module/d`, '/run/modules/modules.conf']);
					assert.match(check({ status: 1 }).text, new RegExp(`renown needs the module ${module}: a2enmod proxy `));
					machine.run('mv', ['/run/modules/modules.conf.all', '/run/modules/modules.conf']);
				}
				assert.doesNotMatch(check().text, /warn|error/i);
			});
		}
	});

	describe(`conf/generate ${server}: folders that the web server may not enter`, { skip: isRoot ? false : 'needs root' }, () => {
		let machine, sources, folder;
		before(async () => {
			machine = await makeMachine();
			sources = openSources();
			folder = temporaryFolder('closed');
			fs.chmodSync(folder, 0o755);
			makeFolders(path.join(folder, 'site'));
		});
		after(() => machine?.stop());

		test('folders that the web server may not enter are named in one sentence', () => {
			for (const part of ['home', 'other'])
				fs.mkdirSync(path.join(folder, part), { mode: 0o700 });
			fs.cpSync(sources, path.join(folder, 'home/checkout'), { recursive: true });
			makeFolders(path.join(folder, 'home/site'));
			const run = (more, how) => machine.run(`${folder}/home/checkout/conf/generate`, [server, '/run/conf', 'NAMES=a.test', 'NAME=a', ...more], how);
			for (const [more, option, closed] of [
				[[`SITE=${folder}/site`, `DATA=${folder}/home/checkout`], 'DATA', 'home'], [[`SITE=${folder}/home/site`, `DATA=${sources}`], 'SITE', 'home'],
				[[`SITE=${folder}/site`, `DATA=${sources}`, `MEDIA=${folder}/other/media`], 'MEDIA', 'other'], [[`SITE=${folder}/site`, `DATA=${sources}`, `THEMES=${folder}/other`], 'THEMES', 'other']]) {
				const said = run(more, { status: 1 });
				assert.match(said.text, new RegExp(`^generate: ${option}=[^\\n]*: ${folder}/${closed} is closed to www-data, the user of the web server\\.[^\\n]*\\n$`), more.join(' '));
			}
			assert.equal(fs.existsSync(machine.at('/run/conf')), false, 'and nothing is written');
			// It works with an inaccessible checkout if the served files are elsewhere.
			run([`SITE=${folder}/site`, `DATA=${sources}`]);
			for (const name of fs.readdirSync(machine.at('/run/conf'))) {
				const found = fs.statSync(machine.at(`/run/conf/${name}`));
				if (found.isFile())
					assert.doesNotMatch(fs.readFileSync(machine.at(`/run/conf/${name}`), 'utf8'), new RegExp(`${folder}/home`), name);
			}
			assert.equal(machine.run('cat', ['/run/conf/error/missing.html'], { user: 'www-data' }).status, 0);
			// The check also covers another user of the web server.
			fs.chmodSync(path.join(folder, 'home'), 0o750);
			fs.chownSync(path.join(folder, 'home'), 0, ids('games').gid);
			run([`SITE=${folder}/site`, `DATA=${folder}/home/checkout`, 'WWW_USER=games']);
			run([`SITE=${folder}/site`, `DATA=${folder}/home/checkout`], { status: 1 });
		});

		test('impossible values are refused', () => {
			const good = [`SITE=${folder}/site`, `DATA=${sources}`, 'NAMES=a.test'];
			for (const [more, words] of [[['NAME=A.b'], /NAME has/], [['NAME=a-name-of-more-than-20'], /NAME has/], [['DEFAULT=1'], /DEFAULT is one of: no yes/], [['HSTS=max-age=1'], /HSTS is one of/], [['SCHEME=ftp'], /SCHEME is one of/],
				[['PROXIES=proxy.example.org'], /PROXIES are/], [['CERTIFICATE=/x'], /belong together/], [['LISTEN_TLS=443'], /needs CERTIFICATE/], [['LISTEN=80;'], /does not allow/], [['LISTEN=/run/x'], /address/], [['BASE=sub'], /BASE/],
				[['NAMES=a.test\nb'], /does not allow/], [['LOG=log'], /begins with a slash/], [['CERTIFICATE=/x', 'KEY=/y', 'SCHEME=http'], /contradict/], [['COLOUR=red'], /unknown option/]]) {
				const said = machine.run(sources + '/conf/generate', [server, '/run/refused', ...good, ...more], { status: 1 });
				assert.match(said.text, words, more.join(' '));
				assert.equal(said.text.trim().split('\n').length, 1);
			}
			assert.equal(fs.existsSync(machine.at('/run/refused')), false);
		});

		test('the key of the A/B tests survives a new file name and the syntax of older versions', () => {
			const site = [`SITE=${folder}/site`, `DATA=${sources}`, 'NAMES=a.test'], key = () => /[0-9a-f]{32}/.exec(fs.readFileSync(machine.at('/run/key/site-key.conf'), 'utf8'))[0];
			machine.run(sources + '/conf/generate', [server, '/run/key', ...site]);
			const first = key();
			assert.match(fs.readFileSync(machine.at('/run/key/site-key.conf'), 'utf8'), /renown_site_site_key/);
			machine.run(sources + '/conf/generate', [server, '/run/key', ...site, 'NAME=b']);
			assert.equal(key(), first);
			assert.match(fs.readFileSync(machine.at('/run/key/site-key.conf'), 'utf8'), /renown_b_site_key/);
			fs.writeFileSync(machine.at('/run/key/site-key.conf'), server === 'nginx' ? `map "" $renown_site_key {\n\tdefault ${'ab'.repeat(16)};\n}\n` : `Define renown_site_key ${'ab'.repeat(16)}\n`);
			machine.run(sources + '/conf/generate', [server, '/run/key', ...site, 'NAME=b']);
			assert.equal(key(), 'ab'.repeat(16));
			assert.equal(fs.statSync(machine.at('/run/key/site-key.conf')).mode & 0o777, 0o600);
		});
	});
}
