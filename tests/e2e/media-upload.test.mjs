// Uploading files: which files and request bodies are accepted, and from whom.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { describe, test } from 'node:test';
import { sql, stamped } from './content.mjs';
import { png, sendFiles, wav } from './files.mjs';
import { problems, proofIn } from './forms.mjs';
import { rawStatus, request } from './lib.mjs';
import { mediaSite } from './media.mjs';

describe('uploads', () => {
	const { site, cookies, ask, upload, add, pathOf, folderOf, write, assertHealthy } = mediaSite();

	test('an unsupported file is refused, and the others are accepted', async () => {
		const count = () => Number(sql(site, 'SELECT count(*) FROM media'));
		const start = count();
		for (const [name, bytes] of [['x.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')], ['x.html', png()], ['x.png', Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
			['x.jpg', Buffer.from('GIF89a<script>')], ['x.png.exe', png()], ['noname', png()], ['x.png', png().subarray(0, 60)], ['x.mp3', Buffer.from('ID3')], ['x.pdf.html', Buffer.from('%PDF-1.4')],
			['bomb.png', png(30000, 30000, 'red', { claim: true })], ['wide.png', png(19000, 19000, 'red', { claim: true })]]) {
			const answer = await upload('Anna', [['file', name, bytes]]);
			assert.equal(answer.status, 422, name);
			assert.match(problems(answer.text)[0], /not of a supported type|too large/, name);
		}
		const answer = await upload('Anna', [['file', 'bad.svg', Buffer.from('<svg/>')], ['file', 'good.png', png(11, 12, 'green')]]);
		assert.equal(answer.status, 422);
		assert.match(problems(answer.text)[0], /^bad\.svg .* The other files were uploaded\.$/);
		assert.equal(count(), start + 1);
		assert.match(problems((await upload('Anna', [])).text)[0], /Choose a file first/);
	});

	test('file names are shown as text and have no other effect', async () => {
		for (const [name, shown] of [['../../../etc/passwd.png', 'passwd.png'], ['C:\\fakepath\\photo.png', 'photo.png'], ['<img src=x onerror=alert(1)>.png', '&lt;img src=x onerror=alert(1)&gt;.png'], ['a\u202egnp.png', 'agnp.png'], ['"q".png', '&quot;q&quot;.png']]) {
			await add('Owner', name, png(20 + Math.floor(Math.random() * 1000), 33, 'blue'));
			const text = (await ask('/write/media', 'Owner')).text;
			assert.ok(text.includes(`>${shown}</span>`) || text.includes(`>${shown.replaceAll('&quot;', '"')}</span>`), `${name}: ${shown}`);
			assert.doesNotMatch(text, /onerror=alert\(1\)>/);
		}
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name !== 'closed' && name.length !== 2), []);
	});

	test('malformed request bodies are refused', async () => {
		const page = (await ask('/write/media', 'Anna')).text, proof = proofIn(page, 'upload');
		const raw = (body, type = 'multipart/form-data; boundary=B', length = body.length) => request(`${site.url}/write/media`, { method: 'POST', body,
			headers: { cookie: cookies.Anna, 'content-type': type, 'content-length': length } });
		const part = (head, body) => `--B\r\n${head}\r\n\r\n${body}\r\n`;
		const file = 'Content-Disposition: form-data; name="file"; filename="a.png"';
		for (const [what, body, type] of [
			['another boundary', `${part(file, 'x')}--C--\r\n`], ['no end', part(file, 'x')], ['nothing', ''], ['no boundary', 'x', 'multipart/form-data'],
			['a long boundary', 'x', `multipart/form-data; boundary=${'b'.repeat(71)}`], ['bytes behind the end', `${part(file, 'x')}--B--\r\nmore`],
			['a NUL in a name', `${part(file.replace('a.png', 'a\0.png'), 'x')}--B--\r\n`], ['an unknown field', `${part('Content-Disposition: form-data; name="role"', 'owner')}--B--\r\n`],
			['a field that is no file', `${part('Content-Disposition: form-data; name="file"', 'x')}--B--\r\n`], ['a proof that is a file', `${part(file.replace('"file"', '"proof"'), 'x')}--B--\r\n`],
			['a proof twice', `${part('Content-Disposition: form-data; name="proof"', proof)}${part('Content-Disposition: form-data; name="proof"', proof)}--B--\r\n`],
			['filename*', `${part(`${file}; filename*="UTF-8''x.png"`, 'x')}--B--\r\n`], ['no name', `${part('Content-Disposition: form-data', 'x')}--B--\r\n`],
			['long headers', `${part(`${file}\r\nX: ${'x'.repeat(5000)}`, 'x')}--B--\r\n`], ['ten thousand parts', `${part('Content-Disposition: form-data; name="x"', '').repeat(10000)}--B--\r\n`],
			['ten thousand files', `${part(file.replace('a.png', ''), '').repeat(10000)}--B--\r\n`], ['urlencoded', `proof=${proof}`, 'application/x-www-form-urlencoded'],
		]) {
			const began = Date.now(), answer = await raw(body, type);
			assert.ok([400, 413].includes(answer.status), `${what}: ${answer.status}`);
			assert.ok(Date.now() - began < 2000, what);
		}
		// More than 50 files, and a text field that is too long.
		assert.equal((await raw(`${part(file, 'x').repeat(51)}--B--\r\n`)).status, 413);
		assert.equal((await raw(`${part('Content-Disposition: form-data; name="proof"', 'x'.repeat(9000))}--B--\r\n`)).status, 403);
		// A gigabyte is refused before the body is read.
		const huge = await site.raw(`POST ${site.base}/write/media HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookies.Anna}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 1073741824\r\nConnection: close\r\n\r\n--B`);
		assert.equal(rawStatus(huge), 413);
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming')), []);
		assert.equal((await ask('/write/media', 'Anna')).status, 200);
	});

	test('a large file is accepted from authors only, and no body is read for pages without uploads', async () => {
		const mine = stamped(site, 'Lost'.padEnd(43, 'x')), old = stamped(site, 'Lost'.padEnd(43, 'x'), 31 * 24 * 3600);
		// None of the hundred million bytes is sent, and the response comes all the same.
		const announce = (where, cookie, method = 'POST', headers = { 'content-length': 100000000 }) => new Promise((done, fail) => {
			const asking = http.request(site.url + where, { method, headers: { ...(cookie ? { cookie } : {}), 'content-type': 'multipart/form-data; boundary=B', ...headers } }, (answer) => {
				done(`${answer.statusCode} ${answer.headers.location}`);
				asking.destroy();
			});
			asking.on('error', fail);
			asking.flushHeaders();
		});
		for (const [where, leads] of [['/write/media', '/sign-in?next=/write/media'], ['/zh/write/import', '/zh/sign-in?next=/zh/write/import'],
			['/write/1/media', '/sign-in?next=/write/1/media'], ['/write/media/12/replace', '/sign-in?next=/write/media/12'], ['/admin/settings/branding', '/sign-in?next=/admin/settings/branding']])
			for (const cookie of ['', 'sid=nobody', cookies.Mia, `sid=${old}`])
				assert.equal(await announce(where, cookie), `303 ${site.url}${leads}`, cookie);
		assert.equal(await announce('/write/media', '', 'POST', { 'transfer-encoding': 'chunked' }), `303 ${site.url}/sign-in?next=/write/media`);
		assert.equal(await announce('/write/media', '', 'GET'), `303 ${site.url}/sign-in?next=/write/media`);
		assert.equal(rawStatus(await site.raw(`GET /write/media HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n500000\r\n${'x'.repeat(0x500000)}\r\n0\r\n\r\n`)), 413);
		// Uploads of authors are read completely, also after the session has expired: what was typed is shown again.
		const large = (field) => [[field, 'large.png', Buffer.concat([png(30, 30, 'blue'), Buffer.alloc(1500000)])]];
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], large('file'))).status, 303);
		const lost = await sendFiles(site, '/write/1/media', [['proof', 'x'], ['cover_alt', 'What I typed']], large('cover_file'), { cookie: `sid=${mine}` });
		assert.equal(lost.status, 403);
		assert.match(lost.text, /You are signed out/);
		assert.match(lost.text, /What I typed/);
		assert.match((await sendFiles(site, '/write/media', [['proof', 'x']], large('file'), { cookie: cookies.Anna })).text, /was open too long/);
	});

	test('no part of a file is executed', async () => {
		const id = await add('Anna', 'polyglot.png', png(32, 30, 'red', { tail: '<script>alert(1)</script>' }));
		await write('Anna', { title: 'With a polyglot', text: `![x](/media/${pathOf(id)})`, lang: 'en', access: 'public' });
		assert.equal(folderOf(id), 'media');
		const { headers, bytes, status } = await ask(`/media/${pathOf(id)}`);
		assert.equal(status, 200);
		assert.equal(headers['content-type'], 'image/png');
		assert.equal(headers['x-content-type-options'], 'nosniff');
		assert.match(headers['content-security-policy'], /default-src 'none'; sandbox/);
		assert.ok(!bytes.includes('<script'));
	});

	test('the quota is enforced with a clear message', async () => {
		site.renown('setting', 'set', 'media_quota', '1');
		const answer = await upload('Anna', [['file', 'long.wav', wav(150)]]);
		assert.equal(answer.status, 422);
		assert.match(problems(answer.text)[0], /^long\.wav has a size of [\d.]+ MiB, but only [\d.]+ [KM]iB of storage space is left\./);
		assert.match((await ask('/write/media', 'Anna')).text, /of storage space left\./);
		// Each file alone would fit, all together do not.
		const used = Number(sql(site, 'SELECT bytes FROM media_total'));
		site.renown('setting', 'set', 'media_quota', String(Math.ceil(used / 1048576) + 1));
		const sent = await upload('Anna', [1, 2, 3, 4].map((n) => ['file', `part${n}.wav`, wav(80 + n)]));
		assert.equal(sent.status, 422);
		assert.match(problems(sent.text)[0], /part\d\.wav has .* The other files were uploaded/);
		site.renown('setting', 'set', 'media_quota', '0');
		assert.equal((await upload('Anna', [['file', 'long.wav', wav(150)]])).status, 303);
		assert.equal(sql(site, 'SELECT bytes = (SELECT sum(bytes) FROM media) FROM media_total'), '1');
	});

	test('doctor finds no problem afterwards', () => assertHealthy());
});
