// Comments under attack: workers that die between commit and response, a locked database, and many clients at once while others read.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { commentStamp, commentStamps } from './comments.mjs';
import { importPosts, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { root, serveSite, sleep, temporaryFolder } from './lib.mjs';

describe('comments under attack', () => {
	let site, mark, number = 0;
	const where = '/comment/on/first';
	const network = () => ({ 'x-forwarded-for': `10.${Math.floor(++number / 250)}.${number % 250}.7` });
	const write = (text, headers = network(), proof = commentStamp(site, { headers })) =>
		sendForm(site, where, { name: 'Gina Guest', link: '', email: '', reply: '', website: '', text, proof }, headers);
	const count = (text) => Number(sql(site, `SELECT count(*) FROM comment WHERE text = '${text}'`));

	before(async () => {
		const folder = temporaryFolder('die'), library = path.join(folder, 'die.so');
		execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-o', library, path.join(root, 'tests/e2e/die_before_reply.c'), '-ldl']);
		mark = path.join(folder, 'die');
		site = await serveSite({ values: ['PROXIES=127.0.0.1'], formWorkers: 4, environment: { LD_PRELOAD: library, RENOWN_TEST_DIE: mark } });
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' }, { name: 'second.md', title: 'Second post', date: '2026-01-02' }]);
		site.renown('setting', 'set', 'comments_flood', '100000');
		sql(site, "UPDATE post SET comment_access = 'open'");
	});
	after(() => site?.stop());

	test('a worker that is killed between commit and response: sent again, the form leads to the one comment', async () => {
		const headers = network(), proof = commentStamp(site, { headers });
		fs.writeFileSync(mark, '');
		const lost = await write('Killed once.', headers, proof);
		assert.ok(lost.status >= 500 && !fs.existsSync(mark), `${lost.status}`);
		assert.equal(count('Killed once.'), 1);
		const again = await write('Killed once.', headers, proof);
		assert.equal(again.status, 303);
		assert.equal(count('Killed once.'), 1);
		assert.equal((await site.get(new URL(again.headers.location).pathname)).status, 200);
	});

	test('while the database is locked a preview is shown and a comment is answered with 503 and its text; then the same form works', { timeout: 60000 }, async () => {
		const headers = network(), proof = commentStamp(site, { headers }), holder = spawn('sqlite3', [path.join(site.folder, 'renown.db')], { stdio: ['pipe', 'ignore', 'inherit'] });
		holder.stdin.write('BEGIN IMMEDIATE;\n');
		await sleep(500);
		assert.equal((await sendForm(site, where, { name: 'Gina Guest', text: 'Locked.' }, headers)).status, 200);
		const busy = await write('Locked.', headers, proof);
		assert.equal(busy.status, 503);
		assert.equal(fieldsIn(busy.text, 'comment-new').text, 'Locked.');
		assert.ok(!/locked/i.test(busy.text.replaceAll('Locked.', '')));
		holder.stdin.end('ROLLBACK;\n');
		await new Promise((done) => holder.on('exit', done));
		assert.equal((await write('Locked.', headers, proof)).status, 303);
		assert.equal(count('Locked.'), 1);
	});

	test('thirty clients at once, each from its own network: every accepted comment exists once, and no other page is made again', { timeout: 120000 }, async () => {
		const all = Array.from({ length: 60 }, () => network()), stamps = commentStamps(site, all);
		const tag = (await site.get('/blog')).headers.etag, other = (await site.get('/blog/second')).headers.etag, feed = (await site.get('/feed.rss')).headers.etag;
		const accepted = [], times = [];
		let next = 0;
		await Promise.all(Array.from({ length: 30 }, async () => {
			while (next < stamps.length) {
				const i = next++, begun = Date.now(), answer = await write(`Comment number ${i} of many.`, all[i], stamps[i]);
				times.push(Date.now() - begun);
				assert.ok([303, 503].includes(answer.status), `${answer.status}`);
				assert.ok(!/database is locked/i.test(answer.text));
				if (answer.status === 303)
					accepted.push(i);
			}
		}));
		assert.ok(accepted.length >= 50, `${accepted.length}`);
		const stored = sql(site, "SELECT text FROM comment WHERE text LIKE 'Comment number%' ORDER BY text").split('\n');
		assert.deepEqual(stored, accepted.map((i) => `Comment number ${i} of many.`).toSorted());
		// Comments that are held change no page; those that are shown change only their own post's.
		sql(site, "UPDATE comment SET decided = 0");
		for (const [path, was] of [['/blog', tag], ['/blog/second', other], ['/feed.rss', feed]])
			assert.equal((await site.get(path, { headers: { 'if-none-match': was } })).status, 304, path);
	});

	test('a name, an address or a network of a guest is in no page, feed or log', async () => {
		const headers = { 'x-forwarded-for': '203.0.113.77' };
		assert.equal((await sendForm(site, where, { name: 'Gina Guest', link: '', email: 'secret-gina@example.net', notify: 'yes', reply: '', website: '', text: 'With an address.', proof: commentStamp(site, { headers }) }, headers)).status, 303);
		sql(site, "UPDATE comment SET state = 'shown', listed = 1 WHERE text = 'With an address.'; UPDATE content_version SET counter = counter + 1, comments = comments + 1; UPDATE thread SET shown = 1, version = version + 1");
		const digest = sql(site, "SELECT network FROM comment WHERE text = 'With an address.'"), stamp = sql(site, "SELECT stamp FROM comment WHERE text = 'With an address.'");
		let seen = '';
		for (const path of ['/blog/first', '/blog/first/comments?order=newest', '/feed.rss', '/feed.atom', '/', '/blog'])
			seen += (await site.get(path)).text;
		assert.ok(seen.includes('With an address.'));
		await sleep(1200);
		for (const name of fs.readdirSync(path.join(site.folder, 'log')).filter((one) => !one.startsWith('access')))
			seen += site.log(name);
		for (const word of ['secret-gina', digest, stamp, '203.0.113'])
			assert.ok(!seen.includes(word), word);
		assert.ok(!site.log('access.log').includes('secret-gina'));
	});
});
