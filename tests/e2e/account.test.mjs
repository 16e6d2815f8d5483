// Accounts: sign-in links and passwords, protection of forms against requests from other sites, and the end of sessions.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sql } from './content.mjs';
import { cookieOf, problems, proofIn, sendForm as send } from './forms.mjs';
import { build, programEnvironment, request, serveSite, sleep, until } from './lib.mjs';

const good = 'four quiet herons wade', better = '墨香里的旧书铺 1983';

describe('signing in', () => {
	let site;
	const ask = (where, cookie, headers = {}) => site.get(where, { headers: { ...(cookie ? { cookie } : {}), ...headers } });
	const link = (email) => site.renown('user', 'link', email).stdout.trim().slice(site.url.length);
	async function signInByLink(email, cookie) {
		const where = link(email), proof = proofIn((await ask(where)).text);
		return cookieOf(await send(site, where, { proof }, cookie ? { cookie } : {}));
	}
	async function tryPassword(email, password, more = {}, headers = {}) {
		const proof = proofIn((await ask('/sign-in')).text);
		return send(site, '/sign-in', { email, password, next: '', proof, ...more }, headers);
	}
	const setPassword = (email, password) => assert.equal(spawnSync(path.join(build, 'renown'), ['--site', site.folder, 'user', 'password', email], { input: `${password}\n`, env: programEnvironment(site.folder) }).status, 0);
	const forgetTries = () => sql(site, 'DELETE FROM throttle');

	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		for (const name of ['Anna', 'Bert', 'Cora'])
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`);
		setPassword('anna@example.org', good);
	});
	after(() => site?.stop());

	test('opening a sign-in link does not use it up; its button works once', async () => {
		const where = link('bert@example.org');
		for (const method of ['GET', 'HEAD', 'GET'])
			assert.equal((await site.get(where, { method })).status, 200);
		const page = await ask(where);
		assert.match(page.text, />Sign in as Bert</);
		assert.equal(page.headers['cache-control'], 'private, no-store');
		assert.equal(page.headers['referrer-policy'], 'no-referrer');
		const answers = await Promise.all(Array.from({ length: 50 }, () => send(site, where, { proof: proofIn(page.text) })));
		assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, ...Array(49).fill(404)]);
		assert.equal((await ask(where)).status, 404);
		assert.equal((await ask('/account', cookieOf(answers.find((answer) => answer.status === 303)))).status, 200);
		assert.equal(sql(site, 'SELECT count(*) FROM session WHERE user_id = 3'), '1');
	});

	test('an expired sign-in link and a link of a disabled user are 404', async () => {
		const where = link('bert@example.org'), other = link('cora@example.org');
		sql(site, 'UPDATE sign_in_link SET expires = 1 WHERE user_id = 3; UPDATE site_user SET disabled = 1 WHERE id = 4;');
		assert.equal((await ask(where)).status, 404);
		assert.equal((await ask(other)).status, 404);
		sql(site, 'UPDATE site_user SET disabled = 0 WHERE id = 4');
	});

	test('the session cookie is limited to this site and hidden from scripts', async () => {
		const answer = await tryPassword('ANNA@example.org', good);
		assert.equal(answer.status, 303);
		assert.equal(answer.headers.location, `${site.url}/account`);
		assert.match(answer.headers['set-cookie'][0], /^sid=[A-Za-z0-9_-]{43}\.\d+\.[0-9a-f]{64}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
		assert.match(answer.headers['set-cookie'][1], /^device=[^;]*; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
		assert.equal(answer.headers['set-cookie'].length, 2);
		const page = await ask('/account', cookieOf(answer));
		assert.match(page.text, /<h1>Anna<\/h1>[\s\S]*anna@example\.org/);
		assert.equal(page.headers['cache-control'], 'private, no-store');
		assert.match(page.text, /class="viewer">Signed in as <a href="\/account">Anna<\/a>/);
		// Pages for reading lead there without the name, which would make them different for each reader.
		const reading = (await ask('/blog', cookieOf(answer))).text;
		assert.match(reading, /<a href="\/account">Account<\/a>/);
		assert.doesNotMatch(reading, /Anna/);
	});

	test('after sign-in, the redirect stays within the site', async () => {
		for (const [next, leads] of [['/zh/account', '/zh/account'], ['//evil.example/x', '//evil.example/x'], ['https://evil.example/', '/account'], ['/\\evil.example', '/%5Cevil.example'], ['@evil.example', '/account'], ['', '/account'],
			['/../x', '/account'], ['/a/../../x', '/account'], ['/..', '/account'], ['/a/.', '/account'], ['/%2e%2e/x', '/%252e%252e/x'], ['/a..b/...', '/a..b/...']]) {
			const { location } = (await tryPassword('anna@example.org', good, { next })).headers;
			assert.equal(location, site.url + leads);
			assert.equal(new URL(location).href, location, 'a browser does not change this URL');
			assert.equal(new URL(location).host, new URL(site.url).host);
		}
		const asked = await ask('/zh/account');
		assert.equal(asked.status, 303);
		assert.equal(asked.headers.location, `${site.url}/zh/sign-in?next=%2Fzh%2Faccount`);
		assert.match((await ask('/sign-in?next=%2Fzh%2Faccount')).text, /name="next" value="\/zh\/account"/);
	});

	test('the response does not reveal whether an account exists', async () => {
		forgetTries();
		sql(site, 'UPDATE site_user SET disabled = 1 WHERE id = 4');
		const plain = (answer, email) => [answer.status, answer.text.replaceAll(email, '').replaceAll(/name="proof" value="[^"]*"/g, '')];
		const wrong = plain(await tryPassword('anna@example.org', 'wrong words here'), 'anna@example.org');
		assert.equal(wrong[0], 422);
		assert.match(wrong[1], /email address or password is incorrect/);
		for (const email of ['nobody@example.org', 'bert@example.org', 'cora@example.org'])
			assert.deepEqual(plain(await tryPassword(email, 'wrong words here'), email), wrong);
		sql(site, 'UPDATE site_user SET disabled = 0 WHERE id = 4');
		const took = { 'anna@example.org': [], 'nobody@example.org': [] };
		for (let i = 0; i < 15; i++)
			for (const email of Object.keys(took)) {
				forgetTries();
				const proof = proofIn((await ask('/sign-in')).text), began = performance.now();
				await send(site, '/sign-in', { email, password: `wrong ${i}`, next: '', proof });
				took[email].push(performance.now() - began);
			}
		const [known, unknown] = Object.values(took).map((times) => times.sort((a, b) => a - b)[7]);
		assert.ok(known > 10 && unknown > 10, 'a password hash is computed in both cases');
		assert.ok(Math.max(known, unknown) / Math.min(known, unknown) < 1.5, `${known} and ${unknown} ms`);
	});

	test('password guessing is slowed down, also in parallel, and the owner of the account can still sign in', async () => {
		forgetTries();
		const proof = proofIn((await ask('/sign-in')).text);
		const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => send(site, '/sign-in', { email: 'anna@example.org', password: `guess ${i}`, next: '', proof })));
		// Passwords are checked one after the other. Attempts that arrive meanwhile are asked to try again, and are not counted.
		assert.ok(answers.every((answer) => [422, 429, 503].includes(answer.status)));
		assert.ok(answers.filter((answer) => answer.status === 422).length <= 6);
		await until('the next attempt must wait', async () => (await tryPassword('anna@example.org', 'wrong words here')).status === 429);
		const late = await tryPassword('anna@example.org', good);
		assert.equal(late.status, 429);
		assert.ok(Number(late.headers['retry-after']) >= 1);
		assert.match(problems(late.text)[0], /Wait 1 minute and try again, or ask for a sign-in link/);
		assert.match(late.text, /name="email"[^>]*value="anna@example\.org"/);
		assert.doesNotMatch(late.text, new RegExp(good));
		assert.match(await signInByLink('anna@example.org'), /^sid=/);
		await sleep(2500);
		assert.equal((await tryPassword('anna@example.org', good)).status, 303);
		assert.equal(sql(site, "SELECT count(*) FROM throttle WHERE id LIKE '%127%' OR id LIKE '%anna%'"), '0');
	});

	test('blanks and capital letters do not start a new count for the same account', async () => {
		forgetTries();
		const statuses = [];
		for (const email of ['anna@example.org', ' anna@example.org', 'anna@example.org ', '  anna@example.org', 'ANNA@example.org\t', 'Anna@Example.org', ' Anna@example.org  '])
			statuses.push((await tryPassword(email, 'wrong words here')).status);
		assert.deepEqual(statuses.slice(0, 5), [422, 422, 422, 422, 422]);
		assert.ok(statuses.slice(5).includes(429), statuses.join());
		assert.equal(sql(site, 'SELECT count(*) FROM throttle'), '2', 'one account, one network');
		forgetTries();
	});

	test('a network that tries many accounts must wait as well', async () => {
		forgetTries();
		let waits = 0;
		for (let i = 0; i < 28; i++)
			assert.equal((await tryPassword(`nobody-${i}@example.org`, 'x')).status, 422);
		// A successful sign-in in between does not reset the count.
		assert.equal((await tryPassword('anna@example.org', good)).status, 303);
		for (let i = 28; i < 34; i++)
			waits += (await tryPassword(`nobody-${i}@example.org`, 'x')).status === 429;
		assert.ok(waits >= 1 && waits <= 5, `${waits}`);
		forgetTries();
	});

	test('a form sent from another site is not accepted, and is shown again with what was typed', async () => {
		const page = (await ask('/sign-in')).text, proof = proofIn(page), mail = { email: 'anna@example.org', password: good, next: '' };
		for (const [fields, headers] of [[{ ...mail }, {}], [{ ...mail, proof: '' }, {}], [{ ...mail, proof: `${Math.floor(Date.now() / 1000)}-${'0'.repeat(64)}` }, {}],
			[{ ...mail, proof: proof.replace(/^\d+/, (time) => Number(time) + 1) }, {}], [{ ...mail, proof: proof.replace(/.$/, (c) => (c === '0' ? '1' : '0')) }, {}],
			[{ ...mail, proof }, { origin: 'https://evil.example' }], [{ ...mail, proof }, { origin: 'null' }],
			[{ ...mail, proof }, { 'sec-fetch-site': 'cross-site' }], [{ ...mail, proof }, { 'sec-fetch-site': 'same-site' }]]) {
			const answer = await send(site, '/sign-in', fields, headers);
			assert.equal(answer.status, 403, JSON.stringify([fields, headers]));
			assert.equal(answer.headers['set-cookie'], undefined);
			assert.match(problems(answer.text)[0], /sent from another site/);
			assert.match(answer.text, /value="anna@example\.org"/);
		}
		for (const headers of [{ origin: new URL(site.url).origin }, { 'sec-fetch-site': 'same-origin', origin: 'https://behind-a-proxy.example' }])
			assert.equal((await send(site, '/sign-in', { ...mail, proof }, headers)).status, 303);
	});

	test('a proof for another session or another address is refused', async () => {
		const anna = await signInByLink('anna@example.org'), bert = await signInByLink('bert@example.org');
		const own = (await ask('/account', anna)).text, foreign = (await ask('/account', bert)).text;
		for (const [where, fields] of [['/sign-out', { proof: proofIn(foreign, 'sign-out') }], ['/sign-out', { proof: proofIn(own, 'password') }], ['/sign-out', {}],
			['/account/password', { old: good, new: better, proof: proofIn(own, 'sign-out') }], ['/account/devices', { session: '', proof: proofIn(own, 'sign-out') }],
			['/sign-out', { proof: proofIn((await ask('/sign-in')).text) }]])
			assert.equal((await send(site, where, fields, { cookie: anna })).status, 403, where);
		assert.equal((await send(site, '/sign-out', { proof: proofIn(own, 'sign-out') })).status, 403);
		assert.equal((await ask('/account', anna)).status, 200);
	});

	test('a form error is shown beside its field', async () => {
		const proof = proofIn((await ask('/sign-in')).text);
		for (const [fields, status] of [[[['email', 'a@b.org'], ['proof', proof]], 422], [[['email', 'a\x00b'], ['password', 'x'], ['proof', proof]], 422],
			[[['email', 'a@b.org'], ['password', 'x'], ['role', 'owner'], ['proof', proof]], 400], [[['email', 'a@b.org'], ['email', 'c@d.org'], ['password', 'x'], ['proof', proof]], 400],
			[[['email', 'a'.repeat(300)], ['password', 'x'], ['proof', proof]], 413]])
			assert.equal((await send(site, '/sign-in', fields)).status, status, JSON.stringify(fields));
		const answer = await send(site, '/sign-in', { email: '"><script>x</script>', password: '', proof });
		assert.deepEqual(problems(answer.text), ['Required']);
		assert.match(answer.text, /aria-invalid="true" aria-describedby="sign-in-password-problem"/);
		assert.match(answer.text, /value="&quot;&gt;&lt;script&gt;x&lt;\/script&gt;"/);
		assert.equal((await request(`${site.url}/sign-in`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'content-length': 2 } })).status, 400);
		assert.equal((await request(`${site.url}/sign-in`, { method: 'PUT' })).status, 405);
		const zh = await send(site, '/zh/sign-in', { email: '', password: '', proof: proofIn((await ask('/zh/sign-in')).text) });
		assert.equal(zh.status, 422);
		assert.deepEqual(problems(zh.text), ['必填', '必填']);
	});

	test('session fixation is prevented: each sign-in creates a new session and ends the previous one', async () => {
		const planted = `sid=${'P'.repeat(43)}`, proof = proofIn((await ask('/sign-in', planted)).text);
		forgetTries();
		const first = cookieOf(await send(site, '/sign-in', { email: 'anna@example.org', password: good, next: '', proof }, { cookie: planted }));
		assert.notEqual(first, planted);
		assert.equal((await ask('/account', planted)).status, 303);
		const second = await signInByLink('anna@example.org', first);
		assert.notEqual(second, first);
		assert.equal((await ask('/account', first)).status, 303);
		assert.equal((await ask('/account', second)).status, 200);
		const answer = await send(site, '/sign-out', { proof: proofIn((await ask('/account', second)).text, 'sign-out') }, { cookie: second });
		assert.equal(answer.status, 303);
		assert.match(answer.headers['set-cookie'][0], /^sid=; Path=\/; Max-Age=0/);
		assert.equal((await ask('/account', second)).status, 303);
	});

	test('users see a list of their own browsers, and can sign out those only', async () => {
		sql(site, 'DELETE FROM session');
		const agents = ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1', '<b>odd'];
		const cookies = [];
		for (const agent of agents) {
			const where = link('bert@example.org'), proof = proofIn((await ask(where)).text);
			cookies.push(cookieOf(await send(site, where, { proof }, { 'user-agent': agent })));
		}
		const cora = await signInByLink('cora@example.org');
		const page = (await ask('/account', cookies[0])).text;
		assert.match(page, /Firefox, Linux[\s\S]*This device/);
		assert.match(page, /Safari, iPhone/);
		assert.match(page, /Unknown browser/);
		const foreign = sql(site, 'SELECT id FROM session WHERE user_id = 4'), own = sql(site, "SELECT id FROM session WHERE agent LIKE '%iPhone%'");
		const proof = proofIn(page, 'end-session');
		assert.equal((await send(site, '/account/devices', { session: foreign, proof }, { cookie: cookies[0] })).status, 303);
		assert.equal((await ask('/account', cora)).status, 200);
		assert.equal((await send(site, '/account/devices', { session: own, proof }, { cookie: cookies[0] })).status, 303);
		assert.equal((await ask('/account', cookies[1])).status, 303);
		assert.equal((await ask('/account', cookies[2])).status, 200);
		await send(site, '/account/devices', { session: '', proof: proofIn(page, 'end-others') }, { cookie: cookies[0] });
		assert.equal((await ask('/account', cookies[2])).status, 303);
		assert.equal((await ask('/account', cookies[0])).status, 200);
		assert.equal((await ask('/account', cora)).status, 200);
	});

	test('changing the password requires the current one and ends all other sessions', async () => {
		forgetTries();
		const here = cookieOf(await tryPassword('anna@example.org', good)), there = cookieOf(await tryPassword('anna@example.org', good)), pending = link('anna@example.org');
		const change = async (fields) => send(site, '/account/password', { ...fields, proof: proofIn((await ask('/account', here)).text, 'password') }, { cookie: here });
		assert.deepEqual(problems((await change({ old: 'something else', new: better })).text), ['The current password is incorrect. Try again.']);
		for (const weak of ['short', 'password1', 'qwertyuiop', '12345678', 'anna@example.org', 'iloveyou', 'aaaaaaaaaaaa']) {
			forgetTries();
			const answer = await change({ old: good, new: weak });
			assert.equal(answer.status, 422, weak);
			assert.equal(problems(answer.text).length, 1);
		}
		forgetTries();
		assert.equal((await change({ old: good, new: better })).status, 303);
		assert.equal((await ask('/account', here)).status, 200);
		assert.equal((await ask('/account', there)).status, 303);
		assert.equal((await ask(pending)).status, 404);
		assert.equal((await tryPassword('anna@example.org', good)).status, 422);
		assert.equal((await tryPassword('anna@example.org', better)).status, 303);
		assert.equal((await tryPassword('anna@example.org', 'ok'.repeat(64))).status, 422);
	});

	test('a disabled user and a user whose sessions have expired are signed out at once', async () => {
		const cookie = await signInByLink('cora@example.org');
		sql(site, 'UPDATE site_user SET disabled = 1 WHERE id = 4');
		assert.equal((await ask('/account', cookie)).status, 303);
		sql(site, 'UPDATE site_user SET disabled = 0 WHERE id = 4');
		assert.equal((await ask('/account', cookie)).status, 200);
		sql(site, 'UPDATE session SET expires = 1 WHERE user_id = 4');
		assert.equal((await ask('/account', cookie)).status, 303);
	});

	test('while another process holds the write lock, the form is shown again with a message', async () => {
		forgetTries();
		const holder = spawn('sqlite3', [path.join(site.folder, 'renown.db')], { stdio: ['pipe', 'ignore', 'ignore'] });
		holder.stdin.write('BEGIN IMMEDIATE;\n');
		await sleep(300);
		const began = Date.now(), answer = await tryPassword('anna@example.org', better);
		holder.stdin.end('ROLLBACK;\n');
		assert.equal(answer.status, 503);
		assert.ok(Date.now() - began < 6500);
		assert.ok(Number(answer.headers['retry-after']) > 0);
		assert.equal(answer.headers['set-cookie'], undefined);
		assert.match(answer.text, /name="email"[^>]*value="anna@example\.org"/);
		assert.match(problems(answer.text)[0], /busy/);
		await until('the database is unlocked', async () => (await tryPassword('anna@example.org', better)).status === 303);
	});

	test('GET changes nothing, and the web server caches nothing of these pages', async () => {
		const cookie = await signInByLink('cora@example.org'), where = link('cora@example.org');
		const dump = () => spawnSync('sqlite3', [path.join(site.folder, 'renown.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
		const before = dump();
		for (const address of ['/account', '/sign-in', where, '/sign-out', '/account/password', '/account/devices', '/sign-in?next=/x'])
			for (const method of ['GET', 'HEAD'])
				for (const as of [cookie, undefined])
					assert.ok([200, 303, 404, 405].includes((await site.get(address, { method, headers: as ? { cookie: as } : {} })).status));
		assert.equal(dump(), before);
		const kept = spawnSync('grep', ['-rlE', 'cora@example|Cora|name="proof"', path.join(site.folder, 'run/cache')], { encoding: 'utf8' });
		assert.equal(kept.stdout, '');
	});

	test('no log contains a token, a password or a proof', async () => {
		const where = link('cora@example.org'), token = where.split('/').at(-1), page = await ask(where);
		await ask('/blog', undefined, { referer: site.url + where });
		await send(site, where, { proof: 'no' });
		await until('the log is written', () => site.log('access.log').includes('/sign-in/***'));
		await sleep(5500); // each nginx worker buffers its lines for up to five seconds
		const logs = fs.readdirSync(path.join(site.folder, 'log')).map((name) => site.log(name)).join('\n');
		for (const secret of [token, good, better, encodeURIComponent(good), proofIn(page.text)])
			assert.ok(!logs.includes(secret));
	});
});

// As behind a web server that terminates TLS: base_url is https, and the test speaks HTTP.
const withHttps = ({ folder }) => {
	const file = path.join(folder, 'renown.conf');
	fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^base_url = http:/m, 'base_url = https:'));
};

describe('signing in under HTTPS', () => {
	let site;
	before(async () => {
		site = await serveSite({ before: withHttps });
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
	});
	after(() => site?.stop());

	test('the cookie has the prefix __Host- and the flag Secure; a cookie without the prefix is not accepted', async () => {
		const where = new URL(site.renown('user', 'link', '--owner').stdout.trim()).pathname;
		const answer = await send(site, where, { proof: proofIn((await site.get(where)).text) }, { origin: site.url.replace('http:', 'https:') });
		assert.equal(answer.status, 303);
		assert.match(answer.headers['set-cookie'][0], /^__Host-sid=[A-Za-z0-9_-]{43}\.\d+\.[0-9a-f]{64}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
		assert.match(answer.headers['set-cookie'][1], /^__Host-device=[^;]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
		const token = cookieOf(answer).split('=')[1];
		assert.equal((await site.get('/account', { headers: { cookie: `__Host-sid=${token}` } })).status, 200);
		assert.equal((await site.get('/account', { headers: { cookie: `sid=${token}` } })).status, 303);
	});
});

describe('signing in below a path', () => {
	const sites = [];
	after(() => Promise.all(sites.map((site) => site.stop())));
	const open = async (more) => {
		const site = await serveSite({ sample: true, base: '/sub', ...more });
		sites.push(site);
		return site;
	};
	const signInWithLink = async (site, headers = {}) => {
		const where = new URL(site.renown('user', 'link', '--owner').stdout.trim()).pathname.slice('/sub'.length);
		return send(site, where, { proof: proofIn((await site.get(where)).text) }, headers);
	};
	// The cookie identifies a reader: the response must not be served from, or stored in, the shared cache.
	const looksPastTheCache = async (site, cookie) => {
		const visitor = await site.get('/blog'), signedIn = await site.get('/blog', { headers: { cookie } });
		assert.match(signedIn.text, /href="\/sub\/account"/);
		assert.equal(signedIn.headers['cache-control'], 'private, no-cache');
		for (let i = 0; i < 2; i++)
			assert.equal((await site.get('/blog')).text, visitor.text);
		assert.doesNotMatch(visitor.text, /href="\/sub\/account"/);
		await until('the log shows the cache status', () => /\t\/sub\/blog\t.*\tBYPASS\t/.test(site.log('access.log')) && /\t\/sub\/blog\t.*\tHIT\t/.test(site.log('access.log')));
	};

	test('over HTTP, the cookie is limited to that path', async () => {
		const site = await open(), answer = await signInWithLink(site), origin = new URL(site.url).origin;
		assert.equal(answer.status, 303);
		assert.match(answer.headers['set-cookie'][0], /^sid=[^;]*; Path=\/sub; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
		assert.match(answer.headers['set-cookie'][1], /^device=[^;]*; Path=\/sub; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
		assert.equal((await site.get('/account', { headers: { cookie: cookieOf(answer) } })).status, 200);
		await looksPastTheCache(site, cookieOf(answer));
		// Path matching as in a browser and in curl (RFC 6265, 5.1.4).
		const jar = path.join(site.folder, 'jar'), line = (cookie) => `#HttpOnly_127.0.0.1\tFALSE\t/sub\tFALSE\t0\t${cookie.replace('=', '\t')}\n`;
		fs.writeFileSync(jar, answer.headers['set-cookie'].map((cookie) => line(cookie.split(';')[0])).join(''));
		const sent = (where) => /^> Cookie: (.*)$/m.exec(spawnSync('curl', ['-sv', '--noproxy', '*', '-o', '/dev/null', '-b', jar, origin + where], { encoding: 'utf8' }).stderr)?.[1] ?? '';
		assert.match(sent('/sub/blog'), /sid=/);
		for (const where of ['/', '/other', '/other/sub', '/subway', '/su'])
			assert.equal(sent(where), '', where);
	});

	test('over HTTPS, the cookie has the prefix __Secure-, which allows a path; a signed-in request bypasses the cache', async () => {
		const site = await open({ before: withHttps }), answer = await signInWithLink(site, { origin: new URL(site.url).origin.replace('http:', 'https:') });
		assert.equal(answer.status, 303);
		assert.match(answer.headers['set-cookie'][0], /^__Secure-sid=[^;]*; Path=\/sub; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
		assert.match(answer.headers['set-cookie'][1], /^__Secure-device=[^;]*; Path=\/sub; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
		assert.equal((await site.get('/account', { headers: { cookie: cookieOf(answer) } })).status, 200);
		for (const other of ['__Host-sid', 'sid'])
			assert.equal((await site.get('/account', { headers: { cookie: `${other}=${cookieOf(answer).split('=')[1]}` } })).status, 303, other);
		await looksPastTheCache(site, cookieOf(answer));
		const out = await send(site, '/sign-out', { proof: proofIn((await site.get('/account', { headers: { cookie: cookieOf(answer) } })).text, 'sign-out') },
			{ cookie: cookieOf(answer), origin: new URL(site.url).origin.replace('http:', 'https:') });
		assert.match(out.headers['set-cookie'][0], /^__Secure-sid=; Path=\/sub; Max-Age=0;/);
	});
});
