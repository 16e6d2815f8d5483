// The media library: which files are accepted, who sees them, where they are used; and files of restricted posts stay restricted.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, signIn, sql, stamped } from './content.mjs';
import { fieldsIn, problems, proofIn } from './forms.mjs';
import { rawStatus, renown, request, root, serveSite, temporaryFolder, until } from './lib.mjs';
import { jpeg, mp3, png, sendFiles, wav } from './files.mjs';

describe('the media library', () => {
	let site;
	const cookies = {};
	const ask = (where, who, headers = {}) => site.get(where, { headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
	// Opens a page and sends its form with files.
	async function upload(who, files, { where = '/write/media', form = 'upload', to = where, fields = {} } = {}) {
		const page = (await ask(where, who)).text;
		return sendFiles(site, to, [...Object.entries({ ...fields, proof: proofIn(page, form) })], files, { cookie: cookies[who] });
	}
	async function add(who, name, bytes) {
		const answer = await upload(who, [['file', name, bytes]]);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return Number(sql(site, 'SELECT media_id FROM media_owner ORDER BY rowid DESC LIMIT 1'));
	}
	const pathOf = (id) => sql(site, `SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media WHERE id = ${id}`);
	const lies = (id) => ['', 'closed/'].filter((place) => fs.existsSync(path.join(site.folder, 'media', place + pathOf(id)))).join() ?? null;
	async function write(who, changes, how = 'publish', where = '/write/new') {
		const fields = { ...fieldsIn((await ask(where, who)).text, 'post'), do: how, ...changes };
		const body = new URLSearchParams(fields).toString();
		const answer = await request(site.url + where, { method: 'POST', body, headers: { cookie: cookies[who], 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } });
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	}
	const attach = async (who, where, files, changes = {}) => {
		const page = (await ask(`${where}/media`, who)).text, fields = fieldsIn(page, 'post-media');
		for (const name of Object.keys(fields))
			if (name.endsWith('_file'))
				delete fields[name];
		fields.cover = /name="cover" value="(\d*)" checked/.exec(page)?.[1] ?? '';
		return sendFiles(site, `${where}/media`, Object.entries({ ...fields, ...changes }), files, { cookie: cookies[who] });
	};
	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member'], ['Paul', 'member']]));
		site.renown('grant', 'add', 'paul@example.org', '--everything');
	});
	after(() => site?.stop());

	test('the page is for authors', async () => {
		for (const where of ['/write/media', '/write/media/1', '/zh/write/media']) {
			assert.equal((await ask(where)).status, 303);
			assert.equal((await ask(where, 'Mia')).status, 403);
		}
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], [['file', 'a.png', png()]], { cookie: cookies.Mia })).status, 403);
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], [['file', 'a.png', png()]])).status, 403);
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], [['file', 'a.png', png()]], { cookie: cookies.Anna })).status, 403);
		assert.equal(sql(site, 'SELECT count(*) FROM media'), '0');
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')), []);
	});

	test('several files at once; search; alt text; another user\'s files are not shown', async () => {
		const answer = await upload('Anna', [['file', 'Red paper.png', png(40, 30, 'red')], ['file', '墨.png', png(40, 30, 'black')], ['file', 'talk.mp3', mp3(2)]]);
		assert.equal(answer.status, 303);
		const page = (await ask('/write/media', 'Anna')).text;
		for (const name of ['Red paper.png', '墨.png', 'talk.mp3'])
			assert.ok(page.includes(name), name);
		assert.doesNotMatch((await ask('/write/media', 'Bert')).text, /Red paper/);
		assert.match((await ask('/write/media', 'Edda')).text, /Red paper/);
		const id = sql(site, "SELECT id FROM media WHERE name = 'Red paper.png'");
		const [one] = [`/write/media/${id}`];
		for (const [who, status] of [['Anna', 200], ['Edda', 200], ['Bert', 404], ['Mia', 403]])
			assert.equal((await ask(one, who)).status, status, who);
		const send = async (who, alt) => {
			const body = new URLSearchParams({ ...fieldsIn((await ask(one, 'Anna')).text, 'file'), alt }).toString();
			return request(site.url + one, { method: 'POST', body, headers: { cookie: cookies[who], 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } });
		};
		assert.equal((await send('Anna', 'A "red" [sheet] <of> paper')).status, 303);
		assert.equal((await send('Bert', 'mine')).status, 403);
		const text = (await ask(one, 'Anna')).text;
		assert.match(text, /!\[A "red" \\\[sheet\\\] &lt;of&gt; paper\]\(\/media\/[0-9a-f/]+\.png\)/);
		assert.match((await ask('/write/media?q=RED', 'Anna')).text, /Red paper/);
		assert.match((await ask('/write/media?q=sheet', 'Anna')).text, /Red paper/);
		assert.doesNotMatch((await ask('/write/media?q=sheet', 'Anna')).text, /talk\.mp3/);
		// The same bytes from another user: one stored file, in both media libraries.
		await add('Bert', 'other name.png', png(40, 30, 'red'));
		assert.equal(sql(site, 'SELECT count(*) FROM media'), '3');
		assert.match((await ask('/write/media', 'Bert')).text, /Red paper/);
		for (const odd of ['/write/media/0', '/write/media/-1', '/write/media/x', '/write/media/99999999999999999999', '/write/media/1/replace'])
			assert.ok([404, 405].includes((await ask(odd, 'Anna')).status), odd);
	});

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

	test('place and time that a camera recorded are removed; the image is unchanged', async () => {
		const id = await add('Anna', 'camera.jpg', jpeg({ gps: true, orientation: 6, trailer: 'MotionPhoto GPS 52.5' }));
		const stored = fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(id))), text = stored.toString('latin1');
		for (const trace of ['GPS', 'Canon', 'http://ns.adobe.com', 'MotionPhoto', 'a comment'])
			assert.ok(!text.includes(trace), trace);
		assert.ok(text.includes('ICC_PROFILE') && text.includes('JFIF'));
		assert.equal(sql(site, `SELECT width || 'x' || height FROM media WHERE id = ${id}`), '20x30');
		const other = await add('Anna', 'words.png', png(31, 30, 'red', { text: 'GPS 52.5' }));
		assert.ok(!fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(other))).includes('GPS'));
	});

	test('no part of a file is executed', async () => {
		const id = await add('Anna', 'polyglot.png', png(32, 30, 'red', { tail: '<script>alert(1)</script>' }));
		await write('Anna', { title: 'With a polyglot', text: `![x](/media/${pathOf(id)})`, lang: 'en', access: 'public' });
		assert.equal(lies(id), '');
		const { headers, bytes, status } = await ask(`/media/${pathOf(id)}`);
		assert.equal(status, 200);
		assert.equal(headers['content-type'], 'image/png');
		assert.equal(headers['x-content-type-options'], 'nosniff');
		assert.match(headers['content-security-policy'], /default-src 'none'; sandbox/);
		assert.ok(!bytes.includes('<script'));
	});

	test('a file becomes public and restricted together with the posts that show it', async () => {
		const id = await add('Anna', 'shown.png', png(50, 40, 'yellow')), address = `/media/${pathOf(id)}`;
		const seen = async () => (await Promise.all([undefined, 'Mia', 'Paul', 'Bert', 'Anna', 'Edda'].map(async (who) => (await ask(address, who)).status))).join();
		assert.equal(await seen(), '404,404,404,404,200,200', 'in the media library only');
		const where = await write('Anna', { title: 'Pictures', text: `Open.\n\n<!--paid-->\n\n![Yellow](${address})`, lang: 'en', access: 'public' }, 'save');
		assert.equal(await seen(), '404,404,404,404,200,200', 'in a draft');
		await write('Anna', {}, 'publish', where);
		assert.equal(lies(id), '');
		assert.equal(await seen(), '200,200,200,200,200,200', 'public');
		assert.match((await ask(address)).headers['cache-control'], /public.*immutable/);
		assert.match((await ask('/blog/pictures')).text, /<img src="\/media\/[^"]*" alt="Yellow" width="50" height="40"/);
		await write('Anna', { access: 'paid' }, 'save', where);
		assert.equal(lies(id), 'closed/');
		assert.equal(await seen(), '404,404,200,404,200,200', 'paid');
		await write('Anna', { access: 'members' }, 'save', where);
		assert.equal(await seen(), '404,200,200,200,200,200', 'members');
		await write('Anna', { access: 'paid', text: `![Yellow](${address})\n\n<!--paid-->\n\nRest.` }, 'save', where);
		assert.equal(await seen(), '200,200,200,200,200,200', 'before the cut');
		await write('Anna', {}, 'withdraw', where);
		assert.equal(await seen(), '404,404,404,404,200,200', 'withdrawn');
		await write('Anna', { when: '2099-01-01 08:00', access: 'public' }, 'publish', where);
		assert.equal(await seen(), '404,404,404,404,200,200', 'not yet due');
		sql(site, "UPDATE post SET published = 1700000000 WHERE slug = 'pictures'");
		assert.equal(lies(id), 'closed/');
		assert.equal((await ask(address)).status, 200, 'due: the file is available without a job');
		site.renown('work', '--once');
		assert.equal(lies(id), '', 'the job moves the file');
		site.renown('post', 'unpublish', 'pictures');
		assert.equal(lies(id), 'closed/');
		assert.equal((await ask(address)).status, 404);
	});

	test('a recording of a paid post: ranges and HEAD, private, and no longer available when the right ends', async () => {
		const canary = Buffer.from('CANARYCANARYCANARY'), bytes = Buffer.concat([mp3(30), canary]);
		const where = await write('Anna', { title: 'To hear', text: 'Words.', lang: 'en', access: 'paid' }, 'save');
		const answer = await attach('Anna', where, [['recording_file', 'hear.mp3', bytes], ['transcript_file', 'hear.vtt', Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n')]], { chapters: '0:00 Begin\n0:20 Go on' });
		assert.equal(answer.status, 303, problems(answer.text).join());
		await write('Anna', {}, 'publish', where);
		const id = sql(site, "SELECT enclosure_id FROM post WHERE slug = 'to-hear'"), address = `/media/${pathOf(id)}`;
		const transcript = `/media/${pathOf(sql(site, 'SELECT transcript_id FROM recording'))}`;
		assert.equal(sql(site, "SELECT kind FROM post WHERE slug = 'to-hear'"), 'audio');
		for (const who of [undefined, 'Mia', 'Bert'])
			for (const method of ['GET', 'HEAD'])
				for (const range of [{}, { range: 'bytes=-18' }]) {
					const closed = await site.get(address, { method, headers: { ...(who ? { cookie: cookies[who] } : {}), ...range } });
					assert.equal(closed.status, 404, `${who} ${method}`);
					assert.ok(!closed.bytes.includes(canary));
				}
		assert.equal((await ask(transcript)).status, 404);
		assert.equal((await ask('/blog/to-hear/chapters.json')).status, 404);
		assert.doesNotMatch((await ask('/blog/to-hear')).text, /<audio|hear\.vtt|chapters/);
		const whole = await ask(address, 'Paul');
		assert.equal(whole.status, 200);
		assert.ok(whole.bytes.equals(bytes));
		assert.equal(whole.headers['content-type'], 'audio/mpeg');
		assert.equal(whole.headers['cache-control'], 'private, no-cache');
		assert.match(whole.headers['content-security-policy'], /sandbox/);
		assert.equal(whole.headers['x-accel-redirect'], undefined);
		const part = await ask(address, 'Paul', { range: 'bytes=-18' });
		assert.equal(part.status, 206);
		assert.ok(part.bytes.equals(canary));
		assert.equal(part.headers['content-range'], `bytes ${bytes.length - 18}-${bytes.length - 1}/${bytes.length}`);
		const head = await site.get(address, { method: 'HEAD', headers: { cookie: cookies.Paul } });
		assert.deepEqual([head.status, head.headers['content-length'], head.bytes.length], [200, String(bytes.length), 0]);
		assert.equal((await ask(address, 'Paul', { 'if-none-match': whole.headers.etag })).status, 304);
		const page = (await ask('/blog/to-hear', 'Paul')).text;
		assert.match(page, /<audio[^>]*>[\s\S]*<track kind="captions" src="\/media\/[0-9a-f/]+\.vtt" srclang="en" label="Transcript"/);
		assert.match(page, /#t=20">Go on<\/a>[\s\S]*0:20/);
		assert.equal((await ask(transcript, 'Paul')).headers['content-type'], 'text/vtt');
		assert.deepEqual(JSON.parse((await ask('/blog/to-hear/chapters.json', 'Paul')).text).chapters[1], { startTime: 20, title: 'Go on' });
		assert.doesNotMatch((await ask('/feed.rss')).text, /enclosure url|chapters\.json/);
		// Direct requests for the internal folder: 404 for every reader.
		for (const guess of [`/renown-media/closed/${pathOf(id)}`, `/media/closed/${pathOf(id)}`, `/media/../closed/${pathOf(id)}`, `/media/%2e%2e/closed/${pathOf(id)}`])
			assert.equal((await ask(guess, 'Paul')).status, 404, guess);
		sql(site, 'UPDATE grant_right SET ends = starts + 1');
		for (const headers of [{}, { range: 'bytes=0-9' }, { 'if-none-match': whole.headers.etag }])
			assert.equal((await ask(address, 'Paul', headers)).status, 404, 'the right is over');
		sql(site, 'UPDATE grant_right SET ends = NULL');
		assert.equal((await ask(address, 'Paul')).status, 200);
		site.renown('post', 'unpublish', 'to-hear');
		assert.equal((await ask(address, 'Paul')).status, 404);
		site.renown('post', 'publish', 'to-hear');
		await write('Anna', { access: 'public' }, 'save', where);
		assert.equal(lies(id), '');
		const feed = (await site.get('/feed.rss', { headers: { cookie: 'sid=nobody' } })).text;
		assert.match(feed, /<enclosure url="[^"]*\.mp3"/);
		assert.match(feed, /<podcast:chapters url="[^"]*\/blog\/to-hear\/chapters\.json" type="application\/json\+chapters"\/>/);
		assert.match(feed, /<podcast:transcript url="[^"]*\.vtt" type="text\/vtt"\/>/);
	});

	test('cover and recording: only the user\'s own files, of the right type, and not over another user\'s save', async () => {
		const mine = await add('Anna', 'cover.png', png(60, 40, 'white')), song = await add('Anna', 'song.wav', wav(3)), his = await add('Bert', 'his.png', png(61, 40, 'white'));
		const where = await write('Anna', { title: 'Covered', text: 'x', lang: 'en', access: 'members' });
		assert.equal((await ask(`${where}/media`, 'Bert')).status, 404);
		for (const [changes, sentence] of [[{ cover: String(his) }, /isn't in your media library/], [{ cover: 'x' }, /isn't in your media library/], [{ cover: String(song) }, /must be an image/], [{ recording: String(mine) }, /Choose an audio or video file/],
			[{ transcript: String(mine) }, /must be a WebVTT/], [{ chapters: 'one' }, /Line 1 is not a chapter/], [{ chapters: '1:00 a\n0:30 b' }, /Line 2/]]) {
			const answer = await attach('Anna', where, [], changes);
			assert.equal(answer.status, 422);
			assert.match(problems(answer.text)[0], sentence);
		}
		assert.equal((await attach('Anna', where, [], { base: '', cover_alt: 'x' })).status, 409);
		assert.equal((await attach('Anna', where, [], { cover: String(mine), cover_alt: 'White', recording: String(song) })).status, 303);
		site.work();
		assert.equal(lies(mine), '', 'a cover is public');
		assert.equal(lies(song), 'closed/');
		assert.equal((await ask(`/media/${pathOf(mine)}`)).status, 200);
		assert.match((await ask('/blog/covered')).text, /<img class="u-featured" src="[^"]*" alt="White"/);
		assert.match((await ask('/blog/covered', 'Mia')).text, /<audio[\s\S]*0:03/);
		// The form shows the stored values, and sending it unchanged changes nothing.
		assert.equal((await attach('Anna', where, [])).status, 303);
		assert.equal(sql(site, "SELECT cover_id || ' ' || enclosure_id FROM post WHERE slug = 'covered'"), `${mine} ${song}`);
		assert.equal((await attach('Anna', where, [], { cover: '', recording: '' })).status, 303);
		assert.equal(sql(site, "SELECT kind || coalesce(cover_id, '-') || coalesce(enclosure_id, '-') FROM post WHERE slug = 'covered'"), 'article--');
	});

	test('the place where a video was recorded is removed, wherever it is stored; the video is unchanged', async () => {
		const box = (type, ...parts) => {
			const bytes = Buffer.concat([Buffer.alloc(8), ...parts.map((part) => Buffer.from(part))]);
			bytes.writeUInt32BE(bytes.length, 0);
			bytes.write(type, 4, 'latin1');
			return bytes;
		};
		const place = '+52.5200+013.4050/', keys = box('meta', box('hdlr', Buffer.alloc(8), 'mdta', Buffer.alloc(12)), box('keys', 'com.apple.quicktime.location.ISO6709'), box('ilst', place));
		const xmp = box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), `<exif:GPSLatitude>${place}</exif:GPSLatitude>`);
		const whole = (...more) => Buffer.concat([box('ftyp', 'isom\x00\x00\x02\x00isom'), box('moov', box('mvhd', Buffer.alloc(100)), box('trak', box('udta', box('loci', 'WGS', place))),
			box('udta', box('\xa9xyz', place), box('\xa9nam', 'A film'), Buffer.alloc(4)), keys), ...more, box('mdat', Buffer.alloc(900, 'picture'))]);
		const sent = whole(xmp), id = await add('Anna', 'phone.mp4', sent);
		const kept = fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(id))), text = kept.toString('latin1');
		assert.equal(kept.length, sent.length);
		for (const trace of [place, '52.52', 'location', 'GPSLatitude', 'xyz', 'loci'])
			assert.ok(!text.includes(trace), trace);
		assert.ok(text.includes('A film'));
		assert.ok(kept.subarray(-900).equals(sent.subarray(-900)));
	});

	test('Exif and XMP of an AVIF are removed, the image is unchanged; an AVIF whose Exif cannot be located is refused', async () => {
		const number = (value, bytes) => {
			const all = Buffer.alloc(bytes);
			all.writeUIntBE(value, 0, bytes);
			return all;
		};
		const box = (type, ...parts) => {
			const inside = Buffer.concat(parts.map((part) => Buffer.from(part)));
			return Buffer.concat([number(inside.length + 8, 4), Buffer.from(type), inside]);
		};
		const full = (type, version, ...parts) => box(type, Buffer.from([version, 0, 0, 0]), ...parts);
		const info = (id, type) => full('infe', 2, number(id, 2), number(0, 2), type, 'x\0');
		const exif = 'Exif GPS 52.5200 13.4050', xmp = '<exif:GPSLatitude>52.5200</exif:GPSLatitude>', picture = 'PICTUREPICTURE';
		const avif = (shift) => {
			const made = (at) => Buffer.concat([box('ftyp', 'avif', number(0, 4), 'avifmif1'), full('meta', 0, full('hdlr', 0, number(0, 4), 'pict', Buffer.alloc(13)), full('pitm', 0, number(1, 2)),
				full('iloc', 0, Buffer.from([0x44, 0x00]), number(3, 2), ...[[1, 0, picture.length], [2, picture.length, exif.length], [3, picture.length + exif.length, xmp.length]].map(([id, offset, length]) =>
					Buffer.concat([number(id, 2), number(0, 2), number(1, 2), number(at + offset + (id === 2 ? shift : 0), 4), number(length, 4)]))),
				full('iinf', 0, number(3, 2), info(1, 'av01'), info(2, 'Exif'), info(3, 'mime'))), box('mdat', picture, exif, xmp)]);
			return made(made(0).length - picture.length - exif.length - xmp.length);
		};
		const id = await add('Anna', 'phone.avif', avif(0)), kept = fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(id))).toString('latin1');
		assert.equal(kept.length, avif(0).length);
		assert.ok(kept.includes(picture) && !kept.includes('GPS') && !kept.includes('52.52'));
		assert.match(problems((await upload('Anna', [['file', 'wrong.avif', avif(100000)]])).text)[0], /damaged or not of a supported type/);
	});

	test('the background job finds the length of audio and video; a video file that has only sound becomes audio', async () => {
		const box = (type, ...parts) => {
			const bytes = Buffer.concat([Buffer.alloc(8), ...parts]);
			bytes.writeUInt32BE(bytes.length, 0);
			bytes.write(type, 4);
			return bytes;
		};
		const times = (length) => {
			const bytes = Buffer.alloc(length);
			bytes.writeUInt32BE(1000, 12);
			bytes.writeUInt32BE(10000, 16);
			return bytes;
		};
		const entry = (handler) => Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), handler === 'soun' ? box('mp4a', Buffer.alloc(28)) : box('avc1', Buffer.alloc(78))]);
		const track = (handler) => box('trak', box('tkhd', Buffer.from([0, 0, 0, 7]), Buffer.alloc(8), Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10]), Buffer.alloc(60)), box('mdia', box('mdhd', times(24)), box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13)),
			box('minf', box('stbl', box('stsd', entry(handler))))));
		const mp4 = (...handlers) => Buffer.concat([box('ftyp', Buffer.from('isom\x00\x00\x02\x00isom')), box('moov', box('mvhd', times(100)), ...handlers.map(track)), box('mdat', Buffer.alloc(64))]);
		const found = async (name, bytes) => {
			const id = await add('Anna', name, bytes);
			assert.equal(sql(site, `SELECT duration || ' ' || probed FROM media WHERE id = ${id}`), '0 0');
			site.work();
			return sql(site, `SELECT type || ' ' || duration || ' ' || probed FROM media WHERE id = ${id}`);
		};
		assert.equal(await found('four.wav', wav(4)), 'audio/wav 4 1');
		assert.equal(await found('three.mp3', mp3(3)), 'audio/mpeg 3 1');
		assert.equal(await found('film.webm', fs.readFileSync(path.join(root, 'samples/media/lining.webm'))), 'video/webm 12 1');
		assert.equal(await found('film.mp4', mp4('soun', 'vide')), 'video/mp4 10 1');
		assert.match(await found('broken.mp4', Buffer.concat([mp4('vide').subarray(0, 40), Buffer.alloc(3000, 'x')])), /^video\/mp4 \d+ 1$/);
		assert.match((await ask(`/write/media/${sql(site, "SELECT id FROM media WHERE name = 'four.wav'")}`, 'Anna')).text, /0:04/);
		// A post with a file that first was taken for a video.
		const where = await write('Anna', { title: 'No picture', text: 'x', lang: 'en' });
		assert.equal((await attach('Anna', where, [['recording_file', 'sound.mp4', mp4('soun')]])).status, 303);
		assert.equal(sql(site, "SELECT kind FROM post WHERE slug = 'no-picture'"), 'video');
		site.work();
		assert.equal(sql(site, "SELECT p.kind || ' ' || m.type || ' ' || m.duration FROM post AS p JOIN media AS m ON m.id = p.enclosure_id WHERE p.slug = 'no-picture'"), 'audio audio/mp4 10');
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming')), []);
	});

	test('after a replacement every post shows the new file and the old address redirects to it; only unused files can be deleted', async () => {
		const old = await add('Anna', 'first.png', png(70, 40, 'red')), address = `/media/${pathOf(old)}`;
		const where = await write('Anna', { title: 'Replaced', text: `![One](${address})`, lang: 'en', access: 'public' });
		assert.equal((await attach('Anna', where, [], { cover: String(old) })).status, 303);
		const text = (await ask(`/write/media/${old}`, 'Anna')).text;
		assert.match(text, new RegExp(`href="${where}">Replaced<`));
		assert.ok(!text.includes('Delete permanently'));
		assert.match(problems((await upload('Anna', [['file', 'x.mp3', mp3(1)]], { where: `/write/media/${old}`, to: `/write/media/${old}/replace`, form: 'replace' })).text)[0], /Replace an image only with an image/);
		assert.ok([403, 404].includes((await upload('Bert', [['file', 'x.png', png()]], { where: '/write/media', to: `/write/media/${old}/replace` })).status));
		const answer = await upload('Anna', [['file', 'second.png', png(71, 40, 'blue')]], { where: `/write/media/${old}`, to: `/write/media/${old}/replace`, form: 'replace' });
		assert.equal(answer.status, 303, problems(answer.text).join());
		const fresh = sql(site, "SELECT id FROM media WHERE name = 'second.png'");
		const page = (await site.get('/blog/replaced', { headers: { cookie: 'sid=nobody' } })).text;
		assert.equal(page.split(pathOf(fresh)).length - 1 >= 2, true, 'cover and text');
		assert.ok(!page.includes(pathOf(old)));
		assert.equal(lies(fresh), '');
		assert.equal(lies(old), '' && null);
		const led = await ask(address);
		assert.deepEqual([led.status, led.headers.location], [301, `${site.url}/media/${pathOf(fresh)}`]);
		// The Markdown still has the old address, which continues to mean the new image.
		await write('Anna', { title: 'Replaced again' }, 'save', where);
		assert.ok((await site.get('/blog/replaced', { headers: { cookie: 'sid=nobody' } })).text.includes(pathOf(fresh)));
		const remove = async (id) => {
			const form = proofIn((await ask(`/write/media/${id}`, 'Anna')).text, 'remove') ?? 'none', body = `proof=${form}`;
			return request(`${site.url}/write/media/${id}/remove`, { method: 'POST', body, headers: { cookie: cookies.Anna, 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } });
		};
		assert.equal((await remove(fresh)).status, 403);
		await write('Anna', { text: 'none' }, 'save', where);
		assert.equal((await attach('Anna', where, [], { cover: '' })).status, 303);
		const file = path.join(site.folder, 'media/closed', pathOf(fresh));
		assert.ok(fs.existsSync(file));
		assert.equal((await remove(fresh)).status, 303);
		assert.ok(!fs.existsSync(file));
		assert.equal(sql(site, `SELECT count(*) FROM media WHERE id IN (${old}, ${fresh})`), '0');
		assert.equal(sql(site, 'PRAGMA foreign_key_check'), '');
	});

	test('uploading the same bytes does not give the right to replace another user\'s file; an editor may replace it', async () => {
		const shared = png(33, 21, 'yellow'), id = await add('Bert', 'shared.png', shared);
		await write('Bert', { title: 'Uses a shared picture', text: `![dot](/media/${pathOf(id)})` });
		assert.equal(await add('Anna', 'mine.png', shared), id);
		const where = `/write/media/${id}`, replace = (who) => upload(who, [['file', 'other.png', png(34, 21, 'blue')]], { where, form: 'replace', to: `${where}/replace` });
		const refused = await replace('Anna');
		assert.equal(refused.status, 422);
		assert.match(problems(refused.text).join(), /only an editor/);
		const before = pathOf(id);
		assert.match((await ask('/blog/uses-a-shared-picture')).text, new RegExp(before));
		// Nor when the other user has it only in a post, not in the media library; nor an image of the site's branding.
		sql(site, `DELETE FROM media_owner WHERE user_id = 3 AND media_id = ${id}`);
		assert.equal((await replace('Anna')).status, 422);
		const worn = png(35, 21, 'green'), badge = await add('Anna', 'badge.png', worn);
		sql(site, `INSERT INTO setting (name, lang, value, updated) VALUES ('picture', '', '/media/${pathOf(badge)}', 1)`);
		assert.equal((await upload('Anna', [['file', 'x.png', png(36, 21, 'red')]], { where: `/write/media/${badge}`, form: 'replace', to: `/write/media/${badge}/replace` })).status, 422);
		sql(site, "DELETE FROM setting WHERE name = 'picture'");
		assert.equal((await replace('Edda')).status, 303);
		assert.doesNotMatch((await ask('/blog/uses-a-shared-picture', 'Edda')).text, new RegExp(before));
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

	test('smaller sizes are made in the background, and pages offer them', { skip: !fs.existsSync('/usr/bin/vipsthumbnail') && 'vipsthumbnail is not installed' }, async () => {
		const id = await add('Anna', 'large.png', png(1200, 800, 'red'));
		const where = await write('Anna', { title: 'Large', text: `![Red](/media/${pathOf(id)})`, lang: 'en', access: 'public' });
		await attach('Anna', where, [], { cover: String(id) });
		await until('sizes are made', () => site.renown('work', '--once') && sql(site, `SELECT variants_made FROM media WHERE id = ${id}`) === '1', 30000);
		assert.equal(sql(site, `SELECT widths FROM media WHERE id = ${id}`), '480 960');
		const small = `/media/${pathOf(id).replace('.png', '-480.webp')}`;
		const page = (await site.get('/blog/large', { headers: { cookie: 'sid=nobody' } })).text;
		assert.equal(page.split(`srcset="${small} 480w, ${small.replace('480', '960')} 960w, /media/${pathOf(id)} 1200w"`).length, 3, 'cover and text');
		const picture = await ask(small);
		assert.deepEqual([picture.status, picture.headers['content-type'], picture.bytes.subarray(8, 12).toString()], [200, 'image/webp', 'WEBP']);
		await write('Anna', { access: 'paid', text: `<!--paid-->\n\n![Red](/media/${pathOf(id)})` }, 'save', where);
		await attach('Anna', where, [], { cover: '' });
		assert.equal((await ask(small)).status, 404);
		assert.equal((await ask(small, 'Paul')).status, 200);
		assert.equal((await ask(small.replace('480', '481'), 'Paul')).status, 404);
		assert.equal((await ask(small, 'Anna')).headers['content-type'], 'image/webp');
		// A file that only looks like an image causes no error.
		const broken = await add('Anna', 'broken.png', png(900, 800, 'red', { claim: true }));
		site.renown('work', '--once');
		assert.equal(sql(site, `SELECT variants_made FROM media WHERE id = ${broken}`), '1');
	});

	test('uploads and files work below a path, too', async () => {
		const other = await serveSite({ base: '/sub' });
		try {
			other.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
			const cookie = signIn(other, 1), headers = { cookie }, page = (await other.get('/write/media', { headers })).text;
			assert.equal((await sendFiles(other, '/write/media', [['proof', proofIn(page, 'upload')]], [['file', 'a.mp3', mp3(1)]], headers)).status, 303);
			const where = `/media/${sql(other, "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media")}`;
			assert.equal((await other.get(where)).status, 404);
			assert.equal((await other.get(where, { headers: { ...headers, range: 'bytes=0-3' } })).status, 206);
			assert.match((await other.get('/write/media', { headers })).text, /action="\/sub\/write\/media" enctype="multipart\/form-data"/);
		} finally {
			await other.stop();
		}
	});

	test('doctor reports no problem, and imported files are in the right folder', async () => {
		const folder = temporaryFolder('posts');
		fs.writeFileSync(path.join(folder, 'one.png'), png(81, 40, 'red'));
		fs.writeFileSync(path.join(folder, 'two.png'), png(82, 40, 'red'));
		importPosts(site, [{ name: 'paid.md', title: 'Imported', slug: 'imported', access: 'paid', date: '2026-01-02', text: '![One](one.png)\n\n<!--paid-->\n\n![Two](two.png)' }], { folder });
		const [one, two] = ['one.png', 'two.png'].map((name) => sql(site, `SELECT id FROM media WHERE name = '${name}'`));
		assert.deepEqual([lies(one), lies(two)], ['', 'closed/']);
		assert.deepEqual([(await ask(`/media/${pathOf(one)}`)).status, (await ask(`/media/${pathOf(two)}`)).status, (await ask(`/media/${pathOf(two)}`, 'Paul')).status], [200, 404, 200]);
		// A second import does not move restricted files into the public folder.
		renown(site.folder, ['import', 'markdown', '--force', folder]);
		assert.deepEqual([lies(one), lies(two)], ['', 'closed/']);
		// A file in the wrong folder, as after a crash or a manual move.
		const media = path.join(site.folder, 'media');
		fs.renameSync(path.join(media, 'closed', pathOf(two)), path.join(media, pathOf(two)));
		sql(site, `UPDATE media SET public = 1 WHERE id = ${two}`);
		const found = renown(site.folder, ['doctor'], { status: 1 }).text;
		assert.match(found, /files are public although/);
		site.renown('doctor', '--clean');
		assert.equal(lies(two), 'closed/');
		const { text } = site.renown('doctor');
		assert.doesNotMatch(text.split('\n').filter((line) => line && !/ OK/.test(line)).join('\n'), /./);
		const backup = path.join(temporaryFolder('backup'), 'all.tar');
		site.renown('backup', backup);
		const names = execFileSync('tar', ['tf', backup], { encoding: 'utf8' });
		assert.ok(names.includes(`media/closed/${pathOf(two)}`) && names.includes(`media/${pathOf(one)}`));
	});
});
