// A unique word is placed in every part of posts with restricted access:
// body behind the cut, headings, notes, code, table, image, comment, recording, title of a draft. Each kind of
// reader then requests every URL of the site, twice, the paying reader first, through the
// shipped cache. Only readers with access may see the words.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addComment, crawl, importPosts, signIn, sql } from './content.mjs';
import { sendFiles } from './files.mjs';
import { fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { serveSite, temporaryFolder } from './lib.mjs';

const letters = 'bcdfghjklmnpqrstvwxz';
let planted = 0;
// A word of twenty letters that occurs in no text: a number written in consonants.
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

describe('text behind a cut', () => {
	let site, cookies;
	const addresses = [];
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		importPosts(site, posts);
		site.renown('post', 'unpublish', 'withdrawn');
		const id = (slug) => sql(site, `SELECT id FROM post WHERE slug = '${slug}';`);
		for (const [slug, set] of [['paid', paid], ['members', members]])
			addComment(site, slug, { text: set.comment });
		const people = { member: [], payer: [['--everything']], lapsed: [['--everything', '--from', '2025-01-01', '--until', '2025-06-01']],
			early: [['--everything', '--from', '2038-01-01']], tagged: [['--tag', 'sold']], other: [['--post', 'members']] };
		cookies = { visitor: undefined };
		let n = 0;
		for (const [name, grants] of Object.entries(people)) {
			site.renown('user', 'add', '--name', name, '--email', `${name}@example.org`, '--role', 'member');
			for (const grant of grants)
				site.renown('grant', 'add', `${name}@example.org`, ...grant);
			cookies[name] = signIn(site, sql(site, `SELECT id FROM site_user WHERE email = '${name}@example.org';`), `${String.fromCharCode(65 + n++)}`.repeat(42) + '_');
		}
		// Every URL that any reader can reach, and some that are never linked.
		const found = new Set();
		for (const cookie of [cookies.payer, undefined])
			for (const address of (await crawl(site, cookie ? { headers: { cookie } } : {})).keys())
				found.add(address);
		addresses.push(...found, '/blog/draft', '/blog/future', '/blog/withdrawn', '/page/draft', '/tag/' + hidden.draftTag, `/tag/${hidden.draftTag}/feed.rss`,
			'/blog/no-such', '/search?q=tag:sold', '/search?q=' + encodeURIComponent('"behind the cut"'), '/search?q=' + encodeURIComponent(hanzi.slice(0, 2)), '/search?q=' + encodeURIComponent(hanzi.slice(1, 2)));
	});
	after(() => site?.stop());

	// All responses that one reader gets, joined, including those to HEAD.
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
	// A search page repeats the query. Apart from the query, the response for a hidden word must equal the one for a nonsense word.
	const searched = async (cookie, word) => {
		const answer = await site.get(`/search?q=${word}`, cookie ? { headers: { cookie } } : {});
		return answer.text.replaceAll(word, 'WORD');
	};
	const absent = (seen, set, who) => {
		for (const [part, word] of Object.entries(set))
			assert.ok(!seen.includes(word), `${who} sees the word in ${part}: …${seen.slice(Math.max(0, seen.indexOf(word) - 200), seen.indexOf(word) + 60)}…`);
	};

	test('the paying reader sees all words, so they really are on the pages', async () => {
		const seen = await seenBy(cookies.payer);
		assert.match(await searched(cookies.payer, paid.text), /<mark>WORD/);
		for (const [part, word] of [...Object.entries(paid), ...Object.entries(members)])
			assert.ok(seen.includes(word), `a payer does not see the word in ${part}`);
		assert.ok(seen.includes(uncut) && seen.includes(hanzi));
		absent(seen, hidden, 'a payer');
	});

	for (const who of ['visitor', 'member', 'lapsed', 'early', 'other', 'visitor'])
		test(`a reader without access (${who}) sees none of the words`, async () => {
			const seen = await seenBy(cookies[who]), nothing = await searched(cookies[who], 'zzzzqqqqzzzzqqqqzzzz');
			const closed = [...Object.values(paid), ...Object.values(hidden), uncut, ...(who === 'visitor' ? Object.values(members) : [])];
			for (const word of closed)
				assert.equal(await searched(cookies[who], word), nothing);
			absent(seen, paid, who);
			absent(seen, hidden, who);
			absent(seen, { uncut, hanzi: hanzi.slice(0, 3) }, who);
			if (who === 'visitor')
				absent(seen, members, who);
			else
				assert.ok(seen.includes(members.text), `${who} reads the members' post`);
		});

	// Responses are cached for readers with equal rights. In every order, one after another, at the same few addresses.
	test('readers of all kinds in changing order see only their own words', async () => {
		const few = ['/blog', '/blog/paid', '/blog/members', '/blog/uncut', '/tag/common', '/author/owner', `/search?q=${paid.text}`, `/search?q=${members.text}`];
		// Whether a reader may see the words of: the paid post, the members' post, the post without a cut.
		const may = { visitor: [false, false, false], member: [false, true, false], payer: [true, true, true], lapsed: [false, true, false],
			early: [false, true, false], tagged: [true, true, false], other: [false, true, false], owner: [true, true, true] };
		const readers = { ...cookies, owner: signIn(site, 1, 'O'.repeat(43)) }, names = Object.keys(may);
		assert.deepEqual([...names].sort(), Object.keys(readers).sort());
		for (let turn = 0; turn < names.length; turn++) {
			const order = [...names.slice(turn), ...names.slice(0, turn)];
			if (turn % 2)
				order.reverse();
			for (const where of few)
				for (const who of order) {
					const { status, text } = await site.get(where, { headers: { cookie: readers[who] ?? 'sid=nobody' } });
					const shown = text.replaceAll(/<(title|input)[^>]*>[^<]*/g, ''); // a search page repeats the query
					const sees = [[...Object.values(paid), hanzi.slice(0, 3)], Object.values(members), [uncut]].map((words) => words.some((word) => shown.replaceAll(`q=${word}`, '').includes(word)));
					assert.equal(status, 200);
					sees.forEach((one, i) => assert.ok(!one || may[who][i], `turn ${turn}: ${who} sees words ${i} at ${where}`));
					if (where.startsWith('/blog/'))
						assert.equal(sees[['/blog/paid', '/blog/members', '/blog/uncut'].indexOf(where)], may[who][['/blog/paid', '/blog/members', '/blog/uncut'].indexOf(where)], `${who} at ${where}`);
				}
		}
	});

	test('access to one tag shows its posts and no others', async () => {
		const seen = await seenBy(cookies.tagged);
		assert.ok(seen.includes(paid.text) && seen.includes(paid.comment));
		absent(seen, { uncut }, 'tagged');
	});
});

// A summary that nobody typed is generated from the public part of the text. Authors receive it in the form and send it back, so
// a generated summary must not be stored as if it had been typed, whatever then happens to access, cuts and text.
describe('a generated summary contains only the public part of the text', () => {
	let site, cookie;
	const posts = [];
	const ask = (where) => site.get(where, { headers: { cookie } });
	const read = (where) => site.get(where, { headers: { cookie: 'sid=nobody' } });

	// As an author does it: open the form, change some fields, send all fields.
	async function save(where, changes, how = 'save') {
		const fields = fieldsIn((await ask(where)).text, 'post');
		const answer = await sendForm(site, where, { ...fields, ...changes, do: how }, { cookie });
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	}
	async function restore(post, number) {
		const where = `${post.where}/versions/${number}`;
		const proof = proofIn((await ask(where)).text, 'restore');
		if (proof === undefined) // this is the newest version
			return;
		assert.equal((await sendForm(site, where, { proof }, { cookie })).status, 303);
	}

	const steps = {
		publish: (post) => save(post.where, {}, 'publish'),
		members: (post) => save(post.where, { access: post.access = 'members' }),
		paid: (post) => save(post.where, { access: post.access = 'paid' }),
		cut: (post) => save(post.where, { access: post.access = 'paid', text: post.text = `Outside ${post.words.outside}.\n\n<!--paid-->\n\n${post.text}` }),
		cutAll: (post) => save(post.where, { access: post.access = 'paid', text: post.text = `<!--paid-->\n\n${post.text}` }),
		rewrite: (post) => save(post.where, { text: post.text = post.text.replace(/First .*$/m, `Rewritten ${post.words.rewritten}.`) }),
		remove: (post) => save(post.where, { text: post.text = post.text.replace(/ And .*?\./, '') }),
		restore: async (post) => {
			await restore(post, 1);
			post.text = post.first;
		},
	};
	const permutations = (list) => (list.length < 2 ? [list]
		: list.flatMap((one, i) => permutations(list.toSpliced(i, 1)).map((rest) => [one, ...rest])));
	const orders = [
		...['members', 'paid', 'cut', 'cutAll'].flatMap((limit) => ['rewrite', 'remove'].flatMap((change) => permutations(['publish', limit, change]))),
		...['members', 'cut'].flatMap((limit) => permutations(['publish', limit, 'rewrite', 'restore'])),
		...['rewrite', 'remove'].flatMap((change) => permutations(['publish', change])), ['publish', 'rewrite', 'restore'], ['publish', 'remove', 'restore'],
	];
	const openPart = (post) => (post.access === 'public' ? post.text : post.text.includes('<!--paid-->') ? post.text.split('<!--paid-->')[0] : '');
	const plant = (names) => {
		const set = words(['first', 'sentence', 'second', 'outside', 'rewritten']);
		const text = `First ${set.first}. And ${set.sentence}.\n\nSecond ${set.second}.`;
		return { names, words: set, first: text, text, access: 'public' };
	};
	async function write(post, changes = {}) {
		post.where = await save('/write/new', { title: `Post of ${post.names.join(' ')}`, text: post.text, tags: 'planted', ...changes });
		for (const name of post.names)
			await steps[name](post);
		post.path = `/blog/${sql(site, `SELECT slug FROM post WHERE id = ${post.where.split('/').pop()}`)}`;
		posts.push(post);
	}
	// Everything that a visitor can reach, and the search results for each restricted word.
	async function assertNothingLeaks(list, everywhere = true) {
		const from = ['/', '/blog', '/archive', '/tag/planted', '/feed.rss', '/feed.atom', '/tag/planted/feed.rss', '/sitemap.xml', '/robots.txt', ...list.map((post) => post.path)];
		const answers = everywhere ? await crawl(site, { headers: { cookie: 'sid=nobody' }, from }) : new Map();
		for (const where of everywhere ? [] : from)
			answers.set(where, await read(where));
		const nothing = (await read('/search?q=zzzzqqqqzzzzqqqqzzzz')).text.replaceAll('zzzzqqqqzzzzqqqqzzzz', 'WORD');
		for (const post of list)
			for (const [part, word] of Object.entries(post.words)) {
				if (openPart(post).includes(word)) {
					assert.ok(answers.get(post.path).text.includes(word), `${post.names}: the open word in ${part} is missing`);
					continue;
				}
				for (const [address, answer] of answers)
					assert.ok(!answer.text.includes(word), `${post.names}: ${address} holds the word in ${part}`);
				assert.equal((await read(`/search?q=${word}`)).text.replaceAll(word, 'WORD'), nothing, `${post.names}: a search finds the word in ${part}`);
			}
	}

	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
		cookie = signIn(site, 1);
		site.renown('setting', 'set', 'posts_per_feed', '50');
	});
	after(() => site?.stop());

	for (const names of [['members', 'publish'], ['cutAll', 'publish'], ['rewrite', 'publish'], ['publish', 'remove']])
		test(`a public draft, then ${names.join(', then ')}`, async () => {
			const post = plant(names);
			await write(post);
			await assertNothingLeaks([post]);
			assert.equal(fieldsIn((await ask(post.where)).text, 'post').summary, '', 'the form shows a summary that nobody typed');
		});

	test(`${orders.length} sequences of saving, restricting, cutting, publishing, rewriting, deleting and restoring`, async () => {
		for (const [i, names] of orders.entries()) {
			await write(plant(names));
			if (i % 40 === 39) // a feed has fifty entries
				await assertNothingLeaks(posts.slice(-40), false);
		}
		await assertNothingLeaks(posts, true);
		for (const post of posts)
			assert.equal(fieldsIn((await ask(post.where)).text, 'post').summary, '', `${post.names}`);
		assert.equal(sql(site, "SELECT count(*) FROM revision WHERE summary <> ''"), '0');
	});

	test('the public part is shown in all seven places', async () => {
		const post = plant(['cut', 'publish']), open = post.words.outside;
		await write(post, { title: 'Places', tags: 'places' });
		const page = (await read(post.path)).text;
		assert.match(page, new RegExp(`<meta name="description" content="Outside ${open}\\.`));
		assert.match(page, new RegExp(`property="og:description" content="Outside ${open}\\.`));
		assert.match(page, new RegExp(`"description": ?"Outside ${open}\\.`));
		assert.doesNotMatch(page, /class="standfirst/, 'the beginning of the text is not repeated in the summary');
		for (const where of ['/blog', '/tag/places', '/feed.rss', '/feed.atom', `/search?q=${open}`])
			assert.ok((await read(where)).text.includes(open), where);
	});

	test('a typed summary never changes by itself', async () => {
		const post = plant(['members', 'publish', 'rewrite', 'restore']), typed = canary();
		await write(post, { title: 'Typed', tags: 'typed', summary: `In my own ${typed}.` });
		await assertNothingLeaks([post]);
		assert.equal(fieldsIn((await ask(post.where)).text, 'post').summary, `In my own ${typed}.`);
		const page = (await read(post.path)).text;
		for (const place of [`<meta name="description" content="In my own ${typed}.`, `property="og:description" content="In my own ${typed}.`, `"In my own ${typed}."`, `standfirst p-summary">In my own ${typed}.`])
			assert.ok(page.includes(place), place);
		for (const where of ['/tag/typed', '/tag/typed/feed.rss', '/tag/typed/feed.atom', `/search?q=${typed}`])
			assert.ok((await read(where)).text.includes(typed), where);
	});

	test('files, an import of an export, an A/B test, a cover or a command do not turn a generated summary into a typed one', async () => {
		const post = plant([]);
		await write(post, { title: 'Elsewhere' });
		const id = post.where.split('/').pop();
		await steps.publish(post);
		const attach = `${post.where}/media`, fields = fieldsIn((await ask(attach)).text, 'post-media');
		assert.equal((await sendFiles(site, attach, Object.entries(fields).filter(([name]) => !name.endsWith('_file')), [], { cookie })).status, 303);
		const trial = `${post.where}/experiment`, begun = await sendForm(site, trial, { ...fieldsIn((await ask(trial)).text, 'experiment'), a_share: '50', b_share: '50', b_title: 'Elsewhere B' }, { cookie });
		assert.equal(begun.status, 303, problems(begun.text).join());
		const result = begun.headers.location.slice(site.url.length);
		assert.equal((await sendForm(site, result, { ...fieldsIn((await ask(result)).text, 'end-experiment'), letter: 'B', do: 'keep' }, { cookie })).status, 303);
		site.renown('post', 'unpublish', post.path.split('/').pop());
		site.renown('post', 'publish', post.path.split('/').pop());
		await steps.members(post);
		site.renown('render', '--all');
		await assertNothingLeaks([post]);
		assert.equal(sql(site, `SELECT title || '|' || summary FROM post WHERE id = ${id}`), 'Elsewhere B|');
		const file = path.join(temporaryFolder('exported'), 'all.tar.gz');
		site.renown('export', 'owner@example.org', file);
		const exported = execFileSync('tar', ['xzOf', file], { encoding: 'utf8', maxBuffer: 1e8 });
		assert.ok(exported.includes(post.words.first));
		assert.deepEqual(exported.split('\n').filter((line) => line.startsWith('summary:') && !line.includes('In my own')), []);
	});

	// An export of an earlier version has the generated summary in its front matter.
	test('an import leaves out a summary that repeats text behind the cut, and reports it', async () => {
		const set = words(['first', 'second', 'third']), folder = temporaryFolder('old-export');
		const report = importPosts(site, [
			{ name: 'closed.md', title: 'Closed', slug: 'old-closed', access: 'members', date: '2026-02-01', summary: `First ${set.first}.`, text: `First ${set.first}.\n\nMore.` },
			{ name: 'cut.md', title: 'Cut', slug: 'old-cut', access: 'paid', date: '2026-02-01', summary: `Open. Second ${set.second}.`, text: `Open.\n\n<!--paid-->\n\nSecond ${set.second}.` },
			{ name: 'own.md', title: 'Own', slug: 'old-own', access: 'paid', date: '2026-02-01', summary: 'Typed for everybody.', text: `Third ${set.third}.` },
		], { folder });
		assert.match(report.text, /2 × summary that repeats text that is not public, left out/);
		for (const where of ['/blog/old-closed', '/blog/old-cut', '/blog/old-own', '/blog', '/feed.rss', '/feed.atom'])
			for (const word of Object.values(set))
				assert.ok(!(await read(where)).text.includes(word), `${where} holds ${word}`);
		assert.match((await read('/blog/old-own')).text, /standfirst p-summary">Typed for everybody\./);
	});
});
