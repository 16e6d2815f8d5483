// The media library: who uses it, where files are shown, how they are replaced and deleted.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { importPosts, signIn, sql } from './content.mjs';
import { mp3, png, sendFiles } from './files.mjs';
import { fieldsIn, problems, proofIn } from './forms.mjs';
import { renown, request, serveSite, temporaryFolder } from './lib.mjs';
import { mediaSite } from './media.mjs';

describe('the media library', () => {
	const { site, cookies, ask, upload, add, pathOf, folderOf, write, attach, assertHealthy } = mediaSite();

	test('the page is for authors', async () => {
		for (const where of ['/write/media', '/write/media/1', '/zh/write/media']) {
			assert.equal((await ask(where)).status, 303);
			assert.equal((await ask(where, 'Mia')).status, 403);
		}
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], [['file', 'a.png', png()]], { cookie: cookies.Mia })).status, 403);
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], [['file', 'a.png', png()]])).status, 403);
		assert.equal((await sendFiles(site, '/write/media', [['proof', 'x']], [['file', 'a.png', png()]], { cookie: cookies.Anna })).status, 403);
		assert.equal(sql(site, 'SELECT count(*) FROM media'), '0');
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')), []);
	});

	test('several files are uploaded at once, found, and described; another user\'s files are not shown', async () => {
		const answer = await upload('Anna', [['file', 'Red paper.png', png(40, 30, 'red')], ['file', '墨.png', png(40, 30, 'black')], ['file', 'talk.mp3', mp3(2)]]);
		assert.equal(answer.status, 303);
		const page = (await ask('/write/media', 'Anna')).text;
		for (const name of ['Red paper.png', '墨.png', 'talk.mp3'])
			assert.ok(page.includes(name), name);
		assert.doesNotMatch((await ask('/write/media', 'Bert')).text, /Red paper/);
		assert.match((await ask('/write/media', 'Edda')).text, /Red paper/);
		const id = sql(site, "SELECT id FROM media WHERE name = 'Red paper.png'");
		const [one] = [`/write/media/${id}`];
		for (const [who, status] of [['Anna', 200], ['Edda', 200], ['Bert', 404], ['Mia', 403]])
			assert.equal((await ask(one, who)).status, status, who);
		const send = async (who, alt) => {
			const body = new URLSearchParams({ ...fieldsIn((await ask(one, 'Anna')).text, 'file'), alt }).toString();
			return request(site.url + one, { method: 'POST', body, headers: { cookie: cookies[who], 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } });
		};
		assert.equal((await send('Anna', 'A "red" [sheet] <of> paper')).status, 303);
		assert.equal((await send('Bert', 'mine')).status, 403);
		const text = (await ask(one, 'Anna')).text;
		assert.match(text, /!\[A "red" \\\[sheet\\\] &lt;of&gt; paper\]\(\/media\/[0-9a-f/]+\.png\)/);
		assert.match((await ask('/write/media?q=RED', 'Anna')).text, /Red paper/);
		assert.match((await ask('/write/media?q=sheet', 'Anna')).text, /Red paper/);
		assert.doesNotMatch((await ask('/write/media?q=sheet', 'Anna')).text, /talk\.mp3/);
		// The same bytes from another user: one stored file, in both media libraries.
		await add('Bert', 'other name.png', png(40, 30, 'red'));
		assert.equal(sql(site, 'SELECT count(*) FROM media'), '3');
		assert.match((await ask('/write/media', 'Bert')).text, /Red paper/);
		for (const odd of ['/write/media/0', '/write/media/-1', '/write/media/x', '/write/media/99999999999999999999', '/write/media/1/replace'])
			assert.ok([404, 405].includes((await ask(odd, 'Anna')).status), odd);
	});

	test('after a replacement every post shows the new file and the old address redirects to it; only unused files can be deleted', async () => {
		const old = await add('Anna', 'first.png', png(70, 40, 'red')), address = `/media/${pathOf(old)}`;
		const where = await write('Anna', { title: 'Replaced', text: `![One](${address})`, lang: 'en', access: 'public' });
		assert.equal((await attach('Anna', where, [], { cover: String(old) })).status, 303);
		const text = (await ask(`/write/media/${old}`, 'Anna')).text;
		assert.match(text, new RegExp(`href="${where}">Replaced<`));
		assert.ok(!text.includes('Delete permanently'));
		assert.match(problems((await upload('Anna', [['file', 'x.mp3', mp3(1)]], { where: `/write/media/${old}`, to: `/write/media/${old}/replace`, form: 'replace' })).text)[0], /Replace an image only with an image/);
		assert.ok([403, 404].includes((await upload('Bert', [['file', 'x.png', png()]], { where: '/write/media', to: `/write/media/${old}/replace` })).status));
		const answer = await upload('Anna', [['file', 'second.png', png(71, 40, 'blue')]], { where: `/write/media/${old}`, to: `/write/media/${old}/replace`, form: 'replace' });
		assert.equal(answer.status, 303, problems(answer.text).join());
		const fresh = sql(site, "SELECT id FROM media WHERE name = 'second.png'");
		const page = (await site.get('/blog/replaced', { headers: { cookie: 'sid=nobody' } })).text;
		assert.equal(page.split(pathOf(fresh)).length - 1 >= 2, true, 'cover and text');
		assert.ok(!page.includes(pathOf(old)));
		assert.equal(folderOf(fresh), 'media');
		assert.equal(folderOf(old), 'none');
		const led = await ask(address);
		assert.deepEqual([led.status, led.headers.location], [301, `${site.url}/media/${pathOf(fresh)}`]);
		// The Markdown still has the old address, which continues to mean the new image.
		await write('Anna', { title: 'Replaced again' }, 'save', where);
		assert.ok((await site.get('/blog/replaced', { headers: { cookie: 'sid=nobody' } })).text.includes(pathOf(fresh)));
		const remove = async (id) => {
			const form = proofIn((await ask(`/write/media/${id}`, 'Anna')).text, 'remove') ?? 'none', body = `proof=${form}`;
			return request(`${site.url}/write/media/${id}/remove`, { method: 'POST', body, headers: { cookie: cookies.Anna, 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } });
		};
		assert.equal((await remove(fresh)).status, 403);
		await write('Anna', { text: 'none' }, 'save', where);
		assert.equal((await attach('Anna', where, [], { cover: '' })).status, 303);
		const file = path.join(site.folder, 'media/closed', pathOf(fresh));
		assert.ok(fs.existsSync(file));
		assert.equal((await remove(fresh)).status, 303);
		assert.ok(!fs.existsSync(file));
		assert.equal(sql(site, `SELECT count(*) FROM media WHERE id IN (${old}, ${fresh})`), '0');
		assert.equal(sql(site, 'PRAGMA foreign_key_check'), '');
	});

	test('uploading the same bytes does not give the right to replace another user\'s file; an editor may replace it', async () => {
		const shared = png(33, 21, 'yellow'), id = await add('Bert', 'shared.png', shared);
		await write('Bert', { title: 'Uses a shared picture', text: `![dot](/media/${pathOf(id)})` });
		assert.equal(await add('Anna', 'mine.png', shared), id);
		const where = `/write/media/${id}`, replace = (who) => upload(who, [['file', 'other.png', png(34, 21, 'blue')]], { where, form: 'replace', to: `${where}/replace` });
		const refused = await replace('Anna');
		assert.equal(refused.status, 422);
		assert.match(problems(refused.text).join(), /only an editor/);
		const before = pathOf(id);
		assert.match((await ask('/blog/uses-a-shared-picture')).text, new RegExp(before));
		// The same applies when the other user has it only in a post, not in the media library, and to an image of the site's branding.
		sql(site, `DELETE FROM media_owner WHERE user_id = 3 AND media_id = ${id}`);
		assert.equal((await replace('Anna')).status, 422);
		const worn = png(35, 21, 'green'), badge = await add('Anna', 'badge.png', worn);
		sql(site, `INSERT INTO setting (name, lang, value, updated) VALUES ('social_image', '', '/media/${pathOf(badge)}', 1)`);
		assert.equal((await upload('Anna', [['file', 'x.png', png(36, 21, 'red')]], { where: `/write/media/${badge}`, form: 'replace', to: `/write/media/${badge}/replace` })).status, 422);
		sql(site, "DELETE FROM setting WHERE name = 'social_image'");
		assert.equal((await replace('Edda')).status, 303);
		assert.doesNotMatch((await ask('/blog/uses-a-shared-picture', 'Edda')).text, new RegExp(before));
	});

	test('uploads and files work below a path, too', async () => {
		const other = await serveSite({ base: '/sub' });
		try {
			other.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
			const cookie = signIn(other, 1), headers = { cookie }, page = (await other.get('/write/media', { headers })).text;
			assert.equal((await sendFiles(other, '/write/media', [['proof', proofIn(page, 'upload')]], [['file', 'a.mp3', mp3(1)]], headers)).status, 303);
			const where = `/media/${sql(other, "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media")}`;
			assert.equal((await other.get(where)).status, 404);
			assert.equal((await other.get(where, { headers: { ...headers, range: 'bytes=0-3' } })).status, 206);
			assert.match((await other.get('/write/media', { headers })).text, /action="\/sub\/write\/media" enctype="multipart\/form-data"/);
		} finally {
			await other.stop();
		}
	});

	test('doctor reports no problem, and imported files are in the right folder', async () => {
		const folder = temporaryFolder('posts');
		fs.writeFileSync(path.join(folder, 'one.png'), png(81, 40, 'red'));
		fs.writeFileSync(path.join(folder, 'two.png'), png(82, 40, 'red'));
		importPosts(site, [{ name: 'paid.md', title: 'Imported', slug: 'imported', access: 'paid', date: '2026-01-02', text: '![One](one.png)\n\n<!--paid-->\n\n![Two](two.png)' }], { folder });
		const [one, two] = ['one.png', 'two.png'].map((name) => sql(site, `SELECT id FROM media WHERE name = '${name}'`));
		assert.deepEqual([folderOf(one), folderOf(two)], ['media', 'media/closed']);
		assert.deepEqual([(await ask(`/media/${pathOf(one)}`)).status, (await ask(`/media/${pathOf(two)}`)).status, (await ask(`/media/${pathOf(two)}`, 'Paul')).status], [200, 404, 200]);
		// A second import does not move restricted files into the public folder.
		renown(site.folder, ['import', 'markdown', '--force', folder]);
		assert.deepEqual([folderOf(one), folderOf(two)], ['media', 'media/closed']);
		// A file in the wrong folder, as after a crash or a manual move.
		const media = path.join(site.folder, 'media');
		fs.renameSync(path.join(media, 'closed', pathOf(two)), path.join(media, pathOf(two)));
		sql(site, `UPDATE media SET public = 1 WHERE id = ${two}`);
		const found = renown(site.folder, ['doctor'], { status: 1 }).text;
		assert.match(found, /files are public although/);
		site.renown('doctor', '--clean');
		assert.equal(folderOf(two), 'media/closed');
		assertHealthy();
		const backup = path.join(temporaryFolder('backup'), 'all.tar');
		site.renown('backup', backup);
		const names = execFileSync('tar', ['tf', backup], { encoding: 'utf8' });
		assert.ok(names.includes(`media/closed/${pathOf(two)}`) && names.includes(`media/${pathOf(one)}`));
	});
});
