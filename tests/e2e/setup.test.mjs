// Settings and users: the owner sets the site up in a browser, and no other user can.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { cookieOf, fieldsIn, problems, proofIn, sendForm } from './forms.mjs';
import { root, serveSite, temporaryFolder } from './lib.mjs';

const fieldsOf = (text) => fieldsIn(text, 'settings');

describe('settings and users', () => {
	let site;
	const cookies = {};
	const ask = (where, who) => site.get(where, { headers: { cookie: who ? cookies[who] : 'sid=nobody' } });
	const send = (where, fields, who) => sendForm(site, where, fields, { cookie: cookies[who] });
	async function change(where, changes) {
		const fields = fieldsOf((await ask(where, 'Owner')).text);
		return send(where, { ...fields, ...changes }, 'Owner');
	}
	before(async () => {
		site = await serveSite();
		['Owner', 'Edda', 'Anna', 'Mia'].forEach((name, i) => {
			site.renown('user', 'add', '--name', name, '--email', `${name.toLowerCase()}@example.org`, '--role', ['owner', 'editor', 'author', 'member'][i]);
			cookies[name] = signIn(site, i + 1, name.padEnd(43, 'x'));
		});
	});
	after(() => site?.stop());

	test('are for the owner only', async () => {
		for (const where of ['/admin/settings/general', '/admin/settings/general/en', '/zh/admin/settings/general/zh']) {
			assert.equal((await ask(where, 'Owner')).status, 200);
			assert.equal((await ask(where)).status, 303);
			for (const who of ['Edda', 'Anna', 'Mia'])
				assert.equal((await ask(where, who)).status, 403, who);
		}
		const { text } = await ask('/admin/settings/general', 'Owner'), fields = fieldsOf(text);
		assert.equal((await send('/admin/settings/general', { ...fields, title: 'Taken' }, 'Edda')).status, 403);
		assert.equal((await send('/admin/settings/general', { ...fields, title: 'Taken', proof: '' }, 'Owner')).status, 403);
		assert.equal(sql(site, 'SELECT count(*) FROM setting'), '0');
		for (const where of ['/admin/settings/fr', '/admin/settings/general/fr', '/admin/settings/theme/zh', '/admin/nothing'])
			assert.equal((await ask(where, 'Owner')).status, 404, where);
	});

	test('an untouched form changes nothing', async () => {
		for (const group of ['general', 'theme', 'navigation', 'language', 'membership', 'storage', 'general/zh', 'navigation/en'])
			assert.equal((await change(`/admin/settings/${group}`, {})).status, 303, group);
		assert.equal(sql(site, 'SELECT count(*) FROM setting'), '0');
	});

	test('texts and choices are set, for all languages or one, and take effect at once', async () => {
		assert.equal((await change('/admin/settings/general', { title: 'Ink & <paper>', home_intro: 'Hello **you**.' })).status, 303);
		assert.equal((await change('/admin/settings/language', { time_zone: 'Asia/Shanghai' })).status, 303);
		assert.equal((await change('/admin/settings/comments', { comments_shown: 'no' })).status, 303);
		assert.match((await ask('/blog')).text, /<span>Ink &amp; &lt;paper&gt;<\/span>/);
		assert.match((await ask('/')).text, /Hello <strong>you<\/strong>/);
		const zh = await change('/admin/settings/general/zh', { title: '墨与纸', home_intro: '你好。' });
		assert.equal(zh.status, 303);
		assert.equal(zh.headers.location, `${site.url}/admin/settings/general/zh#saved`);
		assert.match((await ask('/zh/blog')).text, /<span>墨与纸<\/span>/);
		assert.match((await ask('/en/blog')).text, /<span>Ink &amp; &lt;paper&gt;<\/span>/);
		assert.equal(sql(site, "SELECT group_concat(name || '.' || lang, ' ') FROM (SELECT name, lang FROM setting ORDER BY name, lang)"), 'comments_shown. home_intro. home_intro.zh time_zone. title. title.zh');
		assert.equal((await change('/admin/settings/general', { title: '' })).status, 303);
		assert.equal((await change('/admin/settings/comments', { comments_shown: 'yes' })).status, 303);
		assert.match((await ask('/en/blog')).text, /<span>My site<\/span>/);
		assert.equal(sql(site, "SELECT count(*) FROM setting WHERE name IN ('comments_shown', 'title') AND lang = ''"), '0');
	});

	test('a form error is shown beside its field with what was typed, and no field of the form is saved', async () => {
		const before = sql(site, 'SELECT count(*), max(updated) FROM setting');
		const answer = await change('/admin/settings/general', { title: 'Half', logo_letter: 'ab' });
		assert.equal(answer.status, 422);
		assert.equal(problems(answer.text).length, 1);
		assert.equal(problems((await change('/admin/settings/theme', { accent_colour: 'red', accent_colour_dark: '#000000', do: 'save' })).text).length, 2);
		const back = fieldsOf(answer.text);
		assert.deepEqual([back.title, back.logo_letter], ['Half', 'ab']);
		assert.deepEqual(problems((await change('/zh/admin/settings/language', { time_zone: 'Mars/Olympus' })).text).length, 1);
		assert.equal(sql(site, 'SELECT count(*), max(updated) FROM setting'), before);
		assert.equal((await change('/admin/settings/language', { language: 'fr' })).status, 422);
		assert.equal((await change('/admin/settings/general', { unknown: 'x' })).status, 400);
		assert.equal((await change('/admin/settings/general/zh', { time_zone: 'UTC' })).status, 400);
	});

	test('users are added, get a sign-in link and another role, and are suspended', async () => {
		const page = (await ask('/admin/users', 'Owner')).text, proof = proofIn(page);
		assert.match(page, /Edda[\s\S]*edda@example\.org[\s\S]*Editor/);
		const add = (fields) => send('/admin/users', { name: 'Ines <Sol>', email: 'ines@example.org', role: 'author', proof, ...fields }, 'Owner');
		assert.deepEqual(problems((await add({ email: 'EDDA@example.org' })).text), ['An account with this email address already exists.']);
		assert.deepEqual(problems((await add({ email: 'no address' })).text), ['Enter an email address such as name@example.com.']);
		assert.deepEqual(problems((await add({ email: 'a@b.org\r\nBcc: x@y.org' })).text).length, 1);
		assert.equal((await add({ role: 'root' })).status, 422);
		const added = await add({});
		assert.equal(added.status, 303);
		const where = added.headers.location.slice(site.url.length), person = (await ask(where, 'Owner')).text;
		assert.match(person, /<h1>Ines &lt;Sol&gt;<\/h1>/);
		const made = await send(`${where}/link`, { proof: proofIn(person, 'link') }, 'Owner');
		assert.equal(made.status, 200);
		assert.equal(made.headers['cache-control'], 'private, no-store');
		const link = /<pre tabindex="0">([^<]*)</.exec(made.text)[1];
		const linkPage = await site.get(link.slice(site.url.length));
		assert.match(linkPage.text, /Sign in as Ines/);
		assert.doesNotMatch((await ask(where, 'Owner')).text, /<pre/);
		cookies.Ines = cookieOf(await sendForm(site, link.slice(site.url.length), { proof: proofIn(linkPage.text) }));
		assert.equal((await ask('/write', 'Ines')).status, 200);
		const change = async (fields) => {
			const { text } = await ask(where, 'Owner');
			return send(where, { ...fieldsIn(text, 'change'), role: 'author', enabled: 'yes', ...fields }, 'Owner');
		};
		assert.equal((await change({ role: 'member' })).status, 303);
		assert.equal((await ask('/write', 'Ines')).status, 403);
		assert.equal((await change({ role: 'author', base: '' })).status, 409);
		assert.equal((await change({ enabled: 'no' })).status, 303);
		assert.equal((await ask('/account', 'Ines')).status, 303);
		assert.equal((await change({ enabled: 'yes' })).status, 303);
		assert.equal((await ask('/account', 'Ines')).status, 303);
		for (const who of ['Edda', 'Anna', 'Mia'])
			for (const address of ['/admin/users', where])
				assert.equal((await ask(address, who)).status, 403);
	});

	test('a site always has an owner', async () => {
		const { text } = await ask('/admin/users/1', 'Owner'), fields = fieldsIn(text, 'change');
		for (const changes of [{ role: 'editor' }, { enabled: 'no' }]) {
			const answer = await send('/admin/users/1', { ...fields, ...changes }, 'Owner');
			assert.equal(answer.status, 422);
			assert.match(problems(answer.text)[0], /The site needs an owner/);
		}
		assert.equal(sql(site, 'SELECT role || disabled FROM site_user WHERE id = 1'), 'owner0');
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 2");
		assert.equal((await send('/admin/users/1', { ...fields, role: 'editor' }, 'Owner')).status, 303);
		assert.equal((await ask('/admin/settings/general', 'Owner')).status, 403);
		sql(site, "UPDATE site_user SET role = 'owner' WHERE id = 1; UPDATE site_user SET role = 'editor' WHERE id = 2;");
	});

	test('the command line and the forms show the same values', async () => {
		site.renown('setting', 'set', 'tagline', 'From the shell');
		assert.equal(fieldsOf((await ask('/admin/settings/general', 'Owner')).text).tagline, 'From the shell');
		await change('/admin/settings/general', { tagline: 'From the form' });
		assert.equal(site.renown('setting', 'get', 'tagline').stdout, 'From the form\n');
	});
});

describe('a page that cannot be rendered', () => {
	let site;
	before(async () => {
		// The default theme itself fails on one page: the one that shows a new sign-in link. (If another theme failed, the default one would render it.)
		const data = temporaryFolder('data'), sheet = path.join(data, 'templates/default/people.xsl');
		fs.cpSync(path.join(root, 'templates'), path.join(data, 'templates'), { recursive: true });
		fs.writeFileSync(sheet, fs.readFileSync(sheet, 'utf8').replace('</xsl:stylesheet>',
			`<xsl:template match="page[@name = 'person' and link]" mode="content" priority="2"><xsl:message terminate="yes">not this one</xsl:message></xsl:template>$&`));
		site = await serveSite({ environment: { RENOWN_DATA: data } });
		site.renown('user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner');
	});
	after(() => site?.stop());

	test('saves nothing: never a 500 after the change was stored', async () => {
		const links = sql(site, 'SELECT count(*) FROM sign_in_link'); // that of user add
		const cookie = signIn(site, 1), where = '/admin/users/1', page = (await site.get(where, { headers: { cookie } })).text;
		assert.equal((await sendForm(site, `${where}/link`, { proof: proofIn(page, 'link') }, { cookie })).status, 500);
		assert.equal(sql(site, 'SELECT count(*) FROM sign_in_link'), links);
	});
});
