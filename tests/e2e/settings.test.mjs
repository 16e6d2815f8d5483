// Settings with a visible effect: posts per list, and the images of the site.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importPosts, signIn, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';

describe('settings', () => {
	let site;
	const cookies = {};
	const ask = (where, who = 'Owner') => site.get(where, { headers: { cookie: who ? cookies[who] : 'sid=nobody' } });
	const change = async (group, changes) => sendForm(site, `/admin/settings/${group}`, { ...fieldsIn((await ask(`/admin/settings/${group}`)).text, 'settings'), ...changes }, { cookie: cookies.Owner });
	before(async () => {
		site = await serveSite();
		['Owner', 'Edda'].forEach((name, i) => {
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`, '--role', ['owner', 'editor'][i]);
			cookies[name] = signIn(site, i + 1, name.padEnd(43, 'x'));
		});
		importPosts(site, [...Array(7)].map((_, i) => ({ name: `post-${i}.md`, title: `Post ${i}`, date: `2026-01-0${i + 1}`, tags: ['ink'] })));
	});
	after(() => site?.stop());

	test('a list and a feed have the number of posts that is set, at once', async () => {
		const entries = async (where) => (await ask(where, null)).text.match(/<article|<item>|<entry>/g)?.length;
		assert.deepEqual(await Promise.all(['/blog', '/tag/ink', '/feed.rss'].map(entries)), [7, 7, 7]);
		assert.equal((await change('membership', { posts_per_page: '3', posts_per_feed: '2' })).status, 303);
		for (let i = 0; i < 4; i++)
			assert.deepEqual(await Promise.all(['/blog', '/tag/ink', '/archive/2026-01', '/feed.rss', '/tag/ink/feed.atom'].map(entries)), [3, 3, 3, 2, 2]);
		/* Paging through the list shows every post once. */
		const met = [];
		for (let where = '/blog'; where;) {
			const { text } = await ask(where, null);
			met.push(...[...text.matchAll(/Post (\d)<\/a>/g)].map((match) => match[1]));
			where = /href="(\/blog\?before=[^"]*)"/.exec(text)?.[1];
		}
		assert.equal(met.join(''), '6543210');
		for (const wrong of ['0', '51', '-1', 'many', '3.5', '99999999999999999999'])
			assert.equal((await change('membership', { posts_per_page: wrong })).status, 422, wrong);
		assert.equal((await change('membership', { posts_per_page: '', posts_per_feed: '20' })).status, 303);
		assert.equal(await entries('/blog'), 7);
	});

	describe('the images of the site', () => {
		const where = '/admin/settings/branding';
		const send = async (fields, files, who = 'Owner') => sendFiles(site, where, Object.entries({ ...fieldsIn((await ask(where)).text, 'settings'), ...fields }), files, { cookie: cookies[who] });
		const set = (name) => sql(site, `SELECT value FROM setting WHERE name = '${name}'`);
		const logo = /<img class="logo" src="\/media\/([^"]+)"/;

		test('images are sent with the form, and are on every page at once, for everybody', async () => {
			assert.equal((await send({ author_photo_alt: 'Me & my <brush>', social_image_alt: 'A shelf' }, [['logo_file', 'mark.png', png(36, 36, 'red')], ['author_photo_file', 'me.png', png(40, 50, 'green')], ['social_image_file', 'shelf.png', png(60, 30, 'blue')]])).status, 303);
			const front = (await ask('/', null)).text;
			assert.equal(logo.exec((await ask('/blog', null)).text)[1], set('logo'));
			assert.ok(front.includes(`/media/${set('author_photo')}`) && front.includes('alt="Me &amp; my &lt;brush&gt;"'));
			for (const address of ['/', '/blog', '/blog/post-1']) {
				const { text } = await ask(address, null);
				assert.ok(text.includes(`property="og:image" content="${site.url}/media/${set('social_image')}"`), address);
				assert.ok(text.includes('property="og:image:alt" content="A shelf"'), address);
			}
			for (const name of ['logo', 'author_photo', 'social_image']) {
				assert.equal((await ask(`/media/${set(name)}`, null)).status, 200, name);
				assert.ok(fs.existsSync(path.join(site.folder, 'media', set(name))), `${name} is public`);
			}
			assert.equal(sql(site, 'SELECT count(*) FROM media'), '3');
			assert.equal(sql(site, "SELECT count(*) FROM audit WHERE event = 'setting' AND subject IN ('logo', 'author_photo', 'social_image')"), '3');
		});

		test('images are chosen from the media library, and removed', async () => {
			const { text } = await ask(where), chosen = set('author_photo');
			assert.equal((text.match(new RegExp(`value="${chosen}"`, 'g')) ?? []).length, 3, 'offered for each');
			const old = set('logo');
			assert.equal((await send({ logo: chosen, author_photo: chosen, social_image: '', author_photo_alt: '', social_image_alt: '' }, [])).status, 303);
			assert.deepEqual([set('logo'), set('author_photo'), set('social_image')], [chosen, chosen, '']);
			assert.equal(logo.exec((await ask('/blog', null)).text)[1], chosen);
			assert.doesNotMatch((await ask('/blog', null)).text, /og:image/);
			/* An image that is no longer used becomes restricted again. */
			assert.ok(fs.existsSync(path.join(site.folder, 'media/closed', old)));
			assert.equal((await ask(`/media/${old}`, null)).status, 404);
		});

		test('a file that is not an image of the media library is refused, and nothing is saved', async () => {
			const before = sql(site, 'SELECT group_concat(name || value) FROM setting'), files = sql(site, 'SELECT count(*) FROM media');
			for (const value of ['/etc/passwd', '../../renown.db', `ab/${'ab'.repeat(32)}.png`, `${set('logo').slice(0, -3)}gif`, 'https://example.org/x.png', '<b>']) {
				const answer = await send({ logo: value, author_photo: '' }, []);
				assert.equal(answer.status, 422, value);
				assert.equal(problems(answer.text).length, 1);
			}
			for (const [name, bytes] of [['x.png', Buffer.from('<svg onload="x()"/>')], ['x.svg', Buffer.from('<svg/>')], ['x.pdf', Buffer.from('%PDF-1.4\n%%EOF')]])
				assert.equal((await send({}, [['logo_file', name, bytes]])).status, 422, name);
			assert.equal((await send({ logo: '' }, [['logo_file', 'y.png', png(20, 20, 'yellow')]], 'Edda')).status, 403);
			assert.equal((await send({ title: 'x' }, [])).status, 400);
			assert.deepEqual([sql(site, 'SELECT group_concat(name || value) FROM setting'), sql(site, 'SELECT count(*) FROM media')], [before, files]);
		});

		test('an image in use cannot be deleted from the media library', async () => {
			const id = sql(site, `SELECT id FROM media WHERE digest = '${set('logo').slice(3, 67)}'`), page = (await ask(`/write/media/${id}`)).text;
			const answer = await sendForm(site, `/write/media/${id}/remove`, { proof: proofIn(page, 'remove') }, { cookie: cookies.Owner });
			assert.notEqual(answer.status, 303);
			assert.equal((await ask(`/media/${set('logo')}`, null)).status, 200);
		});
	});
});
