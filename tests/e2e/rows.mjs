// The programs' route tables, read from their source, so that a new row is tested without a change to the tests.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib.mjs';

// The value of each named part of an address, unless a test gives another one.
const parts = { id: 1, number: 1, token: 'T'.repeat(43), language: 'zh', file: `${'T'.repeat(43)}.ics`, slug: 'x', folder: 'ab', month: '2026-11', name: 'x.css', part: '1.xml' };

export const addressOf = (pattern, own = {}) => pattern.replaceAll(/:(\w+)/g, (_, part) => own[part] ?? parts[part]);

// The rows of a program: method, pattern, role, name of the table of fields, meaning of a second submission, an address; languages: the row exists in each language.
export function rowsOf(program) {
	let text = fs.readFileSync(path.join(root, `cgi-bin/${program}/${program}.c`), 'utf8');
	const macro = /#define SETTINGS\(slug, group\) \\\n([\s\S]*?)\n\n/.exec(text)?.[1].replaceAll('\\\n', ' ');
	text = text.replaceAll(/\n\tSETTINGS\("(\w+)", \w+\)/g, (_, slug) => macro.replaceAll('" slug "', `${slug}`).replaceAll('" slug', `${slug}"`));
	return [...text.matchAll(/\{ (GET|POST), "([^"]+)",[^}]*?\.role = (\w+)[^}]*\}/g)].map(([row, method, pattern, role]) => (
		{ method, pattern, role, fields: /\.fields = (\w+)/.exec(row)?.[1], repeat: /\.repeat = (\w+)/.exec(row)?.[1], languages: row.includes('.languages = true'), where: addressOf(pattern) }));
}
