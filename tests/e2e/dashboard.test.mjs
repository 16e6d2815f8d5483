// The owner's pages: every change is in the audit log, only owners get backups, colours and menus work, and no other user has access.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, formIn, problems, proofIn, sendForm } from './forms.mjs';
import { renown, root, serveSite } from './lib.mjs';

const password = 'seven quiet herons at dusk';

// The rows of the table in admin.c, with its settings macro expanded.
function routesOf(method) {
	const source = fs.readFileSync(path.join(root, 'cgi-bin/admin/admin.c'), 'utf8').replaceAll(/^.*\.moved = .*$/gm, ''); // e2e/moved tries those
	const groups = [...source.matchAll(/^\tSETTINGS\("(\w+)"/gm)].map((match) => match[1]);
	const rows = [...source.matchAll(new RegExp(`\\{ ${method}, "([^"]+)"([^,]*),`, 'g'))];
	return rows.flatMap(([, pattern, rest]) => {
		const tail = /"([^"]*)"/.exec(rest)?.[1] ?? '';
		return rest.includes('slug') ? groups.map((slug) => pattern + slug + tail) : [pattern];
	});
}

describe('dashboard, audit log, backups, health, colours, menu', () => {
	let site;
	const cookies = {};
	const ask = (where, who = 'Owner', how = {}) => site.get(where, { ...how, headers: { cookie: who ? cookies[who] : 'sid=nobody' } });
	const send = (where, fields, who = 'Owner', headers = {}) => sendForm(site, where, fields, { cookie: cookies[who] ?? 'sid=nobody', ...headers });
	const lines = () => Number(sql(site, 'SELECT count(*) FROM audit'));
	async function change(where, form, changes, target = where) {
		const { text } = await ask(where);
		return send(target, { ...fieldsIn(text, form), ...changes });
	}
	before(async () => {
		site = await serveSite();
		['Owner', 'Edda', 'Anna', 'Moe', 'Mia'].forEach((name, i) => {
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`, '--role', ['owner', 'editor', 'author', 'moderator', 'member'][i]);
		});
		renown(site.folder, ['user', 'password', 'owner@example.org'], { input: `${password}\n` });
		['Owner', 'Edda', 'Anna', 'Moe', 'Mia'].forEach((name, i) => { cookies[name] = signIn(site, i + 1, name.padEnd(43, 'x')); });
	});
	after(() => site?.stop());

	test('every address is refused to users who are not owners, and GET changes nothing', async () => {
		const gets = routesOf('GET'), posts = routesOf('POST');
		assert.ok(gets.length >= 19 && posts.length >= 19);
		const dump = () => sql(site, 'SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM setting), (SELECT group_concat(role || disabled || revision) FROM site_user), (SELECT count(*) FROM backup_job), (SELECT count(*) FROM health_check)');
		const before = dump(), real = (pattern) => pattern.replace(':language', 'zh').replace(':id', '2');
		for (const pattern of [...new Set([...gets, ...posts])]) {
			const where = real(pattern);
			for (const who of ['Edda', 'Anna', 'Moe', 'Mia']) {
				assert.equal((await ask(where, who)).status, gets.includes(pattern) ? 403 : 405, `${who} ${where}`);
				if (posts.includes(pattern))
					assert.equal((await send(where, { proof: 'x', role: 'owner' }, who)).status, 403, `${who} POST ${where}`);
			}
		}
		for (const pattern of gets) {
			const answer = await ask(real(pattern)), head = await ask(real(pattern), 'Owner', { method: 'HEAD' });
			assert.ok([200, 303, 404].includes(answer.status), `${pattern} ${answer.status}`);
			assert.equal(head.status, answer.status);
			if (answer.status === 200)
				assert.equal(answer.headers['cache-control'], 'private, no-store', pattern);
		}
		assert.equal(dump(), before);
	});

	// A new row of the table fails this test until the test can send its form. So does a handler without an audit log entry.
	test('each form adds an entry to the audit log', { timeout: 60000 }, async () => {
		const settingOf = { general: 'tagline', branding: 'author_photo_alt', theme: 'accent_colour', navigation: 'navigation', language: 'time_zone', membership: 'posts_per_feed', comments: 'comments_days', storage: 'backups_kept' };
		const valueOf = { tagline: 'A line', author_photo_alt: 'Me', accent_colour: '#1f4a7a', navigation: 'Essays /tag/essays', time_zone: 'Europe/Berlin', posts_per_feed: '7', comments_days: '30', backups_kept: '2' };
		const senders = {
			'/admin/settings/branding': async () => sendFiles(site, '/admin/settings/branding', Object.entries({ ...fieldsIn((await ask('/admin/settings/branding')).text, 'settings'), author_photo_alt: 'Me' }), [['logo_file', 'a.png', png()]], { cookie: cookies.Owner }),
			'/admin/onboarding': () => change('/admin', 'onboarding', {}, '/admin/onboarding'),
			'/admin/users': () => change('/admin/users', 'person', { name: 'Zoe', email: 'zoe@example.org', role: 'member' }),
			'/admin/users/:id': () => change('/admin/users/5', 'change', { role: 'author' }),
			'/admin/users/:id/link': () => change('/admin/users/5', 'link', {}, '/admin/users/5/link'),
			'/admin/users/:id/sessions': () => change('/admin/users/5', 'sessions', {}, '/admin/users/5/sessions'),
			'/admin/invitations': () => change('/admin/invitations', 'invite', { role: 'member', email: '' }),
			'/admin/invitations/revoke': () => change('/admin/invitations', 'revoke', {}, '/admin/invitations/revoke'),
			'/admin/email': () => change('/admin/email', 'mail-test', {}),
			'/admin/health': () => change('/admin/health', 'integrity-check', {}),
			'/admin/backups': () => change('/admin/backups', 'backup', {}),
			'/admin/backups/:id': async () => {
				site.renown('backup', '--asked');
				const id = sql(site, "SELECT max(id) FROM backup_job WHERE name <> ''");
				return change('/admin/backups', 'download', { password }, `/admin/backups/${id}`);
			},
		};
		for (const pattern of routesOf('POST')) {
			const [, group, language] = /^\/admin\/settings\/(\w+)(\/:language)?$/.exec(pattern) ?? [];
			const where = pattern.replace(':language', 'zh'), name = settingOf[group];
			if (language && !['general', 'branding', 'navigation'].includes(group))
				continue; /* nothing there differs by language */
			const sender = senders[pattern] ?? (group ? () => change(where, 'settings', { [name]: valueOf[name], ...(group === 'theme' ? { do: 'save' } : {}) }) : undefined);
			assert.ok(sender, `${pattern}: this test does not know how to send it`);
			const before = lines(), answer = await sender();
			assert.ok([200, 303].includes(answer.status), `${pattern} ${answer.status} ${problems(answer.text)}`);
			assert.ok(lines() > before, `${pattern} added no entry to the audit log`);
		}
		assert.equal((await ask('/account', 'Mia')).status, 303, 'her sessions were ended');
		cookies.Mia = signIn(site, 5, 'Mia'.padEnd(43, 'y'));
		for (const part of [/Setting changed[\s\S]*Accent colour/, /<ins>#1f4a7a/, /Mia/, /Command line/])
			assert.match((await ask('/admin/audit')).text, part);
		const zh = (await ask('/zh/admin/audit?what=users')).text;
		assert.match(zh, /角色/);
		assert.doesNotMatch(zh, /Setting changed|修改设置/);
		assert.doesNotMatch((await ask('/admin/audit')).text, new RegExp(password));
		const only = (await ask('/admin/audit?who=0')).text;
		assert.match(only, /Show everyone/);
		assert.doesNotMatch(only, /<ins>#1f4a7a/);
		/* Query values that match nothing, and markup that must be escaped. */
		sql(site, "INSERT INTO audit (time, user_id, area, event, subject, before, after) VALUES (unixepoch(), 1, 'users', 'role', '<script>x</script>', '<b>', '\"&')");
		const text = (await ask("/admin/audit?who=x'&what=%3Cb%3E&before=-1")).text;
		assert.match(text, /&lt;script&gt;x&lt;\/script&gt;/);
		assert.doesNotMatch(text, /<script>x|<b><del|<del><b>/);
	});

	test('the audit log has pages and cannot be changed', async () => {
		for (let i = 0; i < 60; i++)
			sql(site, `INSERT INTO audit (time, user_id, area, event, subject, before, after) VALUES (unixepoch(), 1, 'posts', 'published', 'Post ${i}', '', '')`);
		const first = (await ask('/admin/audit?what=posts')).text;
		const older = /href="([^"]*before=\d+)"/.exec(first)[1].replaceAll('&amp;', '&');
		const second = (await ask(older)).text;
		assert.match(first, /Post 59/);
		assert.match(second, /Post 0</);
		assert.doesNotMatch(second, /Post 59/);
		assert.throws(() => sql(site, "UPDATE audit SET subject = 'x'"));
		assert.throws(() => sql(site, 'DELETE FROM audit'));
	});

	test('a backup is made in the background, and an owner downloads it after entering the password', async () => {
		assert.equal((await change('/admin/backups', 'backup', {})).status, 303);
		assert.match((await ask('/admin/backups')).text, /created in the background/);
		fs.writeFileSync(path.join(site.folder, 'backup', 'killed.tar.unfinished-Ab12cd'), 'half');
		renown(site.folder, ['work', '--once']);
		const [id, name] = sql(site, "SELECT id, name FROM backup_job WHERE name <> '' ORDER BY id DESC LIMIT 1").split('|');
		const where = `/admin/backups/${id}`, page = (await ask('/admin/backups')).text;
		assert.equal((page.match(/class="form download"/g) ?? []).length, 2, 'backups_kept limits the number of backups');
		assert.ok(!page.includes(name));
		const proof = proofIn(page, 'download');
		assert.equal((await send(where, { proof })).status, 422);
		const wrong = await send(where, { proof, password: 'wrong horse' });
		assert.equal(wrong.status, 422);
		assert.deepEqual(problems(wrong.text), ['The password is incorrect. Try again.']);
		assert.equal((await send(where, { proof, password }, 'Owner', { 'sec-fetch-site': 'cross-site' })).status, 403);
		assert.equal((await ask(where)).status, 405);
		const right = await send(where, { proof, password });
		assert.equal(right.status, 200, problems(right.text).join());
		assert.equal(right.headers['cache-control'], 'private, no-store');
		assert.match(right.headers['content-disposition'], /^attachment; filename="renown-\d{4}-\d\d-\d\d\.tar"$/);
		assert.equal(right.headers['content-type'], 'application/x-tar');
		assert.equal(right.headers['x-accel-redirect'], undefined);
		assert.equal(right.bytes.subarray(257, 262).toString(), 'ustar');
		assert.ok(right.bytes.includes(Buffer.from('SQLite format 3')));
		/* Not by guessing, under any name of the file, and not after the role was removed. */
		for (const guess of [`/renown-backup/${name}`, `/backup/${name}`, `/media/${name}`, '/renown-backup/', `/assets/../backup/${name}`, `/renown-backup/../renown.db`])
			assert.ok([403, 404].includes((await ask(guess)).status), guess);
		assert.equal((await send('/admin/backups/9999', { proof, password })).status, 403);
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 2; UPDATE site_user SET role = 'editor' WHERE id = 1");
		assert.equal((await send(where, { proof, password })).status, 403);
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 1; UPDATE site_user SET role = 'editor' WHERE id = 2");
		for (let i = 0; i < 12; i++)
			await send(where, { proof, password: `guess ${i}` });
		assert.equal((await send(where, { proof, password })).status, 429, 'guessing is slowed down');
		sql(site, 'DELETE FROM throttle');
		/* A second owner who has no password cannot download it. */
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 2");
		assert.match((await ask('/admin/backups', 'Edda')).text, /Set one in your account first/);
		sql(site, "UPDATE site_user SET role = 'editor' WHERE id = 2");
		assert.equal(fs.readdirSync(path.join(site.folder, 'backup')).length, 2);
	});

	test('the health page shows the results of doctor, and runs the checks again on request', async () => {
		const heartbeat = path.join(site.folder, 'renown.db.work');
		fs.rmSync(heartbeat, { force: true });
		sql(site, 'INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try)'
			+ " VALUES ('m', 'test', 'owner@example.org', 'x', 'x', 'en', 'queued', 1, unixepoch() + 900, 1)");
		const says = async (where) => /renown work isn't running|Start renown work alongside/.test((await ask(where)).text);
		for (const where of ['/admin/health', '/admin/email'])
			assert.equal(await says(where), true, where);
		renown(site.folder, ['work', '--once']);
		sql(site, "UPDATE outbox SET state = 'queued'");
		for (const where of ['/admin/health', '/admin/email'])
			assert.equal(await says(where), false, where);
		fs.utimesSync(heartbeat, 1, 1);
		for (const where of ['/admin/health', '/admin/email'])
			assert.equal(await says(where), true, `${where}, when it ended long ago`);
		renown(site.folder, ['work', '--once']);
		sql(site, 'DELETE FROM outbox');
		const { text } = await ask('/admin/health');
		assert.match(text, /<dt>Clock<\/dt>/);
		assert.match(text, /Free disk space/);
		fs.chmodSync(path.join(site.folder, 'media'), 0o777);
		assert.match((await ask('/admin/health')).text, /Everyone can write to/);
		assert.match((await ask('/admin')).text, /1 issue needs your attention/);
		assert.match(renown(site.folder, ['doctor'], { status: 1 }).text, /Everyone can write to/);
		fs.chmodSync(path.join(site.folder, 'media'), 0o750);
		// As if the clock had been set back by an hour.
		const changed = sql(site, 'SELECT changed FROM content_version');
		sql(site, 'UPDATE content_version SET changed = unixepoch() + 3600');
		assert.match((await ask('/admin/health')).text, /the clock is wrong now, or was wrong then/);
		assert.match(renown(site.folder, ['doctor'], { status: 1 }).text, /Newest entry +The clock shows/);
		sql(site, `UPDATE content_version SET changed = ${changed}`);
		assert.doesNotMatch((await ask('/admin/health')).text, /the clock is wrong/);
		sql(site, "INSERT INTO media (digest, suffix, type, bytes, name, created) VALUES ('" + 'ab'.repeat(32) + "', 'webp', 'image/webp', 5000000, 'gone.webp', 1)");
		sql(site, 'UPDATE health_check SET requested = 1');
		renown(site.folder, ['work', '--once']);
		const found = (await ask('/admin/health')).text;
		assert.match(found, /gone\.webp/);
		assert.match(found, /4\.8 MiB/);
		/* Stored by a program without a language; shown in the language of the page. */
		const [, seen] = /class="check-problems"[^>]*>([\s\S]*?)<\/ul>/.exec((await ask('/zh/admin/health')).text);
		assert.match(seen, /gone\.webp/);
		assert.doesNotMatch(seen, /missing|Restore|Media file/);
		assert.doesNotMatch((await ask('/zh/admin/health')).text, /<dd>\s*ok/i);
		sql(site, 'DELETE FROM media');
		renown(site.folder, ['doctor'], { status: 0 });
		/* One worker, two languages: each heading is in the language of its page. */
		assert.match((await ask('/zh/admin/health')).text, /<h1>运行状况<\/h1>[\s\S]*未发现问题/);
		assert.match((await ask('/admin/health')).text, /<h1>Health<\/h1>/);
	});

	test('colours with low contrast are refused, a preview comes before saving, and saved colours are in a stylesheet of their own', async () => {
		const where = '/admin/settings/theme', set = (changes) => change(where, 'settings', { do: 'save', ...changes });
		assert.match(problems((await set({ accent_colour: '#ffff00' })).text)[0], /contrast of 1\.0\d to 1/);
		assert.match(problems((await set({ accent_colour_dark: '#333333' })).text)[0], /lighter/);
		assert.equal(problems((await set({ accent_colour: 'red' })).text).length, 1);
		const before = sql(site, 'SELECT count(*), max(updated) FROM setting');
		const look = await set({ accent_colour: '#225522', accent_colour_dark: '#88cc88', do: 'preview' });
		assert.equal(look.status, 200);
		assert.match(look.text, /href="\/colours\/225522-88cc88\.css\?v=\w+"/);
		assert.equal(fieldsIn(look.text, 'settings').accent_colour, '#225522');
		assert.equal(sql(site, 'SELECT count(*), max(updated) FROM setting'), before);
		assert.equal((await set({ accent_colour: '#225522', accent_colour_dark: '#88cc88' })).status, 303);
		const page = (await ask('/blog', null)).text, address = /href="(\/colours\/[^"]*)"/.exec(page)[1];
		const sheet = await site.get(address);
		assert.equal(sheet.headers['content-type'], 'text/css; charset=utf-8');
		assert.match(sheet.headers['cache-control'], /immutable/);
		assert.match(sheet.text, /--accent: #225522/);
		for (const bad of ['ffff00-88cc88.css', '225522-88cc88.js', '225522.css', '22552}-88cc88.css', '225522-88cc88.css.css', 'aaaaaa-111111.css'])
			assert.equal((await site.get(`/colours/${bad}`)).status, 404, bad);
		assert.equal((await set({ accent_colour: '', accent_colour_dark: '' })).status, 303);
		assert.doesNotMatch((await ask('/blog', null)).text, /colours\//);
	});

	test('each language can have a menu of its own, and unsafe links are refused', async () => {
		const where = '/admin/settings/navigation', set = (navigation, lang = '') => change(where + lang, 'settings', { navigation });
		for (const bad of ['Bad javascript:alert(1)', 'Bad //evil.example', 'Bad http://plain.example', '/blog', 'x "y" /a"b', 'a /1\n'.repeat(13)])
			assert.equal((await set(bad)).status, 422, bad);
		assert.equal((await set('All posts /blog\nA shop https://shop.example/x')).status, 303);
		assert.equal((await set('全部 /blog', '/zh')).status, 303);
		const menu = (text) => /<nav class="menu"[\s\S]*?<\/nav>/.exec(text)[0];
		const en = menu((await ask('/blog', null)).text), zh = menu((await ask('/zh/blog', null)).text);
		assert.match(en, /href="\/blog"[^>]*>All posts/);
		assert.match(en, /href="https:\/\/shop\.example\/x">A shop/);
		assert.doesNotMatch(en, /Archive/);
		assert.match(zh, /href="\/zh\/blog"[^>]*>全部/);
		await set('');
		await set('', '/zh');
		assert.match(menu((await ask('/blog', null)).text), /Archive/);
	});

	test('users are found by the beginning of their name or email address', async () => {
		assert.match((await ask('/admin/users?q=eDD')).text, /edda@example\.org/);
		assert.doesNotMatch((await ask('/admin/users?q=edd')).text, /anna@example\.org/);
		assert.match((await ask('/admin/users?q=%25')).text, /No matching users/);
		assert.match((await ask("/admin/users?q=%27%22%3Cb%3E")).text, /value="'&quot;&lt;b&gt;"/);
		const list = (await ask('/admin/settings/language')).text;
		assert.match(list, /<datalist id="settings-time_zone-list">[\s\S]*<option value="Asia\/Shanghai">/);
	});

	test('the navigation is the same on all pages, and shows only what the user may open', async () => {
		const navigationLinks = (text) => [...(/<nav class="navigation"[\s\S]*?<\/nav>/.exec(text)?.[0] ?? '').matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
		assert.deepEqual(navigationLinks((await ask('/account', 'Mia')).text), ['/account', '/write']); /* made an author above */
		assert.deepEqual(navigationLinks((await ask('/write')).text), ['/account', '/write', '/moderate', '/admin']);
		assert.ok(navigationLinks((await ask('/zh/admin/health')).text).includes('/zh/admin/audit'));
		assert.deepEqual(navigationLinks((await ask('/blog')).text), []);
		assert.equal(formIn((await ask('/admin')).text, 'x'), '');
	});
});
