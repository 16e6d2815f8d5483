// Moderation in a browser: twenty comments by keys and one undone, two moderators at the same comment, a link from an email, on a phone and without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addPeople, importPosts, sql } from '../e2e/content.mjs';
import { serveSite } from '../e2e/lib.mjs';
import { launch, lookAt } from './look.mjs';

describe('moderation in a browser', { timeout: 300000 }, () => {
	let site, browser, cookies;
	const count = (state) => Number(sql(site, `SELECT count(*) FROM comment WHERE state = '${state}'`));

	before(async () => {
		site = await serveSite({ formWorkers: 4 });
		cookies = addPeople(site, [['Owner', 'owner'], ['Mod', 'moderator'], ['Other', 'moderator'], ['Mia', 'member']]);
		importPosts(site, [{ name: 'first.md', title: 'First post', date: '2026-01-01' }]);
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		await site?.stop();
	});

	function addComments(number) {
		sql(site, 'DELETE FROM moderation_decision; DELETE FROM comment; DELETE FROM thread');
		for (let i = 1; i <= number; i++)
			sql(site, `INSERT INTO comment (post_id, name, link, network, state, reason, text, xhtml, created, sample) VALUES (1, 'Reader ${i}', 'https://e${i}.example', 'n', 'held', 'first',
				'Comment number ${i}', '<p>Comment number ${i} <a rel="ugc nofollow" href="https://e${i}.example/${'long'.repeat(30)}">https://e${i}.example/${'long'.repeat(30)}</a></p>', unixepoch() - ${1000 - i}, 0)`);
		sql(site, `UPDATE comment SET root_id = id; INSERT INTO thread (post_id, shown, waiting, version, changed) VALUES (1, 0, ${number}, unixepoch(), 1)`);
	}

	async function open(who, options = {}) {
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
		const [name, value] = cookies[who].split('=');
		await context.addCookies([{ name, value, url: site.url }]);
		return context.newPage();
	}
	const large = (page) => page.locator('.comment-text').innerText();

	test('a moderator clears twenty comments by keys and undoes one', async () => {
		addComments(20);
		const page = await open('Mod');
		await page.goto(`${site.url}/moderate`);
		assert.match(await large(page), /number 1 /);
		for (const [key, text] of [['j', /number 2 /], ['k', /number 1 /]]) {
			await Promise.all([page.waitForURL(/at=/), page.keyboard.press(key)]);
			await page.locator('.comment-text', { hasText: text }).waitFor();
		}
		for (let i = 0; i < 20; i++) {
			const left = count('held');
			await page.keyboard.press('ars'[i % 3]);
			await page.locator('.notice-bar').waitFor();
			await page.waitForFunction((wanted) => (document.querySelector('.queue-column h2')?.textContent ?? 'Waiting: 0').includes(wanted), `${left - 1}`);
			assert.equal(count('held'), left - 1);
		}
		assert.deepEqual([count('shown'), count('rejected'), count('spam'), count('held')], [7, 7, 6, 0]);
		await page.getByText('Nothing is waiting').waitFor();
		await page.getByRole('button', { name: 'Undo' }).click();
		await page.getByText('Undone.').waitFor();
		assert.equal(count('held'), 1);
		assert.match(await large(page), /number 20 /);
		await page.context().close();
	});

	test('keys do nothing while somebody types, and a key is not counted twice', async () => {
		addComments(3);
		const page = await open('Mod');
		await page.goto(`${site.url}/moderate`);
		await page.getByText('Rule and note').click();
		await page.locator('#decide-note').pressSequentially('arsjk');
		assert.equal(count('held'), 3);
		await page.locator('h1').click();
		await page.evaluate(() => {
			for (let i = 0; i < 5; i++)
				document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
		}).catch(() => {}); // the page may leave meanwhile
		await page.locator('.notice-bar').waitFor();
		assert.equal(count('held'), 2);
		assert.equal(sql(site, 'SELECT note FROM moderation_decision'), 'arsjk');
		await page.context().close();
	});

	test('two moderators decide about the same comment', async () => {
		addComments(2);
		const [mine, theirs] = [await open('Mod'), await open('Other')];
		await mine.goto(`${site.url}/moderate`);
		await theirs.goto(`${site.url}/moderate`);
		await theirs.getByRole('button', { name: 'Reject' }).first().click();
		await theirs.getByText('1 comment rejected').waitFor();
		await mine.getByRole('button', { name: 'Approve' }).first().click();
		await mine.getByText(/Already decided by Other at .*: Comment rejected/).waitFor();
		assert.deepEqual([count('rejected'), count('held')], [1, 1]);
		// The next comment is shown, so the moderator goes on.
		assert.match(await large(mine), /number 2 /);
		await mine.context().close();
		await theirs.context().close();
	});

	test('on a phone without script: four actions in the same place, and a bulk decision', async () => {
		addComments(5);
		const page = await open('Mod', { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
		const places = [];
		for (const at of [1, 2]) {
			await page.goto(`${site.url}/moderate?at=${sql(site, `SELECT id FROM comment ORDER BY created LIMIT 1 OFFSET ${at - 1}`)}`);
			const boxes = await page.locator('.decisions > :is(button, a:not(.hidden))').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
			assert.equal(boxes.length, 4);
			assert.ok(boxes.every(({ height, width, bottom }) => height >= 44 && width >= 44 && bottom <= 844), JSON.stringify(boxes));
			places.push(boxes.map(({ x, width }) => [x, width]));
		}
		assert.deepEqual(places[0], places[1]);
		for (const box of await page.locator('.pick input').all())
			await box.check();
		await page.locator('.bulk').getByRole('button', { name: 'Approve' }).click();
		await page.getByText('5 comments approved').waitFor();
		assert.equal(count('shown'), 5);
		await page.context().close();
	});

	test('the pages of moderation in every scheme and width', async () => {
		addComments(3);
		sql(site, `INSERT INTO moderation_rule (field, pattern, action, note, created) VALUES ('word', '${'loan'.repeat(30)}*', 'refuse', 'No loans', 5);
			INSERT INTO moderation_ban (kind, subject, name, note, created, expires) VALUES ('name', 'x', '${'X'.repeat(60)}', 'rude', 5, 0)`);
		const page = await open('Mod'), id = sql(site, 'SELECT min(id) FROM comment'), looks = lookAt(page, 'moderate', [[320, 'light'], [390, 'dark'], [1280, 'light']]);
		for (const address of ['/moderate', '/zh/moderate', `/moderate/${id}`, `/zh/moderate/${id}`, '/moderate/comments?q=number', '/moderate/log', '/moderate/rules?field=word&pattern=number&action=hold&note=x', '/moderate/bans', '/moderate/feeds']) {
			await page.goto(site.url + address);
			await looks.look(address);
		}
		looks.done();
		await page.context().close();
	});
});
