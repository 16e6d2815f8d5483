// Files of restricted posts stay restricted: who gets a file, and in which folder it is.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from './content.mjs';
import { mp3, png, wav } from './files.mjs';
import { problems } from './forms.mjs';
import { renown } from './lib.mjs';
import { mediaSite } from './media.mjs';

describe('access to files', () => {
	const { site, cookies, ask, add, pathOf, folderOf, write, attach, assertHealthy } = mediaSite();

	test('a file becomes public and restricted together with the posts that show it', async () => {
		const id = await add('Anna', 'shown.png', png(50, 40, 'yellow')), address = `/media/${pathOf(id)}`;
		const seen = async () => (await Promise.all([undefined, 'Mia', 'Paul', 'Bert', 'Anna', 'Edda'].map(async (who) => (await ask(address, who)).status))).join();
		assert.equal(await seen(), '404,404,404,404,200,200', 'in the media library only');
		const where = await write('Anna', { title: 'Pictures', text: `Open.\n\n<!--paid-->\n\n![Yellow](${address})`, lang: 'en', access: 'public' }, 'save');
		assert.equal(await seen(), '404,404,404,404,200,200', 'in a draft');
		await write('Anna', {}, 'publish', where);
		assert.equal(folderOf(id), 'media');
		assert.equal(await seen(), '200,200,200,200,200,200', 'public');
		assert.match((await ask(address)).headers['cache-control'], /public.*immutable/);
		assert.match((await ask('/blog/pictures')).text, /<img src="\/media\/[^"]*" alt="Yellow" width="50" height="40"/);
		await write('Anna', { access: 'paid' }, 'save', where);
		assert.equal(folderOf(id), 'media/closed');
		assert.equal(await seen(), '404,404,200,404,200,200', 'paid');
		await write('Anna', { access: 'members' }, 'save', where);
		assert.equal(await seen(), '404,200,200,200,200,200', 'members');
		await write('Anna', { access: 'paid', text: `![Yellow](${address})\n\n<!--paid-->\n\nRest.` }, 'save', where);
		assert.equal(await seen(), '200,200,200,200,200,200', 'before the cut');
		await write('Anna', {}, 'withdraw', where);
		assert.equal(await seen(), '404,404,404,404,200,200', 'unpublished');
		await write('Anna', { when: '2099-01-01 08:00', access: 'public' }, 'publish', where);
		assert.equal(await seen(), '404,404,404,404,200,200', 'not yet due');
		sql(site, "UPDATE post SET published = 1700000000 WHERE slug = 'pictures'");
		assert.equal(folderOf(id), 'media/closed');
		assert.equal((await ask(address)).status, 200, 'due: the file is available without a job');
		site.renown('work', '--once');
		assert.equal(folderOf(id), 'media', 'the job moves the file');
		site.renown('post', 'unpublish', 'pictures');
		assert.equal(folderOf(id), 'media/closed');
		assert.equal((await ask(address)).status, 404);
	});

	test('a recording of a paid post is served with ranges and HEAD, private, and only while the right lasts', async () => {
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
		assert.equal(folderOf(id), 'media');
		const feed = (await site.get('/feed.rss', { headers: { cookie: 'sid=nobody' } })).text;
		assert.match(feed, /<enclosure url="[^"]*\.mp3"/);
		assert.match(feed, /<podcast:chapters url="[^"]*\/blog\/to-hear\/chapters\.json" type="application\/json\+chapters"\/>/);
		assert.match(feed, /<podcast:transcript url="[^"]*\.vtt" type="text\/vtt"\/>/);
	});

	test('cover and recording of a post are only the user\'s own files, of the right type, and do not replace another user\'s save', async () => {
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
		assert.equal(folderOf(mine), 'media', 'a cover is public');
		assert.equal(folderOf(song), 'media/closed');
		assert.equal((await ask(`/media/${pathOf(mine)}`)).status, 200);
		assert.match((await ask('/blog/covered')).text, /<img class="u-featured" src="[^"]*" alt="White"/);
		assert.match((await ask('/blog/covered', 'Mia')).text, /<audio[\s\S]*0:03/);
		// The form shows the stored values, and sending it unchanged changes nothing.
		assert.equal((await attach('Anna', where, [])).status, 303);
		assert.equal(sql(site, "SELECT cover_id || ' ' || enclosure_id FROM post WHERE slug = 'covered'"), `${mine} ${song}`);
		assert.equal((await attach('Anna', where, [], { cover: '', recording: '' })).status, 303);
		assert.equal(sql(site, "SELECT kind || coalesce(cover_id, '-') || coalesce(enclosure_id, '-') FROM post WHERE slug = 'covered'"), 'article--');
	});

	test('doctor finds no problem afterwards', () => assertHealthy());
});
