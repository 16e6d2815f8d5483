// Follows docs/HACKING.md, "Adding a page", literally: each step with a block of code is carried out in a copy of the tree, which is then built and served.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build, root } from './lib.mjs';
import { copyTree, make, runIn } from './tree.mjs';

const section = (title) => fs.readFileSync(path.join(root, 'docs/HACKING.md'), 'utf8').split(`\n## ${title}\n`)[1]?.split('\n## ')[0];
// The steps: the text before a block, and the block without the indent of the list.
const steps = [...section('Adding a page').matchAll(/\n\d\. ([^`]*(?:`[^`]+`[^`]*)*?)\n\n {3}```\w+\n([\s\S]*?) {3}```\n/g)].map(([, words, block]) => ({ words: words.replaceAll(/\s+/g, ' '), block: block.replaceAll(/^ {3}/gm, '') }));

// Carries out one step. An instruction of another form makes the test fail.
function follow(tree, { words, block }) {
	const create = /Create `([^`]+)`:$/.exec(words), add = /In `([^`]+)`, add this line below the one with `([^`]+)`:$/.exec(words), translate = /Run `([^`]+)`\. Then set these translations in `([^`]+)`:$/.exec(words);
	const at = (name) => path.join(tree.folder, name);
	if (create) {
		assert.ok(!fs.existsSync(at(create[1])), `${create[1]} exists already`);
		fs.writeFileSync(at(create[1]), block);
	} else if (add) {
		const lines = fs.readFileSync(at(add[1]), 'utf8').split('\n'), found = lines.filter((line) => line.includes(add[2]));
		assert.equal(found.length, 1, `${add[1]}: the lines with ${add[2]}`);
		lines.splice(lines.indexOf(found[0]) + 1, 0, block.trimEnd());
		fs.writeFileSync(at(add[1]), lines.join('\n'));
	} else if (translate) {
		runIn(tree, 'sh', '-c', translate[1].replaceAll(/\bbuild\b/g, tree.build));
		let text = fs.readFileSync(at(translate[2]), 'utf8');
		for (const [, id, translation] of block.matchAll(/msgid (".*")\nmsgstr (".*")/g)) {
			assert.equal(text.split(`\nmsgid ${id}\nmsgstr ""\n`).length, 2, `${id} has no translation yet`);
			text = text.replace(`\nmsgid ${id}\nmsgstr ""\n`, `\nmsgid ${id}\nmsgstr ${translation}\n`);
		}
		fs.writeFileSync(at(translate[2]), text);
	} else {
		assert.fail(`this step cannot be followed: ${words}`);
	}
}

describe('a page that is added as docs/HACKING.md says', { skip: path.relative(root, build).startsWith('..') && 'only with a build folder in the tree' }, () => {
	let tree, site, lib;
	before(async () => {
		assert.equal(steps.length, 4, `steps with a block: ${steps.map(({ words }) => words)}`);
		tree = copyTree();
		for (const step of steps)
			follow(tree, step);
		make(tree, 'all');
		process.env.RENOWN_BUILD = tree.build;
		lib = await import(path.join(tree.folder, 'tests/e2e/lib.mjs'));
		site = await lib.serveSite({ sample: true });
	});
	after(() => site?.stop());

	test('the page is served in both languages, with its translations', async () => {
		for (const [where, lang, words] of [['/colophon', 'en', ['How this site is made', 'This site is published with renown.']], ['/en/colophon', 'en', ['How this site is made']], ['/zh/colophon', 'zh', ['本站是怎样做的', '本站使用 renown 发布。']]]) {
			const answer = await site.get(where);
			assert.equal(answer.status, 200, where);
			assert.match(answer.text, new RegExp(`<html[^>]* lang="${lang}"`));
			for (const word of words)
				assert.ok(answer.text.includes(word), `${where}: ${word}`);
			assert.equal(answer.text.match(/<h1\b/g).length, 1);
			assert.match(answer.text, /<title>[^<]+<\/title>/);
		}
	});

	test('the page is well-formed in both languages, and its document is valid', async () => {
		const judge = (text, ...options) => spawnSync('xmllint', ['--noout', '--nonet', ...options, '-'], { input: text, encoding: 'utf8' }).stderr.replace(/^- validates\n/m, '');
		for (const where of ['/colophon', '/zh/colophon'])
			assert.equal(judge((await site.get(where)).text), '', where);
		lib.useTheme(site.folder, 'document-theme');
		for (const where of ['/colophon', '/zh/colophon'])
			assert.equal(judge(await lib.until('the document is shown', async () => {
				const { text } = await site.get(where);
				return text.startsWith('<!DOCTYPE html>\n<page ') && text;
			}), '--relaxng', path.join(tree.folder, 'templates/page.rng')), '', where);
		lib.renown(site.folder, ['setting', 'set', 'theme', 'default']);
	});

	test('the sitemap has the page, and the menu links to it in the language of the reader', async () => {
		const sitemap = (await site.get('/sitemap/pages.xml')).text;
		for (const where of ['/colophon', '/en/colophon', '/zh/colophon'])
			assert.ok(sitemap.includes(`<loc>${site.url}${where}</loc>`), where);
		lib.renown(site.folder, ['setting', 'set', 'navigation', 'Colophon /colophon']);
		await lib.until('the menu', async () => (await site.get('/zh/blog')).text.includes('href="/zh/colophon"'));
	});

	test('the tests of all pages cover the page, and pass', () => {
		const text = runIn(tree, 'node', 'tests/static/programs.mjs');
		assert.doesNotMatch(text, /^not ok/m, text);
		assert.match(runIn(tree, path.join(tree.build, 'blog'), '--routes'), /"pattern":"\/colophon"/);
	});
});

test('docs/HACKING.md names at most three places for each thing, and each of them exists', () => {
	const rows = [...section('Where things are').matchAll(/^\| (an? [^|]+?) \| (1\. [^|]+?) \| [^|]+ \|$/gm)];
	const kinds = rows.map(([, kind]) => kind);
	for (const kind of ['page', 'form', 'table', 'setting', 'job of the background worker', 'command', 'feed', 'program', 'theme', 'import format', 'check of `renown doctor`'])
		assert.ok(kinds.some((one) => one.replace(/^an? /, '') === kind), kind);
	for (const [, kind, places] of rows) {
		assert.ok((places.match(/\b\d\. /g) ?? []).length <= 3, kind);
		for (const [, name] of places.matchAll(/`([\w./-]+)`/g))
			if (name.includes('/') && !/[A-Z]{4}/.test(name))
				assert.ok(fs.existsSync(path.join(root, name)), `${kind}: ${name}`);
	}
	for (const [, name] of fs.readFileSync(path.join(root, 'docs/HACKING.md'), 'utf8').matchAll(/`((?:lib|bin|cgi-bin|conf|tests|tools|docs|templates|completion|po)\/[\w./-]+)`/g))
		assert.ok(/[A-Z]{4}|colophon/.test(name) || fs.existsSync(path.join(root, name)), name);
});
