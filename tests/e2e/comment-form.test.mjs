// Writing comments: preview and stamp, what a stamp is good for, limits, guests and members, the sender's own comment.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, sql } from './content.mjs';
import { commentStamp } from './comments.mjs';
import { cookieOf, fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { serveSite, sleep } from './lib.mjs';

describe('writing comments', () => {
	let site, number = 0;
	const cookies = {};
	const where = '/comment/on/first';
	// Each test writes from a network of its own, so that the limits of one do not meet another.
	const network = (n = ++number) => ({ 'x-forwarded-for': `10.${Math.floor(n / 250)}.${n % 250}.7` });
	const stamp = (how) => commentStamp(site, how);
	const send = (fields, headers, to = where) => sendForm(site, to, { reply: '', website: '', ...fields }, headers);
	const guest = { name: 'Gina Guest', link: '', email: '' };
	const count = (condition = '1') => Number(sql(site, `SELECT count(*) FROM comment WHERE ${condition}`));
	const last = (column) => sql(site, `SELECT ${column} FROM comment ORDER BY id DESC LIMIT 1`);
	const pathOf = (answer) => new URL(answer.headers.location).pathname;
	const tokenOf = (who) => who.padEnd(43, 'x');

	before(async () => {
		site = await serveSite({ values: ['PROXIES=127.0.0.1'], formWorkers: 4 });
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Mia', 'member'], ['Max', 'member'], ['Anna', 'author']]));
		sql(site, "UPDATE site_user SET name = 'Anna Li' WHERE name = 'Anna'");
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' }, { name: 'second.md', title: 'Second post', date: '2026-01-02' },
			{ name: 'paid.md', title: 'Paid post', date: '2026-01-03', access: 'paid', text: 'Open.\n\n<!--more-->\n\nSecret.' }]);
		sql(site, "UPDATE setting SET value = value; UPDATE post SET comment_access = 'open'");
	});
	after(() => site?.stop());

	test('without a proof the first POST shows a preview and stores nothing; the second, after three seconds, stores it', async () => {
		const headers = network(), before = count(), fields = { ...guest, text: 'Words with *emphasis* & <b>markup</b>.' };
		const preview = await send(fields, headers);
		assert.equal(preview.status, 200);
		assert.match(preview.headers['cache-control'], /no-store/);
		assert.equal(preview.headers['set-cookie'], undefined);
		assert.match(preview.text, /<em>emphasis<\/em> &amp; &lt;b&gt;markup/);
		assert.equal(count(), before);
		const shown = fieldsIn(preview.text, 'comment-new');
		assert.equal(shown.text, fields.text);
		assert.equal(shown.name, guest.name);
		// At once: too early. The form comes back with the same stamp, which becomes valid.
		const early = await send(shown, headers);
		assert.equal(early.status, 403);
		assert.match(problems(early.text)[0], /very fast/);
		assert.equal(fieldsIn(early.text, 'comment-new').text, fields.text);
		assert.equal(proofIn(early.text, 'comment-new'), shown.proof);
		assert.equal(count(), before);
		await sleep(3100);
		const stored = await send(shown, headers);
		assert.equal(stored.status, 303);
		assert.equal(count(), before + 1);
		assert.equal(last('state'), 'held'); // a guest's first comment
		// Its author sees it at an address with a secret, and nobody else does.
		assert.match(pathOf(stored), /^\/comment\/\d+\/mine\/[\w-]{43}$/);
		const own = await site.get(pathOf(stored));
		assert.equal(own.status, 200);
		assert.match(own.text, /awaiting moderation/);
		assert.match(own.text, /<em>emphasis<\/em>/);
		const id = last('id');
		for (const hidden of [`/comment/${id}/mine`, `/comment/${id}/mine/${'A'.repeat(43)}`, `/comment/${id}`])
			assert.equal((await site.get(hidden)).status, 404, hidden);
	});

	test('the form below a post has neither a proof nor a cookie, and the page stays in the cache', async () => {
		const page = await site.get('/blog/first');
		assert.equal(page.status, 200);
		assert.match(page.text, /<form class="form comment-new" method="post" action="\/comment\/on\/first"/);
		assert.ok(!page.text.includes('name="proof"'));
		assert.equal(page.headers['set-cookie'], undefined);
		assert.match(page.headers['cache-control'], /^public/);
	});

	test('a script gets a stamp; with it one click is enough', async () => {
		const headers = network(), answer = await site.get(`${where}/stamp`, { headers });
		assert.equal(answer.status, 200);
		assert.match(answer.headers['cache-control'], /no-store/);
		const [, seconds, proof] = /^(\d+) (\S+)\n$/.exec(answer.text);
		assert.equal(seconds, '3');
		await sleep(3100);
		assert.equal((await send({ ...guest, text: 'By script.', proof }, headers)).status, 303);
		assert.equal((await site.get('/comment/on/nothing/stamp')).status, 404);
		assert.equal((await site.get('/comment/on/paid/stamp')).status, 404);
	});

	test('a stamp that is wrong, expired, of the future, of another post, network or session is refused, and the text is shown again', async () => {
		const headers = network(), before = count(), fields = { ...guest, text: 'An afternoon of work.' };
		const good = stamp({ headers }), [time, id, signature] = good.split('.');
		for (const [what, proof, more] of [
			['empty parts', '..'], ['no stamp', 'no'], ['another signature', `${time}.${id}.${'0'.repeat(64)}`], ['another time', `${Number(time) - 1}.${id}.${signature}`],
			['another id', `${time}.${id}x.${signature}`], ['a part behind it', `${good}.x`], ['expired', stamp({ headers, ago: 24 * 3600 + 5 })],
			['of the future', stamp({ headers, ago: -60 })], ['of another post', stamp({ headers, path: '/comment/on/second' })],
			['of another network', stamp({ headers: network() })], ['of a session', stamp({ headers, token: tokenOf('Mia') })],
			['of another session', stamp({ headers, token: tokenOf('Mia') }), { cookie: cookies.Max }], ['of nobody, by a member', good, { cookie: cookies.Mia }],
			['from another site', good, { origin: 'https://evil.example' }], ['from another site', good, { 'sec-fetch-site': 'cross-site' }],
		]) {
			const answer = await send({ ...(more?.cookie ? {} : fields), text: fields.text, proof }, { ...headers, ...more });
			assert.equal(answer.status, 403, what);
			assert.equal(fieldsIn(answer.text, 'comment-new').text, fields.text, what);
		}
		// Without a proof, from another site: not even a preview.
		assert.equal((await send(fields, { ...headers, 'sec-fetch-site': 'cross-site' })).status, 403);
		assert.equal(count(), before);
		assert.equal((await send({ ...fields, proof: good }, headers)).status, 303);
	});

	test('a stamp makes one comment: sent again it leads to the same one, also by fifty at once; with another text it is refused', async () => {
		const headers = network(), fields = { ...guest, text: 'Once and once only.', proof: stamp({ headers }) };
		const answers = await Promise.all(Array.from({ length: 50 }, () => send(fields, headers)));
		assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303]);
		assert.equal(new Set(answers.map(pathOf)).size, 1);
		assert.equal(count("text = 'Once and once only.'"), 1);
		const other = await send({ ...fields, text: 'Something else.' }, headers);
		assert.equal(other.status, 403);
		assert.match(problems(other.text)[0], /already sent this form/);
		assert.equal(fieldsIn(other.text, 'comment-new').text, 'Something else.');
		assert.notEqual(proofIn(other.text, 'comment-new'), fields.proof);
		assert.equal(count("text = 'Something else.'"), 0);
	});

	test('too fast: 429 with Retry-After and the text; X-Forwarded-For from a reader changes nothing', async () => {
		const headers = network(), from = headers['x-forwarded-for'];
		assert.equal((await send({ ...guest, text: 'The first.', proof: stamp({ headers }) }, headers)).status, 303);
		for (const spoofed of [from, `192.0.2.77, ${from}`, `127.0.0.1, ${from}`]) {
			const answer = await send({ ...guest, text: 'The second.', proof: stamp({ headers }) }, { 'x-forwarded-for': spoofed, 'x-real-ip': '192.0.2.1', forwarded: 'for=192.0.2.2' });
			assert.equal(answer.status, 429, spoofed);
			const seconds = Number(answer.headers['retry-after']);
			assert.ok(seconds > 0 && seconds <= 15, `${seconds}`);
			assert.equal(fieldsIn(answer.text, 'comment-new').text, 'The second.');
		}
		assert.equal(count("text = 'The second.'"), 0);
		// A preview never says so.
		assert.equal((await send({ ...guest, text: 'The second.' }, headers)).status, 200);
		// No table contains the address.
		assert.ok(!sql(site, '.dump').includes(from.split('.').slice(0, 3).join('.')));
	});

	test('the same text again: 409', async () => {
		const headers = network(), fields = { ...guest, text: 'The same long sentence, written twice by one person.' };
		assert.equal((await send({ ...fields, proof: stamp({ headers }) }, headers)).status, 303);
		const again = await send({ ...fields, proof: stamp({ headers }) }, headers);
		assert.equal(again.status, 409);
		assert.equal(fieldsIn(again.text, 'comment-new').text, fields.text);
	});

	test('the hidden field: a program that fills it in gets its text back', async () => {
		const headers = network(), answer = await send({ ...guest, text: 'Buy it.', website: 'https://spam.example', proof: stamp({ headers }) }, headers);
		assert.equal(answer.status, 422);
		assert.equal(fieldsIn(answer.text, 'comment-new').website, '');
		assert.equal(count("text = 'Buy it.'"), 0);
	});

	test('the fields of a guest are checked', async () => {
		const headers = network();
		for (const [fields, words] of [[{ name: '' }, /Required/], [{ name: ' \u0301 ' }, /Required/], [{ link: 'javascript:alert(1)' }, /https:\/\/example/], [{ link: 'https://x' }, /https:\/\/example/],
			[{ link: 'https://good.example@evil.example' }, /https:\/\/example/], [{ email: 'nobody' }, /anna@example/], [{ notify: 'yes' }, /anna@example/], [{ text: '' }, /Required/], [{ text: '<!-- -->' }, null],
			[{ text: 'x'.repeat(10001) }, /10001|limit/], [{ reply: '99999' }, /can.t reply/], [{ reply: 'x' }, /can.t reply/]]) {
			const answer = await send({ ...guest, text: 'Good words.', ...fields }, headers);
			if (words === null)
				continue;
			assert.ok([413, 422].includes(answer.status), `${JSON.stringify(fields).slice(0, 60)} ${answer.status}`);
			assert.match(problems(answer.text).join(' '), words, JSON.stringify(fields).slice(0, 60));
		}
	});

	for (const name of ['Anna Li', 'anna li', 'ＡＮＮＡ　ＬＩ', 'Аnnа Li', 'A\u200Bnna\u200DLi', '\u202Eanna li', 'Ännà Lí', 'Owner', 'OWNER ✓'])
		test(`a guest cannot use the name of staff: ${JSON.stringify(name)}`, async () => {
			const headers = network(), answer = await send({ ...guest, name, text: 'I am she.', proof: stamp({ headers }) }, headers);
			assert.equal(answer.status, 422);
			assert.match(problems(answer.text)[0], /belongs to somebody/);
		});

	test('the name of a member is free, and the typed address of an account gives nothing', async () => {
		for (const fields of [{ name: 'Mia' }, { name: 'Nobody', email: 'owner@example.org' }, { name: 'Nobody', email: 'nobody@example.net' }]) {
			const headers = network(), answer = await send({ ...guest, ...fields, text: `By ${JSON.stringify(fields)}, a guest.`, proof: stamp({ headers }) }, headers);
			assert.equal(answer.status, 303);
			assert.equal(last('state'), 'held');
			assert.equal(last('user_id'), '');
		}
	});

	test('a guest who chose it gets a cookie below /comment only, and finds the comment with it', async () => {
		const headers = network(), answer = await send({ ...guest, text: 'Remember me.', remember: 'yes', proof: stamp({ headers }) }, headers);
		assert.equal(answer.status, 303);
		assert.match(answer.headers['set-cookie'][0], /^guest=[\w-]{43}\.\d+\.[0-9a-f]{64}; Path=\/comment; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
		assert.match(pathOf(answer), /^\/comment\/\d+\/mine$/);
		const cookie = cookieOf(answer);
		assert.equal((await site.get(pathOf(answer), { headers: { cookie } })).status, 200);
		assert.equal((await site.get(pathOf(answer))).status, 404);
		assert.equal((await site.get(pathOf(answer), { headers: { cookie: cookie.replace(/.$/, (c) => (c === '0' ? '1' : '0')) } })).status, 404);
		assert.match((await site.get(where, { headers: { cookie } })).text, /value="Gina Guest"/);
		assert.ok(!sql(site, '.dump').includes(cookie.split(/[=.]/)[1]));
	});

	test('a member writes under the name of the account, and it is shown at once', async () => {
		const headers = { ...network(), cookie: cookies.Mia };
		const form = await site.get(where, { headers });
		assert.ok(!form.text.includes('name="name"'));
		const answer = await send({ text: 'By a member.', name: 'Somebody else', proof: stamp({ headers, token: tokenOf('Mia') }) }, headers);
		assert.equal(answer.status, 303);
		assert.deepEqual([last('state'), last('name'), last('user_id')], ['shown', 'Mia', '2']);
		assert.match((await site.get(pathOf(answer), { headers })).text, /is published/);
		assert.equal((await site.get(pathOf(answer), { headers: { cookie: cookies.Max } })).status, 404);
	});

	test('an author edits and deletes the own comment for fifteen minutes; each edit is judged again, and earlier texts are kept', async () => {
		const headers = { ...network(), cookie: cookies.Max };
		const made = await send({ text: 'First version.', proof: stamp({ headers, token: tokenOf('Max') }) }, headers), own = pathOf(made), id = last('id');
		const edit = async (text, more = {}) => {
			const { version } = fieldsIn((await site.get(own, { headers })).text, 'comment-edit');
			return sendForm(site, own, { text, version, proof: stamp({ path: own, headers, token: tokenOf('Max') }), ...more }, headers);
		};
		assert.equal((await edit('Second version.')).status, 303);
		assert.equal(sql(site, `SELECT text, edited > 0, state FROM comment WHERE id = ${id}`), 'Second version.|1|shown');
		assert.equal(sql(site, `SELECT text FROM comment_revision WHERE comment_id = ${id}`), 'First version.');
		// An older version: nothing is overwritten.
		const conflict = await edit('Third.', { version: '1' });
		assert.equal(conflict.status, 409);
		assert.equal(fieldsIn(conflict.text, 'comment-edit').text, 'Third.');
		// Without a proof: the page, filled in.
		assert.equal((await sendForm(site, own, { text: 'Fourth.', version: '2' }, headers)).status, 200);
		// Many links: held for moderation.
		assert.equal((await edit(Array.from({ length: 9 }, (_, i) => `https://example.org/${i}`).join(' '))).status, 303);
		assert.equal(sql(site, `SELECT state FROM comment WHERE id = ${id}`), 'held');
		// After fifteen minutes: no form, and the text comes back.
		sql(site, `UPDATE comment SET created = created - 901 WHERE id = ${id}`);
		assert.ok(!(await site.get(own, { headers })).text.includes('comment-edit'));
		const late = await sendForm(site, own, { text: 'Too late.', version: '9', proof: stamp({ path: own, headers, token: tokenOf('Max') }) }, headers);
		assert.equal(late.status, 403);
		assert.ok(late.text.includes('Too late.'));
		sql(site, `UPDATE comment SET created = created + 901 WHERE id = ${id}`);
		const to = `${own}/delete`;
		assert.equal((await sendForm(site, to, { proof: stamp({ path: to, headers, ago: 0, token: tokenOf('Max') }) }, { ...headers, cookie: cookies.Mia })).status, 403);
		assert.equal((await sendForm(site, to, { proof: stamp({ path: to, headers, ago: 0, token: tokenOf('Max') }) }, headers)).status, 303);
		assert.equal(count(`id = ${id}`), 0);
	});

	test('nobody replies to a held comment, and a reply to a shown one is in its thread', async () => {
		const held = sql(site, "SELECT id FROM comment WHERE state = 'held' LIMIT 1"), shown = sql(site, "SELECT id FROM comment WHERE text = 'By a member.'");
		assert.equal((await site.get(`${where}?reply=${held}`)).status, 404);
		const page = await site.get(`${where}?reply=${shown}`);
		assert.match(page.text, /By a member\./);
		assert.equal(fieldsIn(page.text, 'comment-new').reply, shown);
		sql(site, "DELETE FROM rate_limit");
		const headers = { ...network(), cookie: cookies.Max };
		assert.equal((await send({ text: 'A reply.', reply: shown, proof: stamp({ headers, token: tokenOf('Max') }) }, headers)).status, 303);
		assert.equal(last('parent_id'), shown);
	});

	test('comments of a restricted post are for its readers only, and a closed post takes none but returns the text', async () => {
		for (const path of ['/comment/on/paid', '/comment/on/paid/stamp'])
			for (const cookie of ['', cookies.Mia])
				assert.equal((await site.get(path, { headers: cookie ? { cookie } : {} })).status, 404, path);
		sql(site, "UPDATE post SET comment_access = 'closed' WHERE slug = 'second'; UPDATE content_version SET counter = counter + 1");
		assert.match((await site.get('/comment/on/second')).text, /Comments are closed/);
		const headers = network(), answer = await send({ ...guest, text: 'Too late for this.', proof: stamp({ headers, path: '/comment/on/second' }) }, headers, '/comment/on/second');
		assert.equal(answer.status, 403);
		assert.ok(answer.text.includes('Too late for this.'));
	});

	test('in a flood guests wait longer, all their comments are held, and the form says so', async () => {
		for (const text of ['One guest.', 'Two guests.', 'Three guests.']) {
			const headers = network();
			assert.equal((await send({ ...guest, text, proof: stamp({ headers }) }, headers)).status, 303);
		}
		site.renown('setting', 'set', 'comments_flood', '1');
		const headers = network();
		assert.match((await site.get(where, { headers })).text, /Many comments are arriving/);
		assert.match((await site.get(`${where}/stamp`, { headers })).text, /^120 /);
		assert.equal((await send({ ...guest, text: 'Ten seconds old.', proof: stamp({ headers }) }, headers)).status, 403);
		assert.equal((await send({ ...guest, text: 'Two minutes old.', proof: stamp({ headers, ago: 121 }) }, headers)).status, 303);
		assert.equal(last('reason'), 'flood');
		// Members are not in it.
		assert.match((await site.get(`${where}/stamp`, { headers: { ...headers, cookie: cookies.Mia } })).text, /^3 /);
		site.renown('setting', 'set', 'comments_flood', '60');
	});

	test('the headings of the rules are above the form, also below a post; the preview of an approved author leaves them out', async () => {
		site.renown('setting', 'set', 'rules_page', 'first');
		sql(site, "UPDATE post_text SET open_contents = '2\tkind\tBe kind' || char(10) || '2\ttopic\tStay on topic', full_contents = '2\tkind\tBe kind' || char(10) || '2\ttopic\tStay on topic' WHERE post_id = (SELECT id FROM post WHERE slug = 'first'); UPDATE content_version SET counter = counter + 1");
		for (const path of [where, '/blog/first'])
			assert.match((await site.get(path, { headers: { cookie: cookies.Mia } })).text, /<a href="\/blog\/first#kind">Be kind<\/a>/, path);
		assert.match((await send({ ...guest, text: 'Preview.' }, network())).text, /Be kind/);
		assert.ok(!(await send({ text: 'Preview.' }, { ...network(), cookie: cookies.Mia })).text.includes('Be kind'));
		site.renown('setting', 'set', 'rules_page', '');
	});
});
