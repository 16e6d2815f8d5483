// Addresses that were renamed: each row with .moved answers 301 to a page that exists, in each language, below a base path and with both
// servers. The list of old addresses is repeated here, so that no address is lost when a table is edited.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';
import { programNames as programs } from './programs.mjs';
import { addressOf, movedOf, rowsOf } from './rows.mjs';

const moved = {
	'/join': '/sign-up', '/join/:token': '/invitation/:token', '/sign-in/mail/:token': '/sign-in/email/:token', '/sign-in/second/:token': '/sign-in/second-factor/:token',
	'/admin/people': '/admin/users', '/admin/people/:id': '/admin/users/:id', '/admin/mail': '/admin/email', '/admin/backup': '/admin/backups',
	'/admin/settings/site': '/admin/settings/general', '/admin/settings/site/:language': '/admin/settings/general/:language',
	'/admin/settings/pictures': '/admin/settings/branding', '/admin/settings/pictures/:language': '/admin/settings/branding/:language',
	'/admin/settings/look': '/admin/settings/theme', '/admin/settings/readers': '/admin/settings/membership', '/admin/settings/keeping': '/admin/settings/storage',
	'/write/plan': '/write/schedule', '/write/plan.ics': '/write/schedule.ics', '/write/:id/bin': '/write/:id/trash', '/write/:id/attach': '/write/:id/media',
	'/write/:id/trial': '/write/:id/experiment', '/write/:id/trial/:number': '/write/:id/experiment/:number',
};

test('each old address has a redirect to a page of the same route table', () => {
	const rows = programs.flatMap(movedOf);
	assert.deepEqual(Object.fromEntries(rows.map((row) => [row.pattern, row.moved])), moved);
	for (const program of programs) {
		const pages = rowsOf(program).filter(({ method }) => method === 'GET').map(({ pattern }) => pattern);
		for (const row of movedOf(program)) {
			assert.ok(pages.includes(row.moved), row.moved);
			assert.ok(!pages.includes(row.pattern), row.pattern);
			assert.deepEqual([row.method, row.role], ['GET', 'ANYONE']);
		}
	}
});

for (const [server, base] of [['nginx', ''], ['nginx', '/sub'], ['apache', '/deep/down']])
	describe(`old addresses, behind ${server}${base ? ' below a base path' : ''}`, () => {
		let site, cookie, own;
		const query = '?q=%E5%A2%A8+x&next=%2Fwrite%3Fa%3Db&empty=';

		before(async () => {
			site = await serveSite({ server, base, sample: true });
			sql(site, "INSERT INTO site_user (id, slug, name, email, role, created) VALUES (9000, 'rolf', 'Rolf', 'rolf@example.net', 'owner', 1)");
			cookie = signIn(site, 9000, 'Rolf'.padEnd(43, 'x'));
			own = { id: sql(site, "SELECT id FROM post WHERE state = 'published' AND kind = 'article' ORDER BY id LIMIT 1") };
			const where = `/write/${own.id}/experiment`, page = await site.get(where, { headers: { cookie } });
			const begun = await sendForm(site, where, { ...fieldsIn(page.text, 'experiment'), a_share: '50', b_share: '50', b_title: 'Another title' }, { cookie });
			assert.equal(begun.status, 303);
			site.renown('setting', 'set', 'registration', 'open');
		});
		after(() => site?.stop());
		const each = programs.flatMap(movedOf).flatMap((row) => ['', ...(row.languages ? ['/en', '/zh'] : [])].map((prefix) => {
			const parts = () => (row.pattern.startsWith('/write') ? own : {});
			return { ...row, from: () => prefix + addressOf(row.pattern, parts()), to: () => prefix + addressOf(row.moved, parts()) };
		}));

		test('old addresses redirect everybody to the new ones, with the language and the query', async () => {
			for (const { from, to } of each)
				for (const headers of [{}, { cookie }])
					for (const [method, more] of [['GET', ''], ['HEAD', ''], ['GET', query]]) {
						const answer = await site.get(from() + more, { method, headers });
						assert.equal(answer.status, 301, from());
						assert.equal(answer.headers.location, site.url + to() + more);
						assert.equal(answer.headers['set-cookie'], undefined);
					}
		});

		test('each new address has a page', async () => {
			for (const { pattern, to } of each.filter(({ moved: where }) => !where.includes(':token'))) {
				const answer = await site.get(to(), { headers: { cookie } });
				if (pattern === '/write/:id/trial') // the page of the running test, instead of a form
					assert.deepEqual([answer.status, answer.headers.location], [303, `${site.url}${to()}/1`]);
				else
					assert.equal(answer.status, 200, `${pattern}: ${to()}`);
			}
		});

		test('the redirect of an address with a secret is not cached, and sends no referrer', async () => {
			const answer = await site.get(addressOf('/join/:token'));
			assert.match(answer.headers['cache-control'], /^private, no-store$/);
			assert.equal(answer.headers['referrer-policy'], 'no-referrer');
			assert.match((await site.get('/join')).headers['cache-control'], /must-revalidate/);
		});

		test('old addresses accept no forms, and never redirect to another host', async () => {
			const answer = await sendForm(site, '/join', { name: 'X', email: 'x@example.org', proof: 'x' });
			assert.equal(answer.status, 405);
			assert.match(answer.headers.allow, /^GET, HEAD$/);
			for (const where of ['/join/%2F%2Fevil.example', '/join/@evil.example', '/join/%5Cevil.example', '/join?//evil.example', '/admin/people/x%0D%0ASet-Cookie:%20a=b']) {
				const { status, headers } = await site.get(where);
				assert.ok([301, 404].includes(status), `${where}: ${status}`);
				assert.ok(status === 404 || new URL(headers.location).host === new URL(site.url).host, where);
				assert.equal(headers['set-cookie'], undefined);
			}
		});
	});
