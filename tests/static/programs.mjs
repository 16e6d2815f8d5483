// Compares conf/programs with the route tables that the programs print (--routes): every address of a route is answered by its program, with a
// body limit that is large enough for its forms. Also checks the places that must mention each program or page.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build, root, temporaryFolder } from '../e2e/lib.mjs';
import { groupOf, groups, programNames, programs } from '../e2e/programs.mjs';
import { allRows } from '../e2e/rows.mjs';

let number = 0, failed = false;
function result(name, problems) {
	const lines = [problems].flat().filter(Boolean);
	console.log(`${lines.length ? 'not ok' : 'ok'} ${++number} - ${name}`);
	for (const line of lines.join('\n').split('\n').filter(Boolean))
		console.log(`# ${line}`);
	failed ||= lines.length > 0;
}
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const bytes = (size = '1k') => Number.parseInt(size) * ({ k: 1024, m: 1048576 }[size.at(-1)] ?? 1);

// --- the list itself

const words = 'body rate cached reads private secret sends ranges files experiments static'.split(' ');
result('each number of the order is used once', groups.filter((group, i) => groups.findIndex(({ order }) => order === group.order) !== i).map(({ order }) => `${order} is used twice`));
result('every program has a number of workers, a socket, a manual page and a group', programs.map(({ name, workers, socket, manual, groups: own }) => {
	const problem = workers > 0 && socket?.endsWith('.sock') && fs.existsSync(path.join(root, 'docs', manual ?? '')) && own.length > 0;
	return problem ? '' : `${name}: ${workers} ${socket} docs/${manual}`;
}));
result('every word is one that conf/programs explains', groups.flatMap((group) => Object.keys(group.words).filter((word) => !words.includes(word)).map((word) => `${group.pattern}: ${word}`)));
result('the rate names a zone of conf/nginx/http.conf', groups.filter(({ words: { rate } }) => rate && !read('conf/nginx/http.conf').includes(`zone=@ID@_${rate.split(':')[0]}:`)).map(({ pattern }) => pattern));
result('private groups and groups with forms are not cached, and uploads name the page with their form', groups.filter(({ pattern, words: { cached, body, files, private: isPrivate, secret } }) =>
	(cached && (body || isPrivate || secret)) || (files && !(body && pattern.includes('(?<form>')))).map(({ pattern }) => pattern));
// nginx finds these addresses before all expressions (nginx_exact() in conf/programs.awk).
const exact = groups.filter(({ pattern, words: { cached } }) => cached && /^\/[a-z-]*\$$/.test(pattern)).flatMap(({ order, pattern }) => ['', '/en', '/zh'].map((prefix) => ({ order, address: prefix + pattern.slice(0, -1) })));
result('no group with a lower order matches the address of a group that nginx finds exactly', exact.length < 6 ? 'there are hardly any' : exact.filter(({ order, address }) => groupOf(address).order !== order).map(({ address }) => address));

// --- stylesheets

// A program compiles the stylesheets of its own pages. A mode does nothing there if its template is in the stylesheet of another program's page.
const modes = (text, element) => [...text.matchAll(new RegExp(`<xsl:${element}\\b[^>]*? mode="([^"]+)"`, 'g'))].map(([, mode]) => mode);
const site = read('templates/default/site.xsl');
const unknownModes = programNames.flatMap((program) => {
	const sheets = [...read(`templates/default/pages-${program}.xsl`).matchAll(/href="([^"]+)"/g)].map(([, href]) => ({ href, text: read(`templates/default/${href}`) }));
	const known = [site, ...sheets.map(({ text }) => text)].flatMap((text) => modes(text, 'template'));
	return sheets.length < 5 ? [`${program} has hardly any stylesheet`] : sheets.flatMap(({ href, text }) => modes(text, 'apply-templates').filter((mode) => !known.includes(mode)).map((mode) => `${program}: no template with the mode "${mode}", which ${href} uses`));
});
result('a program has a template for each mode that its pages use', unknownModes);

// --- routes

// An address for a pattern: numbers where the name says so, else a word that no group treats in a special way.
const addressOf = (pattern) => pattern.replaceAll(/:(\w+)/g, (_, part) => ({ id: '17', number: '3', folder: 'ab', file: 'abc.ics' }[part] ?? 'word'));
const rows = allRows();
const reached = rows.flatMap((row) => (row.languages ? ['', '/en', '/zh'] : ['']).map((prefix) => ({ ...row, address: prefix + addressOf(row.pattern) })));
result(`every route is reached: ${rows.length} routes, ${reached.length} addresses`, reached.filter(({ program, address }) => groupOf(address)?.program !== program)
	.map(({ program, method, address }) => `${method} ${address} is a route of ${program}, but conf/programs gives it to ${groupOf(address)?.program}: add or change a group of ${program}`));

// A character can have four bytes in UTF-8, and each byte three in a form. Files are sent unchanged. Not all fields have their maximum length at the same time.
const most = ({ fields }) => Math.max(0, ...fields.map(({ type, max }) => (type === 'FILE' ? max : max * 4)));
result('a form has room for its longest field, and for files if it takes any', reached.filter(({ method }) => method === 'POST').map((row) => {
	const { pattern, words: { body, files } } = groupOf(row.address), has = bytes(body), takesFiles = row.fields.some(({ type }) => type === 'FILE');
	if (!body)
		return `POST ${row.address}: its group ${pattern} has no word body=SIZE`;
	if (takesFiles !== Boolean(files))
		return `POST ${row.address}: its group ${pattern} ${takesFiles ? 'lacks the word files' : 'says files, but the form takes none'}`;
	return most(row) > has ? `POST ${row.address}: the longest field has ${most(row)} bytes, its group ${pattern} takes ${has}` : '';
}));
result('a route that needs a role is in a private group, and one with a secret in its address in a secret one', reached.map((row) => {
	const { pattern, words: { private: isPrivate, secret } } = groupOf(row.address);
	return row.role !== 'ANYONE' && !isPrivate ? `${row.address} needs ${row.role}, but its group ${pattern} is not private` : /:token/.test(row.pattern) && !secret ? `${row.address}: its group ${pattern} is not secret` : '';
}));
// nginx gives a cached group these arguments only: an argument that is missing here would not reach its route.
result('a cached group says reads= with exactly the fields of its routes', groups.filter(({ words: { cached, reads } }) => cached || reads).map(({ order, pattern, words: { cached, reads } }) => {
	const fields = [...new Set(reached.filter(({ method, address }) => method === 'GET' && groupOf(address)?.order === order).flatMap((row) => row.fields.map(({ name }) => name)))].sort().join();
	return !cached ? `${pattern} says reads, but is not cached` : (reads ?? '').split(',').sort().join() === fields ? '' : `${pattern} says reads=${reads ?? ''}, its routes read ${fields}`;
}));
result('every group has a route', groups.filter(({ order, pattern }) => pattern.includes('[A-Za-z0-9_-]{43}') ? false : !reached.some(({ address }) => groupOf(address).order === order)).map(({ program, pattern }) => `${program} ${pattern}`));
const file = (name) => execFileSync(path.join(build, 'blog'), [name], { encoding: 'utf8', env: { ...process.env, REQUEST_METHOD: 'GET', GATEWAY_INTERFACE: 'CGI/1.1', RENOWN_SITE: '/nonexistent' }, stdio: ['ignore', 'pipe', 'ignore'] });
let said = '';
try {
	said = file('--routes');
} catch (error) {
	said = error.stdout;
}
result('a plain CGI that gets "--routes" from its address prints no routes (RFC 3875, 4.4)', said.includes('"pattern"') ? said : '');

// --- places that must mention each of them

const generated = (server) => {
	const folder = temporaryFolder('programs');
	const ran = spawnSync(path.join(root, 'conf/generate'), [server, path.join(folder, 'conf'), 'SERVE=yes', `SITE=${folder}`, `DATA=${root}`, 'NAMES=localhost'], { encoding: 'utf8' });
	return ran.status === 0 ? fs.readdirSync(path.join(folder, 'conf')).filter((name) => name.endsWith('.conf')).map((name) => fs.readFileSync(path.join(folder, 'conf', name), 'utf8')).join('\n') : ran.stderr;
};
const texts = { nginx: generated('nginx'), apache: generated('apache') };
result('both web servers know every socket', Object.entries(texts).flatMap(([server, text]) => programs.filter(({ socket }) => !text.includes(`/run/${socket}`)).map(({ name }) => `${server}: ${name}`)));
for (const name of ['README.md', 'README.zh-CN.md']) {
	const table = /<!-- programs -->\n([\s\S]*?)<!-- end of programs -->/.exec(read(name))?.[1] ?? '';
	const wanted = execFileSync(path.join(root, 'tools/programs_table.sh'), [name.includes('zh') ? 'zh' : 'en'], { encoding: 'utf8' });
	result(`the table in ${name} is that of conf/programs`, table === wanted ? '' : `run make -C build update-docs. Wanted:\n${wanted}`);
}
const grammar = read('templates/page.rng'), plain = /<define name="plain-page">[\s\S]*?<\/define>/.exec(grammar)[0];
const valuesIn = (text) => [...text.matchAll(/<value>([a-z-]+)<\/value>/g)].map(([, value]) => value);
const named = [...grammar.replace(plain, '').matchAll(/<element name="page">\s*<attribute name="name">([\s\S]*?)<\/attribute>/g)].flatMap(([, text]) => valuesIn(text));
result('the plain page of templates/page.rng leaves out every page that has rules of its own', [...named.filter((name) => !valuesIn(plain).includes(name)).map((name) => `add <value>${name}</value> to plain-page`),
	...valuesIn(plain).filter((name) => !named.includes(name)).map((name) => `plain-page names ${name}, which has no rules`)]);
const explained = [...read('docs/THEMES.md').matchAll(/^\| ((?:`[a-z-]+`,? ?)+)\|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
result('docs/THEMES.md explains every page that has rules of its own', named.filter((name) => name !== 'entries' && !explained.includes(name)).map((name) => `add a row for ${name} to the table`));
const makefiles = ['.', 'lib'].flatMap((folder) => fs.readdirSync(path.join(root, folder)).map((name) => path.join(folder, name, 'Makemodule.am'))).filter((name) => !name.startsWith('tests/') && fs.existsSync(path.join(root, name)));
result('no Makemodule.am lists what tools/lists.sh finds', makefiles.flatMap((name) => [...read(name).matchAll(/(?<=[\s=])(?:(?:cgi-bin|bin|lib)\/[\w/]+\.[ch]|templates\/(?:default|samples)\/[\w./-]+\.(?:xsl|xml|css|js))\b/g)].filter(([found]) => !/(?:migrations|page_addresses_list|spam_prior_rows)\.h$/.test(found)).map(([found]) => `${name}: ${found}`)));
console.log(`1..${number}`);
process.exitCode = failed || programNames.length === 0 ? 1 : 0;
