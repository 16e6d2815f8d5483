// A feed reader from Debian subscribes, gets every post once with its text, and gets
// no duplicates when it polls again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serveSite, temporaryFolder } from './lib.mjs';

describe('newsboat', () => {
	let site;
	before(async () => { site = await serveSite({ sample: true }); });
	after(() => site?.stop());

	// newsboat identifies posts by their ids, which are the same in all our feeds, so each feed gets its own newsboat.
	for (const feed of ['/feed.rss', '/feed.atom', '/zh/feed.rss', '/en/feed.atom'])
		test(`newsboat subscribes to ${feed} and gets every post once`, () => {
			const folder = temporaryFolder('newsboat'), url = site.url + feed;
			fs.writeFileSync(path.join(folder, 'urls'), `${url}\n`);
			fs.writeFileSync(path.join(folder, 'config'), 'max-items 0\n');
			const reload = () => spawnSync('newsboat', ['-q', '-u', path.join(folder, 'urls'), '-C', path.join(folder, 'config'), '-c', path.join(folder, 'cache.db'), '-x', 'reload'],
				{ encoding: 'utf8', env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', no_proxy: '*' }, timeout: 60000 });
			const rows = (text) => spawnSync('sqlite3', [path.join(folder, 'cache.db'), text], { encoding: 'utf8' }).stdout.trim();
			const ran = reload();
			assert.equal(ran.status, 0, ran.stderr);
			const count = Number(rows('SELECT count(*) FROM rss_item;'));
			assert.ok(count >= 5, `${count} posts`);
			assert.notEqual(rows('SELECT title FROM rss_feed;'), '');
			assert.equal(rows("SELECT title FROM rss_item WHERE title = '' OR url = '' OR pubDate < 1000 OR length(content) < 20;"), '');
			assert.ok(Number(rows("SELECT count(*) FROM rss_item WHERE enclosure_url LIKE 'http%/media/%';")) >= 1, 'a recording is an enclosure');
			reload();
			assert.equal(Number(rows('SELECT count(*) FROM rss_item;')), count);
		});
});
