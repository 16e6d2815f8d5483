// What was answered is kept: everything is killed right after an answer, started again, and it is there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { fieldsIn, sendForm } from './forms.mjs';
import { childProcesses, serveSite, stop } from './lib.mjs';

describe('what was answered is kept', () => {
	let site, cookie;
	// The programs with their workers, and nginx, without a chance to say anything.
	async function killAll() {
		for (const program of Object.values(site.programs)) {
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
					assert.equal(error.code, 'ESRCH'); // died with its parent
				}
		}
		await Promise.all([...Object.values(site.programs).map((program) => program.ended), stop(site.nginx, 'SIGKILL')]);
		site = await serveSite({ site: { folder: site.folder, port: site.port, base: site.base } });
	}
	const open = async (where) => (await site.get(where, { headers: { cookie } })).text;
	const send = (where, fields) => sendForm(site, where, fields, { cookie });
	before(async () => {
		site = await serveSite({ owner: true });
		cookie = signIn(site, 1);
	});
	after(() => site?.stop());

	test('a post that was saved', async () => {
		const answer = await send('/write/new', { ...fieldsIn(await open('/write/new'), 'post'), title: 'Saved and killed', text: 'Words that stay.', do: 'save' });
		assert.equal(answer.status, 303);
		await killAll();
		assert.equal(fieldsIn(await open(answer.headers.location.slice(site.url.length)), 'post').text, 'Words that stay.');
	});

	test('a rule of the plan, and a post in its slot', async () => {
		assert.equal((await send('/write/plan', { ...fieldsIn(await open('/write/plan'), 'rule'), mo: 'yes', tu: '', we: '', th: '', fr: '', sa: '', su: '' })).status, 422);
		const { proof, time, weeks } = fieldsIn(await open('/write/plan'), 'rule');
		assert.equal((await send('/write/plan', { proof, time, weeks, mo: 'yes' })).status, 303);
		await killAll();
		assert.match(await open('/write/plan'), /FREQ=WEEKLY;BYDAY=MO;/);
		assert.equal((await send('/write/new', { ...fieldsIn(await open('/write/new'), 'post'), title: 'In a slot', text: 'x', do: 'slot' })).status, 303);
		await killAll();
		assert.match(await open('/write/queue'), /In a slot/);
	});

	test('a setting', async () => {
		assert.equal((await send('/admin/settings', { ...fieldsIn(await open('/admin/settings'), 'settings'), title: 'A name that stays' })).status, 303);
		await killAll();
		assert.match(await open('/blog'), /A name that stays/);
		assert.equal(sql(site, 'PRAGMA integrity_check'), 'ok');
	});
});
