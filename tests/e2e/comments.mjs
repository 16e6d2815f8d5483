// Stamps of comment forms (lib/http/form_stamp.h), as the site makes them, for a time in the past or the future.
import { execFileSync } from 'node:child_process';
import { sql } from './content.mjs';

let number = 0;

// headers: with the x-forwarded-for of the request. token: of the sender's session. ago: seconds since the stamp was made.
export function commentStamp(site, { path = '/comment/on/first', ago = 10, headers, token, id = `${'s'.repeat(39)}${String(++number).padStart(4, '0')}` }) {
	const time = Math.floor(Date.now() / 1000) - ago, key = sql(site, "SELECT value FROM site_key WHERE name = 'comment'");
	const from = (headers['x-forwarded-for'] ?? '127.0.0.1').split('.').slice(0, 3).join('.');
	const session = token ? execFileSync('b2sum', ['-l', '256'], { input: token, encoding: 'utf8' }).split(' ')[0] : '';
	const signature = execFileSync('python3', ['-c', 'import hashlib, sys; print(hashlib.blake2b(sys.argv[2].encode(), digest_size=32, key=sys.argv[1].encode()).hexdigest())', key, `stamp ${time} ${id} ${path} ${from} ${session}`], { encoding: 'utf8' }).trim();
	return `${time}.${id}.${signature}`;
}

// The same for many requests without a session, by one process.
export function commentStamps(site, all, { path = '/comment/on/first', ago = 10 } = {}) {
	const time = Math.floor(Date.now() / 1000) - ago, key = sql(site, "SELECT value FROM site_key WHERE name = 'comment'");
	const rows = all.map((headers) => ({ id: `${'m'.repeat(39)}${String(++number).padStart(4, '0')}`, from: headers['x-forwarded-for'].split('.').slice(0, 3).join('.') }));
	const made = JSON.parse(execFileSync('python3', ['-c', 'import hashlib, json, sys; print(json.dumps([hashlib.blake2b(text.encode(), digest_size=32, key=sys.argv[1].encode()).hexdigest() for text in json.load(sys.stdin)]))', key],
		{ encoding: 'utf8', input: JSON.stringify(rows.map(({ id, from }) => `stamp ${time} ${id} ${path} ${from} `)) }));
	return rows.map(({ id }, i) => `${time}.${id}.${made[i]}`);
}
