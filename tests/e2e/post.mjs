// Receives email for the tests: reads a mail folder, and runs a mail server whose replies the test chooses.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { sql } from './content.mjs';

// An email as a mail program shows it.
export function readMail(bytes) {
	const text = bytes.toString('utf8'), end = text.indexOf('\r\n\r\n');
	const lines = text.slice(0, end).replaceAll(/\r\n[ \t]/g, ' ').split('\r\n');
	const raw = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]);
	const words = (value) => value.replaceAll(/\?= =\?/g, '?==?').replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, word) => `\0${word}\0`)
		.replaceAll(/\0([^\0]*)\0/g, (_, word) => Buffer.from(word, 'base64').toString('latin1'));
	const decoded = Object.fromEntries(raw.map(([name, value]) => [name, value.includes('=?UTF-8?') ? Buffer.from(words(value), 'latin1').toString() : value]));
	const body = text.slice(end + 4);
	return { headers: decoded, names: raw.map(([name]) => name), raw: text,
		text: decoded['content-transfer-encoding'] === 'base64' ? Buffer.from(body, 'base64').toString() : body };
}

// The position of each email that was seen, by its path. File times do not give the order, because emails sent together may share a time.
const places = new Map();

// The emails in a site's folder, in the order in which they were queued; to: only those to this address.
export function mailsOf(site, to) {
	const folder = path.join(site.folder, 'mail');
	if (!fs.existsSync(folder))
		return [];
	const files = fs.readdirSync(folder).filter((name) => !name.startsWith('.')).map((name) => path.join(folder, name));
	const fresh = files.filter((file) => !places.has(file));
	if (fresh.length > 0) {
		const queued = sql(site, 'SELECT message_id FROM outbox ORDER BY id').split('\n');
		const place = (file) => queued.indexOf(path.basename(file).split('@')[0]);
		for (const file of fresh.sort((a, b) => place(a) - place(b)))
			places.set(file, places.size);
	}
	return files.sort((a, b) => places.get(a) - places.get(b)).map((file) => ({ name: path.basename(file), ...readMail(fs.readFileSync(file)) }))
		.filter((mail) => !to || mail.headers.to === `<${to}>`);
}

// The path of the link in an email, and its code.
export const linkIn = (site, mail) => new RegExp(`${site.url.replaceAll('.', '\\.')}(/\\S*[A-Za-z0-9_-]{43})`).exec(mail.text)?.[1];
export const codeIn = (mail) => /^ {4}([0-9a-z]{4}-[0-9a-z]{4})\r?$/m.exec(mail.text)?.[1];

let number = 0;
export function queueMail(site, { to = 'anna@example.org', subject = 'Words', text = 'Some words.\n', lang = 'en', expires = 0 } = {}) {
	const quote = (value) => `'${value.replaceAll("'", "''")}'`;
	sql(site, `INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try) VALUES ('m${process.pid}.${++number}', 'test', ${quote(to)}, ${quote(subject)}, ${quote(text)}, '${lang}', 'queued', unixepoch(), ${expires || 'unixepoch() + 259200'}, 0)`);
}

// A mail server. answers: its replies to commands, instead of 250; after: called when an email is complete, may close the connection.
// secure: { key, cert } for STARTTLS, or for TLS from the first byte with implicit. Commands that were encrypted are recorded with "TLS ".
export async function mailServer({ answers = {}, complete, greeting = '220 here', slow = 0, secure, implicit = false } = {}) {
	const mails = [], commands = [];
	const talk = (plain, encrypted, first) => {
		const socket = plain;
		let buffer = '', text = null, to = [], from = '', login = false;
		const say = (line) => (slow ? setTimeout(() => socket.write(`${line}\r\n`), slow) : socket.write(`${line}\r\n`));
		const answer = (command, standard) => {
			const given = answers[command];
			say((Array.isArray(given) ? given.shift() : given) ?? standard);
		};
		const encrypt = () => {
			plain.removeAllListeners('data');
			talk(new tls.TLSSocket(plain, { isServer: true, ...secure }), true, null);
		};
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			buffer += bytes.toString('latin1');
			for (let end; (end = buffer.indexOf('\r\n')) >= 0;) {
				const line = buffer.slice(0, end);
				buffer = buffer.slice(end + 2);
				if (text !== null && line !== '.') {
					text += `${line.replace(/^\./, '')}\r\n`;
					continue;
				}
				if (text !== null) {
					const mail = { from, to, ...readMail(Buffer.from(text, 'latin1')) };
					text = null;
					const code = complete?.(mail, socket);
					if (code === undefined || code.startsWith('2'))
						mails.push(mail);
					if (code !== 'gone')
						say(code ?? '250 taken');
					to = [];
					continue;
				}
				if (login) {
					login = false;
					answer('AUTH', '235 welcome');
					continue;
				}
				commands.push(encrypted ? `TLS ${line}` : line);
				const command = line.split(/[ :]/)[0].toUpperCase();
				if (command === 'MAIL')
					from = /<(.*)>/.exec(line)[1];
				if (command === 'RCPT')
					to.push(/<(.*)>/.exec(line)[1]);
				if (command === 'EHLO' && secure) {
					say(encrypted ? '250-here\r\n250 AUTH PLAIN' : '250-here\r\n250 STARTTLS');
				} else if (command === 'STARTTLS' && secure) {
					socket.write('220 go on\r\n', encrypt);
				} else if (command === 'AUTH') {
					login = true;
					say('334 ');
				} else if (command === 'QUIT') {
					socket.end('221 bye\r\n');
				} else if (command === 'DATA') {
					if (!answers.DATA)
						text = '';
					answer('DATA', '354 go on');
				} else {
					answer(command, '250 well');
				}
			}
		});
		if (first)
			say(first);
	};
	const server = implicit ? tls.createServer(secure, (socket) => talk(socket, true, greeting)) : net.createServer((socket) => talk(socket, false, greeting));
	server.on('tlsClientError', () => {});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	return { mails, commands, port: server.address().port, stop: () => new Promise((done) => server.close(done)) };
}
