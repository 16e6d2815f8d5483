// The shipped configuration of Apache in front of the real programs: the same URLs, refusals and headers as with
// nginx, tested with ordinary and with raw requests.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { crawl, importPosts, signIn, sql } from './content.mjs';
import { png, sendFiles, wav } from './files.mjs';
import { cookieOf, proofIn, sendForm } from './forms.mjs';
import { rawStatus, serveSite, sleep, until } from './lib.mjs';

const securityHeaders = {
	'content-security-policy': /^default-src 'none'; (script-src 'self'; style-src 'self'; .*frame-ancestors 'none'|sandbox; frame-ancestors 'none')$/,
	'x-content-type-options': /^nosniff$/,
	'x-frame-options': /^DENY$/,
	'referrer-policy': /^(strict-origin-when-cross-origin|no-referrer)$/,
	'permissions-policy': /camera=\(\)/,
	'cross-origin-opener-policy': /^same-origin$/,
};
function assertSecure(answer, where) {
	for (const [name, value] of Object.entries(securityHeaders)) {
		assert.match(answer.headers[name] ?? '', value, `${where}: ${name}`);
		assert.equal(answer.raw.filter((_, i) => i % 2 === 0).filter((one) => one.toLowerCase() === name).length, 1, `${where}: ${name} once`);
	}
	for (const name of Object.keys(answer.headers))
		assert.doesNotMatch(name, /^x-renown|^x-powered|^status$/, where);
}

for (const base of ['', '/sub']) {
	describe(`Apache, a site at ${base || 'the root'}`, () => {
		let site;
		before(async () => { site = await serveSite({ server: 'apache', sample: true, base }); });
		after(() => site?.stop());

		test('every URL that the site links to answers, with its headers', async () => {
			const answers = await crawl(site, { most: 400 });
			assert.ok(answers.size > 100);
			for (const [where, answer] of answers) {
				assert.ok([200, 301, 302, 303].includes(answer.status), `${where}: ${answer.status}`);
				assertSecure(answer, where);
				assert.equal(answer.headers['set-cookie'], undefined, where);
				assert.match(answer.headers.vary ?? '', /^(?:(?:Accept-Encoding|Accept-Language)(?:, *|$))*$/, where);
			}
			const media = [...answers.keys()].find((where) => where.startsWith('/media/'));
			assert.ok(media, 'an image was among them');
			assert.equal(answers.get(media).headers['cache-control'], 'public, max-age=31536000, immutable');
			assert.match(answers.get(media).headers['content-security-policy'], /sandbox/);
			const part = await site.get(media, { headers: { range: 'bytes=0-9' } });
			assert.equal(part.status, 206);
			assert.equal(part.bytes.length, 10);
			const style = [...answers.keys()].find((where) => /^\/assets\/style\.css\?v=/.test(where));
			assert.match(answers.get(style).headers['content-type'], /^text\/css; ?charset=utf-8$/i);
			assert.match(answers.get(style).headers['cache-control'], /immutable/);
			assert.match((await site.get('/assets/style.css')).headers['cache-control'], /max-age=300$/);
		});

		test('refused requests get the error page of the configuration, which reveals nothing internal', async () => {
			for (const [where, status, how] of [['/nothing', 404], ['/blog/nothing', 404], ['/media/nothing', 404], [`/media/ab/${'a'.repeat(64)}.svg`, 404], ['/assets/nothing.css', 404],
				['/assets/../renown.conf', 404], ['/assets/%2e%2e/site.xsl', 404], ['/blog', 405, { method: 'POST', body: 'a=1' }], ['/blog', 405, { method: 'DELETE' }],
				['/sign-in', 413, { method: 'POST', body: 'x'.repeat(50000), headers: { 'content-length': 50000 } }], ['/blog', 413, { method: 'POST', body: 'x'.repeat(2000), headers: { 'content-length': 2000 } }],
				['/sign-in', 411, { method: 'POST', body: 'a=1', headers: { 'transfer-encoding': 'chunked' } }],
				['/blog/%0a', 404], ['/blog/%c0%bc', 404], ['/renown-error/missing.html', base ? 404 : 403]]) {
				const answer = await site.get(where, how);
				assert.equal(answer.status, status, where);
				assertSecure(answer, where);
				assert.match(answer.text, /<h1/, where);
				assert.doesNotMatch(answer.text, /sqlite|\.c:\d|\/usr\/|Apache|renown\.db/i, where);
			}
			assert.equal((await site.get('/blog', { method: 'POST', body: 'a=1' })).headers.allow, 'GET, HEAD');
		});

		test('another host name, a path outside the site, and forged headers are refused or ignored', async () => {
			const host = `Host: 127.0.0.1:${site.port}\r\nConnection: close\r\n`;
			assert.equal(rawStatus(await site.raw(`GET ${base}/blog HTTP/1.1\r\nHost: evil.invalid\r\nConnection: close\r\n\r\n`)), 421);
			assert.equal(rawStatus(await site.raw(`GET ${base}/../../etc/passwd HTTP/1.1\r\n${host}\r\n`)), 400);
			assert.notEqual(rawStatus(await site.raw(`GET ${base}/media/..%2f..%2frenown.db HTTP/1.1\r\n${host}\r\n`)), 200);
			assert.equal(rawStatus(await site.raw(`TRACE ${base}/blog HTTP/1.1\r\n${host}\r\n`)), 405);
			assert.equal(rawStatus(await site.raw(`POST ${base}/blog HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`)), 400);
			// The request is too long to tell its host name: Apache answers with its own page.
			assert.equal((await site.get(`/${'x'.repeat(9000)}`)).status, 414);
			// The client's header RENOWN-PATH arrives under another name.
			const answer = await site.get('/blog', { headers: { 'renown-path': '/admin', 'renown_path': '/admin', proxy: 'http://evil.invalid' } });
			assert.equal(answer.status, 200);
			const zh = await site.get('/', { headers: { 'accept-language': 'fr, zh-CN, en' } });
			assert.ok(zh.text.includes('lang="zh-Hans"><head>') || zh.text.includes('lang="zh"><head>'));
			assert.ok((await site.get('/', { headers: { 'accept-language': 'en-GB, zh' } })).text.includes('lang="en"><head>'));
		});

		test('an unchanged page is a 304; HEAD has no body', async () => {
			const first = await site.get('/blog');
			assert.equal((await site.get('/blog', { headers: { 'if-none-match': first.headers.etag } })).status, 304);
			const head = await site.get('/blog', { method: 'HEAD' });
			assert.equal(head.status, 200);
			assert.equal(head.bytes.length, 0);
		});
	});
}

describe('Apache with signed-in authors', () => {
	let site, owner;
	before(async () => {
		site = await serveSite({ server: 'apache', owner: true });
		owner = signIn(site, 1);
	});
	after(() => site?.stop());

	test('the printed link signs in', async () => {
		const [, where] = /(\/sign-in\/\S+)/.exec(site.renown('user', 'link', 'owner@example.org').text);
		const page = await site.get(where);
		assert.equal(page.status, 200);
		assert.equal(page.headers['referrer-policy'], 'no-referrer');
		const sent = await sendForm(site, where, { proof: proofIn(page.text) });
		assert.equal(sent.status, 303);
		const account = await site.get('/account', { headers: { cookie: cookieOf(sent) } });
		assert.equal(account.status, 200);
		assert.match(account.headers['cache-control'], /no-store/);
		const secret = where.split('/')[2];
		await site.get('/admin/users?q=somebody%40example.net', { headers: { cookie: owner, referer: `${site.url}/write?q=somebody%40example.net` } });
		await until('the log is written', () => site.log('access.log').includes('/admin/users\t***'));
		assert.ok(!site.log('access.log').includes('example.net'));
		await until('the log is written', () => site.log('access.log').includes('/sign-in/***'));
		assert.ok(!site.log('access.log').includes(secret) && !site.log('error.log').includes(secret), 'no log contains the secret');
	});

	test('a long text is saved and can be read; a form from another site is refused', async () => {
		const page = await site.get('/write/new', { headers: { cookie: owner } });
		const text = `# 品牌\n\n${'Words and 汉字. '.repeat(20000)}`.slice(0, 180000);
		const fields = { title: 'Behind Apache', text, summary: '', tags: '', lang: 'en', access: 'public', slug: '', when: '', revision: '0', do: 'publish', proof: proofIn(page.text, 'post') };
		assert.equal((await sendForm(site, '/write/new', fields, { cookie: owner, origin: 'https://evil.invalid' })).status, 403);
		const sent = await sendForm(site, '/write/new', fields, { cookie: owner, origin: site.url });
		assert.equal(sent.status, 303, sent.text.slice(0, 400));
		const post = await site.get('/blog/behind-apache');
		assert.equal(post.status, 200);
		await until('the log names the post', () => /\tpost\t\d+\t\d+\n/.test(site.log('access.log')));
	});

	test('a client that sends slowly does not occupy a worker', async () => {
		const slow = [['/sign-in', 2000], ['/sign-in', 2001], ['/write/new', 900000], ['/admin/settings/general', 4000], ['/blog', 900], ['/blog', 901]].map(([where, length]) => {
			const socket = net.connect(site.port, '127.0.0.1', () => {
				socket.write(`POST ${where} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`);
				socket.write('x'.repeat(length - 10));
			});
			socket.on('error', () => null);
			return socket;
		});
		await sleep(500);
		for (const where of ['/account', '/write', '/admin', '/blog']) { // as many as each program has workers
			const begun = Date.now();
			assert.equal((await site.get(where, { headers: { cookie: owner } })).status, 200, where);
			assert.ok(Date.now() - begun < 2000, where);
		}
		slow.forEach((socket) => socket.destroy());
	});

	test('files are uploaded to the media library, also files larger than the limit for forms', async () => {
		const proof = proofIn((await site.get('/write/media', { headers: { cookie: owner } })).text, 'upload');
		assert.equal((await sendFiles(site, '/write/media', [['proof', proof]], [['file', 'long.wav', wav(700)], ['file', 'a.png', png()]], { cookie: owner })).status, 303);
		assert.equal(sql(site, 'SELECT count(*), max(bytes) > 5000000 FROM media'), '2|1');
	});

	test('restricted content stays restricted; a signed-in page is not cached', async () => {
		importPosts(site, [{ name: 'closed.md', title: 'Closed', date: '2026-01-01', access: 'paid', text: 'Open.\n\n<!--more-->\n\nCANARY' }]);
		assert.doesNotMatch((await site.get('/blog/closed')).text, /CANARY/);
		assert.match((await site.get('/blog/closed', { headers: { cookie: owner } })).text, /CANARY/);
		assert.doesNotMatch((await site.get('/blog/closed')).text, /CANARY/);
		assert.match((await site.get('/write', { headers: { cookie: owner } })).headers['cache-control'], /no-store/);
	});

	test('a worker that dies loses only its current request', async () => {
		sql(site, 'SELECT 1;');
		site.programs.blog.kill('SIGSTOP');
		site.programs.blog.kill('SIGCONT');
		for (const pid of fs.readFileSync(`/proc/${site.programs.blog.pid}/task/${site.programs.blog.pid}/children`, 'utf8').split(' ').filter(Boolean))
			process.kill(Number(pid), 'SIGKILL');
		await until('pages are served again', async () => (await site.get('/blog')).status === 200, 5000);
		assert.ok(fs.existsSync(path.join(site.folder, 'run/blog.sock')));
	});
});
