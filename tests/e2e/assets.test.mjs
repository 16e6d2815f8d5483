// Theme files: the copies that `renown work` makes, plain and compressed, are never older than their address, and both web servers send the
// same bytes.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { acceptEncodings } from './encodings.mjs';
import { childProcesses, renown, root, serveSite, until, useTheme } from './lib.mjs';

const gzip = { headers: { 'accept-encoding': 'gzip' } };
const plain = (answer) => (answer.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(answer.bytes).toString() : answer.text);
const defaultFile = (name) => fs.readFileSync(path.join(root, 'templates/default/assets', name), 'utf8');
const sent = {}; // the compressed bytes that each web server has sent for an address

for (const server of ['nginx', 'apache'])
	for (const base of ['', '/sub'])
		describe(`${server}, theme files of a site at ${base || 'the root'}`, () => {
			let site;
			const own = (name) => path.join(site.folder, 'themes/child-theme/assets', name);
			const write = (name, text, mode = 0o644) => {
				fs.mkdirSync(path.dirname(own(name)), { recursive: true });
				fs.writeFileSync(own(name), text);
				fs.chmodSync(own(name), mode);
			};
			const css = (words) => `/* ${words} */\n${'.own { color: red; }\n'.repeat(50)}`;
			// The address of a file on the home page, such as "/assets/child-theme/style.css?v=…".
			const address = async (name) => {
				const text = (await site.get('/blog', { headers: { cookie: 'sid=nobody' } })).text, found = new RegExp(`["'](?:https?://[^"'/]*)?${base}(/assets/[^"']*${name.replace('.', '\\.')}\\?v=[0-9a-f]{16})["']`).exec(text);
				assert.ok(found, `${name} in ${text.slice(0, 1500)}`);
				return found[1];
			};
			const copies = (...parts) => path.join(site.folder, 'assets', ...parts);
			// New workers read the theme again.
			const restart = async () => {
				const before = childProcesses(site.programs.blog.pid);
				for (const pid of before)
					process.kill(pid);
				await until('new workers', () => {
					const now = childProcesses(site.programs.blog.pid);
					return now.length === before.length && !now.some((pid) => before.includes(pid));
				});
			};
			before(async () => { site = await serveSite({ server, base }); });
			after(() => site?.stop());

			test('without copies, and without a digest in the address, the file of the theme is sent', async () => {
				for (const where of ['/assets/style.css', '/assets/style.css?v=0123456789abcdef', await address('style.css'), '/assets/none/style.css']) {
					assert.equal((await site.get(where)).text, defaultFile('style.css'), where);
					assert.equal(plain(await site.get(where, gzip)), defaultFile('style.css'), where);
				}
				for (const where of ['/assets/', '/assets/none.css', '/assets/none/none.css', '/assets/.new', '/assets/../renown.conf'])
					assert.equal((await site.get(where, gzip)).status, 404, where);
			});

			test('the copies: the same text for every client, and the bytes that renown has compressed', async () => {
				site.work();
				const where = await address('style.css'), build = where.slice(-16), folder = copies('default', build);
				assert.deepEqual(fs.readdirSync(copies()), ['default']);
				assert.deepEqual(fs.readdirSync(copies('default')), [build]);
				for (const name of fs.readdirSync(path.join(root, 'templates/default/assets'))) {
					const compressed = await site.get(`/assets/${name}?v=${build}`, gzip), simple = await site.get(`/assets/${name}?v=${build}`);
					assert.equal(simple.text, defaultFile(name));
					assert.deepEqual(simple.bytes, fs.readFileSync(path.join(folder, name)));
					assert.equal(compressed.headers['content-encoding'], 'gzip', name);
					assert.deepEqual(compressed.bytes, fs.readFileSync(path.join(folder, `${name}.gz`)));
					assert.equal(plain(compressed), defaultFile(name));
					assert.deepEqual(sent[name] ??= compressed.bytes, compressed.bytes, `${name}: both web servers send the same`);
					for (const header of ['content-type', 'cache-control', 'content-security-policy', 'x-content-type-options'])
						assert.equal(compressed.headers[header], simple.headers[header], header);
					assert.match(simple.headers['content-type'], name.endsWith('.svg') ? /^image\/svg\+xml$/ : /^text\/(css|javascript); charset=utf-8$/);
					assert.match(simple.headers['cache-control'], /immutable/);
					for (const answer of [simple, compressed]) {
						assert.equal(answer.headers.vary, 'Accept-Encoding');
						assert.equal(Number(answer.headers['content-length']), answer.bytes.length);
						const headers = answer === simple ? {} : { ...gzip.headers };
						const again = await site.get(`/assets/${name}?v=${build}`, { headers: { ...headers, 'if-none-match': answer.headers.etag } });
						assert.equal(again.status, 304);
						const head = await site.get(`/assets/${name}?v=${build}`, { method: 'HEAD', headers });
						assert.equal(head.headers['content-length'], answer.headers['content-length']);
						const part = await site.get(`/assets/${name}?v=${build}`, { headers: { ...headers, range: 'bytes=5-9' } });
						assert.ok(part.status === 200 || part.bytes.equals(answer.bytes.subarray(5, 10)), `${part.status}`);
					}
					assert.notEqual(simple.headers.etag, compressed.headers.etag);
				}
				for (const [header] of acceptEncodings) {
					const answer = await site.get(where, { headers: header === undefined ? {} : { 'accept-encoding': header } });
					assert.equal(plain(answer), defaultFile('style.css'), `${header}`.slice(0, 60));
					if (!/gzip/i.test(header ?? '') || /gzip *; *q=0(\.0*)?($|,)/i.test(header))
						assert.equal(answer.headers['content-encoding'], undefined, header);
				}
				for (const query of ['x=1&', 'V=0&'])
					assert.equal(plain(await site.get(where.replace('?', `?${query}`), gzip)), defaultFile('style.css'));
				for (const guess of [`/assets/..%2f${build}/style.css?v=${build}`, `/assets/default/${build}/style.css`, `/assets/style.css.gz`, `/assets/unfinished/style.css.gz?v=${build}`])
					assert.equal((await site.get(guess)).status, 404, guess);
			});

			test('a theme of the site is copied when it is chosen, and what is not public is not', async () => {
				useTheme(site.folder, 'child-theme');
				write('own.css', css('own'));
				write('parts/more.js', `// more\n${'call();\n'.repeat(100)}`);
				write('closed.css', css('closed'), 0o600);
				write('.hidden.css', css('hidden'));
				write('data.bin', 'x'.repeat(1000));
				write('small.css', 'a{}');
				fs.symlinkSync(path.join(site.folder, 'renown.conf'), own('link.txt'));
				fs.mkdirSync(own('shut'), { mode: 0o700 });
				write('shut/shut.css', css('shut'));
				fs.mkdirSync(path.join(site.folder, 'backup'));
				fs.writeFileSync(path.join(site.folder, 'backup/private.txt'), 'base_url of another');
				fs.symlinkSync(path.join(site.folder, 'backup'), own('folder'));
				fs.linkSync(own('small.css'), own('form.css')); // hides the file of the default theme
				fs.chmodSync(own('form.css'), 0o644);
				await restart();
				site.work();
				const where = await address('style.css'), build = where.slice(-16), list = (folder) => fs.readdirSync(folder, { recursive: true }).sort();
				assert.ok(where.startsWith('/assets/child-theme/'), where);
				assert.deepEqual(list(copies('child-theme')).filter((name) => !name.includes('/')), [build]);
				const files = list(copies('child-theme', build));
				for (const name of ['own.css', 'own.css.gz', 'parts/more.js', 'parts/more.js.gz', 'small.css', 'form.css', 'style.css', 'style.css.gz'])
					assert.ok(files.includes(name), name);
				for (const name of ['closed.css', '.hidden.css', 'data.bin', 'link.txt', 'shut', 'folder', 'small.css.gz', 'form.css.gz'])
					assert.ok(!files.some((one) => one.startsWith(name)), name);
				for (const name of ['own.css', 'parts/more.js', 'small.css', 'form.css'])
					assert.equal(plain(await site.get(`/assets/child-theme/${name}?v=${build}`, gzip)), fs.readFileSync(own(name), 'utf8'), name);
				assert.equal(plain(await site.get(where, gzip)), defaultFile('style.css'));
				assert.equal((await site.get(`/assets/child-theme/data.bin?v=${build}`, gzip)).text, 'x'.repeat(1000), 'other files are sent from the theme');
				for (const name of ['site.xsl', '../site.xsl'])
					assert.doesNotMatch(plain(await site.get(`/assets/child-theme/${name}?v=${build}`, gzip)), /xsl:/, name);
			});

			test('an edited stylesheet is sent, never a compressed copy of an older one', async () => {
				const where = (await address('style.css')).replace('style.css', 'own.css'), before = fs.readFileSync(own('own.css'), 'utf8');
				assert.equal(plain(await site.get(where, gzip)), before);
				// By hand, with the same length and time, while nothing of renown runs.
				const info = fs.statSync(own('own.css')), edited = before.replace('own', 'new');
				fs.writeFileSync(own('own.css'), edited);
				fs.utimesSync(own('own.css'), info.atime, info.mtime);
				assert.equal(plain(await site.get('/assets/child-theme/own.css', gzip)), edited);
				assert.equal((await site.get('/assets/child-theme/own.css')).text, edited);
				// An address with a digest names the version of that digest, for every client.
				assert.equal(plain(await site.get(where, gzip)), (await site.get(where)).text);
				// From the next round of `renown work` on, and in all pages from the next start of the programs on, it is the new one.
				site.work();
				assert.equal(plain(await site.get(where, gzip)), edited);
				assert.equal((await site.get(where)).text, edited);
				await restart();
				const next = (await address('style.css')).replace('style.css', 'own.css'), answer = await site.get(next, gzip);
				assert.notEqual(next, where);
				assert.deepEqual(answer.bytes, fs.readFileSync(copies('child-theme', next.slice(-16), 'own.css.gz')));
				assert.equal(plain(answer), edited);
				assert.deepEqual(fs.readdirSync(copies('child-theme')), [next.slice(-16)]);
			});

			test('a killed or failed job leaves nothing that is served, and the next one completes it', async () => {
				const build = (await address('style.css')).slice(-16);
				fs.renameSync(copies('child-theme', build), copies('child-theme/unfinished'));
				fs.writeFileSync(copies('child-theme/unfinished/own.css.gz'), '');
				site.work();
				assert.equal(plain(await site.get(`/assets/child-theme/own.css?v=${build}`, gzip)), fs.readFileSync(own('own.css'), 'utf8'));
				assert.deepEqual(fs.readdirSync(copies('child-theme')), [build]);
				// A file where the folder should be.
				fs.rmSync(copies(), { recursive: true });
				fs.writeFileSync(copies(), '');
				const failed = renown(site.folder, ['work', '--once'], { status: 1 });
				assert.equal(failed.text.match(/ event=assets /g)?.length ?? 0, 2, failed.text);
				assert.equal(plain(await site.get(`/assets/child-theme/own.css?v=${build}`, gzip)), fs.readFileSync(own('own.css'), 'utf8'));
				fs.rmSync(copies());
				site.work();
				assert.equal(fs.existsSync(copies('child-theme', build, 'own.css.gz')), true);
			});

			test('when another theme is chosen, the copies of the earlier one are removed', async () => {
				site.renown('setting', 'set', 'theme', 'default');
				site.work();
				assert.deepEqual(fs.readdirSync(copies()), ['default']);
				assert.equal(plain(await site.get('/assets/child-theme/own.css', gzip)), fs.readFileSync(own('own.css'), 'utf8'));
			});
		});
