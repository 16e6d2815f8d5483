// Both web servers give each address to the program of its group in conf/programs, with the limits of that group, and the log masks what is
// private. The addresses come from the programs' route tables and from the list, so nothing has to be added here for a new page.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startFake } from './fcgi.mjs';
import { freePort, makeFolders, request, startApache, startNginx, stop, temporaryFolder, until } from './lib.mjs';
import { groupOf, programs } from './programs.mjs';
import { allRows } from './rows.mjs';

const secret = 'Ab1_-'.repeat(8) + 'xyz', isSecret = new RegExp(`/(?:${secret}|T{43})(?![A-Za-z0-9_-])`);
const rows = allRows().filter(({ method, where }) => method === 'GET' && !where.startsWith('/media/')); // files first: media.test.mjs
// Each route in each language, and addresses beside it that another group may answer.
const near = (where) => [where, `${where}/`, `${where}x`, `${where}/x`, `/x${where}`, `${where}.rss`, `${where}/feed.rss`, ...(isSecret.test(where) ? [] : [`${where}/${secret}`])];
const addresses = [...new Set(['', '/en', '/zh', '/fr'].flatMap((prefix) => [...new Set(rows.map(({ where }) => where))].flatMap(near).map((where) => prefix + where)))]
	.map((where) => where.replaceAll('//', '/'));

for (const server of ['nginx', 'apache'])
	for (const base of ['', '/sub'])
		describe(`${server}, addresses of a site at ${base || 'the root'}`, () => {
			const folder = temporaryFolder('locations'), fakes = [], log = () => fs.readFileSync(path.join(folder, 'log/access.log'), 'utf8');
			let child, url;
			before(async () => {
				makeFolders(folder);
				for (const { name, socket } of programs)
					fakes.push(await startFake(path.join(folder, 'run', socket), (told) => `Status: 200 OK\r\nContent-Type: text/plain\r\nCache-Control: public, no-cache\r\n\r\n${name} ${told.RENOWN_PATH} ${told.QUERY_STRING}`));
				const port = await freePort();
				child = await (server === 'nginx' ? startNginx : startApache)(folder, { port, base, workers: 1 }); // one nginx worker writes its lines in order
				url = `http://127.0.0.1:${port}${base}`;
			});
			after(async () => {
				await stop(child);
				await Promise.all(fakes.map((fake) => fake.stop()));
			});

			test(`each of ${addresses.length} addresses reaches the program of its group`, async () => {
				for (let i = 0; i < addresses.length; i += 20)
					await Promise.all(addresses.slice(i, i + 20).map(async (where) => {
						const answer = await request(url + where, { headers: { cookie: 'sid=x' } });
						assert.equal(answer.text.split(' ')[0], groupOf(where).program, where);
						assert.equal(answer.text.split(' ')[1], base + where);
						assert.equal(answer.headers['referrer-policy'], isSecret.test(where) ? 'no-referrer' : 'strict-origin-when-cross-origin', where);
					}));
			});

			if (server === 'nginx')
				test('a cached group gets the arguments that routes read, any other group gets the query', async () => {
					for (const where of addresses.filter((_, i) => i % 3 === 0 || addresses[i].split('/').length < 4).filter((one) => !groupOf(one).words.rate)) {
						const { words } = groupOf(where), answers = [];
						for (let i = 0; i < 2; i++)
							answers.push((await request(`${url}${where}?before=1&x=${i}`)).text.split(' ')[2]);
						assert.deepEqual(answers, words.cached ? ['before=1', 'before=1'] : ['before=1&x=0', 'before=1&x=1'], where);
					}
				});

			test('the access log has no query of an address that needs a role, nor of such a referrer', async () => {
				const named = (row, i) => ({ where: (row.languages && i % 2 ? '/zh' : '') + row.where, word: `word${i}x` });
				const asked = rows.map((row, i) => ({ ...named(row, i), isOpen: row.role === 'ANYONE', group: groupOf(named(row, i).where) })).filter(({ group }) => group && !group.words.static);
				assert.ok(asked.filter(({ isOpen }) => !isOpen).length > 30 && asked.filter(({ isOpen }) => isOpen).length > 10);
				for (const { where, word } of asked) {
					await request(`${url}${where}?q=${word}q`, { headers: { referer: `${url}${where}?q=${word}r` } });
					await request(`${url}/about`, { headers: { referer: `${url}${where}?a=b&q=${word}s#t` } });
				}
				await request(`${url}/last`);
				await until('all lines are written', () => log().includes('/last\t'));
				const text = log();
				for (const { where, word, isOpen, group } of asked)
					for (const letter of 'qrs')
						if (!isOpen)
							assert.equal(text.includes(word + letter), false, `${where}: ${letter}`);
						else if (!group.words.private)
							assert.equal(text.includes(word + letter), true, `${where}: ${letter}`);
				assert.doesNotMatch(text, isSecret);
				assert.equal(text.split('\n').every((line) => line === '' || line.split('\t').length === 15), true);
			});
		});
