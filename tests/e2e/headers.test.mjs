// Headers of every URL of the sample site and of every kind of error. Also a site
// below a path, where every link must stay below it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { crawl } from './content.mjs';
import { serveSite, until } from './lib.mjs';

const expected = {
	'content-security-policy': /^default-src 'none'; (script-src 'self'; style-src 'self'; .*frame-ancestors 'none'|sandbox; frame-ancestors 'none')$/,
	'x-content-type-options': /^nosniff$/,
	'x-frame-options': /^DENY$/,
	'referrer-policy': /^strict-origin-when-cross-origin$/,
	'permissions-policy': /camera=\(\)/,
	'cross-origin-opener-policy': /^same-origin$/,
	server: /^nginx$/,
};

function assertHeaders(where, answer) {
	for (const [name, value] of Object.entries(expected)) {
		assert.match(answer.headers[name] ?? '', value, `${where}: ${name}`);
		assert.equal(answer.raw.filter((_, i) => i % 2 === 0).filter((one) => one.toLowerCase() === name).length, 1, `${where}: ${name} once`);
	}
	assert.equal(answer.headers['set-cookie'], undefined, where);
	for (const name of Object.keys(answer.headers))
		assert.doesNotMatch(name, /^x-renown|^x-powered|^status$/, where);
}

describe('headers', () => {
	let site, answers;
	before(async () => {
		site = await serveSite({ sample: true });
		answers = await crawl(site);
	});
	after(() => site?.stop());

	test('every response, including every error, has each security header once', async () => {
		for (const [where, answer] of answers)
			assertHeaders(where, answer);
		for (const [where, status, how] of [['/nothing', 404], ['/blog/nothing', 404], ['/media/nothing', 404], ['/assets/nothing.css', 404], ['/blog', 405, { method: 'POST' }],
			['/feed.rss', 405, { method: 'PUT' }], ['/blog', 413, { method: 'POST', body: 'x'.repeat(5000) }], ['/blog?before=%zz', 200], [`/${'x'.repeat(9000)}`, 414]]) {
			const answer = await site.get(where, how);
			assert.equal(answer.status, status, where);
			assertHeaders(where, answer);
		}
		const first = await site.get('/blog');
		assertHeaders('304', await site.get('/blog', { headers: { 'if-none-match': first.headers.etag } }));
	});

	test('error pages reveal nothing internal', async () => {
		for (const where of ['/nothing', '/blog/%ff', '/blog/%0a', '/search?q=%22', '/tag/nothing']) {
			const answer = await site.get(where);
			assert.doesNotMatch(answer.text, /sqlite|\.c:\d|\/work\/|\/usr\/|renown\.db|SELECT |xslt/i, where);
		}
	});

	test('a reader\'s browser may store pages, but must revalidate them', () => {
		assert.match(answers.get('/blog').headers['cache-control'], /max-age=0|no-cache/);
	});

	test('the access log names each post that was read', async () => {
		const post = [...answers.keys()].find((where) => /^\/blog\/[^/?]+$/.test(where));
		await site.get(post);
		const line = await until('the log is written', () => site.log('access.log').split('\n').map((one) => one.split('\t')).find((fields) => fields[3] === decodeURI(post)));
		assert.equal(line[12], 'post');
		assert.match(line[13], /^\d+$/);
	});
});

describe('a site below a path', () => {
	let site;
	before(async () => { site = await serveSite({ sample: true, base: '/deep/down' }); });
	after(() => site?.stop());

	test('every link stays below the path and answers', async () => {
		const outside = [];
		const answers = await crawl(site);
		for (const [where, answer] of answers) {
			// The permanent link to a comment leads to its place in the thread.
			assert.equal(answer.status, /^\/comment\/\d+$/.test(where) ? 301 : 200, where);
			if (/text\/html|xml/.test(answer.headers['content-type'] ?? ''))
				for (const [, link] of answer.text.matchAll(/(?:href|src)="(\/[^"]*|http:\/\/127\.0\.0\.1:\d+[^"]*)"/g))
					if (!/^(http:\/\/127\.0\.0\.1:\d+)?\/deep\/down(\/|$)/.test(link))
						outside.push(`${where}: ${link}`);
		}
		assert.deepEqual(outside, []);
		assert.ok(answers.size > 60);
	});
});
