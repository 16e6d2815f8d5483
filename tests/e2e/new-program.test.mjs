// A program is added as docs/HACKING.md says: a line with a group of addresses in conf/programs, a folder, a manual page. Nothing else is changed.
// It is built, served by nginx and Apache, gets systemd units, and is covered by the tests of all programs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build, root } from './lib.mjs';
import { copyTree, make, runIn } from './tree.mjs';

const source = `/* The program greeting: a page, and a form that only owners may send. */
#include "greeting_handlers.h"

#include "http/form.h"
#include "http/serve.h"

static const struct field greet_fields[] = {
	{ .name = "name", .type = FIELD_LINE, .max = 40, .required = true, .label = "Name" },
	{ 0 },
};

enum status
show_greeting(struct request *req)
{
	TRY(request_page(req, request_language(req), "greeting"));
	page_attr(req->page->root, "title", "Hello");
	(void)page_text(req->page->root, "heading", "Hello");
	return OK;
}

enum status
take_greeting(struct request *req)
{
	return request_see(req, "/greeting");
}

static const struct route routes[] = {
	{ GET, "/greeting", show_greeting, .role = ANYONE, .languages = true, .in_sitemap = true },
	{ POST, "/greeting/all", take_greeting, .role = OWNER, .fields = greet_fields, .languages = true, .again = show_greeting, .repeat = REPEATABLE },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("greeting", routes, argc, argv);
}
`;
const list = `
greeting  1  greeting.sock  renown-greeting.8
	72  /greeting/all$  body=2k rate=forms:20 private
	73  /greeting$      cached
`;
const manual = `.Dd November 29, 2026
.Dt RENOWN-GREETING 8
.Os
.Sh NAME
.Nm renown-greeting
.Nd a page that greets
.Sh DESCRIPTION
It greets.
`;

describe('a program that is added', { skip: path.relative(root, build).startsWith('..') && 'only with a build folder in the tree' }, () => {
	const sites = {};
	let tree, lib;
	before(async () => {
		tree = copyTree();
		fs.appendFileSync(path.join(tree.folder, 'conf/programs'), list);
		fs.mkdirSync(path.join(tree.folder, 'cgi-bin/greeting'));
		fs.writeFileSync(path.join(tree.folder, 'cgi-bin/greeting/greeting.c'), source);
		fs.writeFileSync(path.join(tree.folder, 'docs/renown-greeting.8'), manual);
		make(tree, 'all');
		make(tree, 'update-docs');
		process.env.RENOWN_BUILD = tree.build;
		lib = await import(path.join(tree.folder, 'tests/e2e/lib.mjs'));
		for (const server of ['nginx', 'apache'])
			sites[server] = await lib.serveSite({ server });
	});
	after(() => Promise.all(Object.values(sites).map((site) => site.stop())));

	for (const server of ['nginx', 'apache'])
		test(`${server} serves the program in each language, with its own body limit`, async () => {
			const site = sites[server], send = (bytes) => site.get('/greeting/all', { method: 'POST', body: 'x'.repeat(bytes), headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': bytes } });
			for (const where of ['/greeting', '/en/greeting', '/zh/greeting']) {
				const answer = await site.get(where);
				assert.equal(answer.status, 200, where);
				assert.match(answer.text, /<h1>Hello<\/h1>/);
			}
			assert.equal((await site.get('/greeting/none')).status, 404, 'other addresses still belong to the program blog');
			assert.equal((await send(2000)).status, 403, 'the length is allowed, the visitor is not');
			assert.equal((await send(2049)).status, 413);
			await site.get('/greeting/all?q=private', { headers: { referer: 'http://127.0.0.1/zh/greeting/all?q=also-private' } });
			const line = await lib.until('the request is logged', () => site.log('access.log').split('\n').find((one) => one.includes('\t/greeting/all\t***\t')));
			assert.ok(!line.includes('also-private'), line);
		});

	test('nginx caches the addresses that the list marks as cached, and no others', async () => {
		const site = sites.nginx;
		assert.match(site.log('access.log') && fs.readFileSync(path.join(site.folder, 'run/nginx/programs-locations.conf'), 'utf8'), /location = \/greeting \{\n(?:\t.*\n)*\tinclude "[^"]*\/cache\.conf";/);
		const kept = fs.readdirSync(path.join(site.folder, 'run/cache'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => fs.readFileSync(path.join(one.path, one.name), 'latin1')).join('\n');
		assert.ok(!kept.includes('/greeting/all'));
	});

	test('the sitemap has the page of the program', async () => {
		assert.ok((await sites.nginx.get('/sitemap/pages.xml')).text.includes(`<loc>${sites.nginx.url}/zh/greeting</loc>`));
	});

	test('systemd has a socket and a service for the program, wanted by the target of each site', () => {
		const unit = (name) => fs.readFileSync(path.join(tree.build, 'conf/systemd', name), 'utf8');
		assert.match(unit('renown-greeting@.service'), /^Environment=WORKERS=1$/m);
		assert.match(unit('renown-greeting@.socket'), /^ListenStream=\/run\/renown\/%i\/greeting\.sock$/m);
		assert.match(unit('renown@.target'), /^Wants=renown-greeting@%i\.socket renown-greeting@%i\.service$/m);
		assert.match(unit('renown@.target'), /^Wants=renown-work@%i\.service$/m);
	});

	test('the tests of all programs cover the program: the list, rights, each page', async () => {
		const text = runIn(tree, 'node', 'tests/static/programs.mjs');
		assert.doesNotMatch(text, /^not ok/m, text);
		const { allRows } = await import(path.join(tree.folder, 'tests/e2e/rows.mjs'));
		assert.deepEqual(allRows().filter(({ program }) => program === 'greeting').map(({ method, where, role }) => `${method} ${where} ${role}`), ['GET /greeting ANYONE', 'POST /greeting/all OWNER']);
		// These tests use all rows of all programs.
		for (const name of ['e2e/rights', 'e2e/form-once', 'browser/every-page'])
			assert.match(fs.readFileSync(path.join(tree.folder, `tests/${name}.test.mjs`), 'utf8'), /\ballRows\(\)/, name);
		// The test of rights, for the new rows only.
		const rights = path.join(tree.folder, 'tests/e2e/rights.test.mjs');
		fs.writeFileSync(rights, fs.readFileSync(rights, 'utf8').replace('const rows = allRows();', "const rows = allRows().filter(({ program }) => program === 'greeting');"));
		const ran = runIn(tree, 'node', '--test', '--test-reporter=tap', '--test-name-pattern', 'a form is refused to every role|GET and HEAD change nothing', rights);
		assert.match(ran, /ok \d+ - a form is refused to every role[^#]*\n/);
	});

	test('the list in the source tree is not changed', () => {
		assert.doesNotMatch(fs.readFileSync(path.join(root, 'conf/programs'), 'utf8'), /greeting/);
	});
});
