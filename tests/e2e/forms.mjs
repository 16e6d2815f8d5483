// Forms as browsers send them, and what stands in the pages that come back.
import { request } from './lib.mjs';

// fields: an object, or pairs for a name given twice.
export function sendForm(site, where, fields, headers = {}) {
	const body = new URLSearchParams(fields).toString();
	return request(site.url + where, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), ...headers } });
}

// The form of that name in a page, as text.
export const formIn = (text, name) => text.split('<form').find((part) => part.includes(`form ${name}"`)) ?? '';

export const proofIn = (text, name) => /name="proof" value="([^"]*)"/.exec(name ? formIn(text, name) : text)?.[1];

// What is said to be wrong, in the order of the page.
export const problems = (text) => [...text.matchAll(/class="problem"[^>]*>([^<]*)</g)].map((match) => match[1]);

const plain = (text) => text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

// What a browser would send of a form that nobody has touched.
export function fieldsIn(text, name) {
	const form = formIn(text, name).split('</form>')[0], fields = {};
	for (const [tag] of form.matchAll(/<input(?![^>]*type="file")(?![^>]*type="(?:radio|checkbox)"(?![^>]* checked))[^>]*>/g))
		fields[/name="(\w+)"/.exec(tag)[1]] = plain(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
	for (const [, field, value] of form.matchAll(/<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</g))
		fields[field] = plain(value);
	for (const [, field, options] of form.matchAll(/<select[^>]*name="(\w+)"[^>]*>([\s\S]*?)<\/select>/g))
		fields[field] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '';
	return fields;
}

export const cookieOf = (answer) => answer.headers['set-cookie']?.[0].split(';')[0];

// The autosaved forms that a page offers: where each is opened, what is said of it, and the fields that discard it.
export const unsavedIn = (text) => [...text.matchAll(/<li class="row"><span class="entry-text"><a href="([^"]*\?autosave=([\w-]+))"[^>]*>([^<]*)<\/a><\/span><span class="meta">([\s\S]*?)<\/span><form class="form discard"([\s\S]*?)<\/form>/g)]
	.map(([, href, key, title, meta, form]) => ({ href, key, title: plain(title), meta: plain(meta.replace(/<[^>]*>/g, '')), action: /action="([^"]*)"/.exec(form)[1], fields: fieldsIn(`<form class="form discard"${form}</form>`, 'discard') }));
