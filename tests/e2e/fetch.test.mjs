// Recordings on other servers: renown work downloads them into the media library and the post. Also: which addresses are refused, and who may ask.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { addPeople, sql } from './content.mjs';
import { mp3, png, sendFiles, wav } from './files.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';
import { build, programEnvironment, serveSite, until } from './lib.mjs';

describe('recordings on other servers', () => {
	let site, elsewhere, there;
	const cookies = {}, seen = [];
	const ask = (where, who) => site.get(where, { headers: { cookie: who ? cookies[who] : 'sid=nobody' } });
	const answers = {
		'/talk.wav': (reply) => reply.end(wav(4)),
		'/moved': (reply) => reply.writeHead(302, { location: '/talk.wav' }).end(),
		'/download': (reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end(mp3(3)),
		'/%E8%B0%88%2F..%2Fx.mp3': (reply) => reply.end(mp3(2)),
		'/page.mp3': (reply) => reply.end('<html><script>alert(1)</script></html>'),
		'/picture.mp3': (reply) => reply.end(png()),
		'/large.wav': (reply) => reply.writeHead(200, { 'content-length': 2 ** 31 }).write('RIFF'),
		'/endless.wav': (reply) => { const more = () => { while (!reply.destroyed && reply.write(Buffer.alloc(1 << 20, 'RIFF'))); }; reply.on('drain', more); more(); },
		'/gone.mp3': (reply) => reply.writeHead(404).end('gone'),
		'/busy.mp3': (reply) => reply.writeHead(503).end('busy'),
		'/round.mp3': (reply) => reply.writeHead(302, { location: '/round.mp3' }).end(),
		'/passwords.mp3': (reply) => reply.writeHead(302, { location: 'file:///etc/passwd' }).end(),
		'/slow.wav': (reply) => {
			const bytes = wav(8), step = Math.ceil(bytes.length / 16);
			reply.writeHead(200, { 'content-length': bytes.length });
			for (let i = 0; i < 16; i++)
				setTimeout(() => reply.write(bytes.subarray(i * step, (i + 1) * step)), i * 400);
		},
	};
	let number = 0;
	// A new post by Anna, and its page of files.
	async function draft(title = `Spoken ${++number}`, how = 'save') {
		const made = await sendForm(site, '/write/new', { ...fieldsIn((await ask('/write/new', 'Anna')).text, 'post'), title, text: 'Words.', do: how }, { cookie: cookies.Anna });
		assert.equal(made.status, 303);
		return made.headers.location.slice(site.url.length);
	}
	async function attach(where, changes, { files = [], who = 'Anna' } = {}) {
		return sendFiles(site, `${where}/media`, Object.entries({ ...fieldsIn((await ask(`${where}/media`, 'Anna')).text, 'post-media'), ...changes }), files, { cookie: cookies[who] });
	}
	async function asked(address, where) {
		const post = where ?? await draft(), answer = await attach(post, { recording_address: address });
		assert.equal(answer.status, 303, problems(answer.text).join());
		return post;
	}
	// Not site.work(), which would block the server in this same process.
	const work = async () => {
		const child = spawn(path.join(build, 'renown'), ['--site', site.folder, 'work', '--once'], { env: programEnvironment(site.folder), stdio: 'ignore' });
		assert.equal(await new Promise((done) => child.on('exit', done)), 0);
	};
	const page = async (where) => (await ask(`${where}/media`, 'Anna')).text;
	const recording = (where) => sql(site, `SELECT p.kind || ' ' || m.name || ' ' || m.duration FROM post AS p JOIN media AS m ON m.id = p.enclosure_id WHERE p.id = ${where.split('/').pop()}`);
	const waiting = () => sql(site, 'SELECT count(*) FROM fetch_job WHERE finished = 0');
	const allow = (how) => fs.writeFileSync(path.join(site.folder, 'renown.conf'), fs.readFileSync(path.join(site.folder, 'renown.conf'), 'utf8').replace(/^fetch_private.*\n/m, '') + `fetch_private = ${how}\n`);

	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author']]));
		elsewhere = http.createServer((asking, reply) => {
			seen.push(asking.url);
			(answers[asking.url.split('?')[0]] ?? answers['/gone.mp3'])(reply);
		});
		await new Promise((done) => elsewhere.listen(0, '127.0.0.1', done));
		there = `http://127.0.0.1:${elsewhere.address().port}`;
	});
	after(async () => {
		elsewhere?.closeAllConnections();
		elsewhere?.close();
		await site?.stop();
	});
	beforeEach(() => { seen.length = 0; });

	test('nothing is downloaded from this machine or its network, whatever the host name', () => {
		const { port } = elsewhere.address();
		return [`${there}/talk.wav`, `http://localhost:${port}/talk.wav`, `http://127.1:${port}/talk.wav`, `http://2130706433:${port}/talk.wav`, `http://0x7f000001:${port}/`, `http://0:${port}/talk.wav`,
			`http://[::1]:${port}/talk.wav`, `http://[::ffff:127.0.0.1]:${port}/talk.wav`, 'http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/x.mp3', 'http://[fd00::1]/x.mp3'].reduce(async (before, address) => {
			await before;
			const where = await asked(address);
			await work();
			assert.match(await page(where), /couldn't be downloaded[\s\S]*own server or network/, address);
			assert.equal(recording(where), '', address);
			assert.deepEqual(seen, [], address);
		}, Promise.resolve());
	});

	test('an allowed recording is in the media library, the post and the feed, and is restricted like its post', async () => {
		allow('yes');
		const where = await asked(`${there}/talk.wav`, await draft('A talk', 'publish'));
		assert.match(await page(where), /being downloaded in the background[\s\S]*talk\.wav/);
		assert.equal(fieldsIn(await page(where), 'post-media').recording_address, `${there}/talk.wav`);
		await work();
		assert.equal(recording(where), 'audio talk.wav 4');
		assert.equal(sql(site, 'SELECT count(*) FROM fetch_job WHERE finished = 0'), '0');
		assert.doesNotMatch(await page(where), /class="fetch"/);
		assert.equal(sql(site, 'SELECT user_id FROM media_owner'), '2');
		assert.match((await ask('/blog/a-talk')).text, /<audio/);
		assert.match((await ask('/feed.rss')).text, /<enclosure url="[^"]*\.wav" length="\d+" type="audio\/wav"/);
		const address = /\/media\/[^"]*\.wav/.exec((await ask('/blog/a-talk')).text)[0];
		assert.equal((await ask(address)).status, 200);
		const post = `/write/${where.split('/').pop()}`;
		assert.equal((await sendForm(site, post, { ...fieldsIn((await ask(post, 'Anna')).text, 'post'), access: 'members', do: 'save' }, { cookie: cookies.Anna })).status, 303);
		assert.equal((await ask(address)).status, 404);
		assert.equal(sql(site, `SELECT count(*) FROM revision WHERE post_id = ${where.split('/').pop()}`), '4');
	});

	test('redirects are followed, and the stored file name fits the type of the file', async () => {
		for (const [address, found] of [['/moved', 'audio talk.wav 4'], ['/download?id=5&token=secret', 'audio download.mp3 3'], ['/%E8%B0%88%2F..%2Fx.mp3', 'audio x.mp3 2']]) {
			const where = await asked(there + address);
			await work();
			assert.equal(recording(where), found, address);
		}
	});

	test('a URL that gives no usable recording is refused with the reason, and is not tried again', async () => {
		for (const [address, reason] of [['/page.mp3', /not in a supported audio or video format/], ['/picture.mp3', /not in a supported audio or video format/], ['/large.wav', /larger than/], ['/gone.mp3', /No file could be downloaded[\s\S]*404/],
			['/round.mp3', /No file could be downloaded/], ['/passwords.mp3', /No file could be downloaded/]]) {
			const where = await asked(there + address);
			await work();
			const before = seen.length;
			await work();
			assert.match(await page(where), reason, address);
			assert.match((await ask(`/zh${where}/media`, 'Anna')).text, /无法下载该音视频/);
			assert.equal(recording(where), '', address);
			assert.equal(seen.length, before, address);
			assert.equal(fieldsIn(await page(where), 'post-media').recording_address, '');
		}
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming')), []);
	});

	test('a download stops at the quota', async () => {
		sql(site, "INSERT OR REPLACE INTO setting (name, lang, value, updated) VALUES ('media_quota', '', '3', unixepoch())");
		const where = await asked(`${there}/endless.wav`);
		await work();
		assert.match(await page(where), /larger than[\s\S]*storage space left/);
		sql(site, "DELETE FROM setting WHERE name = 'media_quota'");
	});

	test('a busy server is tried again with growing delays, five times in all', async () => {
		const where = await asked(`${there}/busy.mp3`);
		for (let i = 1; i <= 5; i++) {
			await work();
			assert.equal(seen.length, i);
			await work();
			assert.equal(seen.length, i, 'no second attempt at once');
			const left = Number(sql(site, `SELECT next_try - unixepoch() FROM fetch_job WHERE post_id = ${where.split('/').pop()}`));
			assert.ok(left <= 60 * 2 ** (i - 1) && left > 60 * 2 ** (i - 1) - 20, `${left} s after try ${i}`);
			assert.match(await page(where), i < 5 ? /The other server didn't send the file[\s\S]*We'll try again[\s\S]*503/ : /couldn't be downloaded[\s\S]*503/);
			sql(site, 'UPDATE fetch_job SET next_try = 1');
		}
		await work();
		assert.equal(seen.length, 5);
		await asked(`${there}/talk.wav`, where);
		await work();
		assert.equal(recording(where), 'audio talk.wav 4', 'another URL starts a new download');
	});

	test('a malformed URL is shown again with an error message', async () => {
		const where = await draft();
		for (const address of ['ftp://example.org/x.mp3', 'javascript:alert(1)', 'file:///etc/passwd', 'example.org/x.mp3', 'https://', 'https://user:secret@example.org/x.mp3', 'https://example.org/a b.mp3', 'https://example.org/"x']) {
			const answer = await attach(where, { recording_address: address, cover_alt: 'Typed' });
			assert.equal(answer.status, 422, address);
			assert.match(problems(answer.text)[0], /full URL/);
			assert.deepEqual([fieldsIn(answer.text, 'post-media').recording_address, fieldsIn(answer.text, 'post-media').cover_alt], [address, 'Typed']);
		}
		const both = await attach(where, { recording_address: `${there}/talk.wav` }, { files: [['recording_file', 'own.wav', wav(2)]] });
		assert.match(problems(both.text)[0], /Choose a file or enter a URL, not both/);
		assert.equal(waiting(), '0');
	});

	test('a download does not start after its address was removed or another file was chosen', async () => {
		const where = await asked(`${there}/talk.wav`);
		assert.equal((await attach(where, { recording_address: '' })).status, 303);
		assert.equal(waiting(), '0');
		await asked(`${there}/talk.wav`, where);
		assert.equal((await attach(where, {}, { files: [['recording_file', 'own.wav', wav(2)]] })).status, 303);
		await work();
		assert.equal(recording(where), 'audio own.wav 2');
		assert.deepEqual(seen, []);
	});

	test('only users who may edit the post can ask, and the right is checked again when the download ends', async () => {
		const where = await draft();
		assert.equal((await attach(where, { recording_address: `${there}/talk.wav` }, { who: 'Bert' })).status, 403);
		await asked(`${there}/talk.wav`, where);
		sql(site, 'UPDATE site_user SET disabled = 1 WHERE id = 2');
		await work();
		sql(site, 'UPDATE site_user SET disabled = 0 WHERE id = 2');
		await asked(`${there}/talk.wav`, where);
		sql(site, `UPDATE post SET author_id = 3 WHERE id = ${where.split('/').pop()}`);
		await work();
		assert.deepEqual([seen.length, waiting()], [0, '0']);
	});

	test('email is sent during a slow download; a download that SIGTERM or SIGKILL ends starts again later', { timeout: 60000 }, async () => {
		const where = await asked(`${there}/slow.wav`), id = where.split('/').pop();
		const begin = () => spawn(path.join(build, 'renown'), ['--site', site.folder, 'work'], { env: programEnvironment(site.folder), stdio: 'ignore' });
		for (const signal of ['SIGTERM', 'SIGKILL']) {
			const worker = begin(), over = new Promise((done) => worker.on('exit', done)), before = seen.length;
			await until('the file is requested', () => seen.length > before);
			if (signal === 'SIGKILL') {
				sql(site, "INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try) VALUES ('meanwhile', 'test', 'owner@example.org', 'Now', 'x', 'en', 'queued', unixepoch(), unixepoch() + 900, 1)");
				await until('the mail is sent', () => sql(site, "SELECT state FROM outbox WHERE message_id = 'meanwhile'") === 'sent');
				assert.equal(sql(site, `SELECT enclosure_id IS NULL FROM post WHERE id = ${id}`), '1', 'the download is still running');
			}
			const told = Date.now();
			worker.kill(signal);
			await over;
			assert.ok(Date.now() - told < 3000, signal);
			sql(site, 'UPDATE fetch_job SET next_try = 1');
		}
		await work();
		assert.equal(recording(where), 'audio slow.wav 8');
		// The partial file of the killed process is deleted like that of an upload, after an hour.
		const left = () => fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming'));
		assert.equal(left().length, 1);
		fs.utimesSync(path.join(site.folder, 'media', left()[0]), 1, 1);
		await work();
		assert.deepEqual(left(), []);
	});
});
