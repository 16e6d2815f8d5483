// Two-factor authentication, sessions that end when idle, the user's own data, and account deletion.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { codeOf } from './codes.mjs';
import { signIn, sql, stamped } from './content.mjs';
import { cookieOf, problems, proofIn, sendForm as send } from './forms.mjs';
import { build, programEnvironment, serveSite } from './lib.mjs';

const password = 'four quiet herons wade';

describe('two-factor authentication', () => {
	let site, cookie, secret, codes;
	const ask = (where, sid) => site.get(where, { headers: sid ? { cookie: sid } : {} });
	const forgetTries = () => sql(site, 'DELETE FROM throttle; UPDATE second_factor SET step = 0');
	async function sendIn(where, name, fields, sid, to = where) {
		const page = await ask(where, sid);
		return send(site, to, { ...fields, proof: proofIn(page.text, name) }, sid ? { cookie: sid } : {});
	}
	const byPassword = (email, next = '') => sendIn('/sign-in', 'sign-in', { email, password, next });
	const local = (answer) => answer.headers.location.slice(site.url.length);

	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Olga Owner', '--email', 'owner@example.org', '--role', 'owner');
		site.renown('user', 'add', '--name', 'Anna Author', '--email', 'anna@example.org', '--role', 'author');
		for (const email of ['owner@example.org', 'anna@example.org'])
			assert.equal(spawnSync(path.join(build, 'renown'), ['--site', site.folder, 'user', 'password', email], { input: `${password}\n`, env: programEnvironment(site.folder) }).status, 0);
	});
	after(() => site?.stop());

	test('a user who must set up two-factor authentication has no rights of their role until it is done', async () => {
		site.renown('setting', 'set', 'second_factor', 'owners');
		const answer = await byPassword('owner@example.org', '/admin/settings');
		assert.equal(local(answer), '/account/second-factor');
		cookie = cookieOf(answer);
		for (const where of ['/write', '/admin/settings', '/admin/users'])
			assert.equal(local(await ask(where, cookie)), '/account/second-factor', where);
		assert.equal((await send(site, '/admin/users', { name: 'X', email: 'x@example.org', role: 'owner' }, { cookie })).status, 403);
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE email = 'x@example.org'"), '0');
		const author = cookieOf(await byPassword('anna@example.org'));
		assert.equal((await ask('/write', author)).status, 200);
	});

	test('setup needs the password, a QR code and a code; ten recovery codes are shown once', async () => {
		const other = cookieOf(await byPassword('owner@example.org'));
		const wrong = await sendIn('/account/second-factor', 'begin', { password: 'not this one' }, cookie);
		assert.equal(wrong.status, 422);
		assert.equal(local(await sendIn('/account/second-factor', 'begin', { password }, cookie)), '/account/second-factor');
		const page = (await ask('/account/second-factor', cookie)).text;
		assert.match(page, /<svg[^>]*class="qr"[\s\S]*<path fill="#000" d="M\d+ \d+h\d+v1h-\d+z/);
		secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page)[1].replaceAll(' ', '');
		assert.equal(secret.length, 32);
		assert.ok(page.includes(`otpauth://totp/My%20site:owner%40example.org?secret=${secret}`));
		assert.ok(!sql(site, 'SELECT secret FROM second_factor').includes(secret));
		const bad = await sendIn('/account/second-factor', 'confirm', { code: '000000' }, cookie, '/account/second-factor/confirm');
		assert.equal(bad.status, 422);
		const done = await sendIn('/account/second-factor', 'confirm', { code: codeOf(secret) }, cookie, '/account/second-factor/confirm');
		assert.equal(done.status, 200);
		codes = [...done.text.matchAll(/<code>([a-z0-9-]{14})<\/code>/g)].map((match) => match[1]);
		assert.equal(new Set(codes).size, 10);
		const fresh = cookieOf(done);
		assert.notEqual(fresh, cookie);
		for (const old of [cookie, other])
			assert.equal((await ask('/account', old)).status, 303, 'all earlier sessions have ended');
		cookie = fresh;
		const after = (await ask('/account/second-factor', cookie)).text;
		assert.ok(!after.includes(secret) && !after.includes(codes[0]));
		assert.equal((await ask('/admin', cookie)).status, 200);
	});

	test('a password alone creates no session; of fifty requests at once with one code, one signs in', async () => {
		forgetTries();
		const half = await byPassword('owner@example.org', '/admin/users');
		assert.match(local(half), /^\/sign-in\/second-factor\/[A-Za-z0-9_-]{43}\?next=%2Fadmin%2Fusers$/);
		assert.equal(half.headers['set-cookie'], undefined);
		const token = local(half).split('/')[3].split('?')[0];
		assert.equal((await ask('/account', `sid=${token}`)).status, 303);
		const page = await ask(local(half)), where = `/sign-in/second-factor/${token}`, fields = { code: codeOf(secret), next: '/admin/users', proof: proofIn(page.text, 'code') };
		const answers = await Promise.all(Array.from({ length: 50 }, () => send(site, where, fields)));
		const signedIn = answers.filter((answer) => answer.headers['set-cookie']);
		assert.equal(signedIn.length, 1);
		assert.equal(local(signedIn[0]), '/admin/users');
		// The same code is refused for a second sign-in, too.
		sql(site, 'DELETE FROM throttle');
		const again = await byPassword('owner@example.org'), second = local(again);
		const refused = await send(site, second.split('?')[0], { ...fields, proof: proofIn((await ask(second)).text, 'code') });
		assert.equal(refused.status, 422);
		assert.match(problems(refused.text)[0], /already been used/);
	});

	test('sign-in by link also needs the code; a recovery code works once', async () => {
		forgetTries();
		const link = site.renown('user', 'link', 'owner@example.org').stdout.trim().slice(site.url.length);
		const half = local(await sendIn(link, 'sign-in-link', {})).split('?')[0];
		assert.match(half, /^\/sign-in\/second-factor\//);
		const opened = await sendIn(half, 'code', { code: codes[0].toUpperCase().replaceAll('-', ' '), next: '' });
		assert.match(cookieOf(opened), /^sid=/);
		const next = local(await byPassword('owner@example.org')).split('?')[0];
		assert.equal((await sendIn(next, 'code', { code: codes[0], next: '' })).status, 422);
	});

	test('guessing codes is slowed down, and a new sign-in attempt does not reset the count', async () => {
		forgetTries();
		const statuses = [];
		for (let i = 0; i < 8; i++) {
			const half = local(await byPassword('owner@example.org')).split('?')[0];
			statuses.push((await sendIn(half, 'code', { code: '000000', next: '' })).status);
		}
		assert.deepEqual([...new Set(statuses)], [422, 429]);
		forgetTries();
	});

	test('an attacker who knows the password and guesses codes does not block the owner\'s sign-in by link', async () => {
		forgetTries();
		const guesser = local(await byPassword('owner@example.org')).split('?')[0], statuses = [];
		for (let i = 0; i < 7; i++)
			statuses.push((await sendIn(guesser, 'code', { code: '000000', next: '' })).status);
		assert.ok(statuses.includes(429));
		const waits = await sendIn(guesser, 'code', { code: codes[1], next: '' });
		assert.equal(waits.status, 429);
		assert.match(problems(waits.text)[0], /ask for a sign-in link/);
		const link = site.renown('user', 'link', 'owner@example.org').stdout.trim().slice(site.url.length);
		const half = local(await sendIn(link, 'sign-in-link', {})).split('?')[0];
		assert.match(cookieOf(await sendIn(half, 'code', { code: codes[1], next: '' })), /^sid=/);
		// Nor does that sign-in reset the attacker's count.
		const again = local(await byPassword('owner@example.org')).split('?')[0];
		sql(site, 'UPDATE throttle SET last_failed = unixepoch()');
		assert.equal((await sendIn(again, 'code', { code: '000000', next: '' })).status, 429);
		forgetTries();
	});

	test('a recovery code works once, also when it is sent fifty times at once', async () => {
		forgetTries();
		const half = local(await byPassword('owner@example.org')).split('?')[0], proof = proofIn((await ask(half)).text, 'code');
		const answers = [];
		// In groups of ten, and the count of attempts is reset before each.
		for (let i = 0; i < 5; i++) {
			answers.push(...await Promise.all(Array.from({ length: 10 }, () => send(site, half, { code: codes[2], next: '', proof }))));
			sql(site, 'DELETE FROM throttle');
		}
		assert.equal(answers.filter((answer) => answer.headers['set-cookie']).length, 1);
		assert.equal(sql(site, 'SELECT count(*) FROM recovery_code'), '7');
	});

	// Compared with the last accepted code, the app's codes are then old.
	test('after the clock was set back, codes are refused until the clock has caught up; recovery codes work', async () => {
		forgetTries();
		const step = sql(site, 'SELECT step FROM second_factor');
		sql(site, `UPDATE second_factor SET step = ${Math.floor(Date.now() / 30000) + 120}`);
		const half = local(await byPassword('owner@example.org')).split('?')[0];
		assert.equal((await sendIn(half, 'code', { code: codeOf(secret), next: '' })).status, 422);
		assert.match(cookieOf(await sendIn(half, 'code', { code: codes[9], next: '' })), /^sid=/);
		sql(site, `UPDATE second_factor SET step = ${step}`);
	});

	test('an idle session ends, a forged or missing timestamp is refused, and GET writes nothing', async () => {
		const token = 'B'.repeat(42) + '_', day = 24 * 3600;
		const author = signIn(site, 2, token), at = (ago) => `sid=${stamped(site, token, ago)}`;
		assert.equal((await ask('/account', author)).headers['set-cookie'], undefined);
		assert.equal((await ask('/account', at(3500))).headers['set-cookie'], undefined);
		const before = sql(site, 'SELECT * FROM session');
		const renewed = await ask('/account', at(3700));
		assert.match(renewed.headers['set-cookie'][0], /^sid=B{42}_\.\d+\.[0-9a-f]{64};/);
		assert.equal((await ask('/account', cookieOf(renewed))).status, 200);
		assert.equal(sql(site, 'SELECT * FROM session'), before);
		assert.equal((await ask('/account', at(14 * day - 60))).status, 200);
		assert.equal((await ask('/account', at(14 * day))).status, 303);
		for (const forged of [`sid=${token}`, author.replace(/.$/, (c) => (c === '0' ? '1' : '0')), at(20 * day).replace(/\.\d+\./, `.${Math.floor(Date.now() / 1000)}.`), `${author}.`])
			assert.equal((await ask('/account', forged)).status, 303, forged);
		// A role with more rights has a shorter idle time, which applies at once.
		sql(site, "UPDATE site_user SET role = 'editor' WHERE id = 2");
		assert.equal((await ask('/account', at(3 * day))).status, 303);
		sql(site, "UPDATE site_user SET role = 'author' WHERE id = 2");
	});

	test('pages of signed-in users are not in the cache', async () => {
		const sid = signIn(site, 2, 'C'.repeat(42) + '_');
		// Pages for reading show no name, but lead to the account.
		for (const [where, sign] of [['/', 'href="/account"'], ['/blog', 'href="/account"'], ['/account', 'Anna Author'], ['/account/data', 'Anna Author']])
			for (const who of [sid, null, sid])
				assert.equal((await ask(where, who)).text.includes(sign), who !== null, where);
		const cache = spawnSync('grep', ['-rlE', 'Anna Author|href="/account"|Set-Cookie', path.join(site.folder, 'run')], { encoding: 'utf8' });
		assert.equal(cache.stdout, '');
		const kept = spawnSync('grep', ['-rla', 'KEY: ', path.join(site.folder, 'run/cache')], { encoding: 'utf8' });
		assert.notEqual(kept.stdout, '', 'visitors\' pages are in the cache, so the search covers something');
	});

	test('personal data is shown and can be downloaded, and contains no other user\'s data', async () => {
		const sid = signIn(site, 2, 'D'.repeat(42) + '_'), file = await ask('/account/data.json', sid), all = JSON.parse(file.text);
		assert.equal(file.headers['content-disposition'], 'attachment; filename="account.json"');
		assert.equal(file.headers['cache-control'], 'private, no-store');
		assert.equal(all.user[0].email, 'anna@example.org');
		assert.ok(Array.isArray(all.fetch) && !('site_user' in all) && !('fetch_job' in all), 'renamed tables keep their old names in the export');
		assert.ok(all.session.length >= 1 && all.credential.length === 1 && all.more.length === 0);
		assert.ok(!file.text.includes('owner@example.org') && !file.text.includes('argon2'));
		assert.match((await ask('/zh/account/data', sid)).text, /account\/data\.json/);
	});

	test('the server\'s administrator can reset two-factor authentication for a user who lost everything', async () => {
		assert.match(site.renown('user', 'reset-second-factor', 'owner@example.org').text, /without a code/);
		assert.equal((await ask('/account', cookie)).status, 303);
		assert.equal(sql(site, 'SELECT count(*) FROM recovery_code'), '0');
		assert.equal(local(await byPassword('owner@example.org')), '/account/second-factor');
	});

	test('account deletion removes name and email address; the last owner cannot be deleted', async () => {
		sql(site, 'DELETE FROM throttle');
		const owner = cookieOf(await byPassword('owner@example.org')), sid = cookieOf(await byPassword('anna@example.org'));
		const stays = await sendIn('/account/delete', 'delete-account', { self: password }, owner);
		assert.equal(stays.status, 422);
		assert.match(problems(stays.text)[0], /needs an owner/);
		assert.equal((await sendIn('/account/delete', 'delete-account', { self: 'not this' }, sid)).status, 422);
		const gone = await sendIn('/account/delete', 'delete-account', { self: password }, sid);
		assert.equal(gone.status, 303);
		assert.match(gone.headers['set-cookie'][0], /^sid=; .*Max-Age=0/);
		assert.equal((await ask('/account', sid)).status, 303);
		assert.equal(sql(site, 'PRAGMA foreign_key_check'), '');
		const dump = spawnSync('sqlite3', [path.join(site.folder, 'renown.db'), '.dump'], { encoding: 'utf8' });
		assert.ok(dump.stdout.includes('owner@example.org'));
		assert.ok(!/anna@example\.org|Anna Author/.test(dump.stdout));
	});
});
