// Forms that stay open while the same object is saved elsewhere, for the tests form-merge-*.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addPeople } from './content.mjs';
import { sendFiles } from './files.mjs';
import { fieldsIn, problems, sendForm } from './forms.mjs';
import { serveSite } from './lib.mjs';

const notSaved = 'Not saved yet: this was changed elsewhere while your form was open. Check the form, then save again.';
const plain = (text) => text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&#10;', '\n').replaceAll('&amp;', '&');

// The part of a page for one field: its controls, and the messages below them.
const around = (text, name) => text.split(/(?=<div class="form-field">|<fieldset class="file-choice">)/).find((part) => part.includes(` name="${name}"`)) ?? '';
const noteOf = (text, name) => plain(/class="help changed">([^<]*)</.exec(around(text, name))?.[1] ?? '');
export const otherOf = (text, name) => {
	const found = /<p class="other">([^<]*)</.exec(around(text, name));
	return found && plain(found[1]);
};
export const chosenOf = (text, name) => new RegExp(`name="choose_${name}" value="(\\w+)"[^>]*checked`).exec(text)?.[1] ?? '';
export const items = (text) => [...(/<div class="merged">([\s\S]*?)<\/div>/.exec(text)?.[1] ?? '').matchAll(/<li>([^<]*)</g)].map((match) => plain(match[1]));

// To be called in describe(): a site with an owner and users, and functions that open, change and send forms.
export function mergeSite() {
	const site = {};
	const cookies = {};
	const ask = async (where, who = 'Edda') => site.get(where, { headers: { cookie: cookies[who] } });
	const read = async (where) => site.get(where, { headers: { cookie: 'sid=nobody' } });
	// form: where (a path), name, who (Edda if it is left out), buttons (whether the button is a field), files (whether it uploads).
	const open = async (form) => {
		const { status, text } = await ask(form.where, form.who);
		assert.equal(status, 200, form.where);
		return fieldsIn(text, form.name);
	};
	const send = (form, fields, how = 'save') => {
		const all = { ...fields, ...(form.buttons ? { do: how } : {}) };
		return form.files ? sendFiles(site, form.where, Object.entries(all), [], { cookie: cookies[form.who ?? 'Edda'] }) : sendForm(site, form.where, all, { cookie: cookies[form.who ?? 'Edda'] });
	};
	const save = async (form, changes, how) => {
		const answer = await send(form, { ...await open(form), ...changes }, how);
		assert.equal(answer.status, 303, `${form.where} ${JSON.stringify(changes)}: ${problems(answer.text)}`);
		return answer.headers.location.slice(site.url.length);
	};
	let number = 0;
	const newPost = async (fields = {}, how = 'publish') => {
		number++;
		const where = await save({ where: '/write/new', name: 'post', buttons: true }, { title: `Post ${number}`, text: 'One.\n\nTwo.\n\nThree.', slug: `post-${number}`, ...fields }, how);
		return { where, name: 'post', buttons: true };
	};

	before(async () => {
		Object.assign(site, await serveSite());
		Object.assign(cookies, addPeople(site, [['Owner', 'owner'], ['Anna', 'author'], ['Edda', 'editor'], ['Mia', 'member']]));
	});
	after(() => site.stop?.());

	// Each field of a form with three values: base, mine, theirs. other: a field that the other side changes meanwhile.
	function everyField(form, fields, other, elsewhere = []) {
		const [otherName, otherStart, otherNew] = other;

		// A new field of a form fails here until it has values in this test.
		test('every field is tested', async () => {
			const made = await form(), merged = /\bbase\b/.test(JSON.stringify(Object.keys(await open(made))));
			assert.ok(merged);
			const names = Object.keys(await open(made)).filter((name) => !['base', 'proof', 'revision', 'form_key', 'continues', 'why'].includes(name));
			assert.deepEqual(names.filter((name) => !elsewhere.includes(name)).sort(), fields.map(([name]) => name).sort());
		});
		for (const [name, start, mine, theirs] of fields) {
			const another = name === otherName ? fields.find(([one]) => one !== name) : [otherName, otherStart, otherNew];
			const make = async () => {
				const made = await form();
				await save(made, { [another[0]]: another[1], [name]: start });
				return made;
			};

			test(`a change of ${name} only in the form is kept`, async () => {
				const made = await make(), old = await open(made);
				await save(made, { [another[0]]: another[2] });
				const answer = await send(made, { ...old, [name]: mine });
				assert.equal(answer.status, 409);
				assert.ok(problems(answer.text).includes(notSaved));
				const form = fieldsIn(answer.text, made.name);
				assert.equal(form[name], mine);
				assert.equal(form[another[0]], another[2]);
				assert.equal(noteOf(answer.text, name), '');
				assert.match(noteOf(answer.text, another[0]), /^Changed elsewhere\. (?:Your form had|This field was empty in your form)/);
				assert.equal((await open(made))[name], start, 'nothing is saved yet');
				assert.equal((await send(made, form)).status, 303);
				const now = await open(made);
				assert.deepEqual([now[name], now[another[0]]], [mine, another[2]]);
			});

			test(`a change of ${name} only elsewhere is taken over`, async () => {
				const made = await make(), old = await open(made);
				await save(made, { [name]: theirs });
				const answer = await send(made, { ...old, [another[0]]: another[2] });
				assert.equal(answer.status, 409);
				const form = fieldsIn(answer.text, made.name);
				assert.deepEqual([form[name], form[another[0]]], [theirs, another[2]]);
				assert.match(noteOf(answer.text, name), /^Changed elsewhere\. (?:Your form had|This field was empty in your form)/);
				assert.equal(items(answer.text).filter((item) => item.includes('the form now contains that change')).length, 1);
				assert.equal((await send(made, form)).status, 303);
				const now = await open(made);
				assert.deepEqual([now[name], now[another[0]]], [theirs, another[2]]);
			});

			test(`the same change of ${name} on both sides is saved`, async () => {
				const made = await make(), old = await open(made);
				await save(made, { [name]: theirs });
				assert.equal((await send(made, { ...old, [name]: theirs })).status, 303);
			});

			if (mine !== theirs)
				test(`different changes of ${name} are offered as a choice`, async () => {
					for (const [choice, wanted] of [['theirs', theirs], ['mine', mine]]) {
						const made = await make(), old = await open(made);
						await save(made, { [name]: theirs });
						const answer = await send(made, { ...old, [name]: mine });
						assert.equal(answer.status, 409);
						const form = fieldsIn(answer.text, made.name);
						assert.equal(form[name], mine);
						assert.notEqual(otherOf(answer.text, name), null, 'the saved value is there as well');
						assert.equal((await open(made))[name], theirs);
						const chosen = chosenOf(answer.text, name);
						if (chosen === '') {
							delete form[`choose_${name}`];
							const asked = await send(made, form);
							assert.equal(asked.status, 422);
							assert.ok(problems(asked.text).includes('Choose which of the two to keep.'));
							assert.notEqual(otherOf(asked.text, name), null);
							assert.equal(fieldsIn(asked.text, made.name)[name], mine);
						}
						assert.equal((await send(made, { ...form, [`choose_${name}`]: choice })).status, 303);
						assert.equal((await open(made))[name], wanted, choice);
					}
				});
		}
	}

	return { site, cookies, ask, read, open, send, save, newPost, everyField };
}
