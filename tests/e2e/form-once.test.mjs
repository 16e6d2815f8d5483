// A form that creates something is accepted once: sent twice, fifty times at once, again after its worker was killed after the
// commit, after "the site is busy", and after a correction. Every route row with .repeat = ONCE is tested.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { codeOf } from './codes.mjs';
import { addPeople, importPosts, signIn, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, formIn, problems, proofIn, sendForm } from './forms.mjs';
import { childProcesses, renown, root, serveSite, sleep, temporaryFolder, until } from './lib.mjs';
import { allRows } from './rows.mjs';

const quick = process.env.RENOWN_QUICK === '1';
const password = 'four quiet herons wade';

describe('a form is accepted once', () => {
	let site, mark, number = 0;
	const cookies = {};
	const ask = (where, who) => site.get(where, { headers: who ? { cookie: cookies[who] } : {} });
	const next = () => `n${++number}`;
	// What a browser sends of a form with these changes. files: [field, name, bytes].
	async function fill({ page, form, who = '', changes = {}, files, to }) {
		const { status, text } = await ask(page, who);
		assert.equal(status, 200, page);
		const fields = { ...fieldsIn(text, form), ...changes }, action = new URL(/action="([^"]*)"/.exec(formIn(text, form))[1].replaceAll('&amp;', '&'), site.url).pathname;
		delete fields.file;
		return { where: to ?? action, fields, files, who };
	}
	const send = ({ where, fields, files, who }) => (files ? sendFiles(site, where, Object.entries(fields), files, who ? { cookie: cookies[who] } : {})
		: sendForm(site, where, fields, who ? { cookie: cookies[who] } : {}));
	// The target of a redirect, or what a page shows only once: a link, recovery codes.
	const result = (answer) => answer.headers.location ?? [...answer.text.matchAll(/<pre tabindex="0">([^<]*)<|<code>([^<]*)<\/code>/g)].map((match) => match[1] ?? match[2]).join();
	// The number of rows of each table. Excluded: attempts, which are counted however a form ends, and the internal tables of FTS.
	let tables;
	function rows() {
		tables ??= sql(site, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%_%' AND name NOT IN ('throttle', 'content_version')").split('\n');
		return Object.fromEntries(sql(site, tables.map((table) => `SELECT '${table}', count(*) FROM "${table}"`).join(' UNION ALL ')).split('\n').map((line) => line.split('|')));
	}
	const more = (from, to) => Object.fromEntries(Object.keys(to).filter((table) => to[table] !== from[table]).map((table) => [table, to[table] - from[table]]));
	const file = (name) => [['file', `${name}.png`, png(20 + number, 20, 'green')]];
	const proofless = ({ fields }) => fields.proof.split('.').at(-2); // the one-time id
	let slug = 0;

	// For each row: how to fill in its form, and a table that gets a row from it.
	const forms = {
		'/sign-in/email': { table: 'email_verification', fill: () => fill({ page: '/sign-in', form: 'sign-in-mail', changes: { email: 'mia@example.org' } }) },
		'/sign-up': { table: 'email_verification', fill: () => fill({ page: '/sign-up', form: 'sign-up', changes: { name: 'New', email: `${next()}@example.net` } }) },
		'/invitation/:token': { table: 'site_user', fill: () => {
			const email = `${next()}@example.net`, link = site.renown('invite', '--email', email, '--role', 'author').stdout.trim().split('\n').at(-1);
			return fill({ page: new URL(link).pathname, form: 'sign-up', changes: { name: 'Invited', email } });
		} },
		'/account/second-factor/codes': { page: true, fill: () => fill({ page: '/account/second-factor', form: 'codes', who: 'Olga', changes: { self: password } }) },
		'/admin/users': { table: 'site_user', fill: () => fill({ page: '/admin/users', form: 'person', who: 'Owner', changes: { name: 'Added', email: `${next()}@example.net` } }) },
		'/admin/users/:id/link': { table: 'sign_in_link', page: true, fill: () => fill({ page: '/admin/users/2', form: 'link', who: 'Owner' }) },
		'/admin/invitations': { table: 'invitation', page: true, fill: () => fill({ page: '/admin/invitations', form: 'invite', who: 'Owner', changes: { email: `${next()}@example.net` } }) },
		'/admin/email': { table: 'outbox', fill: () => fill({ page: '/admin/email', form: 'mail-test', who: 'Owner' }) },
		'/admin/health': { table: 'health_check', fill: () => {
			sql(site, 'DELETE FROM health_check');
			return fill({ page: '/admin/health', form: 'integrity-check', who: 'Owner' });
		} },
		'/admin/backups': { table: 'backup_job', fill: () => {
			sql(site, "UPDATE backup_job SET finished = 1, problem = 'x' WHERE finished = 0");
			return fill({ page: '/admin/backups', form: 'backup', who: 'Owner' });
		} },
		'/moderate/rules': { table: 'moderation_rule', fill: () => fill({ page: `/moderate/rules?field=word&pattern=${next()}&action=hold&note=once`, form: 'rule', who: 'Owner' }) },
		'/moderate/feeds': { table: 'feed_address', page: true, fill: () => fill({ page: '/moderate/feeds', form: 'feed', who: 'Owner', changes: { name: next() } }) },
		'/write/media': { table: 'media', fill: () => fill({ page: '/write/media', form: 'upload', who: 'Anna', files: file(next()) }) },
		'/write/media/:id/replace': { table: 'media', fill: async () => {
			await send(await fill({ page: '/write/media', form: 'upload', who: 'Anna', files: file(next()) }));
			const id = sql(site, 'SELECT max(id) FROM media');
			return fill({ page: `/write/media/${id}`, form: 'replace', who: 'Anna', files: file(next()) });
		} },
		'/write/export': { table: 'export_job', fill: () => {
			sql(site, "DELETE FROM export_job");
			return fill({ page: '/write/export', form: 'export', who: 'Anna' });
		} },
		'/write/import': { table: 'import_job', fill: () => {
			sql(site, 'UPDATE import_job SET finished = 1 WHERE finished = 0');
			return fill({ page: '/write/import', form: 'import', who: 'Anna', files: [['file', `${next()}.md`, Buffer.from('# A text\n')]] });
		} },
		'/write/new': { table: 'post', fill: () => fill({ page: '/write/new', form: 'post', who: 'Anna', changes: { title: `Post ${next()}`, text: 'Words.', slug: `once-${++slug}`, do: 'publish' } }) },
		'/write/schedule': { table: 'schedule_rule', fill: () => fill({ page: '/write/schedule', form: 'rule', who: 'Edda', changes: { mo: 'yes', tu: '', we: '', th: '', fr: '', sa: '', su: '', time: `0${++number % 10}:${10 + number % 50}` } })
			.then((filled) => ({ ...filled, fields: Object.fromEntries(Object.entries(filled.fields).filter(([, value]) => value !== '')) })) },
		'/write/schedule/calendar': { table: 'schedule_link', page: true, fill: () => {
			sql(site, 'DELETE FROM schedule_link');
			return fill({ page: '/write/schedule', form: 'calendar', who: 'Anna' });
		} },
		'/write/:id/experiment': { table: 'experiment', fill: () => {
			const name = `trial-${next()}`;
			importPosts(site, [{ name: `${name}.md`, slug: name, title: `Own ${name}`, summary: 'A summary.', date: '2026-01-01', text: 'Words.' }]);
			sql(site, `UPDATE post SET author_id = 2 WHERE slug = '${name}'`);
			return fill({ page: `/write/${sql(site, `SELECT id FROM post WHERE slug = '${name}'`)}/experiment`, form: 'experiment', who: 'Anna', changes: { a_share: '50', b_share: '50', b_title: 'Another title' } });
		} },
	};

	before(async () => {
		const folder = temporaryFolder('die'), library = path.join(folder, 'die.so');
		execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-o', library, path.join(root, 'tests/e2e/die_before_reply.c'), '-ldl']);
		mark = path.join(folder, 'die');
		site = await serveSite({ formWorkers: 4, environment: { LD_PRELOAD: library, RENOWN_TEST_DIE: mark } });
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Edda', 'editor'], ['Mia', 'member'], ['Olga', 'member']]));
		site.renown('setting', 'set', 'registration', 'open');
		renown(site.folder, ['user', 'password', 'olga@example.org'], { input: `${password}\n` });
		cookies.Olga = signIn(site, 5, 'Olga'.padEnd(43, 'y'));
		await send(await fill({ page: '/account/second-factor', form: 'begin', who: 'Olga', changes: { password } }));
		const page = (await ask('/account/second-factor', 'Olga')).text, secret = /id="secret"[^>]*>([^<]*)</.exec(page)?.[1] ?? /[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}/.exec(page)[0];
		const confirmed = await send(await fill({ page: '/account/second-factor', form: 'confirm', who: 'Olga', changes: { code: codeOf(secret.replaceAll(' ', '')) } }));
		assert.equal(confirmed.status, 200, problems(confirmed.text).join());
		cookies.Olga = confirmed.headers['set-cookie'][0].split(';')[0];
	});
	after(() => site?.stop());

	test('every route row with ONCE is tested here', () => {
		const once = allRows().filter((row) => row.repeat === 'ONCE').map((row) => row.pattern);
		assert.deepEqual(once.toSorted(), Object.keys(forms).toSorted());
	});

	for (const [pattern, { table, page, fill: filled }] of Object.entries(forms))
		test(`${pattern}: sent twice, and again after a kill between commit and response`, async () => {
			sql(site, 'DELETE FROM throttle');
			const form = await filled(), begin = rows(), first = await send(form), once = rows();
			assert.equal(first.status, page ? 200 : 303, problems(first.text).join() || first.text);
			assert.ok(result(first), 'the response is a redirect or shows a result');
			if (table)
				assert.equal(more(begin, once)[table], 1, JSON.stringify(more(begin, once)));
			for (let i = 0; i < 2; i++) {
				const again = await send(form);
				assert.deepEqual([again.status, result(again)], [first.status, result(first)]);
				assert.deepEqual(more(once, rows()), {});
			}

			sql(site, 'DELETE FROM throttle');
			const other = await filled(), before = rows();
			fs.writeFileSync(mark, '');
			const lost = await send(other);
			assert.ok(lost.status >= 500 && !fs.existsSync(mark), `${lost.status}`);
			const kept = rows();
			assert.deepEqual(more(before, kept), more(begin, once), 'the change was committed');
			const repeated = await send(other);
			assert.equal(repeated.status, first.status, problems(repeated.text).join());
			assert.ok(result(repeated));
			assert.deepEqual(more(kept, rows()), {});
		});

	for (const [pattern, { table, page, fill: filled }] of Object.entries(forms))
		test(`${pattern}: fifty at once`, { skip: quick && 'takes a minute for all' }, async () => {
			sql(site, 'DELETE FROM throttle');
			const form = await filled(), begin = rows();
			const answers = await Promise.all(Array.from({ length: 50 }, () => send(form)));
			const made = answers.filter((answer) => answer.status === (page ? 200 : 303));
			// While no request has succeeded, a request that must wait for a password check or an email gets 429 or 503.
			assert.ok(made.length > 0 && answers.every((answer) => made.includes(answer) || [429, 503].includes(answer.status)), answers.map((answer) => answer.status).join());
			assert.equal(new Set(made.map(result)).size, 1, 'all responses are the same');
			if (table)
				assert.equal(more(begin, rows())[table], 1);
			assert.equal(more(begin, rows()).form_once, 1);
			const last = await send(form);
			assert.deepEqual([last.status, result(last)], [made[0].status, result(made[0])]);
		});

	test('a refused form is shown again with an id that works once', async () => {
		const form = await forms['/write/new'].fill(), begin = rows();
		const refused = await send({ ...form, fields: { ...form.fields, title: '' } });
		assert.equal(refused.status, 422);
		const shown = { ...form, fields: { ...fieldsIn(refused.text, 'post'), title: 'Put right', do: 'publish' } };
		assert.equal(proofless(shown), proofless(form));
		assert.deepEqual(more(begin, rows()), {});
		const answers = [await send(shown), await send(shown)];
		assert.deepEqual(answers.map((answer) => answer.status), [303, 303]);
		assert.equal(result(answers[0]), result(answers[1]));
		assert.equal(more(begin, rows()).post, 1);
	});

	test('preview and autosave do not use up the id', async () => {
		const form = await forms['/write/new'].fill();
		for (const action of ['keep', 'preview', 'keep', 'preview'])
			assert.equal((await send({ ...form, fields: { ...form.fields, do: action } })).status, 200, action);
		const preview = await send({ ...form, fields: { ...form.fields, do: 'preview' } });
		assert.equal(proofless({ fields: fieldsIn(preview.text, 'post') }), proofless(form));
		const begin = rows(), answers = [await send(form), await send(form)];
		assert.deepEqual(answers.map((answer) => answer.status), [303, 303]);
		assert.equal(more(begin, rows()).post, 1);
	});

	test('changed text in an accepted form is shown again, and becomes a second post when it is sent again', async () => {
		const form = await forms['/write/new'].fill(), first = await send(form), begin = rows();
		const changed = await send({ ...form, fields: { ...form.fields, text: 'Other words.', slug: '' } });
		assert.equal(changed.status, 409);
		assert.match(problems(changed.text)[0], /^You already sent this form, /);
		const shown = { ...form, fields: { ...fieldsIn(changed.text, 'post'), do: 'publish' } };
		assert.equal(shown.fields.text.trim(), 'Other words.');
		assert.notEqual(proofless(shown), proofless(form));
		assert.deepEqual(more(begin, rows()), {});
		const second = await send(shown);
		assert.equal(second.status, 303);
		assert.notEqual(result(second), result(first));
		assert.equal(more(begin, rows()).post, 1);
	});

	test('another file with the same name and length makes it a new form', async () => {
		const form = await fill({ page: '/write/import', form: 'import', who: 'Anna', files: [['file', 'a.md', Buffer.from('# One\n')]] });
		sql(site, 'UPDATE import_job SET finished = 1');
		assert.equal((await send(form)).status, 303);
		assert.equal((await send(form)).status, 303);
		assert.equal((await send({ ...form, files: [['file', 'a.md', Buffer.from('# Two\n')]] })).status, 409);
	});

	test('"the site is busy": the form that is shown again counts as the same form', async () => {
		const form = await forms['/write/new'].fill(), begin = rows();
		const writer = spawn('sqlite3', [path.join(site.folder, 'renown.db')], { stdio: ['pipe', 'ignore', 'ignore'] });
		writer.stdin.write('BEGIN IMMEDIATE;\n');
		await sleep(300);
		const busy = await send(form);
		writer.stdin.end('ROLLBACK;\n');
		await new Promise((done) => writer.on('exit', done));
		assert.equal(busy.status, 503);
		const shown = { ...form, fields: { ...fieldsIn(busy.text, 'post'), do: 'publish' } };
		assert.equal(proofless(shown), proofless(form));
		const answers = [await send(shown), await send(form), await send(shown)];
		assert.deepEqual(answers.map((answer) => answer.status), [303, 303, 303]);
		assert.equal(new Set(answers.map(result)).size, 1);
		assert.equal(more(begin, rows()).post, 1);
	});

	test('workers are killed at random, and each form is sent until it is accepted: one post each', async () => {
		const begin = rows(), wanted = quick ? 10 : 40;
		let running = true;
		const killer = (async () => {
			while (running) {
				for (const worker of childProcesses(site.programs.post.pid).slice(0, 2))
					try { process.kill(worker, 'SIGKILL'); } catch { /* gone already */ }
				await sleep(60 + Math.random() * 60);
			}
		})();
		const taken = [];
		let sent = 0;
		for (let i = 0; i < wanted; i++) {
			const form = await until('a form', () => forms['/write/new'].fill().catch(() => null), 30000);
			taken.push(await until('it is accepted', async () => {
				sent++;
				const answer = await send(form).catch(() => null);
				return answer?.status === 303 && result(answer);
			}, 30000));
		}
		running = false;
		await killer;
		assert.equal(new Set(taken).size, wanted);
		assert.equal(more(begin, rows()).post, wanted, `${sent} were sent`);
		for (const where of taken)
			assert.equal((await ask(new URL(where).pathname, 'Anna')).status, 200);
	});

	test('the same save sent twice creates one version; with other text, its revision decides', async () => {
		const made = new URL(result(await send(await forms['/write/new'].fill()))).pathname;
		const form = await fill({ page: made, form: 'post', who: 'Anna', changes: { text: 'A second version.', do: 'save' } });
		const begin = rows(), answers = [await send(form), await send(form)];
		assert.deepEqual(answers.map((answer) => answer.status), [303, 303]);
		assert.equal(more(begin, rows()).revision, 1);
		assert.equal((await send({ ...form, fields: { ...form.fields, text: 'A third one.' } })).status, 409);
		assert.equal(more(begin, rows()).revision, 1);
	});

	test('ending something twice ends it once, with the same response', async () => {
		await send(await forms['/write/schedule'].fill());
		const form = await fill({ page: '/write/schedule', form: 'remove', who: 'Edda' });
		const answers = [await send(form), await send(form)];
		assert.deepEqual(answers.map((answer) => answer.status), [303, 303]);
	});

	test('a script that sends several files gives each its own suffix', async () => {
		const form = await fill({ page: '/write/media', form: 'upload', who: 'Anna' }), begin = rows();
		const part = (i) => ({ ...form, fields: { ...form.fields, proof: `${form.fields.proof}.part-${i}` }, files: file(next()) });
		const parts = [part(1), part(2), part(3)];
		for (const one of [...parts, ...parts])
			assert.equal((await send(one)).status, 303);
		assert.deepEqual([more(begin, rows()).media, more(begin, rows()).form_once], [3, 3]);
		for (const bad of ['', '.', '.x.y', `.${'x'.repeat(44)}`, '.a b', '.ä'])
			assert.equal((await send({ ...form, fields: { ...form.fields, proof: `${form.fields.proof}${bad === '' ? '.' : bad}` }, files: file(next()) })).status, 403, bad);
		assert.deepEqual(more(begin, rows()).media, 3);
	});

	test('an id is valid for one session and one address; another proof is refused', async () => {
		const form = await forms['/write/new'].fill();
		assert.equal((await send({ ...form, who: 'Edda' })).status, 403);
		assert.equal((await send({ ...form, where: '/write/import', files: [['file', 'a.md', Buffer.from('x')]], fields: { proof: form.fields.proof, mode: 'drafts' } })).status, 403);
		const [id, digest] = form.fields.proof.split('.');
		assert.equal((await send({ ...form, fields: { ...form.fields, proof: `${id.replace(/^./, (c) => (c === 'a' ? 'b' : 'a'))}.${digest}` } })).status, 403);
	});

	test('the database holds neither ids nor responses, and its rows are deleted after they expire', async () => {
		const form = await forms['/admin/users/:id/link'].fill(), answer = await send(form);
		const dump = execFileSync('sqlite3', [path.join(site.folder, 'renown.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 });
		for (const secret of [proofless(form), new URL(result(answer)).pathname.split('/').pop()])
			assert.ok(secret.length === 43 && !dump.includes(secret));
		sql(site, 'UPDATE form_once SET expires = 1');
		while (sql(site, 'SELECT count(*) FROM form_once') !== '0')
			site.work();
	});

	test('GET requests for pages with forms write nothing', async () => {
		const begin = rows();
		for (const [page, who] of [['/write/new', 'Anna'], ['/admin/users', 'Owner'], ['/sign-up', ''], ['/sign-in', '']])
			assert.notEqual(proofIn((await ask(page, who)).text), proofIn((await ask(page, who)).text), 'each page has a different id');
		assert.deepEqual(more(begin, rows()), {});
	});
});
