// Moderation: the queue, decisions and their undo, lists, rules, bans, flags, links from emails, private feeds, the public log.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, sql } from './content.mjs';
import { commentStamp } from './comments.mjs';
import { fieldsIn, formIn, problems, sendForm } from './forms.mjs';
import { build, programEnvironment, serveSite, until } from './lib.mjs';

// As core/token.h makes it: BLAKE2b-256.
const digest = (text) => execFileSync('b2sum', ['-l', '256'], { input: text, encoding: 'utf8' }).split(' ')[0];

describe('moderation', () => {
	let site, cookies;
	const posts = {};
	const count = (table, condition = '1') => Number(sql(site, `SELECT count(*) FROM ${table} WHERE ${condition}`));
	const set = (name, value) => site.renown('setting', 'set', name, value);
	const state = (id) => sql(site, `SELECT state FROM comment WHERE id = ${id}`);
	const quoted = (text) => `'${String(text).replaceAll("'", "''")}'`;
	const ask = (address, who = 'Mod') => site.get(address, who ? { headers: { cookie: cookies[who] } } : {});
	const send = (address, fields, who = 'Mod') => sendForm(site, address, fields, who ? { cookie: cookies[who] } : {});

	// A comment as the form stores it. The counts of its thread are those of a comment in this state.
	function addComment({ name = 'Gina', text = 'Hello', held = 'held', user = 'NULL', post = posts.first, network = 'net', person = '', reason = 'first', age = 60 } = {}) {
		const id = Number(sql(site, `INSERT INTO comment (post_id, user_id, name, person, network, state, listed, reason, text, xhtml, created, sample) VALUES
			(${post}, ${user}, ${quoted(name)}, ${quoted(person)}, ${quoted(network)}, '${held}', ${held === 'shown' ? 1 : 0}, '${reason}', ${quoted(text)},
			${quoted(`<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)}, unixepoch() - ${age}, 0) RETURNING id`));
		sql(site, `UPDATE comment SET root_id = id WHERE id = ${id};
			INSERT INTO thread (post_id, shown, waiting, version, changed) VALUES (${post}, ${held === 'shown' ? 1 : 0}, ${held === 'held' ? 1 : 0}, ${id} * 100, 1)
			ON CONFLICT (post_id) DO UPDATE SET shown = shown + excluded.shown, waiting = waiting + excluded.waiting, version = excluded.version`);
		return id;
	}
	// The fields of the form for one comment, as a page showed it.
	const itemOf = async (id, who = 'Mod') => fieldsIn((await ask(`/moderate/${id}`, who)).text, 'decide');
	const whereTo = (answer) => new URL(answer.headers.location).pathname + new URL(answer.headers.location).search;
	const clear = () => sql(site, 'DELETE FROM comment_flag; DELETE FROM moderation_decision; DELETE FROM moderation_ban; DELETE FROM moderation_rule; DELETE FROM comment; DELETE FROM thread');

	before(async () => {
		site = await serveSite({ formWorkers: 4 });
		cookies = addPeople(site, [['Owner', 'owner'], ['Mod', 'moderator'], ['Other', 'moderator'], ['Anna', 'author'], ['Mia', 'member'], ['Max', 'member'], ['Ben', 'member']]);
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' },
			{ name: 'paid.md', title: 'Paid secret title', date: '2026-01-03', access: 'paid', text: 'Open.\n\n<!--more-->\n\nSecret.' },
			{ name: 'draft.md', title: 'Hidden draft title', date: '2026-01-04' }]);
		sql(site, "UPDATE post SET state = 'draft' WHERE slug = 'draft'");
		for (const slug of ['first', 'paid', 'draft'])
			posts[slug] = Number(sql(site, `SELECT id FROM post WHERE slug = '${slug}'`));
	});
	after(() => site?.stop());

	test('only those who may moderate see the pages', async () => {
		const id = addComment();
		for (const address of ['/moderate', `/moderate/${id}`, '/moderate/comments', '/moderate/log', '/moderate/rules', '/moderate/bans', '/moderate/feeds']) {
			for (const who of ['Mod', 'Owner'])
				assert.equal((await ask(address, who)).status, 200, `${who} ${address}`);
			for (const who of ['Mia', 'Anna'])
				assert.equal((await ask(address, who)).status, 403, `${who} ${address}`);
			assert.equal((await ask(address, null)).status, 303, address);
		}
		assert.equal((await ask('/moderate/99999')).status, 404);
		clear();
	});

	test('the queue shows the oldest comment large, with the reason, and the others beside it; what is similar is one line', async () => {
		const second = addComment({ name: 'Bea', text: 'Second', age: 50 });
		addComment({ name: 'Cleo', text: 'Buy at https://spam.example now', age: 40 });
		addComment({ name: 'Dora', text: 'More at https://spam.example!', age: 30 });
		const first = addComment({ name: 'Adam', text: 'First & <b>oldest</b>', age: 90 });
		const page = await ask('/moderate');
		assert.equal(page.headers['cache-control'].includes('no-store'), true);
		assert.match(page.text, /First &amp; &lt;b&gt;oldest/);
		assert.match(page.text, /no approved comment yet/);
		assert.equal(page.text.match(/class="queue-line"/g).length, 3);
		assert.match(page.text, /×2/);
		// The decision about a group shows all of it.
		const group = await ask(/href="(\/moderate\?at=\d+)"(?=(?:(?!href).)*×2)/.exec(page.text)[1]);
		assert.match(group.text, /2 similar comments/);
		assert.match(group.text, /class="similar-list"[\s\S]*More at https:\/\/spam\.example/);
		assert.equal(fieldsIn(page.text, 'decide').items, `${first}-1`);
		const other = await ask(`/moderate?at=${second}`);
		assert.equal(fieldsIn(other.text, 'decide').items, `${second}-1`);
		// No digest of a network or a cookie, and no address, is in the page.
		assert.doesNotMatch(page.text, />net<|"net"|network=net/);
		clear();
		assert.match((await ask('/moderate')).text, /Nothing is waiting/);
	});

	test('approving shows the comment, rejecting and spam do not; the next page can undo it', async () => {
		const ids = ['approve', 'reject', 'spam'].map((text) => addComment({ text }));
		for (const [i, action] of ['approve', 'reject', 'spam'].entries()) {
			const fields = await itemOf(ids[i]);
			const answer = await send('/moderate', { ...fields, do: action, heading: action === 'reject' ? 'Be kind' : '', note: '' });
			assert.equal(answer.status, 303);
			assert.equal(state(ids[i]), { approve: 'shown', reject: 'rejected', spam: 'spam' }[action]);
			const next = await ask(whereTo(answer));
			assert.match(next.text, { approve: /1 comment approved/, reject: /1 comment rejected/, spam: /marked as spam/ }[action]);
			if (action === 'reject')
				assert.match(next.text, /Be kind/);
			// The form sent again is the same decision.
			assert.equal((await send('/moderate', { ...fields, do: action, heading: action === 'reject' ? 'Be kind' : '', note: '' })).headers.location, answer.headers.location);
			const undone = await send('/moderate/undo', fieldsIn(next.text, 'undo'));
			assert.equal(undone.status, 303);
			assert.equal(state(ids[i]), 'held');
			assert.match((await ask(whereTo(undone))).text, /Undone\./);
		}
		assert.equal(count('moderation_decision', 'undone > 0'), 3);
		assert.equal(sql(site, `SELECT waiting FROM thread WHERE post_id = ${posts.first}`), '3');
		assert.match((await ask('/blog/first')).text, /First post/);
		assert.doesNotMatch((await ask('/blog/first')).text, /<p>approve<\/p>/);
		clear();
	});

	test('of two moderators who decide about the same comment one wins; the other sees who decided what, and the rest is carried out', async () => {
		const ids = Array.from({ length: 4 }, (_, i) => addComment({ name: `G${i}`, text: `Text number ${i}` }));
		const mine = fieldsIn((await ask('/moderate')).text, 'bulk'), theirs = await itemOf(ids[1], 'Other');
		assert.equal((await send('/moderate', { ...theirs, do: 'reject', heading: '', note: '' }, 'Other')).status, 303);
		const picks = Object.fromEntries(ids.map((id, i) => [`pick${i}`, `${id}-1`]));
		const answer = await send('/moderate', { back: mine.back, proof: mine.proof, ...picks, do: 'approve' });
		assert.equal(answer.status, 303);
		assert.deepEqual(ids.map(state), ['shown', 'rejected', 'shown', 'shown']);
		const next = (await ask(whereTo(answer))).text;
		assert.match(next, /3 comments approved/);
		assert.match(next, /Already decided by Other at [^<]*: Comment rejected\./);
		clear();
	});

	test('one form decides about fifty comments', async () => {
		const ids = Array.from({ length: 51 }, (_, i) => addComment({ name: `G${i}`, text: `Text number ${i}` }));
		const form = fieldsIn((await ask('/moderate')).text, 'bulk');
		const all = ids.map((id) => `${id}-1`).join(' ');
		const tooMany = await send('/moderate', { back: form.back, proof: form.proof, pick0: all, do: 'reject' });
		assert.equal(tooMany.status, 422);
		assert.match(problems(tooMany.text)[0], /about 50 comments/);
		assert.equal(count('comment', "state = 'held'"), 51);
		const nothing = await send('/moderate', { back: form.back, proof: fieldsIn(tooMany.text, 'bulk').proof, do: 'reject' });
		assert.match(problems(nothing.text)[0], /at least one/);
		const answer = await send('/moderate', { back: form.back, proof: fieldsIn(nothing.text, 'bulk').proof, pick0: ids.slice(0, 50).map((id) => `${id}-1`).join(' '), do: 'reject' });
		assert.equal(answer.status, 303);
		assert.equal(count('comment', "state = 'held'"), 1);
		const next = (await ask(whereTo(answer))).text;
		await send('/moderate/undo', fieldsIn(next, 'undo'));
		assert.equal(count('comment', "state = 'held'"), 51);
		clear();
	});

	test('a decision cannot be undone after a day, or after the comment was changed', async () => {
		const id = addComment();
		await send('/moderate', { ...await itemOf(id), do: 'approve', heading: '', note: '' });
		const decision = sql(site, 'SELECT id FROM moderation_decision');
		const form = fieldsIn((await ask('/moderate/log')).text, 'undo');
		assert.equal(form.done, decision);
		sql(site, 'UPDATE moderation_decision SET created = created - 86400');
		assert.match((await ask(whereTo(await send('/moderate/undo', form)))).text, /couldn't be undone/);
		assert.equal(state(id), 'shown');
		assert.equal(formIn((await ask('/moderate/log')).text, 'undo'), '');
		clear();
	});

	test('a moderator who loses the role while deciding changes nothing', async () => {
		const id = addComment(), fields = await itemOf(id, 'Other');
		sql(site, "UPDATE site_user SET role = 'member' WHERE name = 'Other'");
		const answer = await send('/moderate', { ...fields, do: 'approve', heading: '', note: '' }, 'Other');
		assert.equal(answer.status, 403);
		assert.equal(state(id), 'held');
		sql(site, "UPDATE site_user SET role = 'moderator' WHERE name = 'Other'");
		clear();
	});

	test('an edit is a decision: with a note, a new version, and an undo', async () => {
		const id = addComment({ text: 'Rude words', held: 'shown' }), page = (await ask(`/moderate/${id}`)).text, edit = fieldsIn(page, 'edit');
		assert.equal(edit.text, 'Rude words');
		assert.equal((await send(`/moderate/${id}/edit`, { ...edit, text: 'Kind *words*', note: 'no insults' })).status, 303);
		assert.match((await ask('/blog/first')).text, /Kind <em>words<\/em>/);
		// Somebody who still has the old page does not overwrite it.
		const late = await send(`/moderate/${id}/edit`, { ...fieldsIn((await ask(`/moderate/${id}`, 'Other')).text, 'edit'), text: 'Others', version: '1', note: 'x' }, 'Other');
		assert.equal(late.status, 422);
		assert.match(problems(late.text)[0], /changed in the meantime/);
		assert.match((await ask(`/moderate/${id}`)).text, /no insults/);
		await send('/moderate/undo', fieldsIn((await ask('/moderate/log')).text, 'undo'));
		assert.equal(sql(site, `SELECT text FROM comment WHERE id = ${id}`), 'Rude words');
		clear();
	});

	test('lists by state, post, person, name and network, and a search', async () => {
		const mia = sql(site, "SELECT id FROM site_user WHERE name = 'Mia'");
		const a = addComment({ name: 'Same', text: 'Windmill one', network: 'digest of network 1' }), b = addComment({ name: 'Same', text: 'Harbour two', network: 'digest of network 2', held: 'rejected' });
		const c = addComment({ name: 'Mia', user: mia, text: 'Windmill three', held: 'shown' });
		for (const [query, wanted] of [['', [a, b, c]], ['?state=held', [a]], [`?post=${posts.first}`, [a, b, c]], [`?post=${posts.paid}`, []], [`?user=${mia}`, [c]], [`?name=${a}`, [a, b]],
			[`?network=${b}`, [b]], ['?q=WINDMILL', [a, c]], ['?q=nothing', []]]) {
			const { status, text } = await ask(`/moderate/comments${query}`);
			assert.equal(status, 200, query);
			assert.deepEqual([...text.matchAll(/class="queue-line" href="\/moderate\/(\d+)"/g)].map((one) => Number(one[1])).sort(), wanted.sort(), query);
			assert.doesNotMatch(text, /digest of network/);
		}
		for (let i = 0; i < 60; i++)
			addComment({ name: 'Many', text: `Many ${i}` });
		const first = (await ask('/moderate/comments?state=held')).text, older = /rel="next" href="([^"]+)"/.exec(first)[1].replaceAll('&amp;', '&');
		assert.equal(first.match(/class="queue-line"/g).length, 50);
		assert.equal((await ask(older)).text.match(/class="queue-line"/g).length, 11);
		clear();
	});

	test('of a restricted post a moderator sees the comment, but only what its access allows', async () => {
		const id = addComment({ post: posts.draft, text: 'About the draft' });
		for (const address of ['/moderate', `/moderate/${id}`, `/moderate/comments?post=${posts.draft}`]) {
			const { text } = await ask(address);
			assert.match(text, /About the draft/);
			assert.doesNotMatch(text, /Hidden draft title/, address);
		}
		assert.match((await ask(`/moderate/${id}`, 'Owner')).text, /Hidden draft title/);
		clear();
	});

	test('a rule is tested before it is saved, and is in the audit log', async () => {
		addComment({ text: 'A cheap LOAN', held: 'shown' });
		addComment({ text: 'Nothing' });
		const query = 'field=word&pattern=loan*&action=refuse&note=No+loans';
		const tested = (await ask(`/moderate/rules?${query}`)).text;
		assert.match(tested, /matches 1 of the newest 2 comments\. Shown: 1\./);
		assert.match(tested, /A cheap LOAN/);
		assert.equal(count('moderation_rule'), 0);
		const form = fieldsIn(tested, 'rule');
		assert.equal(form.pattern, 'loan*');
		assert.equal((await send('/moderate/rules', form)).status, 303);
		assert.equal(sql(site, 'SELECT field, pattern, action, note FROM moderation_rule'), 'word|loan*|refuse|No loans');
		assert.match((await ask('/admin/audit?what=comments', 'Owner')).text, /Moderation rule added/);
		const again = fieldsIn((await ask(`/moderate/rules?${query}`)).text, 'rule');
		assert.match(problems((await send('/moderate/rules', again)).text)[0], /already a rule/);
		assert.match((await ask('/moderate/rules?field=word&pattern=**&action=hold&note=x')).text, /at least one character/);
		const list = (await ask('/moderate/rules')).text;
		assert.equal((await send('/moderate/rules/remove', fieldsIn(list, 'remove'))).status, 303);
		assert.equal(count('moderation_rule'), 0);
		clear();
	});

	test('a ban holds for an account, a network or a name; the job rejects everything they wrote', async () => {
		const mia = sql(site, "SELECT id FROM site_user WHERE name = 'Mia'");
		const ids = Array.from({ length: 3 }, (_, i) => addComment({ name: 'Mia', user: mia, text: `Mine ${i}`, held: i === 0 ? 'held' : 'shown' }));
		const form = fieldsIn((await ask(`/moderate/${ids[0]}`)).text, 'ban');
		assert.equal((await send(`/moderate/${ids[0]}/ban`, { ...form, kind: 'account', days: '7', purge: 'yes', note: 'rude' })).status, 303);
		assert.equal(sql(site, 'SELECT kind, subject, expires - created FROM moderation_ban'), `account|${mia}|${7 * 86400}`);
		assert.match((await ask('/moderate/bans')).text, /rude/);
		assert.match((await ask('/admin/audit?what=comments', 'Owner')).text, /Banned from commenting/);
		// Two decisions: the comments are decided by the job.
		assert.equal(state(ids[0]), 'held');
		site.renown('work', '--once');
		assert.deepEqual(ids.map(state), ['rejected', 'rejected', 'rejected']);
		assert.equal((await send('/moderate/bans/end', fieldsIn((await ask('/moderate/bans')).text, 'remove'))).status, 303);
		assert.equal(count('moderation_ban'), 0);
		// Staff can't be banned: there is no form.
		const anna = addComment({ name: 'Anna', user: sql(site, "SELECT id FROM site_user WHERE name = 'Anna'") });
		assert.equal(formIn((await ask(`/moderate/${anna}`)).text, 'ban'), '');
		clear();
	});

	test('a trust level can be set by hand and is in the audit log', async () => {
		const mia = sql(site, "SELECT id FROM site_user WHERE name = 'Mia'"), id = addComment({ name: 'Mia', user: mia, held: 'shown' });
		const form = fieldsIn((await ask(`/moderate/${id}`)).text, 'trust');
		assert.equal(form.level, 'auto');
		assert.equal((await send(`/moderate/${id}/trust`, { ...form, level: 'regular' })).status, 303);
		assert.equal(sql(site, 'SELECT level FROM moderation_trust'), '2');
		assert.match((await ask('/admin/audit?what=comments', 'Owner')).text, /Trust level set/);
		assert.equal((await send(`/moderate/${id}/trust`, { ...fieldsIn((await ask(`/moderate/${id}`)).text, 'trust'), level: 'auto' })).status, 303);
		assert.equal(count('moderation_trust'), 0);
		clear();
	});

	test('members flag a comment; at the threshold it is hidden and in the queue', async () => {
		const id = addComment({ held: 'shown', text: 'Rude' });
		set('comments_flags', '2');
		assert.equal((await ask(`/comment/${id}/flag`, null)).status, 303);
		for (const [i, who] of ['Mia', 'Max'].entries()) {
			const form = fieldsIn((await ask(`/comment/${id}/flag`, who)).text, 'flag');
			assert.equal((await send(`/comment/${id}/flag`, { ...form, reason: 'rude', note: 'look' }, who)).status, 303);
			assert.equal(state(id), i === 0 ? 'shown' : 'hidden');
		}
		assert.doesNotMatch((await ask('/blog/first')).text, /<p>Rude<\/p>/);
		const queue = (await ask('/moderate')).text;
		assert.match(queue, /Insulting or hateful/);
		assert.match(queue, /Members flagged it/);
		assert.equal((await ask(`/comment/${id}/flag`, 'Ben')).status, 404);
		await send('/moderate', { ...await itemOf(id), do: 'approve', heading: '', note: '' });
		assert.equal(state(id), 'shown');
		assert.equal(count('comment_flag', "outcome = 'declined'"), 2);
		// Nobody learns of comments that they may not read, and nobody flags their own.
		const mine = addComment({ held: 'shown', user: sql(site, "SELECT id FROM site_user WHERE name = 'Ben'"), name: 'Ben' });
		assert.match((await ask(`/comment/${mine}/flag`, 'Ben')).text, /your own comment/);
		assert.equal((await ask(`/comment/${addComment({ post: posts.paid, held: 'shown' })}/flag`, 'Ben')).status, 404);
		assert.equal((await ask(`/comment/${addComment({})}/flag`, 'Ben')).status, 404);
		set('comments_flags', '5');
		clear();
	});

	test('members find a link to flag below each shown comment; guests do not', async () => {
		const id = addComment({ held: 'shown', text: 'Shown' });
		const link = `href="/comment/${id}/flag"`;
		for (const who of ['Mia', 'Mod'])
			assert.equal((await ask('/blog/first', who)).text.split(link).length, 2, who);
		assert.doesNotMatch((await ask('/blog/first', null)).text, /\/flag"/);
		assert.match((await ask('/blog/first', 'Mia')).text, />Flag</);
		clear();
	});

	test('the classifier learns from decisions, says why, and unlearns what was undone', async () => {
		const words = 'Splendid zorbly plimth quentle from our varnish warehouse';
		const work = () => site.renown('work', '--once');
		const write = async (text) => {
			// One comment for each try: the limits and the search for duplicates are tested elsewhere.
			sql(site, 'DELETE FROM rate_limit');
			const headers = { cookie: cookies.Max };
			const answer = await sendForm(site, '/comment/on/first', { reply: '', website: '', text, proof: commentStamp(site, { headers, token: 'Max'.padEnd(43, 'x') }) }, headers);
			assert.equal(answer.status, 303, text);
			return Number(sql(site, 'SELECT max(id) FROM comment'));
		};
		sql(site, "UPDATE post SET comment_access = 'open' WHERE slug = 'first'");
		// A member's first comment is not held for being the first.
		assert.equal(state(await write(`${words}, one.`)), 'shown');
		sql(site, `DELETE FROM comment`);
		const ids = Array.from({ length: 10 }, (_, i) => addComment({ name: `G${i}`, text: `${words}, number ${'abcdefghij'[i]}.`, person: `p${i}` }));
		const decisions = [];
		for (const id of ids) {
			const answer = await send('/moderate', { ...await itemOf(id), do: 'spam', heading: '', note: '' });
			decisions.push(whereTo(answer));
		}
		work();
		assert.equal(sql(site, 'SELECT spam, ham FROM spam_total'), '10|0');
		assert.equal(count('comment', "learned = 'spam'"), 10);
		const similar = await write(`${words} again.`);
		assert.ok(['held', 'spam'].includes(state(similar)), state(similar));
		assert.equal(sql(site, `SELECT reason FROM comment WHERE id = ${similar}`), 'classifier');
		const page = (await ask(`/moderate/${similar}`)).text;
		assert.match(page, /Looks like spam/);
		assert.match(page, /class="features"[\s\S]*zorbly/);
		assert.match(page, /\+\d\.\d/);
		assert.match((await ask(`/zh/moderate/${similar}`)).text, /垃圾评论分类器/);
		// What a comment looks like is said in the language of the page.
		const loud = addComment({ text: 'BUY NOW!!! CHEAP PILLS ONLY $99 CALL 5551234567 http://bit.ly/pills [url=http://pills.example]PILLS[/url]' });
		const forms = [...(await ask(`/zh/moderate/${loud}`)).text.matchAll(/形式：<\/span>\s*<bdi>([^<]*)<\/bdi>/g)].map(([, text]) => text);
		assert.ok(forms.length > 0 && forms.every((text) => /\p{Script=Han}/u.test(text)), forms.join(', '));
		// What has nothing in common is shown.
		assert.equal(state(await write('The walk by the river was lovely.')), 'shown');
		// Undone: the same text is no longer suspicious.
		for (const address of decisions)
			assert.equal((await send('/moderate/undo', fieldsIn((await ask(address)).text, 'undo'))).status, 303);
		work();
		assert.equal(sql(site, 'SELECT spam, ham, features FROM spam_total'), '0|0|0');
		assert.equal(count('spam_feature'), 0);
		assert.equal(count('moderation_lesson'), 0);
		assert.equal(state(await write(`${words}, at last.`)), 'shown');
		clear();
	});

	test('nothing is learned twice or forgotten when the worker is killed again and again', { timeout: 60000 }, async () => {
		const lessons = 600, learned = () => count('comment', "learned = 'spam'");
		for (let i = 0; i < 6; i++)
			addComment({ text: `Killed text ${i}` });
		sql(site, `INSERT INTO comment (post_id, name, state, text, xhtml, created, sample) WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${lessons - 6})
				SELECT ${posts.first}, 'G', 'held', 'Killed text number ' || i || ' with some more words', '<p>x</p>', unixepoch(), 0 FROM n;
			UPDATE comment SET root_id = id;
			INSERT INTO moderation_decision (action, comment_id, post_id, created, heading, note, version, old_state, old_reason, old_reason_note, old_flags, old_text, old_xhtml, undone)
				SELECT 'spam', id, post_id, unixepoch(), '', '', 1, 'held', '', '', 0, '', '', 0 FROM comment;
			INSERT INTO moderation_lesson SELECT id FROM comment`);
		let kills = 0;
		for (let last = 0; last < lessons / 2; last = learned()) {
			const worker = spawn(path.join(build, 'renown'), ['--site', site.folder, 'work'], { env: programEnvironment(site.folder), stdio: 'ignore' });
			const ended = new Promise((done) => worker.on('exit', done));
			await until('something is learned', () => learned() > last);
			worker.kill('SIGKILL');
			await ended;
			kills++;
			// After each kill, what was counted is what was noted.
			assert.equal(Number(sql(site, 'SELECT spam FROM spam_total')), learned());
			assert.equal(count('moderation_lesson'), lessons - learned());
		}
		assert.ok(kills >= 2, `${kills}`);
		await until('all is learned', () => (site.work(), count('moderation_lesson') === 0));
		assert.equal(sql(site, 'SELECT spam, ham FROM spam_total'), `${lessons}|0`);
		assert.equal(sql(site, "SELECT spam FROM spam_feature WHERE name = 'killed'"), `${lessons}`);
		assert.equal(count('spam_feature'), Number(sql(site, 'SELECT features FROM spam_total')));
		clear();
		sql(site, 'DELETE FROM spam_feature; UPDATE spam_total SET spam = 0, ham = 0, features = 0');
	});

	// A link as an email contains it.
	function addLink(comment, action = 'approve', user = 'Mod', seconds = 48 * 3600) {
		const token = `${action}L_nk`.padEnd(43, String(comment));
		sql(site, `INSERT INTO moderation_link (digest, comment_id, user_id, action, expires) SELECT '${digest(token)}', ${comment}, id, '${action}', unixepoch() + ${seconds} FROM site_user WHERE name = '${user}'`);
		return `/moderate/link/${token}`;
	}

	test('a link from an email shows a button; opening it changes nothing, and it works once', async () => {
		const id = addComment(), address = addLink(id), reject = addLink(id, 'reject');
		for (let i = 0; i < 3; i++)
			assert.equal((await ask(address, null)).status, 200);
		assert.equal((await site.get(address, { method: 'HEAD' })).status, 200);
		assert.equal(state(id), 'held');
		const page = await ask(address, null), form = fieldsIn(page.text, 'link');
		assert.match(page.headers['cache-control'], /no-store/);
		assert.equal((await send(address, form, null)).status, 303);
		assert.equal(state(id), 'shown');
		assert.equal(sql(site, 'SELECT name FROM moderation_decision AS d JOIN site_user AS u ON u.id = d.user_id'), 'Mod');
		assert.equal((await ask(address, null)).status, 404);
		assert.equal((await ask(reject, null)).status, 404);
		assert.equal((await send(address, form, null)).status, 404);
		assert.equal(count('moderation_decision'), 1);
		clear();
	});

	test('a link ends after 48 hours, with the role, and gives no right where two-factor authentication is required', async () => {
		const id = addComment();
		assert.equal((await ask(addLink(id, 'approve', 'Mod', 0), null)).status, 404);
		const address = addLink(id, 'reject', 'Other'), form = fieldsIn((await ask(address, null)).text, 'link');
		sql(site, "UPDATE site_user SET role = 'member' WHERE name = 'Other'");
		assert.equal((await ask(address, null)).status, 404);
		assert.equal((await send(address, form, null)).status, 404);
		sql(site, "UPDATE site_user SET role = 'moderator' WHERE name = 'Other'");
		set('second_factor', 'moderators');
		const asked = await ask(address, null);
		assert.equal(asked.status, 303);
		assert.match(asked.headers.location, /\/sign-in\?next=/);
		assert.notEqual((await send(address, form, null)).status, 303);
		assert.equal(state(id), 'held');
		set('second_factor', 'off');
		// Somebody else decided first.
		const late = fieldsIn((await ask(address, null)).text, 'link');
		await send('/moderate', { ...await itemOf(id), do: 'approve', heading: '', note: '' });
		assert.match((await send(address, late, null)).text, /already decided/);
		assert.equal(state(id), 'shown');
		clear();
	});

	test('a private feed has the queue; its address is shown once and revoked separately', async () => {
		addComment({ text: 'Waiting in the feed' });
		const created = await send('/moderate/feeds', { ...fieldsIn((await ask('/moderate/feeds')).text, 'feed'), name: 'Phone' });
		const address = /\/my\/[\w-]{43}\/moderation\.rss/.exec(created.text)[0];
		assert.doesNotMatch((await ask('/moderate/feeds')).text, /\/my\/[\w-]{43}/);
		const feed = await ask(address, null);
		assert.equal(feed.status, 200);
		assert.match(feed.headers['content-type'], /rss/);
		assert.match(feed.headers['cache-control'], /no-store/);
		assert.match(feed.text, /Waiting in the feed/);
		sql(site, "UPDATE site_user SET role = 'member' WHERE name = 'Mod'");
		assert.equal((await ask(address, null)).status, 404);
		sql(site, "UPDATE site_user SET role = 'moderator' WHERE name = 'Mod'");
		assert.equal((await ask(address, null)).status, 200);
		assert.equal((await send('/moderate/feeds/revoke', fieldsIn((await ask('/moderate/feeds')).text, 'revoke'))).status, 303);
		assert.equal((await ask(address, null)).status, 404);
		assert.equal((await ask(`/my/${'A'.repeat(43)}/moderation.rss`, null)).status, 404);
		clear();
	});

	test('the public log is off, without names, or full', async () => {
		const id = addComment({ name: 'Secret Author', text: 'Secret text' });
		await send('/moderate', { ...await itemOf(id), do: 'reject', heading: 'Be kind', note: 'A note' });
		assert.equal((await ask('/moderation', null)).status, 404);
		for (const value of ['anonymous', 'full']) {
			set('moderation_log', value);
			// nginx has a copy that is a second old.
			const { text } = await until('the log is shown', async () => {
				const answer = await ask('/moderation', null);
				return answer.status === 200 && /Mod<|A note/.test(answer.text) === (value === 'full') && answer;
			});
			assert.match(text, /Comment rejected/);
			assert.match(text, /Be kind/);
			assert.match(text, /First post/);
			assert.doesNotMatch(text, /Secret|Undo/);
		}
		set('moderation_log', 'off');
		clear();
	});
});
