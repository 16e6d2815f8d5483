// Responses that contain a form's proof or personal data and also repeat user input are not compressed: their length would reveal
// which guess is right (BREACH; Gluck, Harris and Prado 2013). The test carries out the attack against nginx and Apache.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { importPosts, localLinks, signIn } from './content.mjs';
import { acceptEncodings } from './encodings.mjs';
import { proofIn } from './forms.mjs';
import { serveSite } from './lib.mjs';

const encodings = { 'accept-encoding': 'gzip, deflate, br, zstd' };
const plain = (answer) => (answer.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(answer.bytes).toString() : answer.text);

for (const server of ['nginx', 'apache']) {
	for (const base of ['', '/sub']) {
		describe(`${server}, a site at ${base || 'the root'}`, () => {
			let site, owner;
			before(async () => {
				site = await serveSite({ server, owner: true, base });
				importPosts(site, [{ name: 'one.md', title: 'One', date: '2026-01-01', text: 'Words of a post. '.repeat(100) }]);
				owner = signIn(site, 1);
			});
			after(() => site?.stop());
			const ask = (where, cookie, how = {}) => site.get(where, { ...how, headers: { ...encodings, ...(cookie ? { cookie } : {}), ...how.headers } });

			test('pages with a proof, pages for signed-in users and sign-in pages are not compressed', async () => {
				const waiting = ['/write', '/admin', '/account', '/', '/sign-in', '/sign-up', '/zh/sign-in', '/write/new', '/write/media', '/write/import', '/admin/users', '/admin/settings/branding', '/zh/admin', '/write/media?q=x'];
				const seen = new Set();
				let proofs = 0;
				while (waiting.length > 0 && seen.size < 150) {
					const where = waiting.shift();
					if (seen.has(where))
						continue;
					seen.add(where);
					for (const cookie of [owner, undefined]) {
						const answer = await ask(where, cookie), text = plain(answer);
						if (/name="proof"/.test(text) || /^(\/(en|zh))?\/(write|admin|account|sign-in|sign-up|sign-out|invitation)([/?]|$)/.test(where))
							assert.equal(answer.headers['content-encoding'], undefined, where);
						proofs += /name="proof"/.test(text);
						if (cookie && (answer.headers['content-type'] ?? '').startsWith('text/html'))
							waiting.push(...localLinks(site, text, base + where).filter((link) => !seen.has(link)));
					}
				}
				assert.ok(proofs > 20, `${proofs}`);
				const refused = await ask('/sign-in', undefined, { method: 'POST', body: `next=${'x'.repeat(2000)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
				assert.equal(refused.headers['content-encoding'], undefined);
			});

			test('each spelling of Accept-Encoding gets the same text, with its own ETag, 304, HEAD and no ranges', async () => {
				const once = new Map();
				for (const where of ['/blog', '/blog/one', '/feed.rss', '/nothing']) {
					const simple = await site.get(where), length = simple.bytes.length;
					for (const [header, word] of acceptEncodings) {
						const headers = header === undefined ? {} : { 'accept-encoding': header }, what = `${where} ${`${header}`.slice(0, 60)}`;
						const answer = await site.get(where, { headers });
						assert.equal(answer.headers['content-encoding'] ?? '', word, what);
						assert.match(answer.headers.vary, /(^|, )Accept-Encoding/i, what);
						assert.equal(plain(answer), simple.text, what);
						if (once.has(where + word) || answer.status !== 200)
							continue;
						once.set(where + word, answer.headers.etag);
						if (server === 'nginx') // Apache sends chunks
							assert.equal(Number(answer.headers['content-length']), answer.bytes.length, what);
						const same = { ...headers, 'if-none-match': answer.headers.etag }, confirmed = await site.get(where, { headers: same });
						assert.equal(confirmed.status, 304, what);
						assert.equal(confirmed.headers.etag, answer.headers.etag, what);
						assert.equal(confirmed.headers.vary, answer.headers.vary, what);
						const head = await site.get(where, { method: 'HEAD', headers });
						for (const name of ['content-encoding', 'content-length', 'etag', 'vary', 'content-type'])
							assert.equal(head.headers[name], answer.headers[name], `${what} ${name}`);
						const part = await site.get(where, { headers: { ...headers, range: 'bytes=0-9' } });
						assert.equal(part.status, 200, what);
						assert.equal(plain(part), simple.text, what);
					}
					if (simple.status === 200) {
						assert.notEqual(once.get(where), once.get(`${where}gzip`));
						assert.equal((await site.get(where, { headers: { 'if-none-match': once.get(`${where}gzip`) } })).status, 200, `${where}: a client without gzip cannot have that copy`);
						assert.ok((await site.get(where, { headers: { 'accept-encoding': 'gzip' } })).bytes.length < length);
					}
				}
			});

			test('a response over 1 MiB is compressed completely', async () => {
				importPosts(site, [{ name: 'long.md', title: 'Long', date: '2026-01-02', text: Array.from({ length: 30000 }, (_, i) => `Line ${i} of a long text, ${i * 7919 % 10007}.\n`).join('\n') }]);
				const simple = await site.get('/blog/long'), packed = await site.get('/blog/long', { headers: { 'accept-encoding': 'gzip' } });
				assert.ok(simple.bytes.length > 1 << 20, `${simple.bytes.length}`);
				assert.equal(packed.headers['content-encoding'], 'gzip');
				assert.equal(plain(packed), simple.text);
			});

			test('public pages are compressed, and so are members\' pages that do not repeat user input', async () => {
				for (const where of ['/', '/blog', '/blog/one', '/search?q=words', '/feed.rss', '/assets/style.css'])
					assert.equal((await ask(where)).headers['content-encoding'], 'gzip', where);
				for (const where of ['/', '/blog', '/blog/one'])
					assert.equal((await ask(where, owner)).headers['content-encoding'], 'gzip', where);
				for (const where of ['/search?q=words', '/zh/search?q=words']) {
					assert.equal((await ask(where, `a=b; ${owner}`)).headers['content-encoding'], undefined, where);
					// On a site without TLS, cookies with these names are not session cookies: the response is the page for visitors.
					for (const name of ['__Host-sid', '__Secure-sid'])
						assert.equal(plain(await ask(where, `a=b; ${owner.replace('sid', name)}`)), plain(await ask(where)), `${where} ${name}`);
				}
			});

			// With some digits of a proof known, the right next digit gives the shortest response, because it continues a string that is on the
			// page already. Each guess is sent twice, with the padding before it and behind it (the paper's "two tries").
			// length: gives the length of the response to a word, for a site with that proof.
			async function guess(proof, length) {
				const digits = '0123456789abcdef';
				let right = 0;
				for (let at = 8; at < 24; at++) {
					const known = proof.slice(at - 8, at), scores = [];
					for (const digit of digits) {
						let score = 0;
						for (const pad of ['~!~!', '%*%*%', '|;|;|;'])
							score += await length(known + digit + pad) - await length(known + pad + digit);
						scores.push(score);
					}
					const best = Math.min(...scores);
					right += scores.filter((score) => score === best).length === 1 && digits[scores.indexOf(best)] === proof[at];
				}
				return right;
			}

			if (!base)
				test('response lengths reveal no digit of a name or of restricted text', async () => {
					const name = crypto.randomBytes(32).toString('hex'), text = crypto.randomBytes(32).toString('hex');
					site.renown('user', 'add', '--name', name, '--email', 'name@example.org');
					importPosts(site, [{ name: 'paid.md', title: 'Paid', slug: 'paid', access: 'paid', date: '2026-01-03', text: `Open words.\n\n<!--paid-->\n\nRestricted words, ${text}.` }]);
					for (const [where, secret] of [['/admin/users?q=', name], ['/blog/paid?q=', text], ['/blog?q=', ''], ['/search?q=restricted+words+', '']]) {
						const answer = await ask(`${where}word`, owner);
						assert.equal(answer.status, 200, where);
						assert.equal(answer.headers['content-encoding'], undefined, where);
						assert.ok(where.startsWith('/admin') || answer.text.includes(secret), where);
						const learnt = await guess(secret || text, async (word) => (await ask(where + encodeURIComponent(word), owner)).bytes.length);
						assert.ok(learnt <= 3, `${where}: ${learnt} of 16 digits`);
					}
					// The same page without user input is compressed.
					assert.equal((await ask('/blog/paid', owner)).headers['content-encoding'], 'gzip');
				});

				test('response lengths reveal no digit of a proof', async () => {
					const page = (where, word) => ask(`${where}?q=${encodeURIComponent(word)}`, owner);
					let compressed = 0;
					for (const where of ['/write/media', '/admin/users']) {
						const proof = proofIn((await ask(where, owner)).text);
						assert.ok(proof.length >= 32);
						const learnt = await guess(proof, async (word) => (await page(where, word)).bytes.length);
						// Without compression, all sixteen responses have the same length and no digit differs. Chance plays no part.
						assert.ok(learnt <= 3, `${where}: ${learnt} of 16 digits`);

						// Control: the same page compressed, with a constant proof. The result depends on the proof (a compressed
						// response ends at a whole byte), so several proofs are tried. Here the words are inserted into one stored response.
						const mark = 'putthewordhere', withProof = (text, same) => text.replace(/(name="proof" value=")[^"]*/g, `$1${same}`);
						const answer = (await page(where, mark)).text, tried = '01234567|;|;|;8';
						assert.equal(withProof(answer.replaceAll(mark, tried), 'same'), withProof((await page(where, tried)).text, 'same'));
						for (let i = 0; i < 6; i++) {
							const same = crypto.randomBytes(32).toString('hex'), text = withProof(answer, same);
							compressed += await guess(same, (word) => zlib.gzipSync(text.replaceAll(mark, word), { level: 5 }).length);
						}
					}
					// Random guesses find 12 of 192 with a standard deviation of 3.4, and practically never 48. The attack finds 144 on average.
					assert.ok(compressed >= 48, `${compressed} of 192: this attack works where it can`);
				});
		});
	}
}
