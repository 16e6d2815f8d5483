// Sending email: to a folder, a program or a server, with the failures of each. No email is sent twice, whichever process is killed.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { sql } from './content.mjs';
import { build, makeSite, programEnvironment, renown, sleep, temporaryFolder, until } from './lib.mjs';
import { mailServer, mailsOf, queueMail, readMail } from './post.mjs';

describe('outbox', () => {
	let site;
	const configure = (lines) => fs.appendFileSync(path.join(site.folder, 'renown.conf'), `${lines.join('\n')}\n`);
	const dropMail = () => {
		const file = path.join(site.folder, 'renown.conf');
		fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll(/^mail.*\n/gm, ''));
	};
	const work = (how = {}) => renown(site.folder, ['work', '--once'], how);
	const row = (columns = 'state, tries, problem') => sql(site, `SELECT ${columns} FROM outbox ORDER BY id DESC LIMIT 1`);
	const program = (text) => {
		const file = path.join(site.folder, 'sendmail');
		fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
		dropMail();
		configure([`mail = sendmail:${file}`, 'mail_from = post@example.org']);
	};
	const server = async (how) => {
		const made = await mailServer(how);
		dropMail();
		configure([`mail = smtp://127.0.0.1:${made.port}`, 'mail_starttls = no', 'mail_from = post@example.org']);
		return made;
	};
	// A background worker that can be killed.
	const worker = () => spawn(path.join(build, 'renown'), ['--site', site.folder, 'work', '--once'], { env: programEnvironment(site.folder), stdio: 'ignore' });
	const ended = async (child) => {
		if (child.exitCode === null && child.signalCode === null)
			await once(child, 'exit');
		return child.signalCode ?? child.exitCode;
	};

	beforeEach(async () => {
		site = await makeSite();
		renown(site.folder, ['setting', 'set', 'title', '墨香', '--lang', 'zh']);
		renown(site.folder, ['setting', 'set', 'title', 'Mo "the ink" Li']);
	});

	test('a folder gets each email once, as a file that mail programs can open', () => {
		queueMail(site, { subject: '登录"墨香"的链接和验证码，十五分钟内有效：请尽快使用它来登录本站，谢谢您的来访', text: '你好。\n\n.\nFrom here\n', lang: 'zh' });
		work();
		const [mail] = mailsOf(site);
		assert.deepEqual(mail.names, ['date', 'from', 'to', 'message-id', 'subject', 'auto-submitted', 'content-language', 'mime-version', 'content-type', 'content-transfer-encoding']);
		assert.equal(mail.headers.subject, '登录"墨香"的链接和验证码，十五分钟内有效：请尽快使用它来登录本站，谢谢您的来访');
		assert.equal(mail.headers.from, '墨香 <noreply@127.0.0.1>');
		assert.equal(mail.headers.to, '<anna@example.org>');
		assert.equal(`<${mail.name.replace('.eml', '')}>`, mail.headers['message-id']);
		assert.match(mail.headers.date, /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
		assert.equal(mail.text, '你好。\r\n\r\n.\r\nFrom here\r\n');
		assert.ok(mail.raw.split('\r\n\r\n')[0].split('\r\n').every((line) => line.length <= 78 && /^[\x20-\x7e]*$/.test(line)));
		assert.equal(row('state, tries, body'), 'sent|1|');
		assert.equal(fs.statSync(path.join(site.folder, 'mail', mail.name)).mode & 0o777, 0o600);
		queueMail(site);
		work();
		assert.equal(mailsOf(site).at(-1).headers.from, '"Mo \\"the ink\\" Li" <noreply@127.0.0.1>');
		work();
		assert.equal(mailsOf(site).length, 2);
	});

	test('a folder that is not writable is tried again later, and the other emails are sent', () => {
		configure(['mail = folder:/proc/none']);
		queueMail(site);
		work();
		assert.match(row(), /^queued\|1\|\/proc\/none cannot be written: /);
		assert.ok(Number(row('next_try - unixepoch()')) > 50);
		work();
		assert.equal(row('tries'), '1');
	});

	test('a program gets the whole email, the sender and one recipient; no shell is involved', () => {
		program('printf "%s\\n" "$@" >"${0%/*}/words"; cat >"${0%/*}/got"');
		queueMail(site, { to: "o'neil+$(id)`x`@example.org".replace(/[()]/g, ''), text: '十五分钟\n'.repeat(3000) });
		work();
		assert.equal(row('state'), 'sent');
		assert.equal(fs.readFileSync(path.join(site.folder, 'words'), 'utf8'), "-i\n-f\npost@example.org\n--\no'neil+$id`x`@example.org\n");
		const mail = readMail(fs.readFileSync(path.join(site.folder, 'got')));
		assert.equal(mail.text, '十五分钟\r\n'.repeat(3000));
		assert.match(mail.raw, /^[\x20-\x7e\r\n]*$/);
		assert.ok(mail.raw.split('\r\n').every((line) => line.length <= 78));
	});

	test('a program that fails is tried again; one that refuses is not', () => {
		program('exit 75');
		queueMail(site);
		work();
		assert.match(row(), /^queued\|1\|.*ended with status 75\.$/);
		program('exit 67');
		queueMail(site);
		work();
		assert.match(row(), /^failed\|1\|.*ended with status 67\.$/);
		program('kill -9 $$');
		queueMail(site);
		work();
		assert.match(row(), /^failed\|1\|.*may have been sent/);
		dropMail();
		configure(['mail = sendmail:/nowhere/sendmail']);
		queueMail(site);
		work();
		assert.match(row(), /^queued\|1\|.*cannot be started/);
	});

	test('if work is killed while a program has the email, the program finishes, and no email is sent twice', async () => {
		program('sleep 1; cat >>"${0%/*}/got"; touch "${0%/*}/done"');
		queueMail(site, { text: 'once\n' });
		const child = worker();
		await until('the program has the email', () => row('maybe_sent') === '1');
		await sleep(300);
		child.kill('SIGKILL');
		await ended(child);
		assert.equal(row('state'), 'sending');
		work();
		assert.match(row(), /^failed\|1\|.*may have arrived/);
		await until('the program is done', () => fs.existsSync(path.join(site.folder, 'done')));
		work();
		assert.equal(fs.readFileSync(path.join(site.folder, 'got'), 'utf8').split('once').length - 1, 1);
	});

	test('a server gets the email with one recipient, and no input becomes a second message', async () => {
		const post = await server();
		queueMail(site, { subject: 'Für Anna', text: '.\r\n.\nQUIT\nRCPT TO:<bert@example.org>\n' });
		const child = worker();
		assert.equal(await ended(child), 0);
		await post.stop();
		assert.equal(row('state'), 'sent');
		assert.equal(post.mails.length, 1);
		assert.deepEqual(post.mails[0].to, ['anna@example.org']);
		assert.equal(post.mails[0].from, 'post@example.org');
		assert.equal(post.mails[0].headers.subject, 'Für Anna');
		assert.match(post.commands[0], /^EHLO example\.org$/);
	});

	const wait = async () => assert.equal(await ended(worker()), 0);

	test('a busy server gets the email later, with the same Message-ID', async () => {
		const seen = [];
		const post = await server({ answers: { MAIL: ['451 later', undefined, undefined] }, complete: (mail) => {
			seen.push(mail.headers['message-id']);
			return seen.length === 1 ? '452 full' : '250 taken';
		} });
		queueMail(site);
		await wait();
		assert.match(row(), /^queued\|1\|smtp:.*451/);
		sql(site, 'UPDATE outbox SET next_try = 0');
		await wait();
		assert.match(row(), /^queued\|2\|smtp:.*/);
		sql(site, 'UPDATE outbox SET next_try = 0');
		await wait();
		await post.stop();
		assert.equal(row('state, tries'), 'sent|3');
		assert.equal(post.mails.length, 1);
		assert.equal(new Set(seen).size, 1);
	});

	test('a server that refuses permanently is not tried again', async () => {
		for (const how of [{ answers: { RCPT: '550 nobody here' } }, { complete: () => '554 no such words' }]) {
			const post = await server(how);
			queueMail(site);
			await wait();
			await post.stop();
			assert.match(row(), /^failed\|1\|smtp:.*/);
			assert.equal(post.mails.length, 0);
			assert.equal(row('body'), '');
		}
	});

	test('failures are reported: a server that is down, one without TLS, and a password without TLS', async () => {
		const post = await server();
		await post.stop();
		queueMail(site);
		await wait();
		assert.match(row(), /^queued\|1\|smtp:/);
		const plain = await server();
		fs.writeFileSync(path.join(site.folder, 'login'), 'user\nsecret\n', { mode: 0o600 });
		configure([`mail_login = ${path.join(site.folder, 'login')}`]);
		queueMail(site);
		await wait();
		assert.match(row(), /^queued\|1\|mail_login is never used without TLS/);
		dropMail();
		configure([`mail = smtp://127.0.0.1:${plain.port}`]);
		queueMail(site);
		await wait();
		assert.match(row(), /^queued\|1\|smtp:/);
		configure([`mail_login = ${path.join(site.folder, 'login')}`]);
		fs.chmodSync(path.join(site.folder, 'login'), 0o644);
		queueMail(site);
		await wait();
		assert.match(row(), /^queued\|1\|.*others can read it/);
		await plain.stop();
		assert.equal(plain.mails.length, 0);
		assert.ok(plain.commands.every((line) => !/^(?:AUTH|MAIL)/.test(line)));
	});

	// A private certificate authority and two certificates of it: for this server name, and for another one.
	function certificates() {
		const folder = temporaryFolder('ca'), at = (name) => path.join(folder, name);
		const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
		for (const ca of ['ca', 'untrusted'])
			openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${ca}.key`, '-out', `${ca}.pem`, '-days', '2', '-subj', `/CN=${ca}`);
		for (const [name, alternative] of [['right', 'IP:127.0.0.1'], ['wrong', 'DNS:other.example']]) {
			openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
			fs.writeFileSync(at(`${name}.ext`), `subjectAltName=${alternative}\n`);
			openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', `${name}.pem`, '-days', '2', '-extfile', `${name}.ext`);
		}
		return { at, of: (name) => ({ key: fs.readFileSync(at(`${name}.key`)), cert: fs.readFileSync(at(`${name}.pem`)) }) };
	}

	test('over TLS, only a server that the named authority certifies gets the email and the password', async () => {
		const { at, of } = certificates(), login = path.join(site.folder, 'login');
		fs.writeFileSync(login, 'post\nthe secret word\n', { mode: 0o600 });
		for (const implicit of [false, true]) {
			for (const [who, authority, sent] of [['right', 'ca.pem', true], ['wrong', 'ca.pem', false], ['right', 'untrusted.pem', false], ['right', null, false]]) {
				const post = await mailServer({ secure: of(who), implicit });
				dropMail();
				configure([`mail = ${implicit ? 'smtps' : 'smtp'}://127.0.0.1:${post.port}`, 'mail_from = post@example.org', `mail_login = ${login}`, ...(authority ? [`mail_ca = ${at(authority)}`] : [])]);
				queueMail(site);
				await wait();
				await post.stop();
				const what = `${who} ${authority} ${implicit}`;
				assert.equal(row('state'), sent ? 'sent' : 'queued', `${what}: ${row()}`);
				assert.equal(post.mails.length, sent ? 1 : 0, what);
				assert.equal(post.commands.some((line) => line.startsWith('TLS AUTH PLAIN')), sent, what);
				assert.ok(post.commands.every((line) => line.startsWith('TLS ') || /^(?:EHLO|STARTTLS|QUIT)/.test(line)), what);
				assert.doesNotMatch(row(), /secret word/);
			}
		}
	});

	test('a server that accepts the email and disconnects without a reply may have it, so it is not sent twice', async () => {
		let taken = 0;
		const post = await server({ complete: (mail, socket) => {
			taken++;
			socket.destroy();
			return 'gone';
		} });
		queueMail(site);
		await wait();
		assert.match(row(), /^failed\|1\|.*may have arrived/);
		await wait();
		await post.stop();
		assert.equal(taken, 1);
	});

	test('work is killed before and after a server has asked for the message text', async () => {
		let socketOf;
		const slow = await server({ slow: 400 });
		queueMail(site);
		const early = worker();
		await until('it is being sent', () => row('state') === 'sending');
		await sleep(500);
		early.kill('SIGKILL');
		await ended(early);
		assert.equal(row('state, maybe_sent'), 'sending|0');
		await slow.stop();
		const post = await server({ complete: (mail, socket) => {
			socketOf = socket;
			return 'gone'; // the server has the email and does not reply for a long time
		} });
		const late = worker();
		await until('it has the mail', () => socketOf);
		late.kill('SIGKILL');
		await ended(late);
		socketOf.destroy();
		assert.equal(row('state, maybe_sent, tries'), 'sending|1|2');
		await wait();
		assert.match(row(), /^failed\|2\|.*may have arrived/);
		await post.stop();
	});

	test('with work killed again and again, a folder gets each email once', async () => {
		for (let i = 0; i < 60; i++)
			queueMail(site, { to: `reader${i}@example.org` });
		for (let i = 0; i < 25; i++) {
			const child = worker();
			await sleep(5 + i * 4);
			child.kill('SIGKILL');
			await ended(child);
		}
		for (let i = 0; i < 4; i++)
			await wait();
		// An email that was being sent when two processes ended waits a minute, because it could be the cause. How many wait depends on the machine.
		const waiting = sql(site, "SELECT state, tries >= 2, next_try > unixepoch() FROM outbox WHERE state <> 'sent'").split('\n').filter(Boolean);
		assert.ok(waiting.every((one) => one === 'queued|1|1'), waiting.join());
		sql(site, "UPDATE outbox SET next_try = 0 WHERE state = 'queued'");
		for (let i = 0; i < 2; i++)
			await wait();
		assert.equal(sql(site, "SELECT count(*) FROM outbox WHERE state = 'sent'"), '60');
		const mails = mailsOf(site);
		assert.equal(mails.length, 60);
		assert.equal(new Set(mails.map((mail) => mail.headers.to)).size, 60);
		assert.equal(sql(site, 'PRAGMA integrity_check'), 'ok');
	});

	test('on SIGTERM during a slow delivery, work ends, and the email is sent later', async () => {
		const slow = await server({ slow: 3000 });
		queueMail(site);
		const child = spawn(path.join(build, 'renown'), ['--site', site.folder, 'work'], { env: programEnvironment(site.folder), stdio: 'ignore' });
		await until('it is being sent', () => row('state') === 'sending');
		const began = Date.now();
		child.kill('SIGTERM');
		assert.equal(await ended(child), 0);
		assert.ok(Date.now() - began < 3000);
		assert.match(row('state, tries'), /^queued\|1$/);
		await slow.stop();
	});
});
