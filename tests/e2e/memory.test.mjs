// What the programs and an import need of memory. docs/PERFORMANCE.md has the values of one quiet run; the limits here leave room for
// other machines, and fail when a program holds the pages of another, or an import holds all of its texts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addPeople } from './content.mjs';
import { build, childProcesses, programEnvironment, renown, serveSite, temporaryFolder, until } from './lib.mjs';

const MIB = 1024; // the kernel counts in KiB
const kib = (pid, file, name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(fs.readFileSync(`/proc/${pid}/${file}`, 'utf8'))[1]);
const shown = (number) => `${(number / MIB).toFixed(1)} MiB`;

describe('memory of the programs', () => {
	const mixed = {
		blog: ['/', '/blog', '/archive', '/tags', '/search?q=paper', '/about', '/nothing'],
		feed: ['/feed.rss', '/feed.atom'],
		account: ['/account', '/account/data', '/account/second-factor'],
		post: ['/write', '/write/new', '/write/media', '/write/schedule', '/write/queue', '/write/import', '/write/export', '/write/calendar'],
		admin: ['/admin', '/admin/settings', '/admin/users', '/admin/invitations', '/admin/audit', '/admin/health', '/admin/backups'],
	};
	let site, cookie;
	before(async () => {
		site = await serveSite({ sample: true, workers: 1, formWorkers: 1 });
		cookie = addPeople(site, [['Olga', 'owner']]).Olga;
	});
	after(() => site?.stop());
	const worker = (name) => childProcesses(site.programs[name].pid).at(0);
	const ask = (where) => site.get(where, { headers: { cookie } });

	test('a worker at rest', async (t) => {
		for (const name of Object.keys(mixed)) {
			await until(`${name} runs`, () => worker(name) !== undefined);
			const pss = kib(worker(name), 'smaps_rollup', 'Pss');
			t.diagnostic(`${name}: ${shown(pss)} PSS, ${shown(kib(worker(name), 'status', 'VmRSS'))} resident`);
			assert.ok(pss < 10 * MIB, `${name}: ${shown(pss)}`);
		}
	});

	test('a worker after 1,000 requests in both languages', async (t) => {
		let all = 0;
		for (const [name, pages] of Object.entries(mixed)) {
			const pid = worker(name), first = {};
			for (const lang of name === 'feed' ? [''] : ['/en', '/zh']) {
				const began = performance.now();
				await ask(lang + pages[0]);
				first[lang] = performance.now() - began;
			}
			for (let i = 0; i < 1000 / 5; i++) {
				const where = pages[i % pages.length];
				const answer = await ask((i % 2 === 0 || name === 'feed' ? '' : '/zh') + where);
				assert.ok([200, 303, 304, 404].includes(answer.status), `${where}: ${answer.status}`);
			}
			const resident = kib(pid, 'status', 'VmRSS'), pss = kib(pid, 'smaps_rollup', 'Pss');
			all += pss;
			t.diagnostic(`${name}: ${shown(pss)} PSS, ${shown(resident)} resident; the first request in each language: ${Object.values(first).map((ms) => ms.toFixed(1)).join(', ')} ms`);
			assert.equal(worker(name), pid, `${name} was replaced`);
			assert.ok(resident < 20 * MIB, `${name}: ${shown(resident)}`);
		}
		t.diagnostic(`all: ${shown(all)} PSS`);
		assert.ok(all < 40 * MIB, shown(all));
	});
});

describe('memory of an import', () => {
	// The peak of an import of some texts, in KiB.
	function peak(t, what, count, text) {
		const folder = temporaryFolder('site'), texts = temporaryFolder('texts');
		for (let i = 0; i < count; i++)
			fs.writeFileSync(path.join(texts, `text-${i}.md`), `---\ntitle: Text ${i}\ndate: 2024-01-01\n---\n\n${text}`);
		renown(folder, ['init', '--base-url', 'http://127.0.0.1:1']);
		renown(folder, ['user', 'add', '--name', 'Owner', '--email', 'owner@example.org', '--role', 'owner']);
		// Node does not report the peak of a child process.
		const script = `import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)`;
		const ran = spawnSync('python3', ['-c', script, path.join(build, 'renown'), '--site', folder, 'import', 'markdown', texts],
			{ encoding: 'utf8', env: programEnvironment(folder), maxBuffer: 1 << 26 });
		assert.equal(ran.status, 0, ran.stdout + ran.stderr);
		t.diagnostic(`${what}: at most ${shown(Number(ran.stdout))}`);
		return Number(ran.stdout);
	}
	const paragraph = `${'Words of **paper** and [ink](https://example.org/ink), with `code`. '.repeat(4)}\n\n## A heading\n\n- one\n- two\n\n`;

	test('an import needs at most 64 MiB more than its largest file', (t) => {
		const none = peak(t, 'one short text', 1, paragraph);
		const many = peak(t, '600 texts of 12 KiB', 600, paragraph.repeat(40));
		assert.ok(many < none + 64 * MIB, `${shown(many)}, one short text ${shown(none)}`);
		const large = peak(t, '8 texts of 900 KiB', 8, paragraph.repeat(2950));
		assert.ok(large < none + 65 * MIB, `${shown(large)}, one short text ${shown(none)}`);
	});
});
