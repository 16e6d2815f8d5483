// The database fails while programs run: every page is a plain 503 with Retry-After, cached pages are still
// served, and the site recovers without a restart.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importPosts, sql } from './content.mjs';
import { renown, serveSite, sleep, until } from './lib.mjs';

// A session cookie, even an unknown one, bypasses the cache: the program answers.
const uncached = { headers: { cookie: 'sid=nobody' } };

describe('a database that fails while the site runs', () => {
	let site, database, good;
	const isFine = async () => (await site.get('/blog', uncached)).status === 200;
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		importPosts(site, [{ name: 'a.md', title: 'First', slug: 'first', date: '2026-01-01', text: 'Some words.' }]);
		database = path.join(site.folder, 'renown.db');
		sql(site, 'PRAGMA wal_checkpoint(TRUNCATE);');
		good = fs.readFileSync(database);
		assert.ok(await isFine());
	});
	after(() => site?.stop());

	// Replaces the database with a file of other bytes; then restores it.
	const replaced = async (bytes, check) => {
		const put = (content) => {
			for (const end of ['-wal', '-shm'])
				fs.rmSync(database + end, { force: true });
			fs.rmSync(database, { force: true });
			if (content !== null)
				fs.writeFileSync(database, content, { mode: 0o660 });
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
		await until('the site recovers', isFine, 6000);
	};

	test('a missing database is a 503, and no new one is created', () => replaced(null, () => assert.ok(!fs.existsSync(database))));
	test('an empty database is a 503, and is not filled', () => replaced(Buffer.alloc(0), () => assert.equal(fs.statSync(database).size, 0)));
	test('a file that is not a database is a 503', () => replaced(Buffer.from('these are only words\n'.repeat(500))));
	test('a database with a damaged header is a 503', () => {
		const bytes = Buffer.from(good);
		bytes.fill(0x5a, 0, 100);
		return replaced(bytes);
	});
	for (const [what, version] of [['an older', 0], ['a newer', 9999]])
		test(`a database with ${what} schema is a 503, and the command line reports it`, () => {
			const bytes = Buffer.from(good);
			bytes.writeUInt32BE(version, 60); // user_version, SQLite's file format, section 1.3
			return replaced(bytes, () => assert.match(renown(site.folder, ['post', 'list'], { status: null }).text, /schema/));
		});

	test('after another database replaced it, readers get the new one', async () => {
		sql(site, "UPDATE post SET title = 'Second'; UPDATE content_version SET counter = counter + 1; PRAGMA wal_checkpoint(TRUNCATE);");
		const other = fs.readFileSync(database);
		fs.writeFileSync(`${database}.new`, other, { mode: 0o660 });
		for (const end of ['-wal', '-shm'])
			fs.rmSync(database + end, { force: true });
		fs.renameSync(`${database}.new`, database);
		await until('the new title', async () => /Second/.test((await site.get('/blog', uncached)).text), 6000);
	});

	test('while another process holds the write lock, reading goes on, and a writing command reports that the database is busy', async () => {
		const holder = spawn('sqlite3', ['-batch', database], { stdio: ['pipe', 'pipe', 'ignore'] });
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

	test('a cached page is served without the database', async () => {
		await until('a cached page', async () => (await site.get('/blog/first')).status === 200);
		fs.renameSync(database, `${database}.away`);
		await sleep(1200);
		assert.equal((await site.get('/blog/first')).status, 200);
		fs.renameSync(`${database}.away`, database);
		await until('the site recovers', isFine, 6000);
	});
});
