// A site with users and their files, for the tests media-*.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import { addPeople, sql } from './content.mjs';
import { sendFiles } from './files.mjs';
import { fieldsIn, problems, proofIn } from './forms.mjs';
import { request, serveSite } from './lib.mjs';

// To be called in describe(): a site with users of each role, and functions that upload files and write posts as one of them.
export function mediaSite() {
	const site = {};
	const cookies = {};
	const ask = (where, who, headers = {}) => site.get(where, { headers: { ...(who ? { cookie: cookies[who] } : {}), ...headers } });
	// Opens a page and sends its form with files.
	async function upload(who, files, { where = '/write/media', form = 'upload', to = where, fields = {} } = {}) {
		const page = (await ask(where, who)).text;
		return sendFiles(site, to, [...Object.entries({ ...fields, proof: proofIn(page, form) })], files, { cookie: cookies[who] });
	}
	// Uploads one file and returns its id.
	async function add(who, name, bytes) {
		const answer = await upload(who, [['file', name, bytes]]);
		assert.equal(answer.status, 303, problems(answer.text).join());
		return Number(sql(site, 'SELECT media_id FROM media_owner ORDER BY rowid DESC LIMIT 1'));
	}
	// The path of a file below /media/, and the folder of the site that has it.
	const pathOf = (id) => sql(site, `SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media WHERE id = ${id}`);
	const folderOf = (id) => ['media', 'media/closed'].filter((folder) => fs.existsSync(path.join(site.folder, folder, pathOf(id)))).join(' and ') || 'none';
	// Saves a post, or publishes it, and returns its address.
	async function write(who, changes, how = 'publish', where = '/write/new') {
		const fields = { ...fieldsIn((await ask(where, who)).text, 'post'), do: how, ...changes };
		const body = new URLSearchParams(fields).toString();
		const answer = await request(site.url + where, { method: 'POST', body, headers: { cookie: cookies[who], 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } });
		assert.equal(answer.status, 303, problems(answer.text).join());
		return answer.headers.location.slice(site.url.length);
	}
	// Sends the form with the files of a post.
	const attach = async (who, where, files, changes = {}) => {
		const page = (await ask(`${where}/media`, who)).text, fields = fieldsIn(page, 'post-media');
		for (const name of Object.keys(fields))
			if (name.endsWith('_file'))
				delete fields[name];
		fields.cover = /name="cover" value="(\d*)" checked/.exec(page)?.[1] ?? '';
		return sendFiles(site, `${where}/media`, Object.entries({ ...fields, ...changes }), files, { cookie: cookies[who] });
	};
	before(async () => {
		Object.assign(site, await serveSite());
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Bert', 'author'], ['Edda', 'editor'], ['Mia', 'member'], ['Paul', 'member']]));
		site.renown('grant', 'add', 'paul@example.org', '--everything');
	});
	after(() => site.stop?.());

	function assertHealthy() {
		const { text } = site.renown('doctor');
		assert.doesNotMatch(text.split('\n').filter((line) => line && !/ OK/.test(line)).join('\n'), /./);
	}
	return { site, cookies, ask, upload, add, pathOf, folderOf, write, attach, assertHealthy };
}
