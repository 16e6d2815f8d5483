// Content for tests: Markdown files as an author would have them, rows that no
// command makes yet, and a walk over every address that the site itself links to.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { renown, temporaryFolder } from './lib.mjs';

// posts: [{ name, text, title, date, ... }]; everything but name and text is front matter.
export function writeMarkdown(folder, posts) {
	for (const { name, text = 'Words.', ...matter } of posts) {
		const lines = Object.entries(matter).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
		fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		fs.writeFileSync(path.join(folder, name), `---\n${lines.join('\n')}\n---\n\n${text}\n`);
	}
	return folder;
}

export function importPosts(site, posts, { status = 0, folder = temporaryFolder('posts') } = {}) {
	writeMarkdown(folder, posts);
	return renown(site.folder, ['import', 'markdown', folder], { status });
}

export function sql(site, text) {
	return execFileSync('sqlite3', ['-batch', path.join(site.folder, 'renown.db')], { input: `.timeout 5000\nPRAGMA foreign_keys = on;\n${text}\n`, encoding: 'utf8' }).trimEnd();
}

// Signs a user in, as the sign-in page will: a token whose digest the store keeps.
export function signIn(site, userId, token = 'A'.repeat(42) + '_') {
	const digest = execFileSync('b2sum', ['-l', '256'], { input: token, encoding: 'utf8' }).split(' ')[0];
	const now = Math.floor(Date.now() / 1000);
	sql(site, `INSERT OR REPLACE INTO session (id, user_id, created, expires) VALUES ('${digest}', ${userId}, ${now}, ${now + 3600});`);
	return `sid=${stamped(site, token)}`;
}

// The cookie of a session's token, as if the browser had last come so many seconds ago (store/auth/session_cookie.h).
export function stamped(site, token, ago = 0) {
	const seen = Math.floor(Date.now() / 1000) - ago, key = sql(site, "SELECT value FROM site_key WHERE name = 'session'");
	const signature = execFileSync('python3', ['-c', 'import hashlib, sys; print(hashlib.blake2b(sys.argv[2].encode(), digest_size=32, key=sys.argv[1].encode()).hexdigest())', key, `${seen} ${token}`], { encoding: 'utf8' }).trim();
	return `${token}.${seen}.${signature}`;
}

const attribute = /(?:href|src)="([^"]*)"/g;
const decode = (text) => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&quot;', '"');

// The addresses in a page that are the site's own, without fragments.
export function localLinks(site, text, from = '/') {
	const found = new Set();
	for (const [, raw] of text.matchAll(attribute)) {
		const url = new URL(decode(raw), `${site.url}${from}`);
		if (url.origin === new URL(site.url).origin)
			found.add((url.pathname + url.search).slice(site.base.length) || '/');
	}
	for (const [, raw] of text.matchAll(/<(?:loc|link)>([^<]*)<\/(?:loc|link)>/g)) {
		const url = new URL(decode(raw));
		if (url.origin === new URL(site.url).origin)
			found.add((url.pathname + url.search).slice(site.base.length) || '/');
	}
	return [...found];
}

// Asks for everything that can be reached; a Map from address to answer.
export async function crawl(site, { from = ['/', '/robots.txt', '/sitemap.xml', '/feed.rss', '/feed.atom'], headers = {}, most = 2000 } = {}) {
	const answers = new Map(), waiting = [...from];
	while (waiting.length > 0 && answers.size < most) {
		const where = waiting.shift();
		if (answers.has(where))
			continue;
		const answer = await site.get(where, { headers });
		answers.set(where, answer);
		const isText = /^(text\/html|application\/(xml|rss\+xml|atom\+xml)|text\/plain)/.test(answer.headers['content-type'] ?? '');
		if (answer.status === 200 && isText)
			for (const link of localLinks(site, answer.text, where))
				if (!answers.has(link))
					waiting.push(link);
	}
	return answers;
}

export const isPage = (answer) => (answer.headers['content-type'] ?? '').startsWith('text/html');
