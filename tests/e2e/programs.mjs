// The list conf/programs, for the tests: each program with its groups of addresses.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const lines = fs.readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../../conf/programs'), 'utf8').split('\n').filter((line) => /^\s*[^#\s]/.test(line));
export const secret = /^@secret +(\S+)$/.exec(lines.find((line) => line.startsWith('@secret ')))[1];

// [{ name, workers, socket, manual, groups: [{ order, pattern, words: { body: '1m', private: true } }] }], in the order of the file.
export const programs = [];
for (const line of lines) {
	const [first, second, ...rest] = line.trim().split(/\s+/);
	if (/^[a-z]/.test(line))
		programs.push({ name: first, workers: Number(second), socket: rest[0], manual: rest[1], groups: [] });
	else if (/^\s/.test(line))
		programs.at(-1).groups.push({ order: Number(first), pattern: second.replace('@secret', secret), words: Object.fromEntries(rest.map((word) => [word.split('=')[0], word.includes('=') ? word.slice(word.indexOf('=') + 1) : true])) });
}
export const programNames = programs.map(({ name }) => name);

// All groups of all programs, the one that wins first.
export const groups = programs.flatMap(({ name, groups: own }) => own.map((group) => ({ program: name, ...group, match: new RegExp(`^(?:/(?:en|zh))?${group.pattern}`) }))).sort((a, b) => a.order - b.order);
export const groupOf = (address) => groups.find(({ match }) => match.test(address));
