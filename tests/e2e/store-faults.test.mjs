// Database faults that need a real machine: locked for long, damaged in the middle, on a
// disk that is full or read-only. See also store.test.mjs, which replaces the database with other files.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importPosts, signIn, sql } from './content.mjs';
import { sendFiles, wav } from './files.mjs';
import { fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { build, childProcesses, makeSite, programEnvironment, renown, serveSite, sleep, temporaryFolder, until } from './lib.mjs';

const quick = process.env.RENOWN_QUICK === '1', asRoot = process.getuid() === 0;
const uncached = { headers: { cookie: 'sid=nobody' } };
const longest = 6500; // milliseconds: five seconds of waiting for a lock, and the delay on a loaded machine

function words(count, seed) {
	let text = '';
	for (let i = 0; i < count; i++)
		text += `w${(seed * 7919 + i * 104729) % 9973} `;
	return text;
}

function addPosts(site, count) {
	renown(site.folder, ['user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner']);
	importPosts(site, Array.from({ length: count }, (_, i) => ({ name: `p${i}.md`, title: `Post ${i}`, slug: `post-${i}`,
		date: `2026-01-${String(1 + i % 28).padStart(2, '0')}`, tags: ['craft', `tag ${i % 7}`], text: words(600, i) })));
	sql(site, 'PRAGMA wal_checkpoint(TRUNCATE);');
}

// Another process that holds the database with some SQL until release().
async function holding(database, text) {
	const holder = spawn('sqlite3', ['-batch', database], { stdio: ['pipe', 'pipe', 'inherit'] });
	holder.stdin.write(`.timeout 3000\n${text}\nSELECT 'held';\n`);
	await new Promise((done) => holder.stdout.on('data', (part) => /held/.test(part) && done()));
	return async () => {
		const ended = new Promise((done) => holder.on('exit', done));
		holder.stdin.end('ROLLBACK;\n');
		await ended;
	};
}

// One CGI response of a program, run as a given user.
function cgi(folder, where, { user } = {}) {
	const began = Date.now();
	const ran = spawnSync(user ? 'setpriv' : path.join(build, 'blog'),
		user ? ['--reuid', String(user), '--regid', String(user), '--clear-groups', path.join(build, 'blog')] : [],
		{ env: programEnvironment(folder, { REQUEST_METHOD: 'GET', RENOWN_PATH: where, QUERY_STRING: '' }), input: '', encoding: 'utf8' });
	assert.ok(Date.now() - began < longest, `${where} took ${Date.now() - began} ms`);
	return { status: Number(/^Status: (\d+)/.exec(ran.stdout)?.[1] ?? 0), text: ran.stdout, said: ran.stderr };
}

function assertUnavailable(answer) {
	assert.equal(answer.status, 503);
	assert.ok(Number(answer.headers['retry-after']) > 0);
	assert.match(answer.headers['cache-control'], /no-store/);
	assert.doesNotMatch(answer.text, /sqlite|renown\.db|\.c:|\/tmp/i);
}

const integrity = (file) => execFileSync('sqlite3', [file, 'PRAGMA integrity_check; PRAGMA foreign_key_check;'], { encoding: 'utf8' }).trim();

describe('locks', () => {
	let site, database;
	before(async () => {
		site = await serveSite();
		database = path.join(site.folder, 'renown.db');
		addPosts(site, 30);
	});
	after(() => site?.stop());

	test(`while a writer holds the lock for ${quick ? 8 : 30} s, every page can be read, and a writing command reports in time that the database is busy`, async () => {
		const release = await holding(database, "BEGIN IMMEDIATE; UPDATE content_version SET counter = counter + 1000;");
		const end = Date.now() + (quick ? 8000 : 30000);
		const busy = new Promise((done) => {
			const began = Date.now();
			const child = spawn(path.join(build, 'renown'), ['--site', site.folder, 'setting', 'set', 'title', 'Busy'],
				{ env: programEnvironment(site.folder), stdio: ['ignore', 'pipe', 'pipe'] });
			let text = '';
			child.stdout.on('data', (part) => { text += part; });
			child.stderr.on('data', (part) => { text += part; });
			child.on('close', (status) => done({ status, text, took: Date.now() - began }));
		});
		for (let asked = 0; Date.now() < end || asked < 20; asked++) {
			const where = ['/blog', '/blog/post-3', '/tag/craft', '/search?q=w1', '/archive', '/feed.rss', '/sitemap.xml'][asked % 7];
			const began = Date.now(), answer = await site.get(where, uncached);
			assert.equal(answer.status, 200, where);
			assert.ok(Date.now() - began < 2000, `${where} took ${Date.now() - began} ms`);
			await sleep(150);
		}
		const { status, text, took } = await busy;
		assert.notEqual(status, 0);
		assert.match(text, /is using the database/);
		assert.ok(took < longest, `it took ${took} ms`);
		await release();
		renown(site.folder, ['setting', 'set', 'title', 'Free again']);
		await until('the new title', async () => /Free again/.test((await site.get('/blog', uncached)).text), 5000);
	});

	// Not even reading is possible then. The error page must not read the database, or it would wait as long again.
	test('while one process holds an exclusive lock, every page is a plain 503 in time, and the site recovers by itself', async () => {
		// Existing connections keep the WAL index shared, so the exclusive lock must be taken before they open the database.
		await site.stop();
		const isOpen = () => fs.readdirSync('/proc').some((pid) => {
			try {
				return fs.readdirSync(`/proc/${pid}/fd`).some((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`) === database);
			} catch {
				return false;
			}
		});
		await until('the last worker closes the database', () => !isOpen());
		const release = await holding(database, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE content_version SET counter = counter + 1;');
		site = await serveSite({ site: { folder: site.folder, port: site.port, base: site.base } });
		const began = Date.now();
		const answers = await Promise.all(['/blog', '/nothing'].map((where) => site.get(where, uncached)));
		assert.ok(Date.now() - began < longest + 1000, `it took ${Date.now() - began} ms`);
		answers.forEach(assertUnavailable);
		await release();
		await until('the site recovers', async () => (await site.get('/blog', uncached)).status === 200, 8000);
	});
});

describe('damage', () => {
	let site, database, good, addresses;
	before(async () => {
		// These tests change the content without the programs, so a cached response may differ from a new one.
		site = await serveSite({ environment: { RENOWN_VERIFY_CACHE: '' } });
		database = path.join(site.folder, 'renown.db');
		addPosts(site, 60);
		good = fs.readFileSync(database);
		addresses = ['/', '/blog', '/tags', '/tag/craft', '/archive', '/archive/2026-01', '/author/owner', '/search?q=w1+w2',
			'/sitemap/1.xml', '/feed.rss', '/feed.atom', '/tag/craft/feed.rss', ...Array.from({ length: 12 }, (_, i) => `/blog/post-${i * 5}`)];
	});
	after(() => site?.stop());
	const workers = () => [site.programs.blog.pid, site.programs.feed.pid].flatMap(childProcesses).sort().join();

	// Overwrites the file in place, as a failing disk does: the inode stays.
	const overwrite = (change) => {
		const bytes = Buffer.from(good), file = fs.openSync(database, 'r+');
		change(bytes);
		fs.writeSync(file, bytes, 0, bytes.length, 0);
		fs.closeSync(file);
	};
	const restore = () => {
		fs.writeFileSync(`${database}.good`, good, { mode: 0o660 });
		for (const end of ['-wal', '-shm'])
			fs.rmSync(database + end, { force: true });
		fs.renameSync(`${database}.good`, database);
		return until('the site recovers', async () => (await site.get('/blog', uncached)).status === 200, 6000);
	};
	const askAll = async () => {
		const seen = {};
		for (const where of addresses) {
			const began = Date.now(), answer = await site.get(where, uncached);
			assert.ok([200, 404, 503].includes(answer.status), `${where}: ${answer.status}`);
			if (answer.status === 503)
				assertUnavailable(answer);
			assert.ok(Date.now() - began < longest);
			seen[answer.status] = (seen[answer.status] ?? 0) + 1;
		}
		return seen;
	};

	// dd if=/dev/urandom conv=notrunc into the middle.
	test('after all pages but the first were overwritten, no worker crashes, and the site recovers with the file', async () => {
		const before = workers();
		overwrite((bytes) => bytes.fill(0xa7, 4096));
		const seen = await askAll();
		assert.ok(seen[503] > addresses.length / 2, JSON.stringify(seen));
		await restore();
		assert.equal(workers(), before);
	});

	test('after some pages were overwritten, readable content is served, the rest is a 503, and no worker crashes', async () => {
		const before = workers();
		for (let round = 0; round < (quick ? 6 : 20); round++) {
			overwrite((bytes) => {
				for (let i = 0; i < 4; i++) {
					const pages = bytes.length / 4096 - 1, at = 4096 * (1 + (round * 31 + i * 17) % pages);
					for (let j = 0; j < 4096; j++)
						bytes[at + j] = (j * 131 + round * 7 + (j >> 3)) & 255;
				}
			});
			await askAll();
			await restore();
		}
		assert.equal(workers(), before);
		assert.doesNotMatch(site.log('blog.log'), /Sanitizer|runtime error/);
	});

	// SQLite keeps no checksums: a page that looks intact may contain bytes that are not valid text.
	test('when text contains invalid bytes, no response is incomplete', async () => {
		const before = workers();
		overwrite((bytes) => {
			for (const word of ['w42 ', 'Post 5', 'craft', 'Owner'])
				for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + 1))
					bytes[at + 1] = 0xc0;
		});
		for (const where of addresses) {
			const answer = await site.get(where, uncached);
			assert.ok([200, 404, 500, 503].includes(answer.status), `${where}: ${answer.status}`);
			if (answer.status === 200)
				assert.match(answer.text.trimEnd(), /(<\/html>|<\/rss>|<\/feed>|<\/urlset>|<\/sitemapindex>)$/);
		}
		await restore();
		assert.equal(workers(), before);
	});

	test('after the file was cut in half, no worker crashes, and the site recovers with the file', async () => {
		const before = workers();
		fs.truncateSync(database, Math.floor(good.length / 8192) * 4096);
		const seen = await askAll();
		assert.ok(seen[503] > 0, JSON.stringify(seen));
		await restore();
		assert.equal(workers(), before);
	});

	test('a writing command does not write to a damaged database', () => {
		overwrite((bytes) => bytes.fill(0xa7, 4096));
		const said = renown(site.folder, ['setting', 'set', 'title', 'Damaged'], { status: null });
		assert.notEqual(said.status, 0);
		assert.match(renown(site.folder, ['doctor'], { status: null }).text, /damaged|malformed|restore|cannot be read/i);
		return restore();
	});
});

describe('a read-only database', { skip: asRoot ? false : 'needs root, to become a user without rights' }, () => {
	let site, database;
	const nobody = 65534;
	before(async () => {
		site = await makeSite();
		database = path.join(site.folder, 'renown.db');
		addPosts(site, 5);
		fs.chmodSync(site.folder, 0o755);
		fs.chmodSync(path.join(site.folder, 'renown.conf'), 0o644);
		// Programs and templates must be readable for an unprivileged user.
		if (cgi(site.folder, '/nothing', { user: nobody }).status === 0)
			throw new Error('the build folder cannot be read by others');
	});

	test('a read-only file can be read while another process holds it open', async () => {
		const release = await holding(database, 'BEGIN; SELECT count(*) FROM post;');
		for (const end of ['', '-wal', '-shm'])
			if (fs.existsSync(database + end))
				fs.chmodSync(database + end, 0o444);
		assert.equal(cgi(site.folder, '/blog', { user: nobody }).status, 200);
		await release();
	});

	test('in a read-only folder the database is a 503, the log names permissions, and nothing is damaged', () => {
		for (const end of ['-wal', '-shm'])
			fs.rmSync(database + end, { force: true });
		fs.chmodSync(database, 0o444);
		const answer = cgi(site.folder, '/blog', { user: nobody });
		assert.equal(answer.status, 503);
		assert.match(answer.text, /^Retry-After: \d+\r$/m);
		assert.match(answer.said, /check the permissions/);
		assert.doesNotMatch(answer.said, /damaged/);
	});

	test('a writing command without rights reports it', () => {
		fs.chmodSync(site.folder, 0o777);
		const ran = spawnSync('setpriv', ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', path.join(build, 'renown'),
			'--site', site.folder, 'setting', 'set', 'title', 'No'], { env: programEnvironment(site.folder), encoding: 'utf8' });
		assert.notEqual(ran.status, 0);
		assert.match(ran.stdout + ran.stderr, /written|permission|read.only/i);
		fs.chmodSync(site.folder, 0o755);
		fs.chmodSync(database, 0o660);
	});

	test('the site recovers when the rights are restored', () => {
		for (const end of ['-wal', '-shm'])
			fs.rmSync(database + end, { force: true });
		assert.equal(cgi(site.folder, '/blog').status, 200);
		assert.equal(integrity(database), 'ok');
		renown(site.folder, ['setting', 'set', 'title', 'Yes']);
	});
});

// As with `chattr +i`, or a disk that the kernel removed: EPERM is different from a full disk.
describe('an immutable database', () => {
	let site, database;
	const files = () => ['', '-wal'].map((end) => database + end).filter((file) => fs.existsSync(file));
	const freeze = (how) => spawnSync('chattr', [how, ...files()]).status === 0;
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Anna', '--email', 'anna@example.org', '--role', 'author');
		execFileSync(path.join(build, 'renown'), ['--site', site.folder, 'user', 'password', 'anna@example.org'], { input: 'correct horse battery\n', env: programEnvironment(site.folder) });
		database = path.join(site.folder, 'renown.db');
	});
	after(async () => {
		freeze('-i');
		await site?.stop();
	});

	test('sign-in and saving report that nothing can be saved, reading goes on, and the site recovers by itself', async (t) => {
		const cookie = signIn(site, 1), form = (await site.get('/write/new', { headers: { cookie } })).text, signInPage = (await site.get('/sign-in')).text;
		const save = () => sendForm(site, '/write/new', { ...fieldsIn(form, 'post'), title: 'Kept', text: 'What I typed.', do: 'publish' }, { cookie });
		const enter = () => sendForm(site, '/sign-in', { email: 'anna@example.org', password: 'correct horse battery', next: '', proof: proofIn(signInPage) });
		if (!asRoot || !freeze('+i'))
			return t.skip('no file can be made immutable here');
		for (const send of [save, enter]) {
			const answer = await send();
			assert.equal(answer.status, 503, answer.text.slice(0, 500));
			assert.match(problems(answer.text).join(), /Changes can\'t be saved right now/);
		}
		assert.match((await save()).text, /What I typed\./);
		assert.equal((await site.get('/blog', uncached)).status, 200);
		assert.ok(freeze('-i'));
		await until('signing in', async () => (await enter()).status === 303, 5000);
		await until('a save', async () => (await save()).status === 303, 5000);
		assert.equal(integrity(database), 'ok');
	});
});

describe('a full disk', () => {
	let site, disk, mounted = false;
	before(async () => {
		site = await makeSite();
		addPosts(site, 20);
		disk = temporaryFolder('disk');
		mounted = asRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=0755', 'tmpfs', disk]).status === 0;
	});
	after(() => {
		if (mounted)
			spawnSync('umount', ['-l', disk]);
	});

	test('on a full file system a save fails with a message, reading goes on, also from the cache, and the site recovers when there is space', async (t) => {
		if (!mounted)
			return t.skip('nothing can be mounted here');
		for (const name of ['renown.db', 'renown.conf'])
			fs.copyFileSync(path.join(site.folder, name), path.join(disk, name));
		fs.mkdirSync(path.join(disk, 'media'));
		// In memory, as with ./bootstrap serve and on a server, so what people type is not written to the disk before it is saved.
		const cache = fs.mkdtempSync('/dev/shm/renown-test-');
		const full = await serveSite({ site: { folder: disk, port: site.port, base: '' }, values: [`CACHE=${cache}`], before: () => ['run', 'log'].forEach((name) =>
			fs.mkdirSync(path.join(disk, name), { recursive: true })) });
		try {
			const database = path.join(disk, 'renown.db'), dump = () => sql({ folder: disk }, '.dump post_text');
			const owner = signIn({ folder: disk }, 1);
			const save = async (bytes, name) => {
				const page = await full.get('/write/new', { headers: { cookie: owner } });
				assert.equal(page.status, 200);
				const began = Date.now();
				const answer = await sendForm(full, '/write/new', { ...fieldsIn(page.text, 'post'), title: name, text: words(bytes / 5, 3).slice(0, bytes), do: 'save' }, { cookie: owner, origin: full.url });
				assert.ok(Date.now() - began < longest);
				return answer;
			};
			const upload = async (bytes) => sendFiles(full, '/write/media', [['proof', uploadProof]], [['file', `${bytes}.wav`, Buffer.concat([wav(1), Buffer.alloc(bytes, 128)])]], { cookie: owner });
			const uploadProof = proofIn((await full.get('/write/media', { headers: { cookie: owner } })).text, 'upload');
			assert.equal((await full.get('/blog', uncached)).status, 200);
			assert.equal((await save(6000, 'With room')).status, 303);
			const before = dump();
			fs.writeFileSync(path.join(disk, 'filler'), '');
			spawnSync('dd', ['if=/dev/zero', `of=${path.join(disk, 'filler')}`, 'bs=4k'], { stdio: 'ignore' });
			const began = Date.now();
			const said = importPosts({ folder: disk }, [{ name: 'big.md', title: 'Big', slug: 'big', text: words(60000, 1) }], { status: null });
			assert.ok(Date.now() - began < longest);
			assert.notEqual(said.status, 0);
			assert.match(said.text, /space|room|full/i);
			for (const where of ['/', '/blog', '/zh/blog', '/blog/post-3', '/search?q=w1', '/feed.rss', '/feed.atom', '/robots.txt', '/nothing', '/sign-in', '/assets/style.css'])
				for (const how of [{}, {}, uncached])
					assert.equal((await full.get(where, how)).status, where === '/nothing' ? 404 : 200, where);
			assert.equal(dump(), before);
			// A form of any length is either saved, or shown again with what was typed. It never gets "too large".
			for (const bytes of [6000, 20000, 90000, 200000]) {
				const answer = await save(bytes, `Full ${bytes}`);
				assert.ok([303, 507].includes(answer.status), `${bytes}: ${answer.status}`);assert.ok([303, 507].includes(answer.status), `${bytes}: ${answer.status}`);
				assert.match(answer.status === 507 ? answer.text : 'Not enough storage', /Not enough storage/, `${bytes}`);
				if (answer.status === 507)
					assert.ok(answer.text.includes(words(bytes / 5, 3).slice(0, 1000)) && answer.text.includes(`Full ${bytes}`), `${bytes}: what was typed is shown again`);
			}
			// Longer than what nginx buffers in memory.
			const long = await save(700000, 'Full and long');
			assert.equal(long.status, 507);
			assert.match(long.text, /Not enough storage to save this/);
			for (const bytes of [1000, 900000, 5000000]) {
				const answer = await upload(bytes);
				assert.equal(answer.status, 507, `${bytes}`);
				assert.match(answer.text, /Not enough storage to save this/, `${bytes}`);
				assert.match(answer.headers['content-security-policy'], /^default-src 'none'/);
			}
			fs.rmSync(path.join(disk, 'filler'));
			importPosts({ folder: disk }, [{ name: 'big.md', title: 'Big', slug: 'big', text: words(60000, 1) }]);
			await until('the new post', async () => (await full.get('/blog/big', uncached)).status === 200, 5000);
			for (const bytes of [6000, 200000])
				assert.equal((await save(bytes, `Room ${bytes}`)).status, 303);
			assert.equal((await upload(900000)).status, 303);
			assert.equal(integrity(database), 'ok');
		} finally {
			await full.stop();
			fs.rmSync(cache, { recursive: true, force: true });
		}
	});

	// The kernel sends SIGXFSZ, which ends a process that does not ignore it.
	test('a command that reaches a limit on file size reports it and ends normally, and nothing is saved', () => {
		const database = path.join(site.folder, 'renown.db'), before = sql(site, '.dump post_text');
		const size = fs.statSync(database).size;
		const ran = spawnSync('prlimit', [`--fsize=${Math.max(size - 4096, 65536)}`, path.join(build, 'renown'), '--site', site.folder, 'render', '--all'],
			{ env: programEnvironment(site.folder), encoding: 'utf8' });
		assert.equal(ran.signal, null);
		assert.notEqual(ran.status, 0);
		assert.match(ran.stdout + ran.stderr, /space|room|full|write/i);
		assert.equal(sql(site, '.dump post_text'), before);
		assert.equal(integrity(database), 'ok');
		renown(site.folder, ['render', '--all']);
	});
});
