// A guest and a member write comments, with script and without; what a stranger types is shown as text and stays in its place.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, sql } from '../e2e/content.mjs';
import { commentStamp } from '../e2e/comments.mjs';
import { sendForm } from '../e2e/forms.mjs';
import { serveSite, until } from '../e2e/lib.mjs';
import { launch, lookAt } from './look.mjs';

describe('comments in a browser', () => {
	let browser, site, number = 0;
	const cookies = {};
	const network = () => ({ 'x-forwarded-for': `10.5.${++number}.7` });
	before(async () => {
		browser = await launch();
		site = await serveSite({ values: ['PROXIES=127.0.0.1'] });
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Mia', 'member']]));
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' }, { name: 'second.md', title: '第二篇', date: '2026-01-02', lang: 'zh' }]);
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});
	// Shows all comments, as a moderator would.
	const showAll = () => sql(site, `UPDATE comment SET state = 'shown', listed = 1, decided = 1, version = version + 1;
		UPDATE thread SET shown = (SELECT count(*) FROM comment WHERE comment.post_id = thread.post_id), waiting = 0, version = version + 1;
		UPDATE content_version SET comments = comments + 1, counter = counter + 1; DELETE FROM rate_limit`);

	for (const [how, options] of [['with script, one click', {}], ['without script, on a phone, by keyboard', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }]])
		test(`a guest writes, edits and deletes: ${how}`, { timeout: 60000 }, async () => {
			sql(site, 'DELETE FROM rate_limit');
			const context = await browser.newContext({ ...options, extraHTTPHeaders: network() }), page = await context.newPage(), scripted = options.javaScriptEnabled !== false;
			const press = async (name) => {
				await page.getByRole('button', { name, exact: true }).focus();
				await page.keyboard.press('Enter');
				await page.waitForLoadState();
			};
			await page.goto(`${site.url}/blog/first`);
			assert.equal(await page.locator('input[name=proof]').count(), 0);
			await page.locator('#comment-new-name').focus();
			await page.keyboard.insertText('Gina Guest');
			await page.keyboard.press('Tab');
			await page.keyboard.insertText(`Words from a *guest*, ${how}.`);
			if (scripted) {
				await press('Post comment');
			} else {
				await press('Continue');
				await page.locator('.preview em', { hasText: 'guest' }).waitFor();
				await page.waitForTimeout(3100);
				await press('Post comment');
			}
			await page.waitForURL(/\/comment\/\d+\/mine\/[\w-]{43}$/);
			await page.getByText('awaiting moderation').waitFor();
			assert.deepEqual(await context.cookies(), []);
			await page.locator('#comment-edit-text').fill('Other words.');
			await page.waitForTimeout(3100);
			await press('Save changes');
			await page.locator('.comment', { hasText: 'Other words.' }).waitFor();
			await press('Delete comment');
			await page.waitForURL(/\/blog\/first#comments$/);
			assert.equal(sql(site, "SELECT count(*) FROM comment WHERE text = 'Other words.'"), '0');
			await context.close();
		});

	test('a member writes with one click, replies from a link and votes', { timeout: 60000 }, async () => {
		sql(site, 'DELETE FROM rate_limit');
		const context = await browser.newContext({ extraHTTPHeaders: network() }), page = await context.newPage();
		const [name, value] = cookies.Mia.split('=');
		await context.addCookies([{ name, value, url: site.url }]);
		await page.goto(`${site.url}/blog/first`);
		assert.equal(await page.locator('#comment-new-name').count(), 0);
		await page.locator('#comment-new-text').pressSequentially('From a member.');
		await page.getByRole('button', { name: 'Post comment' }).click();
		await page.waitForURL(/\/comment\/\d+\/mine$/);
		await page.getByText('is published').waitFor();
		await page.getByRole('link', { name: 'See it in the discussion' }).click();
		await page.locator('.comment', { hasText: 'From a member.' }).waitFor();
		sql(site, 'DELETE FROM rate_limit; UPDATE comment SET user_id = 1');
		await page.getByRole('link', { name: 'Reply' }).first().click();
		await page.locator('#comment-new-text').fill('A reply.');
		await page.waitForTimeout(3100);
		await page.getByRole('button', { name: 'Post comment' }).click();
		await page.waitForURL(/\/mine$/);
		assert.equal(sql(site, "SELECT parent_id > 0 FROM comment WHERE text = 'A reply.'"), '1');
		await page.goto(`${site.url}/comment/${sql(site, "SELECT id FROM comment WHERE text = 'From a member.'")}/vote`);
		await page.getByRole('button', { name: 'Helpful', exact: true }).click();
		await page.getByText('Helpful (1)').waitFor();
		await context.close();
	});

	const attacks = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', '"><script>alert(1)</script>', '\'"--><img src=x onerror=alert(1)>',
		'<iframe srcdoc="<script>parent.alert(1)</script>">', '<a href="javascript:alert(1)">x</a>', '[x](javascript:alert(1))', '[x](data:text/html,<script>alert(1)</script>)', '![x](https://evil.example/x.png)',
		'[x](vbscript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](&#106;avascript:alert(1))', '<javascript:alert(1)>', '[x]: javascript:alert(1)\n\n[x]', '</article></section></main><h1>x</h1>', '<style>*{display:none}</style>',
		'<form action=https://evil.example><input name=x></form>', '<base href=https://evil.example/>', '<meta http-equiv=refresh content="0;url=https://evil.example">', '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
		'`<img src=x onerror=alert(1)>`', '```\n</code></pre><img src=x onerror=alert(1)>\n```', '<!--><img src=x onerror=alert(1)>-->', '<details open ontoggle=alert(1)>', '<object data=https://evil.example>', '{{constructor.constructor("alert(1)")()}}',
		'&lt;script&gt;alert(1)&lt;/script&gt;', '<scr\u0000ipt>alert(1)</scr\u0000ipt>', '<x onpointerenter=alert(1)>over</x>', '<link rel=stylesheet href=https://evil.example/x.css>', '<textarea autofocus onfocus=alert(1)>'];

	test('markup is shown as text, in text, name and preview: nothing runs, nothing is requested, the page keeps its structure', { timeout: 120000 }, async () => {
		let stored = 0;
		for (const attack of attacks) {
			const headers = network(), fields = { name: attack.replaceAll(/[\n\0]/g, ' ').slice(0, 60), link: '', email: '', reply: '', website: '', text: `${attack}\n\nmark ${stored}` };
			const answer = await sendForm(site, '/comment/on/first', { ...fields, proof: commentStamp(site, { headers }) }, headers);
			assert.ok([303, 422].includes(answer.status), `${attack}: ${answer.status}`);
			stored += answer.status === 303;
		}
		assert.ok(stored >= attacks.length - 2, `${stored}`);
		showAll();
		const context = await browser.newContext({ viewport: { width: 390, height: 800 } }), page = await context.newPage(), wrong = [];
		page.on('dialog', (dialog) => (wrong.push(`dialog ${dialog.message()}`), dialog.dismiss()));
		page.on('request', (asked) => asked.url().startsWith(site.url) || wrong.push(asked.url()));
		for (const path of ['/blog/first', '/blog/first/comments?order=newest', '/blog/first/comments?order=oldest']) {
			await page.goto(site.url + path);
			await page.locator('.comment').first().hover();
			assert.deepEqual(await page.evaluate(() => ({ scripts: document.querySelectorAll('main script, main img, main iframe, main svg, main object, main style, main base, .comment form, .comment input, .comment h1').length,
				handlers: [...document.querySelectorAll('.comment *')].filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on'))).length,
				links: [...document.querySelectorAll('.comment a')].filter((one) => !/^https?:$/.test(one.protocol)).length,
				mains: document.querySelectorAll('main').length, outside: [...document.querySelectorAll('.comment')].filter((one) => !one.closest('main .comments')).length })),
			{ scripts: 0, handlers: 0, links: 0, mains: 1, outside: 0 }, path);
		}
		for (const attack of attacks.slice(0, 12)) {
			await page.goto(`${site.url}/comment/on/first`);
			await page.locator('#comment-new-name').fill(attack.slice(0, 60));
			await page.locator('#comment-new-text').fill(attack);
			await page.evaluate(() => {
				document.querySelector('input[name=proof]').remove();
				document.querySelector('form.comment-new').submit();
			});
			await page.locator('.preview, .problem').first().waitFor();
			assert.equal(await page.locator('main script, main img, main iframe').count(), 0, attack);
			assert.equal(await page.locator('#comment-new-text').inputValue(), attack.replaceAll('\0', ''));
		}
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('names with marks, bidi overrides and look-alikes stay in their line, and a long word in its column', { timeout: 60000 }, async () => {
		sql(site, 'DELETE FROM comment; DELETE FROM rate_limit');
		const names = ['Z\u0361'.repeat(1) + '\u0361'.repeat(27) + 'a' + '\u0489'.repeat(27), '\u202Egnp.exe\u202C', 'שלום \u2067abc', 'W'.repeat(60), '﷽'.repeat(20), 'Аdmin', '王\u200B芳', 'a'.repeat(30) + '\u0301'.repeat(25)];
		for (const name of names) {
			const headers = network(), answer = await sendForm(site, '/comment/on/first', { name, link: '', email: '', reply: '', website: '', text: `${'x'.repeat(300)} ${number}`, proof: commentStamp(site, { headers }) }, headers);
			assert.equal(answer.status, 303, JSON.stringify(name));
		}
		showAll();
		const context = await browser.newContext({ viewport: { width: 320, height: 700 } }), page = await context.newPage();
		// The web server may send its copy of before once more, while it asks for a new one.
		await until('the new comments are shown', async () => {
			await page.goto(`${site.url}/blog/first`);
			return await page.locator('.comment .p-name').count() === names.length;
		});
		const boxes = await page.evaluate(() => [...document.querySelectorAll('.comment .p-name')].map((one) => {
			const range = document.createRange(), line = one.closest('.meta').getBoundingClientRect(), box = one.getBoundingClientRect();
			range.selectNodeContents(one);
			return { bdi: one.tagName, isolated: getComputedStyle(one).unicodeBidi, inside: box.top >= line.top - 1 && box.bottom <= line.bottom + 1 && box.right <= innerWidth, height: box.height };
		}));
		assert.equal(boxes.length, names.length);
		for (const box of boxes)
			assert.ok(box.bdi === 'BDI' && box.isolated === 'isolate' && box.inside && box.height < 120, JSON.stringify(box));
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
		await context.close();
	});

	test('the pages are sound: axe, the Nu checker, narrow and wide, light and dark, in both languages', { timeout: 120000 }, async () => {
		const context = await browser.newContext({ bypassCSP: true, extraHTTPHeaders: network() }), page = await context.newPage();
		const { look, done } = lookAt(page, 'comment', [[320, 'light'], [390, 'dark'], [1440, 'light']]);
		for (const path of ['/blog/first', '/blog/second', '/comment/on/first', '/comment/on/second']) {
			await page.goto(site.url + path);
			await look(path);
		}
		await page.locator('#comment-new-name').fill('访客');
		await page.locator('#comment-new-text').fill('一条**评论**。');
		await page.evaluate(() => {
			document.querySelector('input[name=proof]').remove();
			document.querySelector('form.comment-new').submit();
		});
		await page.locator('.preview').waitFor();
		await look('preview');
		await page.waitForTimeout(3100);
		await page.locator('form.comment-new button').click();
		await page.waitForURL(/\/mine\//);
		await look('own comment');
		await context.close();
		done();
	});
});
