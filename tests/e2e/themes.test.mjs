// The theme is a setting, chosen in a form. It takes effect at once, and no theme can break the site.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';
import { addTheme, renown, serveSite, until } from './lib.mjs';

for (const base of ['', '/sub'])
	describe(`themes of a site at "${base}/"`, () => {
		let site, cookie;
		const where = '/admin/settings/theme', child = /<footer class="child">/;
		const ask = (address) => site.get(address, { headers: { cookie } });
		const choose = async (theme, more = {}) => sendForm(site, where, { ...fieldsIn((await ask(where)).text, 'settings'), theme, do: 'save', ...more }, { cookie });
		const write = (name, words) => {
			fs.mkdirSync(path.join(site.folder, 'themes', name), { recursive: true });
			fs.writeFileSync(path.join(site.folder, 'themes', name, 'site.xsl'), words);
		};
		const sheet = (words) => `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.w3.org/1999/xhtml"><xsl:import href="renown:default/site.xsl"/>${words}</xsl:stylesheet>`;
		before(async () => {
			site = await serveSite({ owner: true, base });
			cookie = signIn(site, 1);
			addTheme(site.folder, 'child-theme');
			fs.mkdirSync(path.join(site.folder, 'themes/child-theme/assets/parts'), { recursive: true });
			fs.writeFileSync(path.join(site.folder, 'themes/child-theme/assets/own.css'), '/* own */');
			fs.writeFileSync(path.join(site.folder, 'themes/child-theme/assets/parts/more.css'), '/* more */');
			fs.writeFileSync(path.join(site.folder, 'themes/child-theme/secret.css'), '/* secret */');
			write('torn', '<xsl:stylesheet');
			write('sulky', sheet('<xsl:template match="page" mode="footer"><xsl:message terminate="yes">no</xsl:message></xsl:template>'));
			fs.mkdirSync(path.join(site.folder, 'themes/empty'));
			fs.mkdirSync(path.join(site.folder, 'themes/Not A Name'));
			fs.writeFileSync(path.join(site.folder, 'themes/Not A Name/site.xsl'), sheet(''));
		});
		after(() => site?.stop());

		test('the installed themes are offered', async () => {
			const select = /<select[^>]*name="theme"[\s\S]*?<\/select>/.exec((await ask(where)).text)[0];
			assert.deepEqual([...select.matchAll(/value="([^"]*)"/g)].map((match) => match[1]), ['default', 'child-theme', 'sulky', 'torn']);
		});

		test('a theme can be previewed before it is saved', async () => {
			const seen = await choose('child-theme', { do: 'preview' });
			assert.equal(seen.status, 200);
			assert.match(seen.text, child);
			assert.equal(fieldsIn(seen.text, 'settings').theme, 'child-theme');
			assert.equal(sql(site, "SELECT count(*) FROM setting WHERE name = 'theme'"), '0');
			assert.doesNotMatch((await ask('/blog')).text, child);
		});

		test('an unusable theme is refused with the reason, and the site does not change', async () => {
			for (const [theme, why] of [['torn', /site\.xsl:1/], ['sulky', /can't display this form/], ['gone', /no theme gone/], ['empty', /no theme empty/], ['../templates/default', /.+/], ['/etc', /.+/], ['Not A Name', /.+/], ['.', /.+/]])
				for (const button of ['save', 'preview']) {
					const answer = await choose(theme, { do: button });
					assert.equal(answer.status, 422, theme);
					assert.match(problems(answer.text)[0], why);
					assert.equal(sql(site, "SELECT count(*) FROM setting WHERE name = 'theme'"), '0');
				}
			assert.equal((await ask('/blog')).status, 200);
			for (const theme of ['torn', 'gone', '../templates/default', '/etc', 'default/../default'])
				renown(site.folder, ['setting', 'set', 'theme', theme], { status: 1 });
		});

		test('a change takes effect at once, for everybody, without another step', async () => {
			const before = (await site.get('/blog')).headers.etag;
			assert.equal((await choose('child-theme')).status, 303);
			for (let i = 0; i < 6; i++)
				assert.match((await ask('/blog')).text, child);
			await until('visitors see it too', async () => child.test((await site.get('/blog')).text));
			assert.notEqual((await site.get('/blog')).headers.etag, before);
			const page = (await ask('/blog')).text, style = /href="([^"]*\/assets\/child-theme\/style\.css\?v=[^"]+)"/.exec(page)[1];
			const found = await site.get(style.slice(base.length));
			assert.deepEqual([found.status, found.headers['content-type'], /immutable/.test(found.headers['cache-control'])], [200, 'text/css; charset=utf-8', true]);
			assert.equal(sql(site, "SELECT count(*) FROM audit WHERE event = 'setting' AND subject = 'theme'"), '1');
		});

		test('a theme\'s own files take precedence over the default theme\'s, and its other files are not served', async () => {
			assert.equal((await site.get('/assets/child-theme/own.css')).text, '/* own */');
			assert.equal((await site.get('/assets/child-theme/parts/more.css')).text, '/* more */');
			assert.equal((await site.get('/assets/child-theme/style.css')).text, (await site.get('/assets/style.css')).text);
			for (const address of ['/assets/child-theme/site.xsl', '/assets/child-theme/../secret.css', '/assets/child-theme/%2e%2e/secret.css', '/assets/own.css', '/assets/child-theme/nothing.css', '/assets/child-theme/', '/assets/child-theme', '/assets/Not%20A%20Name/site.xsl', '/assets/samples/front.xml'])
				assert.notEqual((await site.get(address)).status, 200, address);
		});

		test('a page on which the theme fails is rendered by the default theme', async () => {
			const refuses = (name) => `<xsl:template match="page[@name = '${name}']" mode="content"><xsl:message terminate="yes">no</xsl:message></xsl:template>`;
			write('moody', sheet(`${['list', 'home', 'error', 'dashboard'].map(refuses).join('')}<xsl:template match="*" mode="entry"><xsl:message terminate="yes">no</xsl:message></xsl:template>
				<xsl:template match="page" mode="footer"><footer class="child">Mine</footer></xsl:template>`));
			assert.equal((await choose('moody')).status, 303);
			for (const [address, status] of [['/blog', 200], ['/', 200], ['/admin', 200], ['/nothing', 404]]) {
				const answer = await ask(address);
				assert.equal(answer.status, status, address);
				assert.doesNotMatch(answer.text, child, address);
				assert.match(answer.text, /href="[^"]*\/assets\/style\.css\?v=/);
				assert.match(answer.text, /<main/);
			}
			assert.match((await ask('/tags')).text, child, 'the theme\'s own page where it works');
			assert.match(site.log('blog.log'), /theme.*failed on \/blog/);
			assert.equal((await choose('child-theme')).status, 303);
		});

		test('a theme that breaks later is replaced by the default theme, and the health page reports it', async () => {
			sql(site, "UPDATE setting SET value = 'torn' WHERE name = 'theme'; UPDATE content_version SET counter = counter + 1");
			for (const address of ['/blog', '/', '/admin'])
				assert.equal((await ask(address)).status, 200, address);
			assert.doesNotMatch((await ask('/blog')).text, child);
			assert.match((await ask('/blog')).text, /href="[^"]*\/assets\/style\.css\?v=/);
			assert.match((await ask('/admin/health')).text, /site\.xsl:1/);
			assert.equal((await choose('default')).status, 303);
			assert.doesNotMatch((await ask('/admin/health')).text, /site\.xsl:1/);
		});
	});
