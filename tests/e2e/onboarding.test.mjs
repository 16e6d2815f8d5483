// The getting-started list of a new site, which disappears when everything is done.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { importPosts, signIn, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { cookieOf, fieldsIn, proofIn, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';

describe('getting started', () => {
	let site, cookie;
	const ask = (where) => site.get(where, { headers: { cookie } });
	const change = async (group, changes) => sendForm(site, `/admin/settings/${group}`, { ...fieldsIn((await ask(`/admin/settings/${group}`)).text, 'settings'), ...changes }, { cookie });
	const left = async (where = '/admin') => {
		const list = /<ol class="onboarding-steps">[\s\S]*?<\/ol>/.exec((await ask(where)).text)?.[0];
		return list && [...list.matchAll(/<li><a href="([^"]*)"/g)].map((match) => match[1]);
	};
	before(async () => {
		site = await serveSite();
		['owner', 'editor'].forEach((role) => site.renown('user', 'add', '--name', role, '--email', `${role}@example.org`, '--role', role));
	});
	after(() => site?.stop());

	const enter = async (who, prefix = '', next = '') => {
		const link = prefix + site.renown('user', 'link', `${who}@example.org`).stdout.trim().slice(site.url.length) + next, { text } = await site.get(link);
		return sendForm(site, link, { ...fieldsIn(text, ''), proof: proofIn(text) });
	};

	test('are shown to an owner after sign-in, and to nobody else', async () => {
		assert.equal((await enter('editor')).headers.location, `${site.url}/account`);
		assert.equal((await enter('owner', '/zh')).headers.location, `${site.url}/zh/admin`);
		const answer = await enter('owner');
		assert.equal(answer.headers.location, `${site.url}/admin`);
		cookie = cookieOf(answer);
		assert.deepEqual(await left(), ['/admin/settings/general', '/admin/settings/language', '/admin/settings/language', '/admin/settings/branding', '/write/new', '/admin/email']);
		assert.equal((await left('/zh/admin'))[4], '/zh/write/new');
		for (const where of await left())
			assert.equal((await ask(where)).status, 200, where);
		assert.doesNotMatch((await ask('/zh/admin')).text, /Getting started|Name your site/);
	});

	test('are done one by one, then disappear', async () => {
		assert.equal((await change('site', { title: 'Ink' })).status, 303);
		assert.equal((await change('language', { languages: 'en', time_zone: 'Asia/Shanghai' })).status, 303);
		assert.deepEqual(await left(), ['/admin/settings/branding', '/write/new', '/admin/email']);
		const page = (await ask('/admin/settings/branding')).text;
		assert.equal((await sendFiles(site, '/admin/settings/branding', Object.entries(fieldsIn(page, 'settings')), [['logo_file', 'a.png', png()]], { cookie })).status, 303);
		importPosts(site, [{ name: 'one.md', title: 'One', date: '2026-01-01' }]);
		assert.deepEqual(await left(), ['/admin/email']);
		assert.equal((await sendForm(site, '/admin/email', { proof: proofIn((await ask('/admin/email')).text, 'mail-test') }, { cookie })).status, 303);
		assert.equal(await left(), undefined);
		assert.doesNotMatch((await ask('/admin')).text, /Getting started/);
		assert.equal((await enter('owner')).headers.location, `${site.url}/account`);
		/* The mail is forgotten after a while; that it was tried is not. */
		sql(site, 'DELETE FROM outbox');
		assert.equal(await left(), undefined);
	});

	test('can be dismissed for good', async () => {
		await change('site', { title: '' });
		assert.deepEqual(await left(), ['/admin/settings/general']);
		assert.equal((await sendForm(site, '/admin/onboarding', { proof: 'x' }, { cookie })).status, 403);
		assert.equal((await sendForm(site, '/admin/onboarding', { proof: proofIn((await ask('/admin')).text, 'onboarding') }, { cookie })).status, 303);
		assert.equal(await left(), undefined);
		assert.equal(fieldsIn((await ask('/admin/settings/storage')).text, 'settings').onboarding, 'no');
		assert.equal(sql(site, "SELECT count(*) FROM audit WHERE event = 'setting' AND subject = 'onboarding'"), '1');
		await change('keeping', { onboarding: 'yes' });
		assert.deepEqual(await left(), ['/admin/settings/general']);
	});

	test('end after a year', async () => {
		cookie = signIn(site, 1);
		sql(site, 'UPDATE site_user SET created = unixepoch() - 366 * 86400 WHERE id = 1');
		assert.equal(await left(), undefined);
	});
});
