// Every row of every program's route table: which roles have access, that GET changes nothing, and that forms from other sites are refused.
// A new row is tested without a change here. Also: rights that are removed while a form is being sent.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { png, sendFiles } from './files.mjs';
import { serveSite, sleep, until } from './lib.mjs';
import { allRows } from './rows.mjs';

// The roles and their rights, written by hand, so that the test does not depend on the table in store/user/user.c.
const allowed = { ANYONE: ['', 'member', 'moderator', 'author', 'editor', 'owner'], MEMBER: ['member', 'moderator', 'author', 'editor', 'owner'],
	AUTHOR: ['author', 'editor', 'owner'], EDITOR: ['editor', 'owner'], MODERATOR: ['moderator', 'editor', 'owner'], OWNER: ['owner'] };
const rows = allRows();
const posts = rows.filter((row) => row.method === 'POST'), gets = rows.filter((row) => row.method === 'GET');
const bringsFiles = (row) => row.fields.some(({ type }) => type === 'FILE');

describe('every row of every program', () => {
	let site;
	const cookies = {}, tokens = {};
	const dump = () => spawnSync('sqlite3', [path.join(site.folder, 'renown.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
	// The proof in a form for this session and this address (http/form.c), computed here, because starting a process for each takes long.
	const proofs = new Map(), id = 'I'.repeat(43);
	function makeProofs() {
		const wanted = allowed.MEMBER.flatMap((who) => posts.map((row) => [tokens[who], `form ${row.where} ${id}`]));
		const made = execFileSync('python3', ['-c', 'import hashlib, json, sys; print(json.dumps([hashlib.blake2b(text.encode(), digest_size=32, key=key.encode()).hexdigest() for key, text in json.load(sys.stdin)]))'],
			{ encoding: 'utf8', input: JSON.stringify(wanted) });
		JSON.parse(made).forEach((proof, i) => proofs.set(wanted[i].join(), proof));
	}
	const proofOf = (who, where) => `${id}.${proofs.get([tokens[who], `form ${where} ${id}`].join())}`;
	function send(row, who, fields, headers = {}) {
		const all = { ...(cookies[who] ? { cookie: cookies[who] } : {}), ...headers };
		return bringsFiles(row) ? sendFiles(site, row.where, Object.entries(fields), [], all) : sendForm(site, row.where, fields, all);
	}

	before(async () => {
		site = await serveSite({ sample: true });
		for (const [i, role] of allowed.MEMBER.entries()) {
			sql(site, `INSERT INTO site_user (id, slug, name, email, role, created) VALUES (${9000 + i}, 'r-${role}', 'Rolf ${role}', '${role}@example.net', '${role}', 1)`);
			tokens[role] = role.padEnd(42, 'x') + '_';
			cookies[role] = signIn(site, 9000 + i, tokens[role]);
		}
		makeProofs();
		sql(site, 'INSERT INTO media_owner (user_id, media_id) SELECT 9002, id FROM media');
	});
	after(() => site?.stop());

	test('the route tables were read', () => {
		assert.ok(posts.length >= 45 && gets.length >= 60, `${posts.length} and ${gets.length}`);
		for (const where of ['/write/1', '/admin/settings/general/zh', '/account/password', '/sign-in/email'])
			assert.ok(posts.some((row) => row.where === where), where);
		for (const row of rows)
			assert.ok(row.role in allowed, row.pattern);
	});

	test('a form is refused to every role that its row does not allow, even with a valid proof, and nothing changes', async () => {
		const before = dump();
		for (const row of posts)
			for (const who of allowed.ANYONE) {
				if (allowed[row.role].includes(who) && row.role !== 'ANYONE')
					continue;
				const proof = who && row.role !== 'ANYONE' ? proofOf(who, row.where) : 'no';
				const answer = await send(row, who, { proof });
				// An address that is a secret of its own has no proof in its form: a wrong secret is not found.
				assert.equal(answer.status, row.proof === 'CAPABILITY' ? 404 : 403, `${row.pattern} ${who}`);
				assert.equal(answer.headers['set-cookie'], undefined);
			}
		assert.equal(dump(), before);
	});

	test('a form from another site is refused even with a valid proof, and so is a form without a proof', async () => {
		const before = dump();
		for (const row of posts.filter(({ role }) => role !== 'ANYONE')) {
			const proof = proofOf('owner', row.where);
			for (const [fields, headers] of [[{ proof }, { 'sec-fetch-site': 'cross-site' }], [{ proof }, { origin: 'https://evil.example' }], [{}, {}], [{ proof: proofOf('editor', row.where) }, {}]])
				assert.equal((await send(row, 'owner', fields, headers)).status, 403, `${row.pattern} ${JSON.stringify(headers)}`);
		}
		assert.equal(dump(), before);
		// The proof was valid: with it, and from this site, the form is processed.
		for (const where of ['/admin/users', '/write/new', '/account/password'])
			assert.equal((await sendForm(site, where, { proof: proofOf('owner', where) }, { cookie: cookies.owner })).status, 422, where);
	});

	test('a field that a form does not have is refused, and nothing changes', async () => {
		const before = dump();
		for (const row of posts)
			for (const field of ['id', 'user_id', 'author_id', 'disabled', 'is_owner']) {
				const proof = row.role === 'ANYONE' ? 'no' : proofOf('owner', row.where);
				const answer = await send(row, 'owner', { proof, [field]: '1' });
				assert.equal(answer.status, 400, `${row.pattern} ${field}`);
			}
		assert.equal(dump(), before);
	});

	test('GET and HEAD change nothing, for any role and any query', async () => {
		const before = dump();
		for (const row of rows)
			for (const who of ['owner', 'author', ''])
				for (const [method, query] of [['GET', ''], ['HEAD', ''], ['GET', '?do=publish&role=owner&proof=x&title=x&enabled=no&page=1']]) {
					const answer = await site.get(row.where + query, { method, headers: who ? { cookie: cookies[who] } : {} });
					assert.ok([200, 301, 303, 400, 403, 404, 405].includes(answer.status), `${method} ${row.pattern} ${who}: ${answer.status}`);
				}
		assert.equal(dump(), before);
	});

	test('a restricted page is only for its roles, is private, and is nowhere in the cache', async () => {
		let seen = 0, program;
		const kept = (words) => spawnSync('grep', ['-rlaE', words, path.join(site.folder, 'run/cache')], { encoding: 'utf8' }).stdout;
		// nginx removes copies that nobody asks for within seconds, so each program is looked at by itself.
		const look = () => {
			assert.equal(kept('Rolf|name="proof"|Set-Cookie'), '', program);
			if (program === 'blog')
				assert.notEqual(kept('KEY: '), '', 'visitors\' pages are in the cache');
		};
		for (const row of gets) {
			if (row.program !== program)
				look();
			program = row.program;
			for (const who of allowed.ANYONE) {
				const answer = await site.get(row.where, { headers: who ? { cookie: cookies[who] } : {} });
				if (!allowed[row.role].includes(who)) {
					assert.equal(answer.status, who ? 403 : 303, `${row.pattern} ${who}`);
					continue;
				}
				// The request by which the web server asks whether an upload is allowed: its status is the whole answer.
				if (row.pattern === '/write/may-upload')
					assert.deepEqual([answer.status, allowed.AUTHOR.includes(who) ? answer.text : ''], allowed.AUTHOR.includes(who) ? [200, ''] : [403, ''], who);
				else
					assert.notEqual(answer.status, 403, `${row.pattern} ${who}`);
				// Feeds are the same for everybody: their program knows no sessions.
				if (row.program === 'feed' && answer.status === 200) {
					assert.ok(!answer.text.includes('Rolf') && answer.headers['set-cookie'] === undefined, `${row.pattern} ${who}`);
					continue;
				}
				if ((who || row.role !== 'ANYONE') && !answer.headers['cache-control']?.includes('immutable'))
					assert.match(answer.headers['cache-control'], /^private, no-(store|cache)$/, `${row.pattern} ${who}`);
				seen += who !== '' && answer.text.includes('Rolf');
			}
		}
		look();
		assert.ok(seen > 100, `${seen}`);
	});

	test('a script in any stored text is shown as text on every page', async () => {
		const bad = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>', quoted = bad.replaceAll("'", "''");
		const page = await site.get('/write/new', { headers: { cookie: cookies.author } });
		const made = await sendForm(site, '/write/new', { ...fieldsIn(page.text, 'post'), title: bad, text: bad, summary: bad, tags: bad, why: bad, slug: 'bad', do: 'publish' }, { cookie: cookies.author });
		assert.equal(made.status, 303);
		// Written directly to the database, because forms refuse some of these values.
		sql(site, `UPDATE site_user SET name = '${quoted}', bio = '${quoted}' WHERE id >= 9000;
			UPDATE post SET cover_alt = '${quoted}', canonical_url = '' ; UPDATE post SET title = '${quoted}', summary = '${quoted}' WHERE id % 3 = 1;
			UPDATE revision SET title = '${quoted}', summary = '${quoted}', reason = '${quoted}';
			UPDATE media SET name = '${quoted}', alt = '${quoted}'; UPDATE tag SET name = '${quoted}'; UPDATE comment SET name = '${quoted}', text = '${quoted}';
			UPDATE session SET agent = '${quoted}'; UPDATE recording SET chapters = '0:00 ${quoted}'; UPDATE grant_right SET source = '${quoted}';
			INSERT INTO audit (time, user_id, area, event, subject, before, after) VALUES (unixepoch(), 9004, 'settings', 'setting', '${quoted}', '${quoted}', '${quoted}');
			INSERT INTO invitation (id, role, email, user_id, created, expires) VALUES ('${'ab'.repeat(32)}', 'member', '${quoted}', 9004, unixepoch(), unixepoch() + 999);
			INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try, problem) VALUES ('x', 'test', 'owner@example.net', '${quoted}', 'x', 'en', 'failed', 1, 1, 1, '${quoted}');
			INSERT INTO backup_job (requested, user_id, problem) VALUES (1, 9004, '${quoted}'); INSERT INTO autosave (id, user_id, form_key, post_id, title, lang, saved) VALUES (1, 9004, 'bad', 1, '${quoted}', 'en', 1); INSERT INTO autosave_field (autosave_id, name, value) SELECT 1, value, '${quoted}' FROM json_each('["title", "summary", "tags", "text", "slug", "base", "revision"]');
			INSERT OR REPLACE INTO setting (name, lang, value, updated) VALUES ('title', '', '${quoted}', 1), ('description', '', '${quoted}', 1);
			UPDATE content_version SET counter = counter + 1;`);
		const where = made.headers.location.slice(site.url.length), seen = [], places = new Set(gets.map((row) => row.where));
		for (const more of ['', '/versions', '/versions/1', '/media', '/trash', '/experiment'])
			places.add(where + more);
		for (const more of ['/blog/bad', '/author/r-author', '/search?q=alert', '/write?q=alert', '/write/1?autosave=bad', '/admin/users/9003', '/feed.rss', '/feed.atom', '/sitemap/1.xml', ...sql(site, 'SELECT slug FROM tag LIMIT 3').split('\n').map((slug) => `/tag/${encodeURIComponent(slug)}`), ...sql(site, 'SELECT id FROM media LIMIT 5').split('\n').map((id) => `/write/media/${id}`)])
			places.add(more);
		// The web server's cached pages for visitors may be older: wait until they are renewed.
		for (const place of ['/blog', '/feed.rss'])
			await until(`${place} is of now`, async () => (await site.get(place)).text.includes('alert(1)'));
		for (const place of places)
			for (const who of ['owner', 'author', '']) {
				const { text, headers } = await site.get(place, { headers: who ? { cookie: cookies[who] } : {} });
				assert.ok(!/html|xml/.test(headers['content-type']) || !/<script>alert|<img src=x|"'><img/.test(text), `${place} ${who}`);
				if (text.includes('alert(1)'))
					seen.push(`${place} ${who}`);
			}
		assert.ok(seen.length > 60, `${seen.length}`);
		for (const place of ['/admin/audit owner', '/admin/invitations owner', '/admin/users owner', '/account author', '/search?q=alert ', '/feed.rss ', '/blog ', '/write author'])
			assert.ok(seen.includes(place), place);
	});

	test('no log contains an email address or a search for drafts', async () => {
		await site.get('/admin/users?q=member%40example.net', { headers: { cookie: cookies.owner } });
		await site.get('/admin/users/1', { headers: { cookie: cookies.owner, referer: `${site.url}/admin/users?q=member%40example.net` } });
		await site.get('/write?q=a-word-of-a-draft', { headers: { cookie: cookies.owner } });
		await sendForm(site, '/sign-in', { email: 'member@example.net', password: 'x', next: '', proof: 'x' });
		await until('the log is written', () => site.log('access.log').includes('POST\t/sign-in'));
		await sleep(1200);
		const logs = fs.readdirSync(path.join(site.folder, 'log')).map((name) => site.log(name)).join('\n');
		assert.deepEqual(logs.split('\n').filter((line) => /example\.net|a-word-of-a-draft/.test(line)), []);
	});
});

describe('rights that end while a form is being sent', () => {
	let site;
	const cookies = {}, long = 'Words that took an afternoon. '.repeat(50);
	const ask = (where, who) => site.get(where, { headers: { cookie: cookies[who] } });
	// Another connection holds the write lock and removes a right in the same transaction.
	async function meanwhile(change, sending) {
		const holder = spawn('sqlite3', [path.join(site.folder, 'renown.db')], { stdio: ['pipe', 'ignore', 'inherit'] });
		holder.stdin.write(`PRAGMA foreign_keys = on;\nBEGIN IMMEDIATE;\n${change};\n`);
		await sleep(300);
		const answer = sending();
		await sleep(700);
		holder.stdin.end('COMMIT;\n');
		return answer;
	}
	const saved = () => sql(site, "SELECT count(*) FROM post_text WHERE markdown LIKE '%afternoon%'");

	before(async () => {
		site = await serveSite({ owner: true });
		for (const [i, name, role] of [[2, 'Anna', 'author'], [3, 'Edda', 'editor']]) {
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`, '--role', role);
			cookies[name] = signIn(site, i, name.padEnd(43, 'x'));
		}
		cookies.Owner = signIn(site, 1, 'Owner'.padEnd(43, 'x'));
	});
	after(() => site?.stop());

	for (const [what, change, undo] of [
		['a role', "UPDATE site_user SET role = 'member' WHERE id = 2", "UPDATE site_user SET role = 'author' WHERE id = 2"],
		['an account', 'UPDATE site_user SET disabled = 1 WHERE id = 2', 'UPDATE site_user SET disabled = 0 WHERE id = 2'],
		['a session', 'DELETE FROM session WHERE user_id = 2', 'SELECT 1'],
	])
		test(`${what} that ends: nothing is saved, and what was typed is shown again`, async () => {
			cookies.Anna = signIn(site, 2, 'Anna'.padEnd(43, 'x'));
			const fields = { ...fieldsIn((await ask('/write/new', 'Anna')).text, 'post'), title: 'Too late', text: long, do: 'publish' };
			const answer = await meanwhile(change, () => sendForm(site, '/write/new', fields, { cookie: cookies.Anna }));
			assert.equal(answer.status, 403);
			assert.match(answer.text, /Not saved: your permissions have changed/);
			assert.ok(answer.text.includes(long.trim()));
			assert.match(answer.text, /value="Too late"/);
			assert.equal(saved(), '0');
			sql(site, undo);
		});

	test('an editor who became an author meanwhile cannot change or see another user\'s post', async () => {
		const made = await sendForm(site, '/write/new', { ...fieldsIn((await ask('/write/new', 'Owner')).text, 'post'), title: 'Of the owner', text: 'secret-of-the-owner', do: 'save' }, { cookie: cookies.Owner });
		const where = made.headers.location.slice(site.url.length), fields = { ...fieldsIn((await ask(where, 'Edda')).text, 'post'), text: long, summary: 'Mine.', do: 'save' };
		const answer = await meanwhile("UPDATE site_user SET role = 'author' WHERE id = 3", () => sendForm(site, where, fields, { cookie: cookies.Edda }));
		assert.equal(answer.status, 403);
		assert.ok(answer.text.includes(long.trim()));
		assert.ok(!answer.text.includes('secret-of-the-owner'));
		assert.equal(saved(), '0');
	});

	test('an owner who lost the role meanwhile cannot add a user', async () => {
		const page = (await ask('/admin/users', 'Owner')).text;
		sql(site, "INSERT INTO site_user (id, slug, name, email, role, created) VALUES (50, 'o', 'Other', 'other@example.org', 'owner', 1)");
		const answer = await meanwhile("UPDATE site_user SET role = 'member' WHERE id = 1", () => sendForm(site, '/admin/users', { ...fieldsIn(page, 'person'), name: 'Mole', email: 'mole@example.org', role: 'owner' }, { cookie: cookies.Owner }));
		assert.equal(answer.status, 403);
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE name = 'Mole'"), '0');
	});

	test('a file is refused, and no part of it is left behind', async () => {
		cookies.Anna = signIn(site, 2, 'Anna'.padEnd(43, 'x'));
		const proof = /name="proof" value="([^"]*)"/.exec((await ask('/write/media', 'Anna')).text)[1];
		const answer = await meanwhile("UPDATE site_user SET role = 'member' WHERE id = 2", () => sendFiles(site, '/write/media', [['proof', proof]], [['file', 'late.png', png()]], { cookie: cookies.Anna }));
		assert.equal(answer.status, 403);
		assert.equal(sql(site, 'SELECT count(*) FROM media'), '0');
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming')), []);
	});
});
