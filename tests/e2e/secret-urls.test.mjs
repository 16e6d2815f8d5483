// URLs with a secret, behind nginx and behind Apache: what they allow, and that no log contains them, not even
// when a program is down.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn } from './content.mjs';
import { cookieOf, fieldsIn, proofIn, sendForm } from './forms.mjs';
import { serveSite, sleep, stop, until } from './lib.mjs';
import { codeIn, linkIn, mailsOf } from './post.mjs';

// Addresses that were renamed and hold a secret.
const renamed = ['/join/', '/zh/sign-in/mail/', '/sign-in/second/'];

for (const server of ['nginx', 'apache']) {
	describe(`secrets in URLs, behind ${server}`, () => {
		const secrets = [];
		let site, owner;
		const ask = (where, cookie) => site.get(where, { headers: cookie ? { cookie } : {} });
		const note = (where) => {
			secrets.push(/[A-Za-z0-9_-]{43}/.exec(where)[0]);
			return where;
		};
		// What a browser does: opens the page, fills in its form, sends it, with its Referer.
		async function submit(where, form, fields, { to = where, cookie } = {}) {
			const page = await ask(where, cookie);
			assert.equal(page.status, 200, where);
			return sendForm(site, to, { ...fieldsIn(page.text, form), ...fields }, { origin: site.url, referer: site.url + where, 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) });
		}
		const newest = (email) => {
			site.work();
			return mailsOf(site, email).at(-1);
		};
		before(async () => {
			site = await serveSite({ server, owner: true });
			owner = signIn(site, 1);
		});
		after(() => site?.stop());

		test('a link in an email signs in once, and so does its code', async () => {
			for (const way of ['link', 'code']) {
				const asked = await submit('/sign-in', 'sign-in-mail', { email: 'owner@example.org', next: '' }, { to: '/sign-in/email' });
				assert.equal(asked.status, 303);
				const mail = newest('owner@example.org'), where = note(linkIn(site, mail)), page = await ask(where);
				assert.equal(page.headers['referrer-policy'], 'no-referrer');
				const sent = way === 'link' ? await submit(where, 'sign-in-link', {})
					: await submit(note(asked.headers.location.slice(site.url.length)), 'mail-code', { code: codeIn(mail) });
				assert.equal(sent.status, 303, way);
				assert.equal((await ask('/account', cookieOf(sent))).status, 200, way);
				if (way === 'link')
					assert.equal((await ask(where)).status, 404, 'used up');
			}
		});

		test('members sign up by themselves and by invitation', async () => {
			site.renown('setting', 'set', 'registration', 'open');
			assert.equal((await submit('/sign-up', 'sign-up', { name: 'Dora', email: 'dora@example.org' })).status, 303);
			const confirmed = await submit(note(linkIn(site, newest('dora@example.org'))), 'sign-in-link', {});
			assert.equal(confirmed.status, 303);
			assert.equal((await ask('/account', cookieOf(confirmed))).status, 200);
			site.renown('setting', 'set', 'registration', 'invitation');
			const made = await submit('/admin/invitations', 'invite', { role: 'author', email: '' }, { cookie: owner });
			const where = note(new RegExp(`<pre[^>]*>${site.url}(/invitation/[\\w-]{43})</pre>`).exec(made.text)[1]);
			const joined = await submit(where, 'sign-up', { name: '艾达', email: 'ada@example.org', password: '' });
			assert.equal(joined.status, 303);
			const answered = await submit(note(linkIn(site, newest('ada@example.org'))), 'sign-in-link', {});
			assert.equal((await ask('/write', cookieOf(answered))).status, 200);
			assert.equal((await ask(where)).status, 404);
		});

		test('a calendar program reads the schedule without a session', async () => {
			const made = await submit('/write/schedule', 'calendar', {}, { to: '/write/schedule/calendar', cookie: owner });
			const where = note(/<pre[^>]*>([^<]+\.ics)</.exec(made.text)[1].slice(site.url.length)), file = await ask(where);
			assert.deepEqual([file.status, file.headers['content-type']], [200, 'text/calendar; charset=utf-8']);
			assert.match(file.headers['cache-control'], /no-store/);
			assert.equal(file.headers['referrer-policy'], 'no-referrer');
			for (const wrong of [`/zh${where}`, where.replace('.ics', ''), `${where}/x`, where.replace('.ics', '.txt')])
				assert.equal((await ask(wrong)).status, 404, wrong);
		});

		test('no log contains a secret, even when a program is down', async () => {
			await Promise.all(['account', 'post', 'blog'].map((name) => stop(site.programs[name])));
			for (const secret of secrets)
				for (const where of [`/sign-in/${secret}`, ...renamed.map((where) => where + secret), `/sign-in/second-factor/${secret}`, `/zh/sign-in/email/${secret}`, `/invitation/${secret}`, `/write/calendar/${secret}.ics`, `/zh/write/calendar/${secret}.ics`, `/write/calendar/${secret}`, `/blog/${secret}`])
					assert.equal((await site.get(where, { headers: { referer: site.url + where } })).status, 503, where);
			await ask('/media/last');
			await until('the log is written', () => /\t503\t/.test(site.log('access.log')));
			await sleep(1500); // each nginx worker buffers its lines for up to a second
			assert.ok(secrets.length >= 6);
			assert.match(site.log('access.log'), /\t\/write\/calendar\/\*\*\*\.ics\t/);
			for (const name of ['access.log', 'error.log', 'account.log', 'post.log', 'blog.log', 'admin.log'])
				for (const secret of secrets)
					assert.ok(!site.log(name).includes(secret), name);
		});
	});
}
