// Answers that hold a form's proof or somebody's data, and repeat what was typed, are not compressed: their length on the wire would
// tell which guess was right (BREACH, Gluck, Harris and Prado 2013). The attack itself is tried, by nginx and by Apache.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { importPosts, localLinks, signIn } from './content.mjs';
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

			test('no page with a proof is compressed, nor any page for signed-in users or for sign-in', async () => {
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

			test('what a stranger reads is compressed, and what a member reads unless it repeats what was typed', async () => {
				for (const where of ['/', '/blog', '/blog/one', '/search?q=words', '/feed.rss', '/assets/style.css'])
					assert.equal((await ask(where)).headers['content-encoding'], 'gzip', where);
				for (const where of ['/', '/blog', '/blog/one'])
					assert.equal((await ask(where, owner)).headers['content-encoding'], 'gzip', where);
				for (const name of ['sid', '__Host-sid', '__Secure-sid'])
					for (const where of ['/search?q=words', '/zh/search?q=words'])
						assert.equal((await ask(where, `a=b; ${owner.replace('sid', name)}`)).headers['content-encoding'], undefined, `${where} ${name}`);
			});

			// The next digit of a proof, of which some are known, is the one whose answer is shortest: it goes on with what stands in the
			// page already. Each guess is told twice, with what is between known and guess once behind it (the paper's "two tries").
			// length: how long the answer to a word is, for a site whose proof is that one.
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
				test('no digit of a proof is learnt from lengths', async () => {
					const page = (where, word) => ask(`${where}?q=${encodeURIComponent(word)}`, owner);
					let compressed = 0;
					for (const where of ['/write/media', '/admin/users']) {
						const proof = proofIn((await ask(where, owner)).text);
						assert.ok(proof.length >= 32);
						const learnt = await guess(proof, async (word) => (await page(where, word)).bytes.length);
						// Not compressed, all sixteen answers are equally long and no digit stands out: chance takes no part in this.
						assert.ok(learnt <= 3, `${where}: ${learnt} of 16 digits`);

						// The control: the same page compressed, with a proof that stays the same. How well that works depends on the proof
						// (a compressed answer ends at a whole byte), so several are tried; the words are put into one answer here.
						const mark = 'putthewordhere', withProof = (text, same) => text.replace(/(name="proof" value=")[^"]*/g, `$1${same}`);
						const answer = (await page(where, mark)).text, tried = '01234567|;|;|;8';
						assert.equal(withProof(answer.replaceAll(mark, tried), 'same'), withProof((await page(where, tried)).text, 'same'));
						for (let i = 0; i < 6; i++) {
							const same = crypto.randomBytes(32).toString('hex'), text = withProof(answer, same);
							compressed += await guess(same, (word) => zlib.gzipSync(text.replaceAll(mark, word), { level: 5 }).length);
						}
					}
					// Mere guessing gives 12 of 192 with a standard deviation of 3.4, and never 48; the attack gives 144 on average.
					assert.ok(compressed >= 48, `${compressed} of 192: this attack works where it can`);
				});
		});
	}
}
