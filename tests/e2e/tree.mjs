// A copy of the source tree with its build, to be changed and built again. Only what changed is built again.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build, root, temporaryFolder } from './lib.mjs';

// The part of the build folder that a further build needs: no test programs, no browsers, no sites.
function wantedOfBuild(from) {
	const name = path.relative(build, from);
	return !/^(?:tests|bench|browser|asan|fuzz|preview|found)(?:\/|$)|^check_|^fuzz_|\.log$|\.lock$/.test(name);
}

export function copyTree() {
	const inside = path.relative(root, build), copy = path.join(temporaryFolder('tree'), 'renown');
	if (inside.startsWith('..'))
		throw new Error('the build folder is not in the tree');
	for (const name of fs.readdirSync(root).filter((one) => !['.git', 'site', 'autom4te.cache', inside.split('/')[0]].includes(one) && !one.startsWith('build-')))
		fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true, filter: (from) => !from.endsWith('/node_modules') });
	fs.cpSync(path.join(root, 'build-aux'), path.join(copy, 'build-aux'), { recursive: true, preserveTimestamps: true });
	fs.cpSync(build, path.join(copy, inside), { recursive: true, preserveTimestamps: true, filter: wantedOfBuild });
	// The copy is not configured again: it uses the same libraries, and the helpers of autotools in the original tree.
	return { folder: copy, build: path.join(copy, inside) };
}

export function runIn(tree, command, ...args) {
	const ran = spawnSync(command, args, { cwd: tree.folder, encoding: 'utf8', env: { ...process.env, RENOWN_BUILD: tree.build, MAKEFLAGS: '', NODE_TEST_CONTEXT: undefined }, maxBuffer: 1 << 28 });
	if (ran.status !== 0)
		throw new Error(`${command} ${args.join(' ')}: ${ran.status ?? ran.signal}\n${ran.stdout.slice(-3000)}${ran.stderr.slice(-3000)}`);
	return ran.stdout + ran.stderr;
}

// Builds the named targets.
export const make = (tree, ...targets) => runIn(tree, 'make', '-s', '-C', tree.build, '-j2', ...targets);
