// Signing in by email: links and codes that work once, members who sign up, invited users, and no disclosure of which addresses have accounts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sql } from './content.mjs';
import { cookieOf, fieldsIn, formIn, problems, proofIn, sendForm as send } from './forms.mjs';
import { renown, serveSite } from './lib.mjs';
import { codeIn, linkIn, mailsOf } from './post.mjs';

const good = 'four quiet herons wade';

describe('email', () => {
	let site, owner;
	const ask = (where, cookie, headers = {}) => site.get(where, { headers: { ...(cookie ? { cookie } : {}), ...headers } });
	const register = (value) => site.renown('setting', 'set', 'registration', value);
	const digest = (token) => spawnSync('b2sum', ['-l', '256'], { input: token, encoding: 'utf8' }).stdout.split(' ')[0];
	const newest = (to) => {
		site.work();
		return mailsOf(site, to).at(-1);
	};
	const local = (answer) => answer.headers.location.slice(site.url.length);
	// What a browser does: opens the page, fills in its form, sends it.
	async function submit(where, name, fields, { prefix = '', headers = {}, to = where } = {}) {
		const page = await ask(prefix + where, headers.cookie);
		return send(site, prefix + to, { ...fields, proof: proofIn(page.text, name) }, headers);
	}
	const askForMail = (email, more = {}, how = {}) => submit('/sign-in', 'sign-in-mail', { email, next: '', ...more }, { to: '/sign-in/email', ...how });
	const join = (email, more = {}, how = {}) => submit('/sign-up', 'sign-up', { name: 'New One', email, ...more }, how);
	const typeCode = (where, code, headers = {}) => submit(where, 'mail-code', { code }, { headers });
	// Opens the page of a link, and presses its button.
	const press = async (where, headers = {}) => send(site, where, fieldsIn((await ask(where, headers.cookie)).text, 'sign-in-link'), headers);

	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		for (const name of ['Anna', 'Bert', 'Cora'])
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`);
		const where = site.renown('user', 'link', '--owner').stdout.trim().slice(site.url.length);
		owner = cookieOf(await send(site, where, { proof: proofIn((await ask(where)).text) }));
	});
	beforeEach(() => sql(site, 'DELETE FROM throttle; DELETE FROM email_verification; DELETE FROM outbox; DELETE FROM invitation;'));
	after(() => site?.stop());

	test('an email with a link and a code is sent; its link signs in once, after pressing the button', async () => {
		const answer = await askForMail('Anna@example.org', { next: '/blog' });
		assert.equal(answer.status, 303);
		const page = local(answer), mail = newest('anna@example.org'), link = linkIn(site, mail);
		assert.match(page, /^\/sign-in\/code\/[\w-]{43}$/);
		assert.match(link, /^\/sign-in\/email\/[\w-]{43}$/);
		assert.equal(mail.headers.subject, 'Sign in to My site');
		for (const method of ['GET', 'HEAD', 'GET'])
			assert.equal((await site.get(link, { method })).status, 200);
		const looked = await ask(link);
		assert.equal(looked.headers['cache-control'], 'private, no-store');
		assert.equal(looked.headers['referrer-policy'], 'no-referrer');
		const entered = await press(link);
		assert.equal(entered.status, 303);
		assert.equal(local(entered), '/blog');
		assert.match((await ask('/account', cookieOf(entered))).text, /anna@example\.org/);
		assert.equal((await ask(link)).status, 404);
		assert.equal((await ask(page)).status, 404);
	});

	test('the code is entered on the page that requested it, in any spelling, in the language of the page', async () => {
		const answer = await askForMail('anna@example.org', {}, { prefix: '/zh' }), mail = newest('anna@example.org');
		assert.match(mail.headers.subject, /^登录/);
		assert.equal(mail.headers['content-language'], 'zh');
		assert.match(mail.text, /验证码/);
		assert.match(linkIn(site, mail), /^\/zh\/sign-in\/email\//);
		const entered = await typeCode(local(answer), ` ${codeIn(mail).toUpperCase().replace('-', ' ')}`);
		assert.equal(entered.status, 303);
		assert.equal((await ask('/account', cookieOf(entered))).status, 200);
		assert.equal((await ask(linkIn(site, mail))).status, 404);
	});

	test('five wrong codes end a code, also when sent at once, but not the link', async () => {
		const where = local(await askForMail('anna@example.org')), mail = newest('anna@example.org'), page = await ask(where);
		const tries = await Promise.all(Array.from({ length: 12 }, () => send(site, where, { code: 'AAAA-AAAA', proof: proofIn(page.text) })));
		assert.ok(tries.every((answer) => answer.status === 422));
		const right = await typeCode(where, codeIn(mail));
		assert.equal(right.status, 422);
		assert.match(problems(right.text)[0], /Too many wrong codes/);
		assert.equal((await press(linkIn(site, mail))).status, 303);
	});

	test('a code works only on the page that requested it', async () => {
		const where = local(await askForMail('anna@example.org')), other = local(await askForMail('bert@example.org'));
		const mail = newest('anna@example.org');
		assert.equal((await typeCode(other, codeIn(mail))).status, 422);
		assert.equal((await typeCode(where, codeIn(mail))).status, 303);
	});

	test('link and code used fifty times at once create one session', async () => {
		const where = local(await askForMail('bert@example.org')), mail = newest('bert@example.org'), link = linkIn(site, mail);
		const byCode = proofIn((await ask(where)).text), byLink = proofIn((await ask(link)).text);
		sql(site, 'DELETE FROM session WHERE user_id = 3');
		const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2
			? send(site, where, { code: codeIn(mail), proof: byCode }) : send(site, link, { proof: byLink }))));
		assert.equal(answers.filter((answer) => answer.status === 303).length, 1);
		assert.ok(answers.every((answer) => [303, 404, 429, 503].includes(answer.status)));
		assert.equal(sql(site, 'SELECT count(*) FROM session WHERE user_id = 3'), '1');
	});

	test('an email does not bypass two-factor authentication', async () => {
		sql(site, "INSERT INTO second_factor (user_id, secret, created, confirmed) VALUES (2, 'x', 1, 1)");
		const where = local(await askForMail('anna@example.org', { next: '/blog' })), entered = await typeCode(where, codeIn(newest('anna@example.org')));
		assert.equal(entered.status, 303);
		assert.match(local(entered), /^\/sign-in\/second-factor\/[\w-]{43}\?next=/);
		assert.equal(cookieOf(entered), undefined);
		sql(site, 'DELETE FROM second_factor');
	});

	test('the response does not reveal who has an account', async () => {
		sql(site, 'UPDATE site_user SET disabled = 1 WHERE id = 4');
		const answers = [];
		for (const email of ['anna@example.org', 'nobody@example.org', 'cora@example.org']) {
			const answer = await askForMail(email), page = await ask(local(answer));
			answers.push([answer.status, page.status, page.text.replaceAll(/[\w-]{43}|value="[^"]*"/g, '')]);
			assert.deepEqual(problems((await typeCode(local(answer), 'AAAA-AAAA')).text), ['This code is incorrect. Enter the one from the newest email.']);
		}
		assert.deepEqual(answers[1], answers[0]);
		assert.deepEqual(answers[2], answers[0]);
		site.work();
		assert.equal(mailsOf(site, 'nobody@example.org').length + mailsOf(site, 'cora@example.org').length, 0);
		assert.equal(sql(site, 'SELECT count(*) FROM outbox'), '1');
		sql(site, 'UPDATE site_user SET disabled = 0 WHERE id = 4');
	});

	test('the response time does not reveal who has an account', async () => {
		register('open');
		// Other load on the machine only adds time, so the shorter times show what the work itself takes.
		const quick = (times) => times.sort((a, b) => a - b)[4];
		for (const [where, to, form, more] of [['/sign-in', '/sign-in/email', 'sign-in-mail', { next: '' }], ['/sign-up', '/sign-up', 'sign-up', { name: 'X' }]]) {
			const took = { 'anna@example.org': [], 'nobody@example.org': [] }, differ = () => {
				const [known, unknown] = Object.values(took).map(quick);
				return Math.max(known, unknown) / Math.min(known, unknown) >= 1.5;
			};
			// A real difference stays however often it is measured; a difference caused by load disappears.
			for (let i = 0; i < 40 || (i < 160 && differ()); i++)
				for (const email of i % 2 ? Object.keys(took) : Object.keys(took).reverse()) {
					sql(site, 'DELETE FROM throttle');
					const proof = proofIn((await ask(where)).text, form);
					const began = performance.now(), answer = await send(site, to, { ...more, email, proof });
					took[email].push(performance.now() - began);
					assert.equal(answer.status, 303);
				}
			const [known, unknown] = Object.values(took).map(quick);
			assert.ok(!differ(), `${to}: ${known} and ${unknown} ms`);
		}
	});

	test('one address gets at most five emails at once, whatever the source of the requests, and all responses are identical', async () => {
		const answers = [];
		for (const email of ['anna@example.org', 'nobody@example.org'])
			for (let i = 0; i < 8; i++) {
				const answer = await askForMail(email), page = await ask(local(answer));
				answers.push([answer.status, page.status, page.text.replaceAll(/[\w-]{43}|value="[^"]*"/g, '')]);
			}
		for (const answer of answers)
			assert.deepEqual(answer, answers[0]);
		assert.equal(answers[0][0], 303);
		assert.equal(sql(site, 'SELECT count(*) FROM outbox'), '5');
		assert.equal((await submit('/sign-in', 'sign-in', { email: 'anna@example.org', password: 'wrong', next: '' })).status, 422, 'passwords have their own count');
	});

	test('no input becomes a second recipient or a header', async () => {
		for (const email of ['anna@example.org, bert@example.org', 'anna@example.org,bert@example.org', 'a@example.org%0aBcc:x@example.org', 'anna@example.org;x', '<anna@example.org>', 'a"@example.org', 'anna'])
			assert.equal((await askForMail(email)).status, 422, email);
		for (const email of ['anna@example.org\r\nBcc: bert@example.org', 'anna@example.org\nX: y', 'anna@example.org\0'])
			assert.ok((await askForMail(email)).status >= 400, email);
		assert.equal(sql(site, 'SELECT count(*) FROM outbox'), '0');
	});

	test('the database holds only digests of links and codes, and deletes them when they expire', async () => {
		const where = local(await askForMail('anna@example.org')), mail = newest('anna@example.org');
		const dump = spawnSync('sqlite3', [path.join(site.folder, 'renown.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
		for (const secret of [where.split('/').at(-1), linkIn(site, mail).split('/').at(-1), codeIn(mail), codeIn(mail).replace('-', '')])
			assert.ok(!dump.includes(secret));
		sql(site, 'UPDATE email_verification SET expires = 1');
		assert.equal((await ask(where)).status, 404);
		assert.equal((await ask(linkIn(site, mail))).status, 404);
		site.work();
		assert.equal(sql(site, 'SELECT count(*) FROM email_verification'), '0');
	});

	test('forms sent from another site request nothing', async () => {
		const proof = proofIn((await ask('/sign-in')).text, 'sign-in-mail');
		for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
			assert.equal((await send(site, '/sign-in/email', { email: 'anna@example.org', next: '', proof }, headers)).status, 403);
		assert.equal((await send(site, '/sign-in/email', { email: 'anna@example.org', next: '' })).status, 403);
		assert.equal(sql(site, 'SELECT count(*) FROM email_verification'), '0');
	});

	test('without open registration there is no sign-up page', async () => {
		for (const value of ['invitation', 'off']) {
			register(value);
			assert.equal((await ask('/sign-up')).status, 404);
			assert.doesNotMatch((await ask('/sign-in')).text, /href="[^"]*\/sign-up"/);
			assert.equal((await send(site, '/sign-up', { name: 'X', email: 'x@example.org', proof: 'x' })).status, 403);
		}
		register('open');
		assert.match((await ask('/sign-in')).text, /href="\/sign-up"/);
	});

	test('a member signs up: the account is created when the link or code is used, and the first page offers to set a password', async () => {
		register('open');
		assert.doesNotMatch((await ask('/sign-up')).text, /type="password"/);
		const answer = await join('dora@example.org', { name: '多拉' });
		assert.equal(answer.status, 303);
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE email = 'dora@example.org'"), '0');
		const mail = newest('dora@example.org');
		assert.equal(mail.headers.subject, 'Finish signing up for My site');
		assert.ok(!mail.text.includes('多拉'));
		assert.match((await ask(linkIn(site, mail))).text, />Create account</);
		const entered = await typeCode(local(answer), codeIn(mail));
		assert.equal(entered.status, 303);
		assert.equal(local(entered), '/account#password');
		assert.equal(sql(site, "SELECT name || role FROM site_user WHERE email = 'dora@example.org'"), '多拉member');
		const cookie = cookieOf(entered), page = await ask('/account', cookie);
		assert.equal(page.status, 200);
		assert.match(page.text, /id="password"/);
		assert.match(formIn(page.text, 'password'), />Set password</);
		assert.equal((await ask(linkIn(site, mail))).status, 404);
		assert.equal((await send(site, '/account/password', { new: good, proof: proofIn(page.text, 'password') }, { cookie })).status, 303);
		assert.equal((await submit('/sign-in', 'sign-in', { email: 'dora@example.org', password: good, next: '' })).status, 303);
	});

	test('a person who signs up with somebody else\'s address chooses neither the password nor the name of that account', async () => {
		register('open');
		assert.equal((await join('eva@example.org', { name: 'Stranger', password: good })).status, 400, 'the form has no password field');
		await join('eva@example.org', { name: 'Stranger' });
		const link = linkIn(site, newest('eva@example.org')), page = await ask(link);
		assert.match(formIn(page.text, 'sign-in-link'), /name="name"[^>]*value="Stranger"/);
		const empty = await send(site, link, { name: ' ', proof: proofIn(page.text) });
		assert.equal(empty.status, 422);
		const entered = await send(site, link, { name: 'Eva', proof: proofIn(page.text) });
		assert.equal(entered.status, 303);
		assert.equal(sql(site, "SELECT name FROM site_user WHERE email = 'eva@example.org'"), 'Eva');
		assert.equal(sql(site, "SELECT count(*) FROM credential JOIN site_user ON id = user_id WHERE email = 'eva@example.org'"), '0');
		assert.equal((await submit('/sign-in', 'sign-in', { email: 'eva@example.org', password: good, next: '' })).status, 422);
	});

	test('if several people sign up with one address, each gets the name that they typed, with any of the emails', async () => {
		register('open');
		for (let i = 0; i < 5; i++)
			await join('fay@example.org', { name: 'Stranger' });
		const mine = await join('fay@example.org', { name: 'Fay' });
		assert.equal((await typeCode(local(mine), codeIn(newest('fay@example.org')))).status, 303);
		assert.equal(sql(site, "SELECT name FROM site_user WHERE email = 'fay@example.org'"), 'Fay');
	});

	test('signing up with the address of an account gets the same response, and the email says so', async () => {
		register('open');
		const fresh = await join('emil@example.org'), known = await join('anna@example.org');
		const text = async (answer) => (await ask(local(answer))).text.replaceAll(/[\w-]{43}|value="[^"]*"/g, '');
		assert.equal(fresh.status, known.status);
		assert.equal(await text(fresh), await text(known));
		const mail = newest('anna@example.org');
		assert.equal(mail.headers.subject, 'You already have an account at My site');
		const entered = await press(linkIn(site, mail));
		assert.match((await ask('/account', cookieOf(entered))).text, />Anna</);
	});

	test('nobody can choose their own role, and an empty name is refused', async () => {
		register('open');
		assert.equal((await join('fred@example.org', { role: 'owner' })).status, 400);
		assert.equal((await join('fred@example.org', { name: '' })).status, 422);
		assert.equal(sql(site, 'SELECT count(*) FROM email_verification'), '0');
		const kept = await join('fred', { name: 'Fred & "Co"' });
		assert.equal(kept.status, 422);
		assert.match(kept.text, /value="Fred &amp; &quot;Co&quot;"/);
	});

	test('one email used fifty times at once creates one account, and none after registration was closed', async () => {
		register('open');
		await join('gina@example.org');
		const link = linkIn(site, newest('gina@example.org')), fields = fieldsIn((await ask(link)).text, 'sign-in-link');
		const answers = await Promise.all(Array.from({ length: 50 }, () => send(site, link, fields)));
		assert.equal(answers.filter((answer) => answer.status === 303).length, 1);
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE email = 'gina@example.org'"), '1');
		await join('hans@example.org');
		const late = linkIn(site, newest('hans@example.org'));
		register('invitation');
		assert.equal((await press(late)).status, 404);
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE email = 'hans@example.org'"), '0');
	});

	const invite = (fields) => submit('/admin/invitations', 'invite', { role: 'member', email: '', ...fields }, { headers: { cookie: owner } });
	const invitationIn = (answer) => new RegExp(`<pre[^>]*>${site.url}(/invitation/[\\w-]{43})</pre>`).exec(answer.text)?.[1];
	const accept = (where, fields = {}) => submit(where, 'sign-up', { name: 'Invited', email: 'ivo@example.org', password: '', ...fields });

	test('an invitation is shown once, emailed if it has an address, and gives its role to one person', async () => {
		register('invitation');
		const made = await invite({ role: 'author', email: 'ivo@example.org' }), where = invitationIn(made);
		assert.equal(made.status, 200);
		assert.doesNotMatch((await ask('/admin/invitations', owner)).text, /invitation\/[\w-]{43}/);
		const mail = newest('ivo@example.org');
		assert.equal(mail.headers.subject, 'Owner has invited you to join My site');
		assert.equal(linkIn(site, mail), where);
		assert.match((await ask(where)).text, /value="ivo@example\.org"/);
		assert.equal((await accept(where, { role: 'owner' })).status, 400);
		assert.equal((await accept(where, { name: ' \u3000' })).status, 422);
		const proofs = await Promise.all(Array.from({ length: 50 }, async () => proofIn((await ask(where)).text, 'sign-up')));
		const answers = await Promise.all(proofs.map((proof) => send(site, where, { name: 'Invited', email: 'ivo@example.org', password: '', proof }, {})));
		const inside = answers.filter((answer) => answer.status === 303);
		assert.equal(inside.length, 1);
		assert.equal(sql(site, "SELECT count(*) || role FROM site_user WHERE name = 'Invited'"), '1author');
		assert.equal((await ask('/write', cookieOf(inside[0]))).status, 200);
		assert.equal((await ask(where)).status, 404);
		sql(site, "DELETE FROM session WHERE user_id = (SELECT id FROM site_user WHERE name = 'Invited')");
	});

	test('an invitation for an address lets that person set a password at once; with any other address, later', async () => {
		register('invitation');
		const named = invitationIn(await invite({ email: 'jo@example.org' })), free = invitationIn(await invite({}));
		assert.match((await ask(named)).text, /type="password"/);
		assert.doesNotMatch((await ask(free)).text, /type="password"/);
		assert.equal((await accept(named, { email: 'jo@example.org', password: 'password1' })).status, 422);
		const other = await accept(named, { email: 'other@example.org', password: good });
		assert.equal(other.status, 422);
		assert.match(problems(other.text)[0], /leave this empty/);
		assert.equal(sql(site, 'SELECT count(*) FROM email_verification'), '0');
		assert.equal((await accept(named, { email: 'jo@example.org', password: good })).status, 303);
		assert.equal((await submit('/sign-in', 'sign-in', { email: 'jo@example.org', password: good, next: '' })).status, 303);
	});

	test('an email does not sign in after a new password, after signing out everywhere, or after the account was disabled', async () => {
		const anna = cookieOf(await (async () => { await askForMail('anna@example.org'); return press(linkIn(site, newest('anna@example.org'))); })());
		const submitAs = (where, name, to, fields) => submit(where, name, fields, { headers: { cookie: anna }, to });
		const ends = [
			['a new password', async () => assert.equal((await submitAs('/account', 'password', '/account/password', { new: good })).status, 303)],
			['signed out elsewhere', async () => {
				await askForMail('anna@example.org');
				assert.equal((await press(linkIn(site, newest('anna@example.org')))).status, 303);
				await askForMail('anna@example.org');
				assert.equal((await submitAs('/account', 'end-others', '/account/devices', { session: '' })).status, 303);
			}],
			['signed out by the owner', async () => assert.equal((await submit('/admin/users/2', 'sessions', {}, { headers: { cookie: owner }, to: '/admin/users/2/sessions' })).status, 303)],
			['disabled and enabled again', async () => {
				for (const enabled of ['no', 'yes'])
					assert.equal((await send(site, '/admin/users/2', { ...fieldsIn((await ask('/admin/users/2', owner)).text, 'change'), enabled }, { cookie: owner })).status, 303);
			}],
		];
		for (const [what, end] of ends) {
			const page = local(await askForMail('anna@example.org')), mail = newest('anna@example.org');
			assert.equal((await ask(linkIn(site, mail))).status, 200, what);
			await end();
			assert.equal((await ask(linkIn(site, mail))).status, 404, what);
			assert.equal((await ask(page)).status, 404, what);
		}
		sql(site, 'DELETE FROM credential');
	});

	test('an invitation does not reveal who has an account, and creates none for an unconfirmed address', async () => {
		register('invitation');
		const where = invitationIn(await invite({ role: 'author' })), guesses = [];
		for (const email of ['anna@example.org', 'fresh@example.org']) {
			const answer = await accept(where, { email, name: 'Guesser' }), page = await ask(local(answer));
			guesses.push([answer.status, answer.headers['set-cookie'], page.text.replaceAll(/[\w-]{43}|value="[^"]*"/g, '')]);
		}
		assert.deepEqual(guesses[1], guesses[0]);
		assert.equal(guesses[0][0], 303);
		assert.equal(newest('anna@example.org').headers.subject, 'You already have an account at My site');
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE name = 'Guesser'"), '0');
		// The email completes it, with the invitation's role. If several people used one invitation, only the first one succeeds.
		await accept(where, { email: 'second@example.org' });
		const entered = await press(linkIn(site, newest('fresh@example.org')));
		assert.equal((await ask('/write', cookieOf(entered))).status, 200);
		assert.equal((await ask(where)).status, 404);
		assert.equal((await press(linkIn(site, newest('second@example.org')))).status, 404);
		assert.equal(sql(site, "SELECT group_concat(role) FROM site_user WHERE email IN ('fresh@example.org', 'second@example.org')"), 'author');
		// Nor when the inviter has lost the right to invite before the email was used.
		const other = invitationIn(await invite({ role: 'owner' }));
		await accept(other, { email: 'third@example.org' });
		sql(site, "UPDATE site_user SET role = 'editor' WHERE id = 1");
		assert.equal((await press(linkIn(site, newest('third@example.org')))).status, 404);
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 1");
		assert.equal(sql(site, "SELECT count(*) FROM site_user WHERE email = 'third@example.org'"), '0');
	});

	test('an invitation ends when it is revoked, when it expires, and while its inviter is no owner', async () => {
		const first = invitationIn(await invite({})), second = invitationIn(await invite({ role: 'owner' })), third = invitationIn(await invite({}));
		const page = (await ask('/admin/invitations', owner)).text, idOf = (where) => digest(where.split('/').at(-1)), id = idOf(third);
		assert.match(page, new RegExp(`name="invitation" value="${id}"`));
		assert.equal((await send(site, '/admin/invitations/revoke', { invitation: id, proof: proofIn(page, 'revoke') }, { cookie: owner })).status, 303);
		assert.equal((await ask(third)).status, 404);
		sql(site, `UPDATE invitation SET expires = 1 WHERE id = '${idOf(first)}'`);
		assert.equal((await ask(first)).status, 404);
		sql(site, "UPDATE site_user SET role = 'editor' WHERE id = 1");
		assert.equal((await ask(second)).status, 404);
		assert.equal((await accept(second)).status, 403);
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 1");
		register('off');
		assert.equal((await ask(second)).status, 404);
		assert.match((await ask('/admin/invitations', owner)).text, /Sign-up is turned off/);
		register('invitation');
		assert.equal((await ask(second)).status, 200);
	});

	test('only owners invite, and only owners see the invitations', async () => {
		await askForMail('anna@example.org');
		const anna = cookieOf(await press(linkIn(site, newest('anna@example.org'))));
		for (const where of ['/admin/invitations', '/admin/email']) {
			assert.equal((await ask(where, anna)).status, 403);
			assert.equal((await ask(where)).status, 303);
		}
		assert.equal((await send(site, '/admin/invitations', { role: 'owner', email: '', proof: 'x' }, { cookie: anna })).status, 403);
		assert.equal(sql(site, "SELECT count(*) FROM invitation WHERE user_id <> 1"), '0');
	});

	test('an owner sees whether emails are sent', async () => {
		sql(site, "DELETE FROM outbox WHERE kind = 'test'");
		assert.doesNotMatch((await ask('/admin/email', owner)).text, /Last test email/);
		assert.equal((await submit('/admin/email', 'mail-test', {}, { headers: { cookie: owner } })).status, 303);
		assert.match((await ask('/admin/email', owner)).text, /Last test email[\s\S]*<strong>Queued</);
		assert.doesNotMatch((await ask('/admin/email', owner)).text, /renown work isn't running/);
		sql(site, "UPDATE outbox SET created = created - 4000");
		fs.utimesSync(path.join(site.folder, 'renown.db.work'), 1, 1);
		assert.match((await ask('/admin/email', owner)).text, /renown work isn't running/);
		assert.match(renown(site.folder, ['doctor'], { status: 1 }).text, /Email .*without an attempt to send them/);
		site.work();
		const stored = (await ask('/admin/email', owner)).text;
		assert.match(stored, /Last test email[\s\S]*<strong>Written to a folder</);
		assert.ok(stored.includes(`Emails are written to the folder ${path.join(site.folder, 'mail')} and not sent`));
		assert.match(stored, /<span>Sent in the last 7 days<[\s\S]*?<b>0<[\s\S]*?<span>Written to a folder in the last 7 days<[\s\S]*?<b>\d/);
		assert.match((await ask('/zh/admin/email', owner)).text, /<strong>已写入文件夹</);
		assert.match(renown(site.folder, ['doctor'], { status: null }).text, /Email .*OK; emails are written to the folder .*\/mail and not sent/);
		sql(site, "UPDATE outbox SET stored = 0 WHERE kind = 'test'");
		assert.match((await ask('/admin/email', owner)).text, /Last test email[\s\S]*<strong>Sent</);
		assert.equal(newest('owner@example.org').headers.subject, 'Test email from My site');
		sql(site, "UPDATE outbox SET state = 'queued', finished = 0, problem = 'connection refused'");
		assert.match((await ask('/zh/admin/email', owner)).text, /connection refused/);
		assert.match(renown(site.folder, ['doctor'], { status: 1 }).text, /Email .*connection refused/);
	});
});
