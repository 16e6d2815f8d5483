// Attackers guess passwords, request emails and flood forms; the owner can still sign in.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { sql } from './content.mjs';
import { talk, wholeRequest } from './fcgi.mjs';
import { cookieOf, formIn, problems, proofIn, sendForm as send } from './forms.mjs';
import { build, programEnvironment, serveSite, sleep, until } from './lib.mjs';
import { codeIn, linkIn, mailsOf } from './post.mjs';

const password = 'four quiet herons wade', address = 'owner@example.org';
const cookiesOf = (answer) => (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
const deviceOf = (answer) => cookiesOf(answer).find((pair) => pair.startsWith('device='));

describe('an attacker cannot lock the owner out', () => {
	let site, device, proofs;
	const ask = (where, cookie) => site.get(where, { headers: cookie ? { cookie } : {} });
	// A form from a browser in any network, with the parameters that the web server passes on.
	const from = (network, where, fields, cookie = '') => {
		const body = new URLSearchParams(fields).toString();
		return talk(path.join(site.folder, 'run/account.sock'), wholeRequest({ REQUEST_METHOD: 'POST', QUERY_STRING: '',
			CONTENT_TYPE: 'application/x-www-form-urlencoded', CONTENT_LENGTH: String(Buffer.byteLength(body)), RENOWN_PATH: where,
			REQUEST_ID: '0'.repeat(32), REMOTE_ADDR: `${network}.7`, HTTP_COOKIE: cookie }, body), { milliseconds: 20000 });
	};
	const guess = (network, fields = {}) => from(network, '/sign-in', { email: address, password: 'wrong words here', next: '', proof: proofs.password, ...fields });
	// Each guess uses the form of a newly opened page, because the same form sent again would get its first response.
	const askForMail = async (network, email = address, cookie = '') =>
		from(network, '/sign-in/email', { email, next: '', proof: proofIn((await ask('/sign-in')).text, 'sign-in-mail') }, cookie);
	const pageIn = (answer) => /^Location: \S*(\/sign-in\/code\/[\w-]{43})/m.exec(answer.text)?.[1];
	const signIn = (fields = {}, cookie = '') => send(site, '/sign-in', { email: address, password, next: '', proof: proofs.password, ...fields }, cookie ? { cookie } : {});
	const mails = (to = address) => {
		site.work();
		return mailsOf(site, to);
	};

	before(async () => {
		site = await serveSite({ owner: true });
		for (const name of ['Anna', 'Bert'])
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`);
		for (const email of [address, 'anna@example.org'])
			assert.equal(spawnSync(path.join(build, 'renown'), ['--site', site.folder, 'user', 'password', email], { input: `${password}\n`, env: programEnvironment(site.folder) }).status, 0);
		proofs = { password: proofIn((await ask('/sign-in')).text, 'sign-in') };
		device = deviceOf(await signIn());
	});
	beforeEach(() => sql(site, 'DELETE FROM throttle; DELETE FROM email_verification; DELETE FROM outbox;'));
	after(() => site?.stop());

	test('during password guessing, the right password works every time in a browser that signed in before', async () => {
		let going = true, checked = 0;
		const attack = (async () => {
			while (going)
				checked += (await guess('203.0.113')).status === 422;
		})();
		await until('attackers must wait', async () => (await guess('198.51.100')).status === 429);
		for (let i = 0; i < 12; i++) {
			const answer = await signIn({}, device);
			assert.equal(answer.status, 303, `${i}`);
			assert.equal((await ask('/account', cookieOf(answer))).status, 200);
			await sleep(200);
		}
		assert.equal((await signIn()).status, 429, 'an unknown browser shares the count of the attackers');
		going = false;
		await attack;
		assert.ok(checked >= 5 && checked < 12, `${checked}`);
	});

	test('a known browser can sign in although guesses come from the owner\'s own network', async () => {
		for (let i = 0; i < 40; i++)
			await guess('127.0.0', { email: `nobody-${i}@example.org` });
		assert.equal((await guess('127.0.0', { email: 'bert@example.org' })).status, 429);
		assert.equal((await signIn({}, device)).status, 303);
	});

	test('a known browser has five free attempts of its own, and then a wait of its own', async () => {
		const statuses = [];
		for (let i = 0; i < 7; i++)
			statuses.push((await signIn({ password: 'wrong' }, device)).status);
		assert.deepEqual(statuses.slice(0, 5), [422, 422, 422, 422, 422]);
		assert.ok(statuses.includes(429));
		assert.equal((await signIn()).status, 303, 'no other browser has to wait');
		await until('its wait is over', async () => (await signIn({}, device)).status === 303);
	});

	test('the device cookie of another account, or a forged one, does not count', async () => {
		const anna = deviceOf(await signIn({ email: 'anna@example.org' }));
		await until('attackers must wait', async () => (await guess('203.0.113')).status === 429);
		for (const cookie of [anna, device.replace(/.$/, (c) => (c === '0' ? '1' : '0')), 'device=x', `x${device}`])
			assert.equal((await signIn({}, cookie)).status, 429, cookie);
		assert.equal((await signIn({}, device)).status, 303);
	});

	test('one browser is known for both accounts that signed in there', async () => {
		const both = deviceOf(await signIn({ email: 'anna@example.org' }, device));
		for (const email of [address, 'anna@example.org'])
			await until('attackers must wait', async () => (await guess('203.0.113', { email })).status === 429);
		for (const email of [address, 'anna@example.org'])
			assert.equal((await signIn({ email }, both)).status, 303, email);
	});

	test('the device cookie is set at sign-in only, stays after sign-out, and does not affect the microcache', async () => {
		const answer = await signIn();
		assert.match(answer.headers['set-cookie'][1], /^device=[0-9a-f]{16}\.\d+\.[0-9a-f]{32}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
		assert.doesNotMatch(answer.headers['set-cookie'][1], /owner/);
		assert.equal((await signIn({ password: 'wrong' })).headers['set-cookie'], undefined);
		const session = cookieOf(answer), out = await send(site, '/sign-out', { proof: proofIn((await ask('/account', session)).text, 'sign-out') }, { cookie: `${session}; ${device}` });
		assert.deepEqual(cookiesOf(out), ['sid=']);
		for (const where of ['/', '/blog', '/sign-in', '/feed.rss', '/nothing'])
			assert.equal((await ask(where, device)).headers['set-cookie'], undefined, where);
		const first = await ask('/blog'), second = await ask('/blog', device);
		assert.equal(second.text, first.text);
		await until('the log says that it came from the cache', () => site.log('access.log').split('\n').filter((line) => line.includes('\t/blog\t') && line.includes('\tHIT\t')).length > 0);
	});

	test('a signed-in user changes the password, exports data and deletes the account under a count of their own', async () => {
		const email = 'anna@example.org', better = '墨香里的旧书铺 1983';
		const attackersWait = () => until('attackers must wait', async () => (await guess('203.0.113', { email })).status === 429);
		const here = cookieOf(await signIn({ email })), there = cookieOf(await signIn({ email }));
		const submit = async (page, name, to, fields) => send(site, to, { ...fields, proof: proofIn((await ask(page, here)).text, name) }, { cookie: here });
		const change = (fields) => submit('/account', 'password', '/account/password', fields);
		await attackersWait();
		assert.equal((await change({ old: password, new: better })).status, 303);
		assert.equal((await ask('/account', there)).status, 303, 'the other browser is signed out');
		assert.equal((await ask('/account/data.json', here)).status, 200);
		const statuses = [];
		for (let i = 0; i < 7; i++)
			statuses.push((await change({ old: 'wrong', new: password })).status);
		assert.deepEqual(statuses.slice(0, 5), [422, 422, 422, 422, 422]);
		assert.ok(statuses.includes(429), 'guessing within a session is limited as well');
		sql(site, 'DELETE FROM throttle');
		await attackersWait();
		assert.equal((await submit('/account/delete', 'delete-account', '/account/delete', { self: 'wrong' })).status, 422);
		assert.equal((await submit('/account/delete', 'delete-account', '/account/delete', { self: better })).status, 303);
		assert.equal(sql(site, `SELECT count(*) FROM site_user WHERE email = '${email}'`), '0');
	});

	test('requests for emails get identical responses, five emails are sent, and the code and link of the newest one work for the owner', async () => {
		for (let i = 0; i < 12; i++)
			assert.equal((await askForMail(`203.0.${i}`)).status, 303);
		assert.equal(mails().length, 5);
		const mine = await askForMail('127.0.0');
		assert.equal(mine.status, 303);
		assert.equal(mails().length, 5, 'no further email is sent');
		const newest = mails().at(-1), page = pageIn(mine);
		assert.match(newest.text, /work once and expire in an hour/, 'it is valid until the next one may be sent');
		assert.equal(sql(site, 'SELECT count(*) FROM email_verification WHERE mailed AND expires - created = 3600'), '1');
		const entered = await send(site, page, { code: codeIn(newest), proof: proofIn((await ask(page)).text, 'mail-code') });
		assert.equal(entered.status, 303);
		assert.match((await ask('/account', cookieOf(entered))).text, /owner@example\.org/);
		assert.equal((await ask(linkIn(site, newest))).status, 404, 'code and link together work once');
		const before = mails().at(-2), link = linkIn(site, before);
		assert.equal((await send(site, link, { proof: proofIn((await ask(link)).text) })).status, 303);
	});

	test('after that a mailbox gets at most one email an hour, and one of them is always valid', async () => {
		for (let i = 0; i < 5; i++)
			await askForMail(`203.0.${i}`);
		for (let hour = 0; hour < 3; hour++) {
			sql(site, 'UPDATE throttle SET last_failed = last_failed - 3600; UPDATE email_verification SET created = created - 3600, expires = expires - 3600;');
			for (let i = 0; i < 4; i++)
				assert.equal((await askForMail(`203.1.${i}`)).status, 303);
			assert.equal(sql(site, "SELECT count(*) FROM outbox WHERE kind = 'sign-in'"), `${6 + hour}`);
			assert.equal(sql(site, 'SELECT count(*) FROM email_verification WHERE mailed AND expires > unixepoch() + 3500'), '1');
		}
	});

	test('after the newest email was used, or all of them were ended, the owner gets another one at once', async () => {
		for (let hour = 0; hour < 2; hour++) {
			for (let i = 0; i < 6; i++)
				await askForMail(`203.${hour}.${i}`);
			if (hour === 0)
				sql(site, 'UPDATE throttle SET last_failed = last_failed - 3600; UPDATE email_verification SET created = created - 3600, expires = expires - 3600;');
		}
		const newest = () => mails().at(-1), use = async (mail) => send(site, linkIn(site, mail), { proof: proofIn((await ask(linkIn(site, mail))).text) });
		const here = await use(newest());
		assert.equal(here.status, 303);
		// The same on a second computer, while the attack continues.
		const onAnother = async (why) => {
			const before = mails().length, page = pageIn(await askForMail('198.51.100'));
			assert.equal(mails().length, before + 1, why);
			const answer = await send(site, page, { code: codeIn(newest()), proof: proofIn((await ask(page)).text, 'mail-code') });
			assert.equal(answer.status, 303, why);
		};
		await onAnother('the newest was used');
		await askForMail('203.2.1');
		const session = cookieOf(here), before = mails().length;
		assert.equal((await send(site, '/account/devices', { session: '', proof: proofIn((await ask('/account', session)).text, 'end-others') }, { cookie: session })).status, 303);
		assert.equal(mails().length, before);
		await onAnother('the newest was ended');
		for (let i = 0; i < 5; i++)
			await askForMail(`203.3.${i}`);
		assert.ok(mails().length <= before + 2, 'no further email while one is valid');
	});

	test('requests made for an address before it had an account or invitation do not block its later emails', async () => {
		const email = 'clara@example.org';
		for (let i = 0; i < 8; i++) {
			await askForMail(`203.0.${i}`, email);
			await from(`203.0.${i}`, '/sign-up', { name: 'Not Clara', email, proof: proofIn((await ask('/sign-up')).text, 'sign-up') });
		}
		const joins = mails(email).length, invited = new URL(/http\S+/.exec(site.renown('invite', '--role', 'author').stdout)[0]).pathname;
		const answer = await send(site, invited, { name: 'Clara', email, proof: proofIn((await ask(invited)).text) });
		assert.equal(answer.status, 303);
		assert.equal(mails(email).length, joins + 1, 'for the invitation');
		site.renown('user', 'add', '--name', 'Clara', '--email', email);
		await askForMail('127.0.0', email);
		assert.equal(mails(email).length, joins + 2, 'for the account');
	});

	test('a browser that signed in before gets an email of its own', async () => {
		for (let i = 0; i < 8; i++)
			await askForMail(`203.0.${i}`);
		const before = mails().length, mine = await askForMail('127.0.0', address, device);
		assert.equal(mails().length, before + 1);
		const page = pageIn(mine);
		assert.equal((await send(site, page, { code: codeIn(mails().at(-1)), proof: proofIn((await ask(page)).text, 'mail-code') })).status, 303);
	});

	test('guessing codes ends the codes of an address, but never its link', async () => {
		for (let i = 0; i < 21; i++) {
			const page = pageIn(await askForMail(`203.0.${i}`)), proof = proofIn((await ask(page)).text, 'mail-code');
			for (let n = 0; n < 5; n++)
				await from(`203.0.${i}`, page, { code: 'aaaa-aaaa', proof });
		}
		const newest = mails().at(-1), page = pageIn(await askForMail('127.0.0'));
		const answer = await send(site, page, { code: codeIn(newest), proof: proofIn((await ask(page)).text, 'mail-code') });
		assert.equal(answer.status, 422);
		assert.match(problems(answer.text)[0], /Open the link in the email/);
		const link = linkIn(site, newest);
		assert.equal((await send(site, link, { proof: proofIn((await ask(link)).text) })).status, 303);
	});

	test('sign-in emails requested for an address without an account do not prevent its sign-up', async () => {
		site.renown('setting', 'set', 'registration', 'open');
		for (let i = 0; i < 8; i++)
			await askForMail(`203.0.${i}`, 'new@example.org');
		const answer = await send(site, '/sign-up', { name: 'New', email: 'new@example.org', proof: proofIn((await ask('/sign-up')).text, 'sign-up') });
		assert.equal(answer.status, 303);
		assert.equal(mails('new@example.org').length, 1);
	});

	test('the health page shows the owner failed attempts, and a way to sign in that always works', async () => {
		const owner = cookieOf(await signIn()), health = async () => (await ask('/admin/health', owner)).text;
		assert.match(await health(), /renown user link/);
		sql(site, 'UPDATE throttle SET failed = 30, last_failed = unixepoch()');
		await until('attackers must wait', async () => (await guess('203.0.113')).status === 429);
		sql(site, 'UPDATE throttle SET failed = 30');
		assert.match(await health(), /30 failed attempts/);
		assert.match((await ask('/zh/admin/health', owner)).text, /30 次/);
	});

	test('240 wrong passwords from 240 networks at once do not block the site, and attempts that were not checked are not counted', async () => {
		const flood = Promise.all(Array.from({ length: 240 }, (_, i) => guess(`10.1.${i}`, { email: `nobody-${i}@example.org` })));
		let going = true, slowest = 0, asked = 0;
		flood.then(() => { going = false; });
		while (going || asked < 3) {
			const begun = performance.now();
			assert.equal((await ask('/sign-in')).status, 200);
			slowest = Math.max(slowest, performance.now() - begun);
			asked++;
		}
		const answers = await flood, count = (status) => answers.filter((answer) => answer.status === status).length;
		assert.ok(slowest < 1000, `${slowest} ms`);
		assert.equal(count(422) + count(503), 240, JSON.stringify([...new Set(answers.map((answer) => answer.status))]));
		assert.ok(count(422) > 0 && count(503) > 0, `${count(422)} and ${count(503)}`);
		const busy = answers.find((answer) => answer.status === 503);
		assert.match(busy.text, /^Retry-After: [1-9]/m);
		assert.match(formIn(busy.text, 'sign-in'), /name="email"[^>]*value="nobody-\d+@example\.org"/);
		assert.match(problems(busy.text)[0], /Wait a few seconds/);
		assert.equal(sql(site, 'SELECT sum(failed) FROM throttle'), `${2 * count(422)}`, 'one for the account, one for the network');
	});

	test('during such a flood a known browser can still sign in', async () => {
		let going = true, tried = 0;
		const flood = Promise.all(Array.from({ length: 8 }, async (_, lane) => {
			for (let i = 0; going; i++)
				await guess(`10.${lane}.${i % 250}`, { email: `nobody-${lane}-${i}@example.org` });
		}));
		for (; tried < 10; tried++)
			assert.equal((await signIn({}, device)).status, 303, `${tried}`);
		going = false;
		await flood;
	});
});
