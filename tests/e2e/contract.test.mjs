// Output formats: every page document is valid by templates/page.rng (through a theme that outputs the document itself), every
// Atom feed is valid by the grammar of RFC 4287, and every other XML is at least well-formed.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { crawl, importPosts, signIn, sql } from './content.mjs';
import { sendForm } from './forms.mjs';
import { root, serveSite, temporaryFolder, useTheme } from './lib.mjs';
import { allRows } from './rows.mjs';

const grammar = path.join(root, 'templates/page.rng');
const isDocument = (answer) => /^<!DOCTYPE html>\n<page /.test(answer.text);
// Every page that a stranger may ask for by following links, from the programs' own tables. Files, redirects (/comment/), and what needs a secret in its address, are no pages.
const rows = allRows().filter(({ method, role, pattern }) => method === 'GET' && role === 'ANYONE' && !/\.[a-z]+$|:token|^\/(?:media|colours|comment|sitemap|write)\//.test(pattern));
// Those that no page of the sample site links to.
const unlinked = ['/about', '/sign-up', '/page/colophon', '/moderation'];
const matches = (pattern, where) => new RegExp(`^(?:/(?:en|zh))?${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(where.split('?')[0]);

describe('output formats', () => {
	let site, answers, folder, written = 0;

	// Checks all files in one run of xmllint; returns its messages about the invalid ones.
	function judge(found, ...options) {
		const files = found.map((answer) => {
			const file = path.join(folder, `${++written}.xml`);
			fs.writeFileSync(file, answer.bytes);
			return file;
		});
		const ran = spawnSync('xmllint', ['--noout', '--nonet', ...options, ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
		return ran.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates')).slice(0, 20).join('\n');
	}

	before(async () => {
		folder = temporaryFolder('contract');
		site = await serveSite({
			sample: true,
			before: ({ folder: where }) => useTheme(where, 'document-theme'),
		});
		importPosts(site, [{ name: 'colophon.md', slug: 'colophon', title: 'Colophon', kind: 'page', date: '2020-01-01', text: 'Set in *what there is*.' }]);
		site.renown('setting', 'set', 'registration', 'open');
		site.renown('setting', 'set', 'moderation_log', 'full');
		answers = await crawl(site);
		for (const where of [...unlinked, '/nothing', '/blog/nothing', '/search?q=the', '/search?q=%E5%93%81', '/search?q=nosuchword', '/blog?before=1-1', '/zh/search?q='])
			answers.set(where, await site.get(where));
	});
	after(() => site?.stop());

	test('every kind of page is tested', () => {
		const found = [...answers].filter(([, answer]) => isDocument(answer) && answer.status === 200).map(([where]) => where);
		assert.ok(rows.length >= 11, `${rows.length} rows`);
		assert.deepEqual(rows.map(({ pattern }) => pattern).filter((pattern) => !found.some((where) => matches(pattern, where))), []);
		const names = new Set([...answers.values()].filter(isDocument).map((answer) => /^<page [^>]*\bname="([a-z-]+)"/m.exec(answer.text)[1]));
		assert.deepEqual(['post', 'month', 'error'].filter((name) => !names.has(name)), []);
	});

	test('pages for visitors are valid', () => {
		const found = [...answers.values()].filter(isDocument);
		assert.ok(found.length > 50, `${found.length} pages`);
		assert.equal(judge(found, '--relaxng', grammar), '');
	});

	test('pages for a reader with access to everything are valid', async () => {
		const cookie = signIn(site, 1), found = [...(await crawl(site, { from: ['/'], headers: { cookie }, most: 150 })).values()].filter(isDocument);
		assert.ok(found.some((answer) => answer.text.includes('<viewer ')), 'signed in');
		assert.equal(judge(found, '--relaxng', grammar), '');
	});

	test('the pages of an A/B test, and of its post, are valid', async () => {
		const cookie = signIn(site, 1), get = (where) => site.get(where, { headers: { cookie } });
		const [id, slug] = sql(site, "SELECT id || ' ' || slug FROM post WHERE kind = 'article' AND state = 'published' ORDER BY id LIMIT 1").split(' ');
		const found = [await get(`/write/${id}/experiment`)];
		sql(site, `INSERT INTO experiment (id, post_id, user_id, buckets, goal, min_difference, started, ends) VALUES (1, ${id}, 1, 'ABBABAABABBAAABBABAB', 'read', 5, 1, 253402300799);
			INSERT INTO experiment_variant (experiment_id, letter, title, summary) VALUES (1, 'A', 'x', 'y'), (1, 'B', 'z', '');
			INSERT INTO experiment_count VALUES (1, 'A', 100, 10); UPDATE content_version SET counter = counter + 1;`);
		found.push(await get(`/write/${id}/experiment/1`), await get(`/zh/write/${id}/experiment/1`), await get(`/write/${id}`), await get(`/blog/${slug}`));
		assert.deepEqual(found.map((answer) => answer.status), [200, 200, 200, 200, 200]);
		assert.ok(found[4].text.includes(`/write/${id}/experiment/1`), 'the author is told');
		assert.equal(judge(found, '--relaxng', grammar), '');
	});

	test('the pages of the media library are valid', async () => {
		const cookie = signIn(site, 1), headers = { cookie };
		const ids = ['image/webp', 'audio/mpeg'].map((type) => sql(site, `SELECT id FROM media WHERE type = '${type}' ORDER BY id LIMIT 1`));
		const post = sql(site, "SELECT id FROM post WHERE kind = 'audio' LIMIT 1");
		const found = await Promise.all(['/write/media', '/zh/write/media?q=x', ...ids.map((id) => `/write/media/${id}`), `/write/${post}/media`, '/write', `/write/${post}`].map((where) => site.get(where, { headers })));
		assert.deepEqual(found.filter((answer) => !isDocument(answer)).map((answer) => answer.status), []);
		assert.equal(judge(found, '--relaxng', grammar), '');
	});

	test('a form that conflicts with a save from elsewhere, and autosaved forms, are valid', async () => {
		const cookie = signIn(site, 1), get = async (where) => site.get(where, { headers: { cookie } }), post = `/write/${sql(site, "SELECT id FROM post WHERE kind = 'article' LIMIT 1")}`;
		const decode = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#10;', '\n').replaceAll('&amp;', '&');
		// The fields that a browser would send of that form in a page document.
		const fieldsOf = (text, name) => {
			const form = text.split(`<form name="${name}"`)[1].split('</form>')[0];
			return Object.fromEntries([...form.matchAll(/<(field|proof)\b([^>]*)>/g)].map(([, element, rest]) => [element === 'proof' ? 'proof' : / name="([^"]*)"/.exec(rest)[1], decode(/ value="([^"]*)"/.exec(rest)?.[1] ?? '')]));
		};
		const old = fieldsOf((await get(post)).text, 'post');
		assert.equal((await sendForm(site, post, { ...old, title: 'Theirs', tags: 'theirs', access: 'paid', text: `${old.text}\n\nTheirs.`, do: 'save' }, { cookie })).status, 303);
		for (const title of ['', 'An autosaved one'])
			assert.equal((await sendForm(site, '/write/new', { ...fieldsOf((await get('/write/new')).text, 'post'), title, text: 'x', do: 'keep' }, { cookie })).status, 200);
		assert.equal((await sendForm(site, post, { ...fieldsOf((await get(post)).text, 'post'), title: '', do: 'keep' }, { cookie })).status, 200);
		const found = [await sendForm(site, post, { ...old, title: 'Mine', tags: 'mine', access: 'members', text: `${old.text}\n\nMine.`, do: 'save' }, { cookie }), await sendForm(site, `/zh${post}`, { ...old, title: '', do: 'preview', proof: '' }, { cookie }),
			await get('/write'), await get('/zh/write'), await get('/write/new'), await get(post)];
		assert.deepEqual(found.map((answer) => answer.status), [409, 403, 200, 200, 200, 200]);
		assert.match(found[0].text, /<merged>[\s\S]*<item>/);
		assert.match(found[0].text, /<other chosen="theirs">/);
		assert.match(found[2].text, /<autosave /);
		assert.equal(judge(found, '--relaxng', grammar), '');
	});

	test('account pages are valid in every state of two-factor authentication', async () => {
		const cookie = signIn(site, 1), where = '/account/second-factor', found = [], states = [];
		const ask = async (path) => {
			found.push(await site.get(path, { headers: { cookie } }));
			assert.ok(isDocument(found.at(-1)), path);
			return found.at(-1).text;
		};
		const state = async () => states.push(/<second-factor [^>]*state="([a-z]+)"/.exec(await ask(where))[1]);
		for (const path of ['/account', '/account/data', '/account/delete', '/zh/account/data'])
			await ask(path);
		await state();
		const proof = /<form name="begin"[\s\S]*?<proof value="([^"]*)"/.exec(found.at(-1).text)[1];
		assert.equal((await sendForm(site, where, { proof }, { cookie })).status, 303);
		await state();
		sql(site, 'UPDATE second_factor SET confirmed = created');
		await state();
		assert.deepEqual(states, ['off', 'pending', 'on']);
		const fields = { proof: /<form name="codes"[\s\S]*?<proof value="([^"]*)"/.exec(found.at(-1).text)[1], self: 'not this' };
		found.push(await sendForm(site, `${where}/codes`, fields, { cookie }));
		assert.equal(found.at(-1).status, 422);
		await ask('/account/delete');
		assert.equal(judge(found, '--relaxng', grammar), '');
	});

	test('Atom feeds are valid by RFC 4287', () => {
		const found = [...answers].filter(([where]) => /\.atom$/.test(where)).map(([, answer]) => answer);
		assert.ok(found.length > 3, `${found.length} feeds`);
		assert.equal(judge(found, '--relaxng', path.join(root, 'tests/data/atom.rng')), '');
	});

	test('all other XML is well-formed', () => {
		const found = [...answers].filter(([where, answer]) => /xml/.test(answer.headers['content-type'] ?? '') && !/\.atom$/.test(where)).map(([, answer]) => answer);
		assert.ok(found.length > 3);
		assert.equal(judge(found), '');
	});

	test('the samples in templates/samples are valid', () => {
		const samples = fs.readdirSync(path.join(root, 'templates/samples')).filter((name) => name.endsWith('.xml')).map((name) => path.join(root, 'templates/samples', name));
		execFileSync('xmllint', ['--noout', '--nonet', '--relaxng', grammar, ...samples], { stdio: 'pipe' });
	});

	test('the validator detects an invalid document', () => {
		const page = [...answers.values()].find(isDocument);
		const broken = { bytes: page.text.replace(/<site name="[^"]*"/, '<site') };
		assert.match(judge([broken], '--relaxng', grammar), /validity error/);
	});
});
