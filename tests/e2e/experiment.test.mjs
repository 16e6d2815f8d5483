// A/B tests behind nginx: which reader sees which variant, with every cache; start, end and winner; refused input.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';
import { build, programEnvironment, serveSite, sleep, until } from './lib.mjs';

const agents = Array.from({ length: 1000 }, (_, i) => `Reader/${i} (test)`);
const columns = (line) => line.split('\t');
// One chi-square value with 19 degrees of freedom in a hundred thousand is above this.
const CHANCE = 58;

describe('A/B tests', () => {
	let site, bucketOf;
	const cookies = {};
	const ask = (where, who, headers = {}) => site.get(where, { headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
	const as = (where, agent, headers = {}) => site.get(where, { headers: { 'user-agent': agent, ...headers } });
	const send = (where, fields, who, headers = {}) => sendForm(site, where, fields, { ...(who ? { cookie: cookies[who] } : {}), ...headers });
	const post = (slug) => sql(site, `SELECT id FROM post WHERE slug = '${slug}'`);
	const experimentPath = (slug) => `/write/${post(slug)}/experiment`;
	async function begin(slug, changes, who = 'Anna') {
		const where = experimentPath(slug), page = await ask(where, who);
		assert.equal(page.status, 200);
		return send(where, { ...fieldsIn(page.text, 'experiment'), ...changes }, who);
	}
	// Uploads a new image to a user's media library and returns its path.
	async function picture(who, colour) {
		const fields = fieldsIn((await ask('/write/media', who)).text, 'upload');
		assert.equal((await sendFiles(site, '/write/media', Object.entries(fields), [['file', `${colour}.png`, png(40, 30, colour)]], { cookie: cookies[who] })).status, 303);
		return sql(site, "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media ORDER BY id DESC LIMIT 1");
	}
	async function begun(slug, changes, who) {
		const answer = await begin(slug, changes, who);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	}
	const decide = async (where, fields, who = 'Anna') => send(where, { ...fieldsIn((await ask(where, who)).text, 'end-experiment'), ...fields }, who);
	const heading = (text) => /<h1[^>]*>([^<]*)</.exec(text)[1];
	const plan = (where) => sql(site, `SELECT buckets FROM experiment WHERE id = ${where.split('/').pop()}`);
	const letterOf = (where, agent) => plan(where)[bucketOf.get(agent) - 1];
	// One reader for each bucket.
	const readers = () => [...new Map([...bucketOf].map(([agent, bucket]) => [bucket, agent])).entries()].sort((a, b) => a[0] - b[0]);
	// A copy in the microcache is at most one second old, almost two by nginx's clock.
	const settle = () => sleep(2200);
	// The first request after that still gets the old page, while a new one is fetched.
	const becomes = (where, agent, title) => until(`${where} is ${title}`, async () => { const answer = await as(where, agent); return heading(answer.text) === title && answer; }, 6000);
	async function logged(pattern, least = 1) {
		return until(`${pattern} is in the log`, () => {
			const lines = site.log('access.log').split('\n').filter((line) => pattern.test(line));
			return lines.length >= least && lines;
		});
	}

	before(async () => {
		site = await serveSite();
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
		const made = ['tried', 'dated', 'other', 'third', 'kept', 'hostile', 'counted', 'covered'].map((slug, i) =>
			({ name: `${slug}.md`, slug, title: `Own ${slug}`, summary: `Own summary of ${slug}.`, date: `2026-01-0${i + 1}`, text: `Words of ${slug}.`, tags: ['paste'] }));
		importPosts(site, [...made, { name: 'draft.md', slug: 'draft', title: 'Draft', draft: true }]);
		sql(site, 'UPDATE post SET author_id = 2');
		for (let i = 0; i < agents.length; i += 50)
			await Promise.all(agents.slice(i, i + 50).map((agent) => as('/robots.txt', agent)));
		const lines = await logged(/\/robots\.txt\t/, agents.length);
		bucketOf = new Map(lines.map(columns).map((line) => [line[8], Number(line[10])]));
	});
	after(() => site?.stop());

	test('nginx assigns readers to twenty buckets of the same size', async () => {
		const sizes = Array(21).fill(0);
		for (const bucket of bucketOf.values())
			sizes[bucket]++;
		assert.equal(sizes[0], 0);
		const expected = agents.length / 20, x = sizes.slice(1).reduce((sum, size) => sum + (size - expected) ** 2 / expected, 0);
		assert.ok(x < CHANCE, `chi-square ${x}: ${sizes.slice(1)}`);
	});

	test('the bucket depends on what nginx knows, not on what a reader sends', async () => {
		const [agent] = agents, claims = [{ 'x-forwarded-for': '203.0.113.9' }, { 'x-real-ip': '203.0.113.10' }, { forwarded: 'for=203.0.113.11' }, { 'renown-bucket': '7' }, { 'renown_bucket': '7' }];
		for (const claim of claims)
			await as('/archive', agent, claim);
		const found = (await logged(/\t\/archive\t/, claims.length)).map((line) => Number(columns(line)[10]));
		assert.deepEqual([...new Set(found)], [bucketOf.get(agent)]);
		const elsewhere = await Promise.all(['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6', '127.0.0.7', '127.0.0.8', '127.0.0.9']
			.map((localAddress) => site.get('/tags', { localAddress, headers: { 'user-agent': agent } })));
		assert.ok(elsewhere.every((answer) => answer.status === 200));
		const buckets = new Set((await logged(/\t\/tags\t/, 8)).map((line) => columns(line)[10]));
		assert.ok(buckets.size > 1, 'the IP address has an effect');
	});

	test('the site key is created once, and other users cannot read it', () => {
		const file = path.join(site.folder, 'run/nginx/site-key.conf');
		assert.match(fs.readFileSync(file, 'utf8'), /default [0-9a-f]{32};/);
		assert.equal(fs.statSync(file).mode & 0o077, 0);
	});

	test('each bucket sees its variant on every page, also from the cache', { timeout: 60000 }, async () => {
		await as('/blog/tried', agents[0]);
		const where = await begun('tried', { a_share: '60', b_share: '40', b_title: 'Better <b>title</b> & more', b_summary: 'Another summary.' });
		const buckets = plan(where);
		assert.equal(buckets.length, 20);
		assert.deepEqual([buckets.split('A').length - 1, buckets.split('B').length - 1], [12, 8]);
		await settle();
		await as('/blog/tried', agents[0]); // after an idle time, the first request still gets the old copy and starts its renewal
		await settle();
		const shown = { A: 'Own tried', B: 'Better &lt;b&gt;title&lt;/b&gt; &amp; more' };
		const summary = { A: 'Own summary of tried.', B: 'Another summary.' };
		for (let round = 0; round < 2; round++)
			for (const [bucket, agent] of readers()) {
				const letter = buckets[bucket - 1], page = (await as('/blog/tried', agent)).text;
				assert.equal(heading(page), shown[letter], `bucket ${bucket}, round ${round}`);
				assert.ok(page.includes(`<title>${shown[letter]} · `));
				assert.match(page, /property="og:title" content="Own tried"/);
				assert.match(page, /"headline":"Own tried"/);
				assert.doesNotMatch(page, /<b>title/);
				for (const list of ['/', '/blog', '/tag/paste', '/archive/2026-01', '/author/anna', '/blog/dated']) {
					const text = (await as(list, agent)).text;
					assert.ok(text.includes(`>${shown[letter]}<`), `${list}, bucket ${bucket}`);
					assert.ok(!text.includes(`>${shown[letter === 'A' ? 'B' : 'A']}<`), `${list}, bucket ${bucket}`);
					if (list === '/blog')
						assert.ok(text.includes(summary[letter]));
				}
			}
		const hits = (await logged(/\t\/blog\/tried\t/, 40)).filter((line) => ['HIT', 'UPDATING', 'STALE', 'REVALIDATED', 'EXPIRED'].includes(columns(line)[11]));
		assert.ok(hits.length > 0, 'the cache was asked');
	});

	test('each variant has its cover, which can be downloaded', { timeout: 60000 }, async () => {
		const mine = await picture('Anna', 'green');
		assert.equal((await as(`/media/${mine}`, agents[0])).status, 404);
		const where = await begun('covered', { a_share: '50', b_share: '50', b_cover: `/media/${mine}`, b_cover_alt: 'A green sheet' });
		assert.equal((await until('the cover can be downloaded', async () => { const answer = await as(`/media/${mine}`, agents[0]); return answer.status === 200 && answer; })).headers['content-type'], 'image/png');
		await settle();
		for (const [bucket, agent] of readers()) {
			const page = await until(`bucket ${bucket} has its cover`, async () => {
				const { text } = await as('/blog/covered', agent);
				return text.includes(`/media/${mine}`) === (plan(where)[bucket - 1] === 'B') && text;
			}, 6000);
			assert.equal(page.includes('alt="A green sheet"'), plan(where)[bucket - 1] === 'B');
		}
		await decide(where, { keep: 'A' });
	});

	test('shared links, feeds and search results are the same for everybody', async () => {
		for (const where of ['/feed.rss', '/feed.atom', '/tag/paste/feed.rss', '/search?q=summary']) {
			const answers = await Promise.all(readers().map(([, agent]) => as(where, agent)));
			assert.ok(answers.every((answer) => answer.status === 200 && answer.text === answers[0].text), where);
			assert.match(answers[0].text, /Own tried/);
			assert.doesNotMatch(answers[0].text, /Better/);
		}
	});

	test('each cached page contains one variant, also when all buckets request it at the same time', async () => {
		const where = experimentPath('tried');
		const experiment = (await ask(where, 'Anna')).headers.location.slice(site.url.length);
		const some = agents.slice(0, 300), answers = [];
		// First one reader of each bucket, because many simultaneous requests that miss the cache are all answered by the program.
		for (const [, agent] of readers())
			await as('/blog/tried', agent);
		for (let i = 0; i < some.length; i += 60)
			answers.push(...await Promise.all(some.slice(i, i + 60).map((agent) => as('/blog/tried', agent))));
		const wrong = some.filter((agent, i) => heading(answers[i].text).startsWith('Better') !== (letterOf(experiment, agent) === 'B'));
		assert.deepEqual(wrong, []);
		const hits = (await logged(/\t\/blog\/tried\t.*Reader\/299 /)).length;
		assert.ok(hits > 0);
		const states = site.log('access.log').split('\n').map(columns).filter((line) => line[3] === '/blog/tried').slice(-300).map((line) => line[11]);
		assert.ok(states.filter((state) => state === 'HIT' || state === 'UPDATING' || state === 'STALE').length > 200, `${states}`);
	});

	test('each variant has its own entity tag', async () => {
		const experiment = (await ask(experimentPath('tried'), 'Anna')).headers.location.slice(site.url.length);
		const a = agents.find((agent) => letterOf(experiment, agent) === 'A'), b = agents.find((agent) => letterOf(experiment, agent) === 'B');
		const [of_a, of_b] = [await as('/blog/tried', a), await as('/blog/tried', b)];
		assert.notEqual(of_a.headers.etag, of_b.headers.etag);
		assert.equal(of_a.headers['last-modified'], undefined);
		assert.equal((await as('/blog/tried', a, { 'if-none-match': of_a.headers.etag })).status, 304);
		const other = await as('/blog/tried', b, { 'if-none-match': of_a.headers.etag });
		assert.equal(other.status, 200);
		assert.match(heading(other.text), /^Better/);
		const dated = await as('/blog/tried', b, { 'if-modified-since': new Date(Date.now() + 1000).toUTCString() });
		assert.equal(dated.status, 200, 'If-Modified-Since has no effect during an A/B test');
	});

	test('members see variants; authors see the stored post and a note about the test', async () => {
		const experiment = (await ask(experimentPath('tried'), 'Anna')).headers.location.slice(site.url.length);
		const b = agents.find((agent) => letterOf(experiment, agent) === 'B');
		assert.match(heading((await ask('/blog/tried', 'Mia', { 'user-agent': b })).text), /^Better/);
		for (const [who, told] of [['Anna', true], ['Bert', false], ['Edda', true], ['Owner', true]])
			for (let i = 0; i < 4; i++) {
				const page = (await ask('/blog/tried', who, { 'user-agent': b })).text;
				assert.equal(heading(page), 'Own tried', who);
				assert.equal(page.includes(`href="${experiment}"`), told, who);
				assert.doesNotMatch((await ask('/blog', who, { 'user-agent': b })).text, /Better/);
			}
		assert.doesNotMatch((await ask('/blog/tried', 'Mia', { 'user-agent': b })).text, /\/experiment\//);
		// A page that a worker made for one reader is not shown to another.
		for (let i = 0; i < 6; i++)
			assert.match((await ask('/blog', 'Mia', { 'user-agent': b })).text, /Better &lt;b/);
	});

	test('without a bucket from the web server, readers see A', async () => {
		const environment = (bucket) => ({ ...programEnvironment(site.folder), REQUEST_METHOD: 'GET', RENOWN_PATH: '/blog/tried', QUERY_STRING: '', ...(bucket === undefined ? {} : { RENOWN_BUCKET: bucket }) });
		const cgi = (bucket) => heading(execFileSync(path.join(build, 'blog'), { env: environment(bucket), stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }));
		for (const bucket of [undefined, '', '0', '21', '-1', 'x', '1x', '99999999999999999999'])
			assert.equal(cgi(bucket), 'Own tried', `bucket ${bucket}`);
		assert.match(cgi(String(plan((await ask(experimentPath('tried'), 'Anna')).headers.location).indexOf('B') + 1)), /^Better/);
	});

	test('a post has one test at a time; tests on two posts run at the same time', async () => {
		const fields = { a_share: '50', b_share: '30', c_share: '20', b_title: 'Third B', c_summary: 'Third C.' };
		const where = experimentPath('third'), [form, other] = [(await ask(where, 'Anna')).text, (await ask(where, 'Anna')).text].map((text) => fieldsIn(text, 'experiment'));
		assert.equal((await send(where, { ...form, ...fields }, 'Anna')).status, 303);
		const second = await send(where, { ...other, ...fields, b_title: 'Fourth' }, 'Anna');
		assert.equal(second.status, 409);
		assert.match(problems(second.text).join(), /already running/);
		assert.equal(fieldsIn(second.text, 'experiment').b_title, 'Fourth', 'what was typed is shown again');
		assert.equal(sql(site, `SELECT count(*) FROM experiment WHERE post_id = ${post('third')}`), '1');
		const [one, two] = ['tried', 'third'].map((slug) => sql(site, `SELECT buckets FROM experiment WHERE post_id = ${post(slug)}`));
		assert.notEqual(one, two);
		assert.deepEqual(['A', 'B', 'C'].map((letter) => two.split(letter).length - 1), [10, 6, 4]);
	});

	test('the end date takes effect without a background job and without a write', { timeout: 60000 }, async () => {
		const ends = new Date(Date.now() + 7000).toISOString().replace(/\.\d+Z/, 'Z');
		const where = await begun('dated', { b_title: 'Dated B', ends });
		const b = agents.find((agent) => letterOf(where, agent) === 'B');
		const before = await becomes('/blog/dated', b, 'Dated B');
		const counter = sql(site, 'SELECT counter FROM content_version');
		await sleep(Math.max(0, new Date(ends) - Date.now()) + 2500);
		const answer = await becomes('/blog/dated', b, 'Own dated');
		assert.notEqual(answer.headers.etag, before.headers.etag);
		assert.equal(sql(site, 'SELECT counter FROM content_version'), counter);
		assert.equal((await as('/blog/dated', b, { 'if-none-match': before.headers.etag })).status, 200);
		assert.match((await ask(where, 'Anna')).text, /Ran from /);
		assert.equal((await decide(where, { do: 'end', letter: 'A' })).status, 409, 'an ended test cannot be ended again');
	});

	test('a test that is ended by hand shows A; a winner gives the post its texts, and the version history has the earlier ones', { timeout: 60000 }, async () => {
		const where = await begun('kept', { b_title: 'Kept B', b_summary: 'Summary of B.' }, 'Edda');
		const b = agents.find((agent) => letterOf(where, agent) === 'B'), number = post('kept');
		await becomes('/blog/kept', b, 'Kept B');
		assert.equal((await decide(where, { do: 'end', letter: 'A' })).status, 303);
		await becomes('/blog/kept', b, 'Own kept');
		const revision = sql(site, `SELECT revision FROM post WHERE id = ${number}`);
		assert.equal((await decide(where, { do: 'keep', letter: 'B' })).status, 303, 'also after its end');
		assert.equal(sql(site, `SELECT title || '|' || summary || '|' || (revision - ${revision}) FROM post WHERE id = ${number}`), 'Kept B|Summary of B.|1');
		assert.match((await ask(where, 'Anna')).text, /Winner: B/);
		assert.doesNotMatch((await ask(where, 'Anna')).text, /form end-experiment/);
		const versions = (await ask(`/write/${number}/versions`, 'Anna')).text;
		assert.match(versions, /A\/B test winner/);
		assert.match(versions, /Own kept/);
		for (const [, agent] of readers().slice(0, 5))
			await becomes('/blog/kept', agent, 'Kept B');
		assert.match((await site.get('/search?q=Kept')).text, /Kept B|<mark>/);
	});

	test('results are explained in plain words', async () => {
		const where = await begun('counted', { b_title: 'Counted B' }), id = where.split('/').pop();
		assert.match((await ask(where, 'Anna')).text, /Nothing has been counted yet\..*later version/);
		const count = (variant, seen, acted) => site.renown('experiment', 'count', id, '--variant', variant, '--seen', seen, '--acted', acted);
		const page = async () => (await ask(where, 'Anna')).text;
		count('A', '100', '12');
		count('B', '104', '15');
		// A's rate is (12 + 1) of (100 + 2). To detect five points more with a power of 80 %, each side needs 811 readers: A lacks 711, twice that in two figures.
		assert.match(await page(), /Not enough readers yet: about 1500 more are needed\./);
		assert.match(await page(), />7\.0% to 19\.8%</);
		count('A', '10000', '1000');
		count('B', '10000', '1300');
		assert.match(await page(), /B performs better than A: 13\.0% versus 10\.0%\./);
		count('B', '10000', '700');
		assert.match(await page(), /B performs worse than A/);
		count('B', '10000', '1010');
		assert.match(await page(), /no relevant difference was found/);
		count('B', '9000', '1800');
		assert.match(await page(), /Don't rely on these figures/);
		assert.doesNotMatch(await page(), /performs better/);
		assert.match(await page(), /<rect class="interval" x="\d+" y="4" width="\d+"/);
		assert.doesNotMatch(await page(), /style="/);
		assert.match(site.renown('experiment', 'list').stdout, new RegExp(`^${id}\truns\tcounted\t`, 'm'));
		assert.match((await ask(`/zh${where}`, 'Anna')).text, /lang="zh"/);
	});

	describe('refused input', () => {
		const fields = { b_title: 'Hostile B' };
		const refused = async (changes, sentence) => {
			const answer = await begin('hostile', { ...fields, ...changes });
			assert.equal(answer.status, 422, JSON.stringify(changes));
			assert.match(problems(answer.text).join(), sentence);
			assert.equal(sql(site, `SELECT count(*) FROM experiment WHERE post_id = ${post('hostile')}`), '0');
		};

		test('shares with a wrong sum, a wrong step, or no readers are refused', async () => {
			await refused({ a_share: '50', b_share: '45' }, /add up to 95%/);
			await refused({ a_share: '95', b_share: '50' }, /add up to 145%/);
			await refused({ a_share: '0', b_share: '95' }, /Give the original post a share of readers/);
			await refused({ a_share: '50', b_share: '50', c_share: '5' }, /Enter another title, summary or cover/);
			await refused({ a_share: '95', b_share: '0' }, /Give this variant a share/);
			for (const b_share of ['47', '-5', '1e', '5%', '05'])
				await refused({ b_share }, /This value can't be saved/);
			assert.equal((await begin('hostile', { ...fields, b_share: '100' })).status, 413);
		});

		test('a variant without a change, with an unknown image, or with a wrong end date is refused', async () => {
			await refused({ b_title: '' }, /Enter another title, summary or cover/);
			await refused({ b_title: 'Own hostile' }, /Enter another title, summary or cover/);
			await refused({ b_cover: '/media/ab/' + 'a'.repeat(64) + '.png', b_cover_alt: 'x' }, /This image isn't on this site/);
			await refused({ b_cover: 'https://evil.example/x.png', b_cover_alt: 'x' }, /This image isn't on this site/);
			await refused({ b_cover: '../../../etc/passwd', b_cover_alt: 'x' }, /This image isn't on this site/);
			// An image from another user's media library is refused too, however its address became known, because a cover is public.
			const bert = await picture('Bert', 'red');
			await refused({ b_cover: `/media/${bert}`, b_cover_alt: 'x' }, /This image isn't on this site/);
			assert.equal((await as(`/media/${bert}`, agents[0])).status, 404);
			await refused({ ends: '2020-01-01' }, /end date in the future/);
			await refused({ ends: 'soon' }, /Enter a date/);
			assert.equal((await begin('hostile', { b_title: 'x'.repeat(301) })).status, 413);
			assert.equal((await begin('hostile', { kept: 'B' })).status, 400, 'a field that is not declared');
		});

		test('a test on a draft, a static page or another author\'s post is refused, also to members and visitors', async () => {
			const draft = await begin('draft', fields);
			assert.equal(draft.status, 422);
			assert.match(problems(draft.text).join(), /Publish the post first/);
			const theirs = experimentPath('hostile');
			assert.equal((await ask(theirs, 'Bert')).status, 404);
			assert.equal((await ask(theirs, 'Mia')).status, 403);
			assert.equal((await ask(theirs)).status, 303);
			const form = fieldsIn((await ask(theirs, 'Anna')).text, 'experiment');
			assert.equal((await send(theirs, { ...form, ...fields }, 'Bert')).status, 403, 'a proof is for one session');
			assert.equal((await send(theirs, { ...form, ...fields, proof: '' }, 'Anna')).status, 403);
			sql(site, "UPDATE post SET kind = 'page' WHERE slug = 'draft'");
			assert.equal((await ask(experimentPath('draft'), 'Anna')).status, 404);
		});

		test('another author\'s test cannot be opened or ended by its number', async () => {
			const experiment = sql(site, `SELECT id FROM experiment WHERE post_id = ${post('tried')}`);
			for (const [where, who] of [[`${experimentPath('tried')}/${experiment}`, 'Bert'], [`${experimentPath('other')}/${experiment}`, 'Anna'], [`${experimentPath('tried')}/0`, 'Anna'], [`${experimentPath('tried')}/x`, 'Anna'], ['/write/999/experiment/1', 'Anna']])
				assert.equal((await ask(where, who)).status, 404, `${where} ${who}`);
			sql(site, "UPDATE post SET author_id = 3 WHERE slug = 'other'");
			const own = await begun('other', { b_title: 'Bert\'s B' }, 'Bert');
			const form = fieldsIn((await ask(own, 'Bert')).text, 'end-experiment');
			assert.equal((await send(`${experimentPath('other')}/${experiment}`, { ...form, do: 'end' }, 'Bert')).status, 403);
			assert.equal((await send(`${experimentPath('tried')}/${experiment}`, { ...form, do: 'end' }, 'Bert')).status, 403);
			for (const [where, who] of [[own, 'Anna'], [`/zh${own}`, 'Anna']])
				assert.equal((await ask(where, who)).status, 404);
			assert.equal(sql(site, `SELECT ends > 200000000000 FROM experiment WHERE id = ${experiment}`), '1');
			assert.equal((await site.get(`${own}?do=end&letter=B`, { headers: { cookie: cookies.Bert } })).status, 200);
			assert.match((await ask(own, 'Bert')).text, /Running since/);
			const unknown = await decide(own, { do: 'keep', letter: 'D' }, 'Bert');
			assert.equal(unknown.status, 422);
			assert.match(problems(unknown.text).join(), /no such variant/);
		});

		test('a winner can be chosen once, and not after a newer save', async () => {
			const where = `${experimentPath('other')}/${sql(site, `SELECT id FROM experiment WHERE post_id = ${post('other')}`)}`;
			const forms = await Promise.all(Array.from({ length: 8 }, async () => ({ ...fieldsIn((await ask(where, 'Bert')).text, 'end-experiment'), do: 'keep', letter: 'B' })));
			const [form] = forms, answers = await Promise.all(forms.map((one) => send(where, one, 'Bert')));
			assert.equal(answers.filter((answer) => answer.status === 303).length, 1, answers.map((answer) => answer.status).join());
			assert.ok(answers.every((answer) => answer.status === 303 || answer.status === 409));
			assert.equal(sql(site, `SELECT count(*) FROM revision WHERE post_id = ${post('other')} AND reason = 'experiment'`), '1');
			assert.equal((await send(where, { ...form, letter: 'A' }, 'Bert')).status, 409);
			assert.equal(sql(site, `SELECT title FROM post WHERE slug = 'other'`), 'Bert\'s B');
		});

		test('impossible counts are refused', () => {
			const refuse = (...args) => { assert.throws(() => site.renown('experiment', 'count', ...args)); };
			refuse('1', '--variant', 'B', '--seen', '5', '--acted', '6');
			refuse('1', '--variant', 'E', '--seen', '5', '--acted', '5');
			refuse('1', '--variant', 'B', '--seen', '-5', '--acted', '-5');
			refuse('1', '--variant', 'D', '--seen', '5', '--acted', '5');
			refuse('999', '--variant', 'A', '--seen', '5', '--acted', '5');
			refuse('x', '--variant', 'A', '--seen', '5', '--acted', '5');
		});
	});
});
