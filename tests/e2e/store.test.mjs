// The store fails under running programs: every page is a plain 503 with Retry-After, readers of the cache
// notice nothing, and all is well again, without a restart, once the store is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importPosts, sql } from './content.mjs';
import { renown, serveSite, sleep, until } from './lib.mjs';

// A session cookie, also an unknown one, goes round the cache: the program answers.
const uncached = { headers: { cookie: 'sid=nobody' } };

describe('a store that fails while it is served', () => {
	let site, store, good;
	const isFine = async () => (await site.get('/blog', uncached)).status === 200;
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		importPosts(site, [{ name: 'a.md', title: 'First', slug: 'first', date: '2026-01-01', text: 'Some words.' }]);
		store = path.join(site.folder, 'renown.db');
		sql(site, 'PRAGMA wal_checkpoint(TRUNCATE);');
		good = fs.readFileSync(store);
		assert.ok(await isFine());
	});
	after(() => site?.stop());

	// Puts other bytes in the store's place, as a new file; then the good ones again.
	const replaced = async (bytes, check) => {
		const put = (content) => {
			for (const end of ['-wal', '-shm'])
				fs.rmSync(store + end, { force: true });
			fs.rmSync(store, { force: true });
			if (content !== null)
				fs.writeFileSync(store, content, { mode: 0o660 });
		};
		put(bytes);
		const began = Date.now(), answer = await site.get('/blog', uncached);
		assert.equal(answer.status, 503);
		assert.ok(Number(answer.headers['retry-after']) > 0);
		assert.match(answer.headers['cache-control'], /no-store/);
		assert.doesNotMatch(answer.text, /sqlite|renown\.db|\.c:|\/tmp/i);
		assert.ok(Date.now() - began < 6000);
		await check?.();
		put(good);
		await until('the site is well again', isFine, 6000);
	};

	test('it is missing; none is made in its place', () => replaced(null, () => assert.ok(!fs.existsSync(store))));
	test('it is empty', () => replaced(Buffer.alloc(0), () => assert.equal(fs.statSync(store).size, 0)));
	test('it is no database', () => replaced(Buffer.from('these are only words\n'.repeat(500))));
	test('its header is damaged', () => {
		const bytes = Buffer.from(good);
		bytes.fill(0x5a, 0, 100);
		return replaced(bytes);
	});
	for (const [what, version] of [['older', 0], ['newer', 9999]])
		test(`its schema is ${what}; the command line says so`, () => {
			const bytes = Buffer.from(good);
			bytes.writeUInt32BE(version, 60); // user_version, SQLite's file format, section 1.3
			return replaced(bytes, () => assert.match(renown(site.folder, ['post', 'list'], { status: null }).text, /schema/));
		});

	test('another store takes its place: readers get the new one', async () => {
		sql(site, "UPDATE post SET title = 'Second'; UPDATE content_version SET counter = counter + 1; PRAGMA wal_checkpoint(TRUNCATE);");
		const other = fs.readFileSync(store);
		fs.writeFileSync(`${store}.new`, other, { mode: 0o660 });
		for (const end of ['-wal', '-shm'])
			fs.rmSync(store + end, { force: true });
		fs.renameSync(`${store}.new`, store);
		await until('the new title', async () => /Second/.test((await site.get('/blog', uncached)).text), 6000);
	});

	test('another process holds it for writing: reading goes on, a writing command says that it is busy', async () => {
		const holder = spawn('sqlite3', ['-batch', store], { stdio: ['pipe', 'pipe', 'ignore'] });
		holder.stdin.write("BEGIN EXCLUSIVE;\nSELECT 'held';\n");
		await new Promise((done) => holder.stdout.once('data', done));
		for (let i = 0; i < 20; i++)
			assert.equal((await site.get('/blog', uncached)).status, 200);
		const began = Date.now(), said = renown(site.folder, ['setting', 'set', 'title', 'Busy'], { status: null });
		assert.notEqual(said.status, 0);
		assert.match(said.text, /busy|locked|another/i);
		assert.ok(Date.now() - began < 9000);
		holder.stdin.end('ROLLBACK;\n');
		await sleep(100);
		renown(site.folder, ['setting', 'set', 'title', 'Free']);
	});

	test('readers of the cache notice nothing for as long as it holds the page', async () => {
		await until('a cached page', async () => (await site.get('/blog/first')).status === 200);
		fs.renameSync(store, `${store}.away`);
		await sleep(1200);
		assert.equal((await site.get('/blog/first')).status, 200);
		fs.renameSync(`${store}.away`, store);
		await until('the site is well again', isFine, 6000);
	});
});
