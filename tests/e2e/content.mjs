// Content for tests: Markdown files as an author has them, rows that no command
// creates yet, and a crawler that follows every internal link.
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

// Signs a user in as the sign-in page does: a token whose digest is in the database.
// Adds a comment to the post with that slug, as the program would: with its place in the thread, counts and versions. It is below
// "parent", the id of a shown comment. Returns its id.
export function addComment(site, slug, { text = 'A comment.', name = 'Reader', state = 'shown', parent = 0, user = 'NULL', created = 1767400000 } = {}) {
	const quoted = (value) => `'${value.replaceAll("'", "''")}'`, shown = state === 'shown' ? 1 : 0, held = state === 'held' ? 1 : 0;
	return sql(site, `BEGIN IMMEDIATE;
		INSERT INTO comment (post_id, parent_id, user_id, name, state, text, xhtml, created, listed, root_id, depth, path)
			SELECT id, nullif(${parent}, 0), ${user}, ${quoted(name)}, '${state}', ${quoted(text)}, ${quoted(`<p>${text}</p>`)}, ${created}, ${shown},
				coalesce((SELECT root_id FROM comment WHERE id = ${parent}), 0), coalesce((SELECT min(depth + 1, 6) FROM comment WHERE id = ${parent}), 0),
				coalesce((SELECT CASE WHEN depth < 6 THEN path ELSE substr(path, 1, 50) END FROM comment WHERE id = ${parent}), '')
			FROM post WHERE slug = '${slug}';
		UPDATE comment SET root_id = CASE WHEN root_id = 0 THEN id ELSE root_id END, path = CASE WHEN root_id = 0 THEN '' ELSE path || printf('%010d', id) END WHERE id = last_insert_rowid();
		UPDATE comment SET replies = replies + ${shown} WHERE id = (SELECT root_id FROM comment WHERE id = last_insert_rowid()) AND id <> last_insert_rowid();
		INSERT INTO thread (post_id, shown, waiting, version, changed) SELECT id, ${shown}, ${held}, ${shown}, unixepoch() FROM post WHERE slug = '${slug}'
			ON CONFLICT DO UPDATE SET shown = shown + excluded.shown, waiting = waiting + excluded.waiting, version = version + ${shown}, changed = CASE WHEN ${shown} THEN unixepoch() ELSE changed END;
		UPDATE content_version SET comments = comments + ${shown}, comments_changed = unixepoch();
		SELECT max(id) FROM comment; COMMIT;`);
}

export function signIn(site, userId, token = 'A'.repeat(42) + '_') {
	const digest = execFileSync('b2sum', ['-l', '256'], { input: token, encoding: 'utf8' }).split(' ')[0];
	const now = Math.floor(Date.now() / 1000);
	sql(site, `INSERT OR REPLACE INTO session (id, user_id, created, expires) VALUES ('${digest}', ${userId}, ${now}, ${now + 3600});`);
	return `sid=${stamped(site, token)}`;
}

// The cookie for a session's token, as if the browser was last active so many seconds ago (store/auth/session_cookie.h).
export function stamped(site, token, ago = 0) {
	const seen = Math.floor(Date.now() / 1000) - ago, key = sql(site, "SELECT value FROM site_key WHERE name = 'session'");
	const signature = execFileSync('python3', ['-c', 'import hashlib, sys; print(hashlib.blake2b(sys.argv[2].encode(), digest_size=32, key=sys.argv[1].encode()).hexdigest())', key, `${seen} ${token}`], { encoding: 'utf8' }).trim();
	return `${token}.${seen}.${signature}`;
}

// Adds users, [[name, role]], to a site that has none, and signs them in; the cookie of each by name.
export function addPeople(site, people) {
	return Object.fromEntries(people.map(([name, role], i) => {
		site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`, '--role', role);
		return [name, signIn(site, i + 1, name.padEnd(43, 'x'))];
	}));
}

const attribute = /(?:href|src)="([^"]*)"/g;
const decode = (text) => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&quot;', '"');

// The internal links of a page, without fragments.
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

// Requests every page that can be reached. Returns a Map from URL to response.
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
