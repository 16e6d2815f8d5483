// A proxy in front of the web server: which IP address the programs, limits, buckets and log use. Headers of a named proxy are trusted,
// headers of other clients are not.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { makeFolders, stop, temporaryFolder, until } from './lib.mjs';
import { programNames } from './programs.mjs';
import { isRoot, makeMachine, openSources } from './root.mjs';

const here = '10.0.0.1', proxy = '10.0.0.9', elsewhere = '192.0.2.7', reader = '203.0.113.5';

for (const server of ['nginx', 'apache']) {
	describe(`${server} behind a proxy`, { skip: isRoot ? false : 'needs root' }, () => {
		let machine, folder, sources, child;
		const fakes = [], log = () => fs.readFileSync(machine.at('/var/log/renown/site/access.log'), 'utf8');
		const ask = (where, how = {}) => machine.get(`http://site.test${where}`, { ...how, headers: { cookie: 'sid=x', 'user-agent': 'agent', ...how.headers } });
		const addressOf = async (how) => (await ask('/sign-in', how)).text.split(' ')[0];

		async function serve(more) {
			if (child)
				await stop(child);
			machine.run(path.join(sources, 'conf/generate'), [server, '/run/conf', `SITE=${folder}/site`, `DATA=${sources}`, 'NAMES=site.test', `LISTEN=80${server === 'nginx' ? ' [::]:80' : ''}`, ...more]);
			fs.rmSync(machine.at('/var/log/renown/site/access.log'), { force: true });
			if (server === 'nginx') {
				fs.rmSync(machine.at('/etc/nginx/sites-enabled/default'), { force: true });
				machine.run('ln', ['-sfn', '/run/conf/renown.conf', '/etc/nginx/sites-enabled/site']);
				child = machine.start('nginx', ['-g', 'daemon off;'], { log: path.join(folder, 'server.log') });
			} else {
				machine.run(path.join(sources, 'conf/generate'), [server, '/run/modules', `SITE=${folder}/site`, `DATA=${sources}`, 'NAMES=site.test', 'PROXIES=10.0.0.9', 'SERVE=yes']);
				fs.writeFileSync(machine.at('/etc/apache2/main.conf'), `ServerRoot /etc/apache2\nDefaultRuntimeDir /run/apache2\nPidFile /run/apache2/apache2.pid\nMutex file:/run/apache2\nServerName default.test\nTypesConfig /dev/null
					include /run/modules/modules.conf\nUser www-data\nGroup www-data\nErrorLog /var/log/apache2/error.log\nListen 80\ninclude /run/conf/renown.conf\n`);
				child = machine.start('apache2', ['-D', 'FOREGROUND', '-f', '/etc/apache2/main.conf'], { log: path.join(folder, 'server.log') });
			}
			await until('it listens', () => {
				assert.equal(child.exitCode, null, fs.readFileSync(path.join(folder, 'server.log'), 'utf8'));
				return ask('/robots.txt').catch(() => false);
			});
		}

		before(async () => {
			machine = await makeMachine();
			sources = openSources();
			folder = temporaryFolder('proxies');
			fs.chmodSync(folder, 0o755);
			makeFolders(path.join(folder, 'site'));
			fs.mkdirSync(machine.at('/run/renown/site'), { recursive: true });
			for (const program of programNames) {
				const socket = machine.at(`/run/renown/site/${program}.sock`);
				fakes.push(await startFake(socket, (told) => `Status: 200 OK\r\nContent-Type: text/plain\r\nCache-Control: private\r\n\r\n${told.REMOTE_ADDR ?? '-'} ${told.RENOWN_BUCKET || '-'}`));
				fs.chmodSync(socket, 0o666);
			}
		});
		after(async () => {
			if (child)
				await stop(child);
			for (const fake of fakes)
				await fake.stop();
			await machine?.stop();
		});

		test('without PROXIES no forwarded address is trusted', async () => {
			await serve([]);
			for (const [from, to] of [['127.0.0.1', '127.0.0.1'], [proxy, here], [elsewhere, here]])
				for (const headers of [{}, { 'X-Forwarded-For': reader }, { Forwarded: `for=${reader}` }, { 'X-Real-IP': reader, 'Client-IP': reader }, { 'X-Forwarded-For': '127.0.0.1' }])
					assert.equal(await addressOf({ from, to, headers }), from, JSON.stringify(headers));
			const bucket = async (headers) => (await ask('/blog', { from: proxy, headers })).text.split(' ')[1];
			const own = await bucket({});
			for (let i = 1; i < 20; i++)
				assert.equal(await bucket({ 'X-Forwarded-For': `203.0.113.${i}` }), own);
			// The only site on its addresses, without DEFAULT=yes: requests for other names do not reach the site.
			const unknown = await machine.get('http://unknown.test/').catch((error) => error);
			assert.ok(server === 'nginx' ? [52, 56].includes(unknown.code) : unknown.status === 421, `${unknown.code} ${unknown.status}`);
			await until('the log is written', () => log().includes(`\t${elsewhere}\t`));
			assert.ok(!log().includes(reader));
		});

		test('the address that a trusted proxy adds is used for programs, buckets and log', async () => {
			await serve([`PROXIES=${proxy} 127.0.0.1 2001:db8::/64`]);
			for (const [from, to] of [[proxy, here], ['127.0.0.1', '127.0.0.1']])
				for (const [said, address] of [[reader, reader], [`6.6.6.6, ${reader}`, reader], [`127.0.0.1, ${reader}`, reader], [`6.6.6.6, ${reader}, ${proxy}`, reader], [`unknown, ${reader}`, reader], ['192.168.1.5', '192.168.1.5'],
					['2001:db8:7::5', '2001:db8:7::5'], ['nonsense', from], ['', from], [`${reader}, nonsense`, from]])
					assert.equal(await addressOf({ from, to, headers: { 'X-Forwarded-For': said } }), address, `${from}: ${said}`);
			for (const said of [reader, '127.0.0.1', proxy])
				assert.equal(await addressOf({ from: elsewhere, headers: { 'X-Forwarded-For': said } }), elsewhere, `from elsewhere: ${said}`);
			assert.equal(await addressOf({ from: '10.0.0.10', headers: { 'X-Forwarded-For': reader } }), '10.0.0.10', 'a host in the network of the proxy is not trusted');
			assert.equal(await addressOf({ from: proxy, headers: { Forwarded: `for=${reader}` } }), proxy, 'only X-Forwarded-For counts');
			const buckets = new Set();
			for (let i = 1; i <= 30; i++)
				buckets.add((await ask('/blog', { from: proxy, headers: { 'X-Forwarded-For': `203.0.113.${i}` } })).text.split(' ')[1]);
			assert.ok(buckets.size > 5, 'buckets use the reader\'s address');
			await until('the log is written', () => log().includes('\t203.0.113.30\t'));
			assert.ok(log().includes(`\t${reader}\t`) && !log().includes('6.6.6.6'));
		});

		if (server === 'nginx')
			test('limits count per reader, and a forwarded request never counts as local', async () => {
				const refused = async (howOf) => (await machine.getAll(Array.from({ length: 60 }, (_, i) => [`http://site.test/search?q=${i}`, howOf(i)]))).filter((status) => status === 429).length;
				const local = { from: '127.0.0.1', to: '127.0.0.1' };
				await serve([`PROXIES=${proxy}`]);
				assert.equal(await refused(() => local), 0, 'this machine itself');
				for (const [name, value] of [['X-Forwarded-For', reader], ['Forwarded', 'for=x'], ['X-Real-IP', reader], ['Via', '1.1 x'], ['X-Forwarded-For', '127.0.0.1']]) {
					await serve([]);
					assert.ok(await refused(() => ({ ...local, headers: { [name]: value } })) >= 10, name);
				}
				await serve([`PROXIES=${proxy} 127.0.0.1`]);
				for (const who of [{ ...local, headers: { 'X-Forwarded-For': reader } }, { from: proxy, headers: { 'X-Forwarded-For': '203.0.113.77' } }, { from: proxy, headers: { 'X-Forwarded-For': '127.0.0.1' } }])
					assert.ok(await refused(() => who) >= 10, JSON.stringify(who));
				assert.equal(await refused((i) => ({ from: proxy, headers: { 'X-Forwarded-For': `198.51.100.${i}` } })), 0, 'sixty readers behind one proxy');
				// A client that forges addresses does not get a separate limit for each.
				assert.ok(await refused((i) => ({ from: elsewhere, headers: { 'X-Forwarded-For': `198.51.100.${i + 100}` } })) >= 10);
			});

		if (server === 'nginx')
			test('with IPv6 a limit applies to a network', async () => {
				await serve([]);
				const get = (from, i) => machine.get(`http://[2001:db8::1]/search?q=${i}`, { from, headers: { host: 'site.test', cookie: 'sid=x' } });
				const statuses = await machine.getAll(Array.from({ length: 60 }, (_, i) => [`http://[2001:db8::1]/search?q=${i}`, { from: `2001:db8:7:${(i % 40 + 1).toString(16)}::${i % 40 + 1}`, headers: { host: 'site.test' } }]));
				assert.ok(statuses.filter((status) => status === 429).length >= 10, `forty addresses of one /48: ${statuses}`);
				assert.equal((await get('2001:db8:8::1', 50)).status, 200, 'another network');
				// IPv4 addresses as a proxy may write them.
				await serve([`PROXIES=${proxy}`]);
				const mapped = await machine.getAll(Array.from({ length: 60 }, (_, i) => [`http://site.test/search?q=${i}`, { from: proxy, headers: { 'X-Forwarded-For': `::ffff:198.51.100.${i}` } }]));
				assert.ok(mapped.every((status) => status === 200), `${mapped}`);
			});

		test('with TLS at the proxy, HTTP redirects to HTTPS, and responses have HSTS', async () => {
			fs.writeFileSync(path.join(folder, 'site/renown.conf'), 'base_url = https://site.test\n');
			await serve([`PROXIES=${proxy}`]);
			const from = proxy, forwarded = (proto) => ({ from, headers: { 'X-Forwarded-For': reader, 'X-Forwarded-Proto': proto } });
			for (const how of [{ from }, forwarded('https'), { from: elsewhere, headers: { 'X-Forwarded-Proto': 'http' } }]) {
				const answer = await ask('/blog', how);
				assert.equal(answer.status, 200, JSON.stringify(how));
				assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
			}
			for (const where of ['/blog?a=b', '/sign-in', '/assets/style.css']) {
				const answer = await ask(where, forwarded('http'));
				assert.equal(answer.status, 301, where);
				assert.equal(answer.headers.location, `https://site.test${where}`);
			}
			await serve([]);
			assert.equal((await ask('/blog')).headers['strict-transport-security'], 'max-age=31536000');
			await serve(['HSTS=no']);
			assert.equal((await ask('/blog')).headers['strict-transport-security'], undefined);
			await serve(['SCHEME=http', `PROXIES=${proxy}`]);
			assert.equal((await ask('/blog', forwarded('http'))).status, 200);
			assert.equal((await ask('/blog')).headers['strict-transport-security'], undefined);
		});

		test('a symbolic link in the place of renown.conf is not followed', async () => {
			const conf = path.join(folder, 'site/renown.conf');
			fs.renameSync(conf, path.join(folder, 'secret'));
			fs.symlinkSync(path.join(folder, 'secret'), conf);
			await serve([]);
			assert.equal((await ask('/blog')).headers['strict-transport-security'], undefined);
		});
	});
}
