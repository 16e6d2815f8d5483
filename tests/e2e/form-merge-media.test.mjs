// A form of the media library, or of the files of a post, stays open while the same values are saved elsewhere. No uploaded file is lost.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { mergeSite, otherOf } from './form-merge.mjs';
import { fieldsIn } from './forms.mjs';

describe('an open form of files and a save from elsewhere', () => {
	const { site, cookies, ask, open, send, save, newPost, everyField } = mergeSite();

	describe('a file in the media library', () => {
		let number = 0;
		const make = async () => {
			number++;
			const page = fieldsIn((await ask('/write/media')).text, 'upload');
			assert.equal((await sendFiles(site, '/write/media', [['proof', page.proof]], [['file', `p${number}.png`, png(30 + number % 200, 30, 'red')]], { cookie: cookies.Edda })).status, 303);
			return { where: `/write/media/${sql(site, 'SELECT max(id) FROM media')}`, name: 'file' };
		};
		test('an alt text that both sides changed is offered as a choice', async () => {
			const made = await make();
			await save(made, { alt: 'Start' });
			for (const [choice, wanted] of [['mine', 'Mine'], ['theirs', 'Theirs']]) {
				await save(made, { alt: `Start ${choice}` });
				const old = await open(made);
				await save(made, { alt: 'Theirs' });
				const answer = await send(made, { ...old, alt: 'Mine' });
				assert.equal(answer.status, 409);
				assert.equal(otherOf(answer.text, 'alt'), 'Theirs');
				assert.equal((await send(made, fieldsIn(answer.text, 'file'))).status, 422);
				assert.equal((await send(made, { ...fieldsIn(answer.text, 'file'), choose_alt: choice })).status, 303);
				assert.equal((await open(made)).alt, wanted);
			}
			const old = await open(made);
			await save(made, { alt: 'Only theirs' });
			const untouched = await send(made, old);
			assert.equal(untouched.status, 409);
			assert.equal(fieldsIn(untouched.text, 'file').alt, 'Only theirs');
		});
	});

	describe('the files of a post', () => {
		const files = {};
		let post;
		before(async () => {
			for (const [name, bytes] of [['a.png', png(21, 20, 'red')], ['b.png', png(22, 20, 'red')], ['c.png', png(23, 20, 'red')]]) {
				const page = fieldsIn((await ask('/write/media')).text, 'upload');
				assert.equal((await sendFiles(site, '/write/media', [['proof', page.proof]], [['file', name, bytes]], { cookie: cookies.Edda })).status, 303);
				files[name] = sql(site, 'SELECT max(id) FROM media');
			}
			post = await newPost();
		});
		const form = () => ({ where: `${post.where}/media`, name: 'post-media', files: true });
		everyField(form, [
			['cover_alt', 'Start', 'Mine', 'Theirs'],
			['recording_address', '', 'https://mine.example/a.mp3', 'https://theirs.example/a.mp3'],
			['chapters', '', '0:00 Mine', '0:00 Theirs'],
		], ['cover_alt', 'Start', 'Another'], ['cover', 'recording', 'transcript']);

		test('a cover that both sides changed, or that was uploaded with an old form, is offered as a choice', async () => {
			await save(form(), { cover: files['a.png'] });
			const old = await open(form());
			await save(form(), { cover: files['b.png'] });
			const answer = await send(form(), { ...old, cover: files['c.png'] });
			assert.equal(answer.status, 409);
			assert.equal(fieldsIn(answer.text, 'post-media').cover, files['c.png']);
			assert.match(answer.text, /class="other">b\.png</);
			assert.equal((await send(form(), { ...fieldsIn(answer.text, 'post-media'), choose_cover: 'theirs' })).status, 303);
			assert.equal((await open(form())).cover, files['b.png']);
			const fresh = await sendFiles(site, form().where, Object.entries({ ...old, cover_alt: 'Fresh' }), [['cover_file', 'd.png', png(24, 20, 'red')]], { cookie: cookies.Edda });
			assert.equal(fresh.status, 409);
			const sent = fieldsIn(fresh.text, 'post-media');
			assert.match(fresh.text, /d\.png/);
			assert.ok(Number(sent.cover) > Number(files['c.png']));
			assert.equal((await send(form(), { ...sent, choose_cover: 'mine' })).status, 303);
			assert.equal((await open(form())).cover, sent.cover);
		});

		test('a file uploaded with a refused form is not lost', async () => {
			const answer = await sendFiles(site, form().where, Object.entries({ ...await open(form()), chapters: 'none' }), [['cover_file', 'e.png', png(25, 20, 'red')]], { cookie: cookies.Edda });
			assert.equal(answer.status, 422);
			const fields = fieldsIn(answer.text, 'post-media');
			assert.equal(sql(site, `SELECT name FROM media WHERE id = ${fields.cover}`), 'e.png');
			assert.equal((await send(form(), { ...fields, chapters: '' })).status, 303);
			assert.equal((await open(form())).cover, fields.cover);
		});
	});
});
