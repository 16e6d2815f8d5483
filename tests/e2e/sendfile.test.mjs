// Restricted files sent by nginx and by Apache: who gets them, with which headers, and that there is no other way to get them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importPosts, signIn, sql } from './content.mjs';
import { startFake } from './fcgi.mjs';
import { jpeg, png } from './files.mjs';
import { proofIn, sendForm } from './forms.mjs';
import { freePort, makeFolders, renown, request, serveSite, startApache, startNginx, stop, temporaryFolder, until } from './lib.mjs';
import { programNames } from './programs.mjs';

const password = 'seven quiet herons at dusk';

for (const [server, base] of [['nginx', ''], ['apache', ''], ['apache', '/sub']]) {
	describe(`files that ${server} sends, ${base || 'at the root'}`, () => {
		let site, address, name, bytes;
		const cookies = {};
		const ask = (where, who, headers = {}, method = 'GET') => site.get(where, { method, headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
		const once = (answer, header) => answer.raw.filter((_, i) => i % 2 === 0).filter((one) => one.toLowerCase() === header).length;
		before(async () => {
			site = await serveSite({ server, base });
			['Owner', 'Anna', 'Mia', 'Paul'].forEach((who, i) => {
				site.renown('user', 'add', '--name', who, '--email', `${who.toLowerCase()}@example.org`, '--role', ['owner', 'author', 'member', 'member'][i]);
				cookies[who] = signIn(site, i + 1, who.padEnd(43, 'x'));
			});
			site.renown('grant', 'add', 'paul@example.org', '--everything');
			const folder = temporaryFolder('posts');
			fs.writeFileSync(path.join(folder, 'open.png'), png(81, 40, 'red'));
			fs.writeFileSync(path.join(folder, 'shut.jpg'), jpeg());
			importPosts(site, [{ name: 'paid.md', title: 'Paid', slug: 'paid', access: 'paid', date: '2026-01-02', text: '![One](open.png)\n\n<!--paid-->\n\n![Two](shut.jpg)' }], { folder });
			name = sql(site, "SELECT substr(digest, 1, 2) || '/' || digest || '.jpg' FROM media WHERE name = 'shut.jpg'");
			bytes = fs.readFileSync(path.join(site.folder, 'media/closed', name));
			address = `/media/${name}`;
		});
		after(() => site?.stop());

		test('readers with access get a restricted file: whole, as a range, with HEAD, and as "not modified"', async () => {
			for (const who of [undefined, 'Mia', 'Anna'])
				for (const method of ['GET', 'HEAD'])
					for (const range of [{}, { range: 'bytes=0-9' }]) {
						const shut = await ask(address, who, range, method);
						assert.equal(shut.status, 404, `${who} ${method}`);
						assert.match(shut.headers['content-type'], /^text\/html/);
					}
			const whole = await ask(address, 'Paul');
			assert.equal(whole.status, 200);
			assert.ok(whole.bytes.equals(bytes));
			assert.equal(whole.headers['content-type'], 'image/jpeg');
			assert.equal(whole.headers['content-length'], String(bytes.length));
			assert.equal(whole.headers['cache-control'], 'private, no-cache');
			assert.match(whole.headers['content-security-policy'], /sandbox/);
			for (const header of ['cache-control', 'content-type', 'content-security-policy', 'etag', 'last-modified', 'x-content-type-options'])
				assert.equal(once(whole, header), 1, header);
			for (const header of ['x-accel-redirect', 'x-sendfile', 'x-renown-event', 'set-cookie', 'content-disposition', 'expires'])
				assert.equal(whole.headers[header], undefined, header);
			const part = await ask(address, 'Paul', { range: 'bytes=2-11' });
			assert.deepEqual([part.status, part.headers['content-range']], [206, `bytes 2-11/${bytes.length}`]);
			assert.ok(part.bytes.equals(bytes.subarray(2, 12)));
			assert.ok((await ask(address, 'Paul', { range: 'bytes=-7' })).bytes.equals(bytes.subarray(-7)));
			const beyond = await ask(address, 'Paul', { range: 'bytes=99999999-' });
			assert.equal(beyond.status, 416);
			const head = await ask(address, 'Paul', {}, 'HEAD');
			assert.deepEqual([head.status, head.headers['content-length'], head.bytes.length], [200, String(bytes.length), 0]);
			for (const condition of [{ 'if-none-match': whole.headers.etag }, { 'if-modified-since': whole.headers['last-modified'] }]) {
				const same = await ask(address, 'Paul', condition);
				assert.equal(same.status, 304, JSON.stringify(condition));
				assert.equal(same.bytes.length, 0);
				assert.match(same.headers['cache-control'] ?? 'private', /private/);
				assert.equal((await ask(address, 'Mia', condition)).status, 404, 'access is checked before If-None-Match');
			}
			assert.equal((await ask(address, 'Paul', { range: 'bytes=0-3', 'if-range': '"other"' })).status, 200);
			await until('the log names the file', () => new RegExp(`\t/[^\t]*${name}\t[^\n]*\tmedia\t\\d+\t`).test(site.log('access.log')));
		});

		test('a public file needs no program, and a restricted one is checked each time', async () => {
			const open = `/media/${sql(site, "SELECT substr(digest, 1, 2) || '/' || digest || '.png' FROM media WHERE name = 'open.png'")}`;
			const answer = await ask(open);
			assert.deepEqual([answer.status, answer.headers['cache-control'], once(answer, 'cache-control')], [200, 'public, max-age=31536000, immutable', 1]);
			sql(site, 'UPDATE grant_right SET starts = 1, ends = 2');
			assert.equal((await ask(address, 'Paul')).status, 404);
			sql(site, 'UPDATE grant_right SET ends = NULL');
			assert.equal((await ask(address, 'Paul')).status, 200);
		});

		test('an export is sent to its author only, under a plain name, and never cached', async () => {
			const page = await ask('/write/export', 'Anna');
			assert.equal((await sendForm(site, '/write/export', { proof: proofIn(page.text) }, { cookie: cookies.Anna })).status, 303);
			site.work();
			const file = await ask('/write/export/file', 'Anna');
			assert.equal(file.status, 200);
			assert.deepEqual([...file.bytes.subarray(0, 2)], [0x1f, 0x8b]);
			assert.equal(file.headers['content-type'], 'application/gzip');
			assert.equal(file.headers['content-encoding'], undefined);
			assert.equal(file.headers['content-disposition'], 'attachment; filename="renown-export.tar.gz"');
			assert.deepEqual([file.headers['cache-control'], once(file, 'cache-control')], ['private, no-store', 1]);
			assert.equal((await ask('/write/export/file', 'Anna', { range: 'bytes=0-1' })).status, 206, 'an interrupted download continues');
			const stored = sql(site, 'SELECT name FROM export_job');
			for (const [where, who] of [['/write/export/file', 'Owner'], ['/write/export/file', 'Paul'], [`/renown-export/${stored}`, 'Anna'], [`/export/${stored}`, 'Anna'], [`/media/${stored}`, 'Anna'], [`/media/../export/${stored}`, 'Anna']])
				assert.ok([403, 404].includes((await ask(where, who)).status), `${who} ${where}`);
			assert.equal((await ask('/write/export/file')).status, 303);
		});

		test('a backup is sent to an owner with the password', async () => {
			renown(site.folder, ['user', 'password', 'owner@example.org'], { input: `${password}\n` });
			cookies.Owner = signIn(site, 1, 'Owner2'.padEnd(43, 'x'));
			const asked = await sendForm(site, '/admin/backups', { proof: proofIn((await ask('/admin/backups', 'Owner')).text, 'backup') }, { cookie: cookies.Owner });
			assert.equal(asked.status, 303);
			site.work();
			const [id, stored] = sql(site, "SELECT id, name FROM backup_job WHERE name <> '' ORDER BY id DESC LIMIT 1").split('|'), where = `/admin/backups/${id}`;
			const proof = proofIn((await ask('/admin/backups', 'Owner')).text, 'download');
			assert.equal((await sendForm(site, where, { proof, password: 'wrong horse' }, { cookie: cookies.Owner })).status, 422);
			const file = await sendForm(site, where, { proof, password }, { cookie: cookies.Owner, range: 'bytes=0-9' });
			assert.equal(file.status, 200);
			assert.ok(file.bytes.equals(fs.readFileSync(path.join(site.folder, 'backup', stored))));
			assert.match(file.headers['content-disposition'], /^attachment; filename="renown-\d{4}-\d\d-\d\d\.tar"$/);
			assert.deepEqual([file.headers['content-type'], file.headers['cache-control'], once(file, 'cache-control')], ['application/x-tar', 'private, no-store', 1]);
			for (const guess of [`/renown-backup/${stored}`, `/backup/${stored}`, `/media/${stored}`, `/media/../backup/${stored}`, '/renown-backup/../renown.db', where])
				assert.ok([403, 404, 405].includes((await ask(guess, 'Owner')).status), guess);
			assert.match((await ask('/admin/health', 'Owner')).text, /it sends restricted files to people who have access/);
		});
	});
}

// A test program sends headers that ours never send: how the web server handles them.
for (const [server, startServer, header] of [['nginx', startNginx, 'X-Accel-Redirect'], ['apache', startApache, 'X-Sendfile']]) {
	describe(`${server} with a program that names files to send`, () => {
		const digest = 'ab'.padEnd(64, '1'), says = {};
		let folder, port, fakes, child;
		const get = (where, how) => request(`http://127.0.0.1:${port}${where}`, how);
		before(async () => {
			folder = temporaryFolder('told');
			makeFolders(folder);
			for (const part of ['media/closed/ab', 'export', 'backup'])
				fs.mkdirSync(path.join(folder, part), { recursive: true });
			for (const [file, text] of [[`media/closed/ab/${digest}.png`, 'CLOSED'], ['export/one', 'EXPORT'], ['backup/one', 'BACKUP'], ['renown.db', 'STORE']])
				fs.writeFileSync(path.join(folder, file), text);
			fs.symlinkSync('/etc/passwd', path.join(folder, 'media/closed/ab/link'));
			port = await freePort();
			const answer = (told) => `Status: 200 OK\r\nContent-Type: image/png\r\n${says.value ? `${header}: ${says.value}\r\n` : ''}X-Told: ${told.RENOWN_SEND ?? 'nothing'}\r\n\r\nBODY`;
			fakes = [];
			for (const program of programNames)
				fakes.push(await startFake(path.join(folder, `run/${program}.sock`), answer));
			child = await startServer(folder, { port });
		});
		after(async () => {
			await stop(child);
			for (const fake of fakes)
				await fake.stop();
		});

		test('the parameter is set for URLs that send files, and no client can set it', async () => {
			says.value = '';
			const lie = { headers: { 'renown-send': 'x-sendfile', 'renown_send': 'x-sendfile', 'renown-bucket': '7', 'x-sendfile': '/etc/passwd', 'x-accel-redirect': '/renown-backup/one' } };
			const way = server === 'nginx' ? 'x-accel-redirect' : 'x-sendfile';
			for (const where of [`/media/ab/${digest}.png`, '/write/export/file', '/zh/write/export/file', '/admin/backups/1', '/admin/health'])
				assert.equal((await get(where, lie)).headers['x-told'], way, where);
			for (const where of ['/', '/blog/x', '/feed.rss', '/account', '/search?q=x'])
				assert.equal((await get(where, lie)).headers['x-told'], 'nothing', where);
			for (const where of ['/', `/media/ab/${digest}.png`])
				assert.equal((await get(where, lie)).text, 'BODY', where);
		});

		test('files are sent only from the folders meant for it', async () => {
			const places = server === 'nginx'
				? { media: `/renown-media/closed/ab/${digest}.png`, export: '/renown-export/one', backup: '/renown-backup/one' }
				: { media: `${folder}/media/closed/ab/${digest}.png`, export: `${folder}/export/one`, backup: `${folder}/backup/one` };
			const wanted = { media: `/media/ab/${digest}.png`, export: '/write/export/file', backup: '/admin/backups/1' };
			for (const kind of ['media', 'export', 'backup']) {
				says.value = places[kind];
				assert.equal((await get(wanted[kind])).text, kind === 'media' ? 'CLOSED' : kind.toUpperCase(), kind);
			}
			const odd = server === 'nginx'
				? ['/renown-media/../renown.db', '/renown-media/../../etc/passwd', '/renown-media/%2e%2e/renown.db', '/renown-backup/../renown.db', '/renown-export/']
				: ['/etc/passwd', `${folder}/renown.db`, `${folder}/media/../renown.db`, `${folder}/media/../../../etc/passwd`, '../renown.db', 'renown.db', `${folder}/mediax`, `${folder}/media`, `${folder}/backup/%2e%2e/renown.db`];
			for (const where of Object.values(wanted))
				for (const value of odd) {
					says.value = value;
					const answer = await get(where);
					assert.ok(answer.status >= 400, `${where}: ${value}: ${answer.status}`);
					assert.doesNotMatch(answer.text, /STORE|root:|BODY/, value);
					assert.equal(answer.headers[header.toLowerCase()], undefined);
				}
			// For other URLs no file is sent, whatever header a program sends, and the reader does not see the header.
			for (const where of ['/', '/feed.rss', '/write', '/admin/backups', '/account']) {
				if (server === 'nginx' && where !== '/' && where !== '/feed.rss')
					continue; // these programs use internal locations that only programs can name
				says.value = places.backup;
				assert.equal((await get(where)).text.includes('BACKUP'), false, where);
			}
		});
	});
}

describe('a web server that does not set RENOWN_SEND', () => {
	test('no file is sent, and the reason is in the log and on the health page', async () => {
		const modules = temporaryFolder('modules'), all = process.env.RENOWN_APACHE_MODULES ?? '/usr/lib/apache2/modules';
		for (const module of fs.readdirSync(all))
			if (module !== 'mod_xsendfile.so')
				fs.symlinkSync(path.join(all, module), path.join(modules, module));
		const site = await serveSite({ server: 'apache', values: [`MODULES=${modules}`], owner: true });
		try {
			const cookie = signIn(site, 1), folder = temporaryFolder('posts');
			fs.writeFileSync(path.join(folder, 'shut.png'), png());
			importPosts(site, [{ name: 'paid.md', title: 'Paid', access: 'paid', date: '2026-01-02', text: '<!--paid-->\n\n![Two](shut.png)' }], { folder });
			const address = `/media/${sql(site, "SELECT substr(digest, 1, 2) || '/' || digest || '.png' FROM media")}`;
			assert.equal((await site.get(address)).status, 404, 'the response to a visitor does not reveal the reason');
			const answer = await site.get(address, { headers: { cookie } });
			assert.equal(answer.status, 500);
			assert.equal(answer.headers['x-sendfile'], undefined);
			assert.match(site.log('blog.log'), /cannot be sent: RENOWN_SEND is not set/);
			assert.match((await site.get('/admin/health', { headers: { cookie } })).text, /The web server doesn't say how it sends files/);
		} finally {
			await site.stop();
		}
	});
});
