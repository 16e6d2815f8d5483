// The route tables, as the programs print them, so that a new row is tested without a change to the tests.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from './lib.mjs';
import { programNames } from './programs.mjs';

// The value of each named part of an address, unless a test gives another one.
const parts = { id: 1, number: 1, token: 'T'.repeat(43), language: 'zh', file: `${'T'.repeat(43)}.ics`, slug: 'x', folder: 'ab', month: '2026-11', name: 'x.css', part: '1.xml', secret: 'T'.repeat(43), who: 'g1' };

export const addressOf = (pattern, own = {}) => pattern.replaceAll(/:(\w+)/g, (_, part) => own[part] ?? parts[part]);

function allOf(program) {
	return execFileSync(path.join(build, program), ['--routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => {
		const row = JSON.parse(line);
		return { program, ...row, repeat: row.repeat ?? undefined, where: addressOf(row.pattern) };
	});
}

// The rows of a program that have a page or accept a form: method, pattern, role, fields ({ name, type, max, many }), repeat (the effect of a second
// submission), where (an address), languages (whether there is an address for each language).
export const rowsOf = (program) => allOf(program).filter((row) => !row.moved);

// The rows for old addresses, with the pattern of the new one in moved.
export const movedOf = (program) => allOf(program).filter((row) => row.moved);

export const allRows = () => programNames.flatMap(rowsOf);
