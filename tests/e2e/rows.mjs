// The programs' tables of routes, read from their source: what is added there is tested by being there.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib.mjs';

// What stands in an address for each named part, when a test says nothing else.
const parts = { id: 1, number: 1, token: 'T'.repeat(43), language: 'zh', file: `${'T'.repeat(43)}.ics`, slug: 'x', folder: 'ab', month: '2026-11', name: 'x.css', part: '1.xml' };

export const addressOf = (pattern, own = {}) => pattern.replaceAll(/:(\w+)/g, (_, part) => own[part] ?? parts[part]);

// The rows of a program that have a page or take a form, not those for old addresses (movedOf): method, pattern, role, name of the table of fields, what a second submission means, an address; languages: it is there in each of them.
export const rowsOf = (program) => allOf(program).filter((row) => !row.moved);

// The rows for old addresses, with the pattern of the new one in moved.
export const movedOf = (program) => allOf(program).filter((row) => row.moved);

function allOf(program) {
	let text = fs.readFileSync(path.join(root, `cgi-bin/${program}/${program}.c`), 'utf8');
	const macro = /#define SETTINGS\(slug, group\) \\\n([\s\S]*?)\n\n/.exec(text)?.[1].replaceAll('\\\n', ' ');
	text = text.replaceAll(/\n\tSETTINGS\("(\w+)", \w+\)/g, (_, slug) => macro.replaceAll('" slug "', `${slug}`).replaceAll('" slug', `${slug}"`));
	return [...text.matchAll(/\{ (GET|POST), "([^"]+)",[^}]*?\.role = (\w+)[^}]*\}/g)].map(([row, method, pattern, role]) => (
		{ method, pattern, role, fields: /\.fields = (\w+)/.exec(row)?.[1], repeat: /\.repeat = (\w+)/.exec(row)?.[1], languages: row.includes('.languages = true'), moved: /\.moved = "([^"]+)"/.exec(row)?.[1], where: addressOf(pattern) }));
}
