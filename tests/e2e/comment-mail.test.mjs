// Emails about replies: confirmed by the owner of the address, sent once when a reply is shown, ended by one click. And votes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';
import { mailsOf } from './post.mjs';
import { cookieOf } from './forms.mjs';
import { commentStamp } from './comments.mjs';

describe('emails about replies', () => {
	let site, number = 0;
	const cookies = {}, where = '/comment/on/first';
	const network = () => ({ 'x-forwarded-for': `10.9.${++number}.7` });
	const pathOf = (answer) => new URL(answer.headers.location).pathname;
	const newest = (column = 'id') => sql(site, `SELECT ${column} FROM comment ORDER BY id DESC LIMIT 1`);
	const guest = { name: 'Gina Guest', link: '', email: '', reply: '', website: '' };
	async function write(fields, headers = network(), status = 303) {
		const answer = await sendForm(site, where, { ...guest, ...fields, proof: commentStamp(site, { headers }) }, headers);
		assert.equal(answer.status, status);
		return answer;
	}
	async function reply(who, to, text) {
		sql(site, 'DELETE FROM rate_limit WHERE last < unixepoch() + 100');
		const headers = { ...network(), cookie: cookies[who] };
		const answer = await sendForm(site, where, { text, reply: to, website: '', proof: commentStamp(site, { headers, token: who.padEnd(43, 'x') }) }, headers);
		assert.equal(answer.status, 303);
		return newest();
	}
	const mails = (to) => {
		site.work();
		return mailsOf(site, to);
	};
	const linkOf = (mail, kind) => new RegExp(`/comment/${kind}/[^\\s]+`).exec(mail.text)[0];
	const show = (id) => sql(site, `UPDATE comment SET state = 'shown', listed = 1, subscriber_id = subscriber_id WHERE id = ${id}`);

	before(async () => {
		site = await serveSite({ values: ['PROXIES=127.0.0.1'] });
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Mia', 'member'], ['Max', 'member']]));
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' }]);
	});
	after(() => site?.stop());

	let first, confirm, cookie;
	test('a guest\'s address is asked once a day, with nothing in the email that the guest typed', async () => {
		const answer = await write({ text: 'Ask me.', name: 'Buy-my-pills', link: 'https://pills.example', email: 'Gina@Example.net', notify: 'yes', remember: 'yes' });
		cookie = cookieOf(answer);
		first = newest();
		const [mail] = mails('gina@example.net');
		assert.doesNotMatch(mail.text + JSON.stringify(mail.headers), /pills|Ask me/);
		confirm = linkOf(mail, 'confirm');
		assert.match(confirm, /^\/comment\/confirm\/\d+\/[\w-]{43}$/);
		await write({ text: 'Ask again.', email: 'gina@example.net', notify: 'yes' });
		assert.equal(mails('gina@example.net').length, 1);
		// The address of an account gets the same.
		await write({ text: 'As if I were the member.', email: 'max@example.org', notify: 'yes' });
		assert.equal(mails('max@example.org').length, 1);
	});

	test('before it is confirmed nothing is sent; opening the link changes nothing, its button confirms', async () => {
		show(first);
		await reply('Mia', first, 'Before the confirmation.');
		assert.equal(mails('gina@example.net').length, 1);
		for (const method of ['GET', 'HEAD', 'GET'])
			assert.equal((await site.get(confirm, { method })).status, 200);
		assert.equal(sql(site, "SELECT sum(confirmed > 0) FROM comment_subscriber WHERE email LIKE 'gina%'"), '0');
		const page = await site.get(confirm), done = await sendForm(site, confirm, fieldsIn(page.text, 'reply-confirm'));
		assert.equal(done.status, 303);
		assert.match((await site.get(confirm)).text, /is confirmed/);
		assert.equal((await site.get(confirm.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')))).status, 404);
		assert.equal((await site.get(confirm.replace(/confirm\/\d+/, 'confirm/999'))).status, 404);
	});

	let unsubscribe;
	test('a reply that is shown is sent once, with the headers of RFC 8058', async () => {
		const id = await reply('Max', first, 'The words of the reply.');
		const mail = mails('gina@example.net').at(-1);
		assert.equal(mails('gina@example.net').length, 2);
		assert.match(mail.text, /The words of the reply\./);
		assert.ok(mail.text.includes(`${site.url}/comment/${id}`));
		assert.match(mail.headers['list-unsubscribe'], /^<http:\/\/[^>]+\/comment\/unsubscribe\/g\d+\/[\w-]{43}>$/);
		assert.equal(mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
		unsubscribe = new URL(mail.headers['list-unsubscribe'].slice(1, -1)).pathname;
		// Hidden and shown again: nothing more.
		sql(site, `UPDATE reply_notice SET created = created WHERE comment_id = ${id}`);
		site.work();
		assert.equal(mails('gina@example.net').length, 2);
	});

	test('a reply that was removed before the email, and one by the same guest, are not sent', async () => {
		const id = await reply('Max', first, 'Removed at once.');
		sql(site, `UPDATE comment SET state = 'rejected', listed = 0 WHERE id = ${id}`);
		sql(site, "UPDATE comment SET state = 'shown', listed = 1 WHERE person <> ''");
		sql(site, 'DELETE FROM rate_limit');
		await write({ text: 'My own reply.', reply: first }, { ...network(), cookie });
		assert.equal(newest('state'), 'shown');
		assert.equal(mails('gina@example.net').length, 2);
	});

	test('an email about a restricted post has a link and no text, and only readers with access get one', async () => {
		const id = await reply('Max', first, 'A secret reply.');
		sql(site, "UPDATE post SET access = 'paid'; UPDATE content_version SET counter = counter + 1");
		assert.equal(mails('gina@example.net').length, 2);
		sql(site, `UPDATE reply_notice SET due = 1 WHERE comment_id = ${id}; UPDATE comment SET user_id = 2, subscriber_id = NULL WHERE id = ${first};
			INSERT INTO reply_preference (user_id, mode, changed) VALUES (2, 'now', 1);
			INSERT INTO grant_right (user_id, scope, starts, source, created) VALUES (2, 'everything', 1, 'gift', 1)`);
		const [mail] = mails('mia@example.org');
		assert.ok(mail.text.includes(`/comment/${id}`));
		assert.ok(!mail.text.includes('secret reply'));
		sql(site, `UPDATE post SET access = 'public'; UPDATE comment SET user_id = NULL, subscriber_id = (SELECT min(id) FROM comment_subscriber WHERE confirmed > 0) WHERE id = ${first}; UPDATE content_version SET counter = counter + 1`);
	});

	test('replies of one day are one email for who wants that', async () => {
		sql(site, `UPDATE comment SET user_id = 2 WHERE id = ${first}; UPDATE reply_preference SET mode = 'daily'`);
		for (const text of ['One of the day.', 'Two of the day.'])
			await reply('Max', first, text);
		assert.equal(mails('mia@example.org').length, 1);
		sql(site, 'UPDATE reply_notice SET due = due - 86400 WHERE due > 0');
		const all = mails('mia@example.org');
		assert.equal(all.length, 2);
		assert.match(all.at(-1).text, /One of the day\.[\s\S]*Two of the day\./);
		sql(site, `UPDATE comment SET user_id = NULL WHERE id = ${first}`);
	});

	test('unsubscribing: a GET changes nothing; one click of a mail program, without a cookie, ends it; again is fine', async () => {
		for (const method of ['GET', 'HEAD'])
			assert.equal((await site.get(unsubscribe, { method })).status, 200);
		assert.equal(sql(site, "SELECT count(*) > 0 FROM comment_subscriber WHERE email = 'gina@example.net'"), '1');
		assert.equal((await sendForm(site, unsubscribe.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), { 'List-Unsubscribe': 'One-Click' })).status, 404);
		for (let i = 0; i < 2; i++) {
			const done = await sendForm(site, unsubscribe, { 'List-Unsubscribe': 'One-Click' }, { 'sec-fetch-site': 'cross-site' });
			assert.equal(done.status, 200);
			assert.match(done.text, /unsubscribed/);
		}
		assert.equal(sql(site, "SELECT count(*) FROM comment_subscriber WHERE email = 'gina@example.net'"), '0');
		await reply('Max', first, 'Nobody is told.');
		assert.equal(mails('gina@example.net').length, 2);
	});

	test('no log contains a secret of an email or an address', async () => {
		const { readdirSync } = await import('node:fs');
		const logs = readdirSync(`${site.folder}/log`).map((name) => site.log(name)).join('\n');
		assert.ok(!logs.includes(unsubscribe.split('/').at(-1)) && !logs.includes(confirm.split('/').at(-1)) && !/gina@/i.test(logs));
	});
});

describe('votes', () => {
	let site, comment;
	const cookies = {};
	const vote = async (to, value, who, headers = { 'x-forwarded-for': '10.7.1.1' }) => {
		const all = { ...headers, ...(who ? { cookie: cookies[who] } : {}) };
		return sendForm(site, to, { do: value, proof: commentStamp(site, { path: to, headers, ago: 0, token: who ? who.padEnd(43, 'x') : undefined }) }, all);
	};
	const counts = () => sql(site, `SELECT helpful, not_helpful, rank > 0 FROM comment WHERE id = ${comment}`);

	before(async () => {
		site = await serveSite({ values: ['PROXIES=127.0.0.1'] });
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Mia', 'member'], ['Max', 'member']]));
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' }]);
		const headers = { 'x-forwarded-for': '10.8.1.1', cookie: cookies.Mia };
		assert.equal((await sendForm(site, '/comment/on/first', { text: 'Vote on me.', reply: '', website: '', proof: commentStamp(site, { headers, token: 'Mia'.padEnd(43, 'x') }) }, headers)).status, 303);
		comment = sql(site, 'SELECT max(id) FROM comment');
	});
	after(() => site?.stop());

	test('a member has one vote and can change or remove it; nobody votes for themselves', async () => {
		const to = `/comment/${comment}/vote`, before = sql(site, 'SELECT counter, comments FROM content_version');
		for (const [value, expected] of [['helpful', '4|0|1'], ['helpful', '4|0|1'], ['not', '0|4|0'], ['none', '0|0|0'], ['helpful', '4|0|1']]) {
			assert.equal((await vote(to, value, 'Max')).status, 303);
			assert.equal(counts(), expected, value);
		}
		assert.equal((await vote(to, 'helpful', 'Mia')).status, 403);
		assert.match((await site.get(to, { headers: { cookie: cookies.Mia } })).text, /what you wrote/);
		assert.equal((await vote(to, 'helpful')).status, 403);
		assert.equal(counts(), '4|0|1');
		// Other pages stay as they are.
		const [counter, comments] = sql(site, 'SELECT counter, comments FROM content_version').split('|');
		assert.equal(counter, before.split('|')[0]);
		assert.ok(Number(comments) > Number(before.split('|')[1]));
	});

	test('without a proof the vote is only asked about, and with one for another address it is refused', async () => {
		const to = `/comment/${comment}/vote`, asked = await sendForm(site, to, { do: 'not' }, { cookie: cookies.Max });
		assert.equal(asked.status, 200);
		assert.match(asked.text, /name="proof"/);
		assert.equal(counts(), '4|0|1');
		const headers = { 'x-forwarded-for': '10.7.1.1', cookie: cookies.Max };
		assert.equal((await sendForm(site, to, { do: 'not', proof: commentStamp(site, { path: '/comment/on/first/vote', headers, ago: 0, token: 'Max'.padEnd(43, 'x') }) }, headers)).status, 403);
		assert.match((await site.get(`${to}/stamp`, { headers })).text, /^0 /);
		assert.equal(counts(), '4|0|1');
	});

	test('guests vote if the setting says so: once per network, with a low weight', async () => {
		site.renown('setting', 'set', 'votes_from', 'everybody');
		const to = `/comment/${comment}/vote`;
		for (let i = 0; i < 3; i++)
			assert.equal((await vote(to, 'helpful', null, { 'x-forwarded-for': `10.6.1.${i + 1}` })).status, 303);
		assert.equal(counts(), '5|0|1');
		assert.equal((await vote(to, 'not', null, { 'x-forwarded-for': '10.6.2.1' })).status, 303);
		assert.equal(counts(), '5|1|1');
		assert.equal(sql(site, `SELECT sum(weight * (value > 0)), sum(weight * (value < 0)) FROM vote WHERE comment_id = ${comment}`), '5|1');
		// On a post.
		assert.equal((await vote('/comment/on/first/vote', 'helpful', 'Max')).status, 303);
		assert.equal((await vote('/comment/on/first/vote', 'helpful', 'Owner')).status, Number(sql(site, 'SELECT author_id FROM post')) === 1 ? 403 : 303);
		assert.equal(sql(site, 'SELECT helpful >= 4 FROM thread'), '1');
		assert.equal((await vote('/comment/999/vote', 'helpful', 'Max')).status, 404);
	});

	test('fifty votes of one member at once are one', async () => {
		const to = `/comment/${comment}/vote`;
		sql(site, `DELETE FROM vote; UPDATE comment SET helpful = 0, not_helpful = 0, rank = 0`);
		const answers = await Promise.all(Array.from({ length: 50 }, () => vote(to, 'helpful', 'Max')));
		assert.ok(answers.every(({ status }) => status === 303));
		assert.equal(counts(), '4|0|1');
	});
});
