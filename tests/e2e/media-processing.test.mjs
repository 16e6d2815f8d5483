// What happens to uploaded files: the place of recording is removed, durations are found, smaller images are made.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { sql } from './content.mjs';
import { jpeg, mp3, png, wav } from './files.mjs';
import { problems } from './forms.mjs';
import { root, until } from './lib.mjs';
import { mediaSite } from './media.mjs';

describe('processing of files', () => {
	const { site, ask, upload, add, pathOf, write, attach, assertHealthy } = mediaSite();

	test('place and time that a camera recorded are removed; the image is unchanged', async () => {
		const id = await add('Anna', 'camera.jpg', jpeg({ gps: true, orientation: 6, trailer: 'MotionPhoto GPS 52.5' }));
		const stored = fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(id))), text = stored.toString('latin1');
		for (const trace of ['GPS', 'Canon', 'http://ns.adobe.com', 'MotionPhoto', 'a comment'])
			assert.ok(!text.includes(trace), trace);
		assert.ok(text.includes('ICC_PROFILE') && text.includes('JFIF'));
		assert.equal(sql(site, `SELECT width || 'x' || height FROM media WHERE id = ${id}`), '20x30');
		const other = await add('Anna', 'words.png', png(31, 30, 'red', { text: 'GPS 52.5' }));
		assert.ok(!fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(other))).includes('GPS'));
	});

	test('the place where a video was recorded is removed, wherever it is stored; the video is unchanged', async () => {
		const box = (type, ...parts) => {
			const bytes = Buffer.concat([Buffer.alloc(8), ...parts.map((part) => Buffer.from(part))]);
			bytes.writeUInt32BE(bytes.length, 0);
			bytes.write(type, 4, 'latin1');
			return bytes;
		};
		const place = '+52.5200+013.4050/', keys = box('meta', box('hdlr', Buffer.alloc(8), 'mdta', Buffer.alloc(12)), box('keys', 'com.apple.quicktime.location.ISO6709'), box('ilst', place));
		const xmp = box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), `<exif:GPSLatitude>${place}</exif:GPSLatitude>`);
		const whole = (...more) => Buffer.concat([box('ftyp', 'isom\x00\x00\x02\x00isom'), box('moov', box('mvhd', Buffer.alloc(100)), box('trak', box('udta', box('loci', 'WGS', place))),
			box('udta', box('\xa9xyz', place), box('\xa9nam', 'A video'), Buffer.alloc(4)), keys), ...more, box('mdat', Buffer.alloc(900, 'picture'))]);
		const sent = whole(xmp), id = await add('Anna', 'phone.mp4', sent);
		const kept = fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(id))), text = kept.toString('latin1');
		assert.equal(kept.length, sent.length);
		for (const trace of [place, '52.52', 'location', 'GPSLatitude', 'xyz', 'loci'])
			assert.ok(!text.includes(trace), trace);
		assert.ok(text.includes('A video'));
		assert.ok(kept.subarray(-900).equals(sent.subarray(-900)));
	});

	test('Exif and XMP of an AVIF are removed, the image is unchanged; an AVIF whose Exif cannot be located is refused', async () => {
		const number = (value, bytes) => {
			const all = Buffer.alloc(bytes);
			all.writeUIntBE(value, 0, bytes);
			return all;
		};
		const box = (type, ...parts) => {
			const inside = Buffer.concat(parts.map((part) => Buffer.from(part)));
			return Buffer.concat([number(inside.length + 8, 4), Buffer.from(type), inside]);
		};
		const full = (type, version, ...parts) => box(type, Buffer.from([version, 0, 0, 0]), ...parts);
		const info = (id, type) => full('infe', 2, number(id, 2), number(0, 2), type, 'x\0');
		const exif = 'Exif GPS 52.5200 13.4050', xmp = '<exif:GPSLatitude>52.5200</exif:GPSLatitude>', picture = 'PICTUREPICTURE';
		const avif = (shift) => {
			const made = (at) => Buffer.concat([box('ftyp', 'avif', number(0, 4), 'avifmif1'), full('meta', 0, full('hdlr', 0, number(0, 4), 'pict', Buffer.alloc(13)), full('pitm', 0, number(1, 2)),
				full('iloc', 0, Buffer.from([0x44, 0x00]), number(3, 2), ...[[1, 0, picture.length], [2, picture.length, exif.length], [3, picture.length + exif.length, xmp.length]].map(([id, offset, length]) =>
					Buffer.concat([number(id, 2), number(0, 2), number(1, 2), number(at + offset + (id === 2 ? shift : 0), 4), number(length, 4)]))),
				full('iinf', 0, number(3, 2), info(1, 'av01'), info(2, 'Exif'), info(3, 'mime'))), box('mdat', picture, exif, xmp)]);
			return made(made(0).length - picture.length - exif.length - xmp.length);
		};
		const id = await add('Anna', 'phone.avif', avif(0)), kept = fs.readFileSync(path.join(site.folder, 'media/closed', pathOf(id))).toString('latin1');
		assert.equal(kept.length, avif(0).length);
		assert.ok(kept.includes(picture) && !kept.includes('GPS') && !kept.includes('52.52'));
		assert.match(problems((await upload('Anna', [['file', 'wrong.avif', avif(100000)]])).text)[0], /damaged or not of a supported type/);
	});

	test('the background job finds the length of audio and video; a video file that has only sound becomes audio', async () => {
		const box = (type, ...parts) => {
			const bytes = Buffer.concat([Buffer.alloc(8), ...parts]);
			bytes.writeUInt32BE(bytes.length, 0);
			bytes.write(type, 4);
			return bytes;
		};
		const times = (length) => {
			const bytes = Buffer.alloc(length);
			bytes.writeUInt32BE(1000, 12);
			bytes.writeUInt32BE(10000, 16);
			return bytes;
		};
		const entry = (handler) => Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), handler === 'soun' ? box('mp4a', Buffer.alloc(28)) : box('avc1', Buffer.alloc(78))]);
		const track = (handler) => box('trak', box('tkhd', Buffer.from([0, 0, 0, 7]), Buffer.alloc(8), Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10]), Buffer.alloc(60)), box('mdia', box('mdhd', times(24)), box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13)),
			box('minf', box('stbl', box('stsd', entry(handler))))));
		const mp4 = (...handlers) => Buffer.concat([box('ftyp', Buffer.from('isom\x00\x00\x02\x00isom')), box('moov', box('mvhd', times(100)), ...handlers.map(track)), box('mdat', Buffer.alloc(64))]);
		const found = async (name, bytes) => {
			const id = await add('Anna', name, bytes);
			assert.equal(sql(site, `SELECT duration || ' ' || probed FROM media WHERE id = ${id}`), '0 0');
			site.work();
			return sql(site, `SELECT type || ' ' || duration || ' ' || probed FROM media WHERE id = ${id}`);
		};
		assert.equal(await found('four.wav', wav(4)), 'audio/wav 4 1');
		assert.equal(await found('three.mp3', mp3(3)), 'audio/mpeg 3 1');
		assert.equal(await found('video.webm', fs.readFileSync(path.join(root, 'samples/media/lining.webm'))), 'video/webm 12 1');
		assert.equal(await found('video.mp4', mp4('soun', 'vide')), 'video/mp4 10 1');
		assert.match(await found('broken.mp4', Buffer.concat([mp4('vide').subarray(0, 40), Buffer.alloc(3000, 'x')])), /^video\/mp4 \d+ 1$/);
		assert.match((await ask(`/write/media/${sql(site, "SELECT id FROM media WHERE name = 'four.wav'")}`, 'Anna')).text, /0:04/);
		// A post with a file that first was taken for a video.
		const where = await write('Anna', { title: 'No picture', text: 'x', lang: 'en' });
		assert.equal((await attach('Anna', where, [['recording_file', 'sound.mp4', mp4('soun')]])).status, 303);
		assert.equal(sql(site, "SELECT kind FROM post WHERE slug = 'no-picture'"), 'video');
		site.work();
		assert.equal(sql(site, "SELECT p.kind || ' ' || m.type || ' ' || m.duration FROM post AS p JOIN media AS m ON m.id = p.enclosure_id WHERE p.slug = 'no-picture'"), 'audio audio/mp4 10');
		assert.deepEqual(fs.readdirSync(path.join(site.folder, 'media')).filter((name) => name.startsWith('incoming')), []);
	});

	test('smaller sizes are made in the background, and pages offer them', { skip: !fs.existsSync('/usr/bin/vipsthumbnail') && 'vipsthumbnail is not installed' }, async () => {
		const id = await add('Anna', 'large.png', png(1200, 800, 'red'));
		const where = await write('Anna', { title: 'Large', text: `![Red](/media/${pathOf(id)})`, lang: 'en', access: 'public' });
		await attach('Anna', where, [], { cover: String(id) });
		await until('sizes are made', () => site.renown('work', '--once') && sql(site, `SELECT variants_made FROM media WHERE id = ${id}`) === '1', 30000);
		assert.equal(sql(site, `SELECT widths FROM media WHERE id = ${id}`), '480 960');
		const small = `/media/${pathOf(id).replace('.png', '-480.webp')}`;
		const page = (await site.get('/blog/large', { headers: { cookie: 'sid=nobody' } })).text;
		assert.equal(page.split(`srcset="${small} 480w, ${small.replace('480', '960')} 960w, /media/${pathOf(id)} 1200w"`).length, 3, 'cover and text');
		const picture = await ask(small);
		assert.deepEqual([picture.status, picture.headers['content-type'], picture.bytes.subarray(8, 12).toString()], [200, 'image/webp', 'WEBP']);
		await write('Anna', { access: 'paid', text: `<!--paid-->\n\n![Red](/media/${pathOf(id)})` }, 'save', where);
		await attach('Anna', where, [], { cover: '' });
		assert.equal((await ask(small)).status, 404);
		assert.equal((await ask(small, 'Paul')).status, 200);
		assert.equal((await ask(small.replace('480', '481'), 'Paul')).status, 404);
		assert.equal((await ask(small, 'Anna')).headers['content-type'], 'image/webp');
		// A file that only looks like an image causes no error.
		const broken = await add('Anna', 'broken.png', png(900, 800, 'red', { claim: true }));
		site.renown('work', '--once');
		assert.equal(sql(site, `SELECT variants_made FROM media WHERE id = ${broken}`), '1');
	});

	test('doctor finds no problem afterwards', () => assertHealthy());
});
