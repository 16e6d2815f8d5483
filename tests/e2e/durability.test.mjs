// Durability: all processes are killed right after a response. After a restart, the change is still there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { fieldsIn, sendForm, unsavedIn } from './forms.mjs';
import { childProcesses, request, serveSite, stop, until } from './lib.mjs';

describe('durability of accepted requests', () => {
	let site, cookie;
	// The programs with their workers, and nginx, killed with SIGKILL.
	async function killAll() {
		for (const program of [...Object.values(site.programs), site.nginx]) {
			const all = [program.pid], below = childProcesses(program.pid);
			for (; below.length > 0;) {
				const pid = below.pop();
				all.push(pid);
				below.push(...childProcesses(pid));
			}
			for (const pid of all)
				try {
					process.kill(pid, 'SIGKILL');
				} catch (error) {
					assert.equal(error.code, 'ESRCH'); // was killed together with its parent
				}
		}
		await Promise.all([...Object.values(site.programs).map((program) => program.ended), stop(site.nginx, 'SIGKILL')]);
		await until('nothing listens', () => request(site.url).then(() => false, () => true)); // otherwise the old nginx would answer for the new one
		site = await serveSite({ site: { folder: site.folder, port: site.port, base: site.base } });
	}
	const open = async (where) => (await site.get(where, { headers: { cookie } })).text;
	const send = (where, fields) => sendForm(site, where, fields, { cookie });
	before(async () => {
		site = await serveSite({ owner: true });
		cookie = signIn(site, 1);
	});
	after(() => site?.stop());

	test('a saved post is not lost', async () => {
		const answer = await send('/write/new', { ...fieldsIn(await open('/write/new'), 'post'), title: 'Saved and killed', text: 'Words that stay.', do: 'save' });
		assert.equal(answer.status, 303);
		await killAll();
		assert.equal(fieldsIn(await open(answer.headers.location.slice(site.url.length)), 'post').text, 'Words that stay.');
	});

	test('a rule of the publishing schedule, and a post in its time slot, are not lost', async () => {
		assert.equal((await send('/write/schedule', { ...fieldsIn(await open('/write/schedule'), 'rule'), mo: 'yes', tu: '', we: '', th: '', fr: '', sa: '', su: '' })).status, 422);
		const { proof, time, weeks } = fieldsIn(await open('/write/schedule'), 'rule');
		assert.equal((await send('/write/schedule', { proof, time, weeks, mo: 'yes' })).status, 303);
		await killAll();
		assert.match(await open('/write/schedule'), /FREQ=WEEKLY;BYDAY=MO;/);
		assert.equal((await send('/write/new', { ...fieldsIn(await open('/write/new'), 'post'), title: 'In a slot', text: 'x', do: 'slot' })).status, 303);
		await killAll();
		assert.match(await open('/write/queue'), /In a slot/);
	});

	test('an autosaved text, and an uploaded file with its bytes, are not lost', async () => {
		const answer = await send('/write/new', { ...fieldsIn(await open('/write/new'), 'post'), title: 'Unsaved', text: 'Typed and not saved.', do: 'keep' });
		assert.equal(answer.status, 200);
		await killAll();
		assert.equal(fieldsIn(await open(unsavedIn(await open('/write/new'))[0].href), 'post').text, 'Typed and not saved.');
		const picture = png(50, 40, 'blue'), sent = await sendFiles(site, '/write/media', [['proof', fieldsIn(await open('/write/media'), 'upload').proof]], [['file', 'blue.png', picture]], { cookie });
		assert.equal(sent.status, 303);
		await killAll();
		const address = sql(site, "SELECT '/media/' || substr(digest, 1, 2) || '/' || digest || '.png' FROM media WHERE name = 'blue.png'");
		const file = await site.get(address, { headers: { cookie } });
		assert.equal(file.status, 200);
		assert.ok(file.bytes.equals(picture));
	});

	test('an ended session, and a removed role, are not restored', async () => {
		sql(site, "INSERT INTO site_user (id, slug, name, email, role, created) VALUES (60, 'anna', 'Anna', 'anna@example.org', 'editor', 1)");
		const anna = signIn(site, 60, 'N'.repeat(43)), out = (who) => site.get('/write', { headers: { cookie: who } });
		const page = await open('/admin/users/60');
		assert.equal((await send('/admin/users/60', { ...fieldsIn(page, 'change'), role: 'member' })).status, 303);
		await killAll();
		assert.equal((await out(anna)).status, 403);
		const own = await site.get('/account', { headers: { cookie: anna } });
		assert.equal((await sendForm(site, '/sign-out', fieldsIn(own.text, 'sign-out'), { cookie: anna })).status, 303);
		await killAll();
		assert.equal((await out(anna)).status, 303);
	});

	test('a changed setting is not lost', async () => {
		assert.equal((await send('/admin/settings/general', { ...fieldsIn(await open('/admin/settings/general'), 'settings'), title: 'A name that stays' })).status, 303);
		await killAll();
		assert.match(await open('/blog'), /A name that stays/);
		assert.equal(sql(site, 'PRAGMA integrity_check'), 'ok');
	});
});
