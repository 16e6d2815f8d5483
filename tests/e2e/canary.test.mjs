// A word of its own is planted in every part of posts that not everyone may read:
// body behind the cut, headings, notes, code, table, picture, comment, recording, title of a draft. Each kind of
// reader then asks for every address that there is, twice, the payer first, behind the
// shipped cache. The words appear nowhere but for those who may read them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { crawl, importPosts, signIn, sql } from './content.mjs';
import { serveSite } from './lib.mjs';

const letters = 'bcdfghjklmnpqrstvwxz';
let planted = 0;
// Twenty letters that no text holds: a number written in consonants.
const canary = () => {
	let word = 'q', n = ++planted * 7919;
	while (word.length < 20) {
		word += letters[n % letters.length];
		n = Math.floor(n / letters.length) + word.length * 31;
	}
	return word;
};

const where = ['text', 'heading', 'note', 'code', 'table', 'alt', 'caption', 'link', 'quote', 'item', 'paidagain', 'comment'];
const closedText = (w) => `Behind the cut ${w.text}.

## Closed ${w.heading}

A note.[^n] A [link](https://example.org/${w.link} "title ${w.link}").

> ${w.quote}

- ${w.item}

\`\`\`sh
echo ${w.code}
\`\`\`

| a | b |
|---|---|
| ${w.table} | x |

![${w.alt}](https://example.org/x.png "${w.caption}")

<!--paid-->

${w.paidagain}

[^n]: ${w.note}
`;
const words = (names) => Object.fromEntries(names.map((name) => [name, canary()]));

const paid = words(where), members = words(where), hanzi = '龘靐齉爩';
const hidden = words(['draft', 'draftTitle', 'draftTag', 'future', 'futureTitle', 'withdrawn', 'withdrawnTitle']);
const posts = [
	{ name: 'paid.md', title: 'Paid post', slug: 'paid', access: 'paid', date: '2026-01-02', tags: ['common', 'sold'], lang: 'en',
		text: `Open words of the paid post.\n\n<!--paid-->\n\n${hanzi}\n\n${closedText(paid)}` },
	{ name: 'members.md', title: 'Members post', slug: 'members', access: 'members', date: '2026-01-03', tags: ['common'], lang: 'en',
		text: `Open words for members.\n\n<!--paid-->\n\n${closedText(members)}` },
	{ name: 'uncut.md', title: 'Uncut', slug: 'uncut', access: 'paid', date: '2026-01-04', tags: ['common'], lang: 'en', text: `${canary()} no cut at all` },
	{ name: 'draft.md', title: `Draft ${hidden.draftTitle}`, slug: 'draft', draft: true, date: '2026-01-05', tags: ['common', hidden.draftTag], text: hidden.draft },
	{ name: 'future.md', title: `Future ${hidden.futureTitle}`, slug: 'future', date: '2039-01-05', tags: ['common'], text: hidden.future },
	{ name: 'withdrawn.md', title: `Gone ${hidden.withdrawnTitle}`, slug: 'withdrawn', date: '2026-01-06', tags: ['common'], text: hidden.withdrawn },
	{ name: 'public.md', title: 'Public post', slug: 'public', date: '2026-01-07', tags: ['common'], lang: 'en', text: `Everyone reads this.\n\nSee [the paid one](paid.md).` },
];
const uncut = posts[2].text.split(' ')[0];

describe('words behind a cut', () => {
	let site, cookies;
	const addresses = [];
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		importPosts(site, posts);
		site.renown('post', 'withdraw', 'withdrawn');
		const id = (slug) => sql(site, `SELECT id FROM post WHERE slug = '${slug}';`);
		for (const [slug, set] of [['paid', paid], ['members', members]])
			sql(site, `INSERT INTO comment (post_id, name, state, text, xhtml, created) VALUES (${id(slug)}, 'Reader', 'shown', '${set.comment}', '<p>${set.comment}</p>', 1767400000);
				UPDATE change SET counter = counter + 1;`);
		const people = { member: [], payer: [['--everything']], lapsed: [['--everything', '--from', '2025-01-01', '--until', '2025-06-01']],
			early: [['--everything', '--from', '2038-01-01']], tagged: [['--tag', 'sold']], other: [['--post', 'members']] };
		cookies = { stranger: undefined };
		let n = 0;
		for (const [name, grants] of Object.entries(people)) {
			site.renown('user', 'add', '--name', name, '--email', `${name}@example.org`, '--role', 'member');
			for (const grant of grants)
				site.renown('grant', 'add', `${name}@example.org`, ...grant);
			cookies[name] = signIn(site, sql(site, `SELECT id FROM user WHERE email = '${name}@example.org';`), `${String.fromCharCode(65 + n++)}`.repeat(42) + '_');
		}
		// Every address that anyone can reach, and some that nobody is shown.
		const found = new Set();
		for (const cookie of [cookies.payer, undefined])
			for (const address of (await crawl(site, cookie ? { headers: { cookie } } : {})).keys())
				found.add(address);
		addresses.push(...found, '/blog/draft', '/blog/future', '/blog/withdrawn', '/page/draft', '/tag/' + hidden.draftTag, `/tag/${hidden.draftTag}/feed.rss`,
			'/blog/no-such', '/search?q=tag:sold', '/search?q=' + encodeURIComponent('"behind the cut"'), '/search?q=' + encodeURIComponent(hanzi.slice(0, 2)), '/search?q=' + encodeURIComponent(hanzi.slice(1, 2)));
	});
	after(() => site?.stop());

	// What one reader gets to see, everything together, HEAD as well.
	const seenBy = async (cookie) => {
		const headers = cookie ? { cookie } : {};
		let seen = '';
		for (const address of addresses)
			for (const method of ['GET', 'HEAD']) {
				const answer = await site.get(address, { method, headers });
				seen += `\n${JSON.stringify(answer.headers)}\n${answer.text}`;
			}
		return seen;
	};
	// A search page repeats the query. So the answer to a hidden word must be, but for the word, the one to nonsense.
	const searched = async (cookie, word) => {
		const answer = await site.get(`/search?q=${word}`, cookie ? { headers: { cookie } } : {});
		return answer.text.replaceAll(word, 'WORD');
	};
	const absent = (seen, set, who) => {
		for (const [part, word] of Object.entries(set))
			assert.ok(!seen.includes(word), `${who} sees the word in ${part}: …${seen.slice(Math.max(0, seen.indexOf(word) - 200), seen.indexOf(word) + 60)}…`);
	};

	test('the payer sees all of it, so the words are really there', async () => {
		const seen = await seenBy(cookies.payer);
		assert.match(await searched(cookies.payer, paid.text), /<mark>WORD/);
		for (const [part, word] of [...Object.entries(paid), ...Object.entries(members)])
			assert.ok(seen.includes(word), `a payer does not see the word in ${part}`);
		assert.ok(seen.includes(uncut) && seen.includes(hanzi));
		absent(seen, hidden, 'a payer');
	});

	for (const who of ['stranger', 'member', 'lapsed', 'early', 'other', 'stranger'])
		test(`a reader without the right (${who}) sees none of it`, async () => {
			const seen = await seenBy(cookies[who]), nothing = await searched(cookies[who], 'zzzzqqqqzzzzqqqqzzzz');
			const closed = [...Object.values(paid), ...Object.values(hidden), uncut, ...(who === 'stranger' ? Object.values(members) : [])];
			for (const word of closed)
				assert.equal(await searched(cookies[who], word), nothing);
			absent(seen, paid, who);
			absent(seen, hidden, who);
			absent(seen, { uncut, hanzi: hanzi.slice(0, 3) }, who);
			if (who === 'stranger')
				absent(seen, members, who);
			else
				assert.ok(seen.includes(members.text), `${who} reads the members' post`);
		});

	test('a right to a tag opens its posts and no other', async () => {
		const seen = await seenBy(cookies.tagged);
		assert.ok(seen.includes(paid.text) && seen.includes(paid.comment));
		absent(seen, { uncut }, 'tagged');
	});
});
