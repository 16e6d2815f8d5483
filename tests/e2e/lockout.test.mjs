// Strangers who guess passwords, ask for emails and send floods of forms: the owner gets in all the same.
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

describe('a stranger who wants to lock the owner out', () => {
	let site, device, proofs;
	const ask = (where, cookie) => site.get(where, { headers: cookie ? { cookie } : {} });
	// A form from a browser in any network: the way that the web server hands it over.
	const from = (network, where, fields, cookie = '') => {
		const body = new URLSearchParams(fields).toString();
		return talk(path.join(site.folder, 'run/account.sock'), wholeRequest({ REQUEST_METHOD: 'POST', QUERY_STRING: '',
			CONTENT_TYPE: 'application/x-www-form-urlencoded', CONTENT_LENGTH: String(Buffer.byteLength(body)), RENOWN_PATH: where,
			REQUEST_ID: '0'.repeat(32), REMOTE_ADDR: `${network}.7`, HTTP_COOKIE: cookie }, body), { milliseconds: 20000 });
	};
	const guess = (network, fields = {}) => from(network, '/sign-in', { email: address, password: 'wrong words here', next: '', proof: proofs.password, ...fields });
	// Each time the form of a page of its own: the same one sent again would be answered as before.
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

	test('wrong passwords: the right one works every time in a browser that was here before', async () => {
		let going = true, heard = 0;
		const attack = (async () => {
			while (going)
				heard += (await guess('203.0.113')).status === 422;
		})();
		await until('strangers must wait', async () => (await guess('198.51.100')).status === 429);
		for (let i = 0; i < 12; i++) {
			const answer = await signIn({}, device);
			assert.equal(answer.status, 303, `${i}`);
			assert.equal((await ask('/account', cookieOf(answer))).status, 200);
			await sleep(200);
		}
		assert.equal((await signIn()).status, 429, 'an unknown browser shares the count of the strangers');
		going = false;
		await attack;
		assert.ok(heard >= 5 && heard < 12, `${heard}`);
	});

	test('also from the owner\'s own network', async () => {
		for (let i = 0; i < 40; i++)
			await guess('127.0.0', { email: `nobody-${i}@example.org` });
		assert.equal((await guess('127.0.0', { email: 'bert@example.org' })).status, 429);
		assert.equal((await signIn({}, device)).status, 303);
	});

	test('the known browser has five free tries of its own, and then waits by itself', async () => {
		const statuses = [];
		for (let i = 0; i < 7; i++)
			statuses.push((await signIn({ password: 'wrong' }, device)).status);
		assert.deepEqual(statuses.slice(0, 5), [422, 422, 422, 422, 422]);
		assert.ok(statuses.includes(429));
		assert.equal((await signIn()).status, 303, 'nobody else waits for it');
		await until('its wait is over', async () => (await signIn({}, device)).status === 303);
	});

	test('the cookie of one account is none for another, and neither is one that was made up', async () => {
		const anna = deviceOf(await signIn({ email: 'anna@example.org' }));
		await until('strangers must wait', async () => (await guess('203.0.113')).status === 429);
		for (const cookie of [anna, device.replace(/.$/, (c) => (c === '0' ? '1' : '0')), 'device=x', `x${device}`])
			assert.equal((await signIn({}, cookie)).status, 429, cookie);
		assert.equal((await signIn({}, device)).status, 303);
	});

	test('one browser is known for both accounts that signed in there', async () => {
		const both = deviceOf(await signIn({ email: 'anna@example.org' }, device));
		for (const email of [address, 'anna@example.org'])
			await until('strangers must wait', async () => (await guess('203.0.113', { email })).status === 429);
		for (const email of [address, 'anna@example.org'])
			assert.equal((await signIn({ email }, both)).status, 303, email);
	});

	test('the cookie is set at sign-in only, stays when somebody signs out, and the microcache does not see it', async () => {
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

	test('who is signed in changes their password, looks at their data and leaves under their own count', async () => {
		const email = 'anna@example.org', better = '墨香里的旧书铺 1983';
		const strangersWait = () => until('strangers must wait', async () => (await guess('203.0.113', { email })).status === 429);
		const here = cookieOf(await signIn({ email })), there = cookieOf(await signIn({ email }));
		const submit = async (page, name, to, fields) => send(site, to, { ...fields, proof: proofIn((await ask(page, here)).text, name) }, { cookie: here });
		const change = (fields) => submit('/account', 'password', '/account/password', fields);
		await strangersWait();
		assert.equal((await change({ old: password, new: better })).status, 303);
		assert.equal((await ask('/account', there)).status, 303, 'the other browser is out');
		assert.equal((await ask('/account/data.json', here)).status, 200);
		const statuses = [];
		for (let i = 0; i < 7; i++)
			statuses.push((await change({ old: 'wrong', new: password })).status);
		assert.deepEqual(statuses.slice(0, 5), [422, 422, 422, 422, 422]);
		assert.ok(statuses.includes(429), 'who guesses within a session waits as well');
		sql(site, 'DELETE FROM throttle');
		await strangersWait();
		assert.equal((await submit('/account/delete', 'delete-account', '/account/delete', { self: 'wrong' })).status, 422);
		assert.equal((await submit('/account/delete', 'delete-account', '/account/delete', { self: better })).status, 303);
		assert.equal(sql(site, `SELECT count(*) FROM site_user WHERE email = '${email}'`), '0');
	});

	test('requests for emails: all are answered alike, five are sent, and the newest one\'s code and link work for the owner', async () => {
		for (let i = 0; i < 12; i++)
			assert.equal((await askForMail(`203.0.${i}`)).status, 303);
		assert.equal(mails().length, 5);
		const mine = await askForMail('127.0.0');
		assert.equal(mine.status, 303);
		assert.equal(mails().length, 5, 'one is under way');
		const newest = mails().at(-1), page = pageIn(mine);
		assert.match(newest.text, /within an hour/, 'it is good until the next may be sent');
		assert.equal(sql(site, 'SELECT count(*) FROM email_verification WHERE mailed AND expires - created = 3600'), '1');
		const entered = await send(site, page, { code: codeIn(newest), proof: proofIn((await ask(page)).text, 'mail-code') });
		assert.equal(entered.status, 303);
		assert.match((await ask('/account', cookieOf(entered))).text, /owner@example\.org/);
		assert.equal((await ask(linkIn(site, newest))).status, 404, 'both work once');
		const before = mails().at(-2), link = linkIn(site, before);
		assert.equal((await send(site, link, { proof: proofIn((await ask(link)).text) })).status, 303);
	});

	test('a mailbox gets at most one email an hour then, day and night, and there is always one that works', async () => {
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

	test('the owner who used the newest email, or ended all of them, gets another at once', async () => {
		for (let hour = 0; hour < 2; hour++) {
			for (let i = 0; i < 6; i++)
				await askForMail(`203.${hour}.${i}`);
			if (hour === 0)
				sql(site, 'UPDATE throttle SET last_failed = last_failed - 3600; UPDATE email_verification SET created = created - 3600, expires = expires - 3600;');
		}
		const newest = () => mails().at(-1), use = async (mail) => send(site, linkIn(site, mail), { proof: proofIn((await ask(linkIn(site, mail))).text) });
		const here = await use(newest());
		assert.equal(here.status, 303);
		// The same on a second machine, while the stranger goes on.
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
		assert.ok(mails().length <= before + 2, 'as long as one works, no other is sent');
	});

	test('who asked for an address before it had an account, or an invitation, keeps nobody from theirs', async () => {
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

	test('a browser that was here before gets an email of its own', async () => {
		for (let i = 0; i < 8; i++)
			await askForMail(`203.0.${i}`);
		const before = mails().length, mine = await askForMail('127.0.0', address, device);
		assert.equal(mails().length, before + 1);
		const page = pageIn(mine);
		assert.equal((await send(site, page, { code: codeIn(mails().at(-1)), proof: proofIn((await ask(page)).text, 'mail-code') })).status, 303);
	});

	test('guesses at codes end the codes of an address, and never its link', async () => {
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

	test('asking for a sign-in email for somebody who has no account keeps them from nothing', async () => {
		site.renown('setting', 'set', 'registration', 'open');
		for (let i = 0; i < 8; i++)
			await askForMail(`203.0.${i}`, 'new@example.org');
		const answer = await send(site, '/sign-up', { name: 'New', email: 'new@example.org', proof: proofIn((await ask('/sign-up')).text, 'sign-up') });
		assert.equal(answer.status, 303);
		assert.equal(mails('new@example.org').length, 1);
	});

	test('the owner sees in the health page that somebody tries, and what always works', async () => {
		const owner = cookieOf(await signIn()), health = async () => (await ask('/admin/health', owner)).text;
		assert.match(await health(), /renown user link/);
		sql(site, 'UPDATE throttle SET failed = 30, last_failed = unixepoch()');
		await until('strangers must wait', async () => (await guess('203.0.113')).status === 429);
		sql(site, 'UPDATE throttle SET failed = 30');
		assert.match(await health(), /30 failed attempts/);
		assert.match((await ask('/zh/admin/health', owner)).text, /30 次/);
	});

	test('240 wrong passwords from 240 networks at once keep nobody waiting, and those that were not looked at do not count', async () => {
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

	test('in such a flood a known browser still signs in', async () => {
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
