// Metadata in images, audio and video: the place of recording is written wherever a device may store it, and must not be
// in the files that are served. Data that players need, titles and covers stay.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signIn, sql } from './content.mjs';
import { crc, jpeg, mp3, png, sendFiles } from './files.mjs';
import { problems, proofIn } from './forms.mjs';
import { root, serveSite } from './lib.mjs';
import * as make from './recordings.mjs';
import { bytes, number } from './recordings.mjs';

const place = '+52.5200+013.4050/', title = 'A kept title', sound = Buffer.alloc(900, 'audio and video ');

describe('metadata in images and recordings', () => {
	let site, cookie, count = 0;
	before(async () => {
		site = await serveSite();
		site.renown('user', 'add', '--name', 'Anna', '--email', 'anna@example.org', '--role', 'author');
		cookie = signIn(site, 1);
	});
	after(() => site?.stop());

	async function upload(name, content) {
		const page = await site.get('/write/media', { headers: { cookie } });
		return sendFiles(site, '/write/media', [['proof', proofIn(page.text, 'upload')]], [['file', name, content]], { cookie });
	}
	// The file as it is served.
	async function served(suffix, content) {
		sql(site, 'DELETE FROM media_owner; DELETE FROM media'); // if only the marker differs, the cleaned files are identical
		const answer = await upload(`n${++count}.${suffix}`, content);
		assert.equal(answer.status, 303, problems(answer.text).join());
		const where = sql(site, "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media ORDER BY id DESC LIMIT 1");
		const file = await site.get(`/media/${where}`, { headers: { cookie } });
		assert.equal(file.status, 200);
		return file.bytes;
	}
	function isClean(file, what) {
		for (const trace of [place, '52.52', '013.4', 'Canon GPS'])
			assert.ok(!file.includes(Buffer.from(trace, 'latin1')) && !file.includes(Buffer.from(trace, 'utf16le')), `${what}: ${trace}`);
	}
	async function checks(suffix, content, { kept = [], what = suffix } = {}) {
		const file = await served(suffix, content);
		isClean(file, what);
		assert.equal(file.length, content.length, `${what}: the length does not change`);
		for (const one of [sound, ...kept])
			assert.ok(file.includes(one), `${what}: ${one}`);
		return file;
	}
	const cover = jpeg({ orientation: 6, trailer: place }), bare = cover.subarray(cover.indexOf(Buffer.from([0xff, 0xc0])), cover.indexOf(Buffer.from([0xff, 0xda])));

	const head = make.box('ftyp', 'isom\0\0\x02\0isom'), mvhd = make.box('mvhd', Buffer.alloc(100)), { box, handler } = make;
	const ilst = (...tags) => box('meta', number(0, 4), handler('mdir'), box('ilst', ...tags));
	const mp4 = ({ top = '', moov = '', udta = '', trak = '', mdia = '', minf = '', stbl = '', after = '' }) => bytes(head, top, box('moov', mvhd, box('trak', box('tkhd', Buffer.alloc(84)),
		box('mdia', box('mdhd', Buffer.alloc(24)), handler('vide'), box('minf', box('vmhd', Buffer.alloc(12)), box('stbl', box('stsd', Buffer.alloc(8)), stbl), minf), mdia), trak),
	box('udta', box('\xa9nam', '\0\x0c\0\0', title), udta), moov), box('mdat', sound), after);
	const uuid = (id = 'be7acfcb97a942e89c71999491e3afac') => box('uuid', Buffer.from(id, 'hex'), place);
	const places = {
		'©xyz in user data': { udta: box('\xa9xyz', place) },
		'Adobe\'s XMP_ in user data': { udta: box('XMP_', place) },
		'GoPro\'s GPMF in user data': { udta: box('GPMF', place) },
		'Samsung\'s smta in user data': { udta: box('smta', box('mdln', place)) },
		'3GPP\'s loci in user data': { udta: box('loci', 'WGS', place) },
		'an unknown name in user data': { udta: box('zzzz', place) },
		'iTunes\' ©xyz': { udta: ilst(box('\xa9xyz', make.data(place)), box('\xa9nam', make.data(title))) },
		'iTunes\' free form': { udta: ilst(box('----', box('mean', number(0, 4), 'x'), box('name', number(0, 4), place), make.data(place))) },
		'a tag beside the data of a title': { udta: ilst(box('\xa9nam', make.data(title), box('name', place))) },
		'a list without a type': { udta: box('meta', number(0, 4), place) },
		'Apple\'s keys': { moov: box('meta', handler('mdta'), box('keys', place), box('ilst', place)) },
		'Apple\'s keys of a track': { trak: box('meta', number(0, 4), handler('mdta'), box('keys', place), box('ilst', place)) },
		'user data of a track': { trak: box('udta', box('\xa9xyz', place)) },
		'user data of a track\'s media': { mdia: box('udta', box('\xa9xyz', place)) },
		'dash cameras\' gps': { moov: box('gps ', place) },
		'XMP in a uuid': { after: uuid() },
		'Sony\'s uuid': { after: uuid('50524f4621d24fcebb88695cfac9c740') },
		'a uuid in moov': { moov: uuid() },
		'a uuid in a track': { trak: uuid('50524f4621d24fcebb88695cfac9c740') },
		'a uuid in media information': { minf: uuid() },
		'a uuid in a sample table': { stbl: uuid() },
		'a uuid before all': { top: uuid() },
		'a uuid in a fragment': { after: box('moof', box('mfhd', Buffer.alloc(8)), uuid()) },
		'a uuid in a fragment\'s track': { after: box('moof', box('traf', box('tfhd', Buffer.alloc(8)), uuid())) },
		'user data of a fragment': { after: box('moof', box('udta', box('\xa9xyz', place))) },
		'user data of a fragment\'s track': { after: box('moof', box('traf', box('udta', box('\xa9xyz', place)))) },
		'free space': { top: box('free', place) },
		'space to skip': { moov: box('skip', place) },
		'a long box': { after: make.longBox('zzzz', place) },
		'a box of tags outside': { after: box('meta', number(0, 4), handler('ID32'), box('ID32', place)) },
		'tags outside': { after: box('udta', box('\xa9xyz', place)) },
		'messages between': { after: box('emsg', place) },
		'behind the last box': { after: bytes('SEFT', place) },
		'a box that is longer than the file': { after: bytes(number(1000, 4), 'zzzz', place) },
		'a box without an end': { after: bytes(number(0, 4), 'zzzz', place) },
		'behind user data': { udta: bytes(number(0, 4), place) },
	};

	test('MP4: metadata in every box and behind the last one is removed', async () => {
		for (const [what, where] of Object.entries(places)) {
			assert.ok(mp4(where).includes(place), what);
			await checks('mp4', mp4(where), { kept: [title], what });
		}
		await checks('m4a', bytes(box('ftyp', 'M4A \0\0\0\0'), mp4(Object.assign({}, ...Object.values(places))).subarray(head.length)), { kept: [title], what: 'all of them' });
	});

	test('MP4: cover, chapters and year stay; the camera\'s notes in the cover are removed', async () => {
		const file = await checks('mp4', mp4({ udta: bytes(box('chpl', Buffer.alloc(9), 'Chapter one'), box('\xa9day', '\0\x04\0\0' + '2026'),
			ilst(box('covr', make.data(cover)), box('\xa9ART', make.data('The artist')), box('\xa9alb', make.data('The album')))) }), { kept: ['Chapter one', '2026', 'The artist', 'The album', bare] });
		assert.ok(!file.includes('Photoshop') && file.includes('Exif\0\0II*'), 'the orientation stays');
		const wrong = await checks('mp4', mp4({ udta: ilst(box('covr', make.data(`no picture ${place}`))) }));
		assert.ok(!wrong.includes('covr'));
	});

	test('MP4: a truncated file, or one whose last box has no length, keeps its video', async () => {
		const whole = mp4({});
		for (const size of [0, 5000]) {
			const cut = Buffer.from(whole);
			cut.writeUInt32BE(size, cut.indexOf('mdat') - 4);
			await checks('mp4', cut, { kept: [title] });
		}
	});

	test('GIF: comments, application data, text, and data behind the end are removed', async () => {
		const sent = make.gif([make.gifComment(place), make.gifLoop(place), make.gifApplication('XMP DataXMP', place), make.gifApplication('zzzzzzzzzzz', place), bytes('\x21\x01\x0c', Buffer.alloc(12), number(place.length, 1), place, '\0')], place);
		const file = await served('gif', sent);
		isClean(file, 'gif');
		assert.deepEqual(file, make.gif([make.gifLoop()]));
		// A truncated file is served as far as it goes; a file that is not a GIF is refused.
		assert.ok((await served('gif', sent.subarray(0, -(place.length + 3)))).includes('NETSCAPE2.0'));
		assert.equal((await upload('no.gif', bytes(sent.subarray(0, 19), '\x99\x99'))).status, 422);
	});

	test('PNG: Exif, suggested palettes and the name of the colour profile are removed', async () => {
		const part = (name, content) => bytes(number(content.length, 4), name, content, number(crc(bytes(name, content)), 4));
		const plain = png(), at = plain.indexOf('IDAT') - 4;
		const file = await served('png', bytes(plain.subarray(0, at), part('iCCP', bytes(place, '\0\0', 'profile')), part('sPLT', bytes(place, '\0\x08')), part('eXIf', place), plain.subarray(at)));
		isClean(file, 'png');
		assert.deepEqual(file, bytes(plain.subarray(0, at), part('iCCP', bytes('icc\0\0', 'profile')), plain.subarray(at)));
	});

	const text = (value) => `\0${value}`, frames = mp3(1);
	const wide = (value) => bytes('\x01\xff\xfe', Buffer.from(value, 'utf16le'));
	const picture = (description) => bytes('\0image/jpeg\0\x03', description, '\0', cover);
	const tags = (version, more = []) => [make.frame(version, 'TIT2', text(title)), make.frame(version, 'TXXX', text(`location\0${place}`)), make.frame(version, 'COMM', bytes('\0eng\0', place)), make.frame(version, 'GEOB', bytes('\0a/b\0\0\0', place)),
		make.frame(version, 'PRIV', bytes('x\0', place)), make.frame(version, 'WXXX', bytes('\0\0geo:', place)), make.frame(version, 'APIC', picture(place)), make.frame(version, 'USLT', bytes('\0eng\0', place)), make.frame(version, 'TPE1', wide('The artist')), ...more];
	const chapter = (version) => make.frame(version, 'CHAP', bytes('one\0', Buffer.alloc(16), make.frame(version, 'TIT2', text('Chapter one')), make.frame(version, 'TXXX', text(place)), make.frame(version, 'WXXX', bytes('\0\0', place))));
	const contents = (version) => make.frame(version, 'CTOC', bytes('toc\0\x03\x01one\0', make.frame(version, 'TXXX', text(place))));

	test('MP3: metadata in tags before and behind the audio is removed', async () => {
		const song = bytes(frames, sound, frames);
		for (const version of [3, 4]) {
			const file = await checks('mp3', bytes(make.id3(version, tags(version, [chapter(version), contents(version)]), { padding: `\0\0\0${place}` }), song), { kept: [title, Buffer.from('The artist', 'utf16le'), 'Chapter one', 'one\0', 'toc\0', bare, song], what: `2.${version}` });
			assert.deepEqual(['TIT2', 'APIC', 'TPE1', 'CHAP', 'CTOC', 'TXXX', 'COMM', 'GEOB', 'PRIV', 'WXXX', 'USLT'].filter((name) => file.includes(name)), ['TIT2', 'APIC', 'TPE1', 'CHAP', 'CTOC']);
		}
		const old = [make.frame(2, 'TT2', text(title)), make.frame(2, 'TXX', text(place)), make.frame(2, 'COM', bytes('\0eng\0', place)), make.frame(2, 'PIC', bytes('\0JPG\x03', place, '\0', cover))];
		await checks('mp3', bytes(make.id3(2, old), song), { kept: [title, bare, song], what: '2.2' });
		await checks('mp3', bytes(make.id3(3, [bytes(number(6, 4), Buffer.alloc(6)), ...tags(3)], { flags: 0x40 }), song), { kept: [title, song], what: 'an extended header' });
		await checks('mp3', bytes(make.id3(3, tags(3), { flags: 0x80 }), song), { kept: [song], what: 'unsynchronised' });
		await checks('mp3', bytes(make.id3(4, tags(4), { footer: true }), song), { kept: [title, song], what: 'a footer' });
		await checks('mp3', bytes(make.id3(4, [make.frame(4, 'TIT2', text(title)), make.frame(4, 'APIC', picture(place), 0x08)]), song), { kept: [title, song], what: 'a compressed image' });
		await checks('mp3', bytes(make.id3(3, tags(3)), make.id3(3, tags(3)), make.ape(place), song), { kept: [title, song], what: 'one tag after the other' });
		await checks('mp3', bytes(make.id3(3, tags(3)), frames, make.id3v1(place, place), make.id3(4, tags(4)), make.ape(place), frames, make.id3(3, tags(3)), song), { kept: [title, song], what: 'concatenated files' });
		for (const [what, tail] of Object.entries({ ID3v1: make.id3v1(title, place), APE: make.ape(place), Lyrics3: make.lyrics(place), 'an appended tag': make.id3(4, tags(4), { footer: true }),
			'TAG+': bytes('TAG+', Buffer.alloc(180), place, Buffer.alloc(43 - place.length), make.id3v1(title, '')), 'all of them': bytes(make.ape(place), make.lyrics(place), make.id3v1(title, place)) }))
			await checks('mp3', bytes(song, tail), { kept: [song, ...(what === 'ID3v1' || what === 'TAG+' ? [title, '2026'] : [])], what });
		assert.equal((await upload('short.mp3', make.id3(3, tags(3)).subarray(0, 300))).status, 422, 'a tag that is longer than the file');
	});

	const words = [`TITLE=${title}`, `LOCATION=${place}`, `title=${title}`, `RECORDING_LOCATION=${place}`, 'x', '', `DESCRIPTION=${place}`, 'CHAPTER001=00:00:00.000', 'CHAPTER001NAME=Chapter one', `CHAPTER001URL=${place}`, `CHAPTERS=${place}`, `METADATA_BLOCK_PICTURE=${place}`, 'Artist=The artist'];
	const keptWords = [title, 'CHAPTER001NAME=Chapter one', 'Artist=The artist'];

	test('FLAC: metadata in comments, application blocks, padding and the text beside a cover is removed', async () => {
		const { flacBlock } = make;
		const file = await checks('flac', bytes('fLaC', flacBlock(0, make.flacInfo), flacBlock(4, make.comments('a program', words)), flacBlock(2, bytes('GPS ', place)), flacBlock(6, make.flacPicture(place, cover)),
			flacBlock(6, make.flacPicture('', Buffer.from(`no picture ${place}`))), flacBlock(99, place), flacBlock(1, place, true), sound, make.id3v1(title, place)), { kept: [...keptWords, bare] });
		const types = [];
		for (let at = 4, last = false; !last; at += 4 + file.readUIntBE(at + 1, 3)) {
			types.push(file[at] & 127);
			last = (file[at] & 128) !== 0;
		}
		assert.deepEqual(types, [0, 4, 1, 6, 1, 1, 1]);
		await checks('flac', bytes('fLaC', flacBlock(0, make.flacInfo), flacBlock(4, bytes('\xff\xff\xff\x7f', place), true), sound), { what: 'damaged comments' });
		assert.equal((await upload('short.flac', bytes('fLaC', flacBlock(0, make.flacInfo), '\x84\x7f\xff\xff', place))).status, 422);
	});

	test('Ogg: metadata in comments of Vorbis, Opus and FLAC across many pages, and data between the pages, is removed', async () => {
		const more = [...words, `BIG=${place.repeat(2000)}`], info = bytes('\x7fFLAC\x01\0\0\x03fLaC', make.flacBlock(0, make.flacInfo));
		const streams = {
			Vorbis: make.ogg(7, [bytes('\x01vorbis', Buffer.alloc(23)), bytes('\x03vorbis', make.comments('a program', more), '\x01'), bytes('\x05vorbis', sound)]),
			Opus: make.ogg(8, [bytes('OpusHead', Buffer.alloc(11)), bytes('OpusTags', make.comments('a program', more), '\0\0', place), sound]),
			FLAC: make.ogg(9, [info, make.flacBlock(4, make.comments('a program', more)), make.flacBlock(6, make.flacPicture(place, cover)), make.flacBlock(2, bytes('GPS ', place), true), bytes('\xff\xf8', sound)]),
		};
		for (const [what, stream] of Object.entries(streams)) {
			const file = await checks('ogg', stream, { what, kept: what === 'FLAC' ? [] : ['a program'] });
			assert.equal(make.oggPages(file).length, make.oggPages(stream).length);
			const whole = bytes(...make.oggPages(file).map((page) => page.subarray(27 + page[26])));
			for (const one of what === 'FLAC' ? [...keptWords, bare] : keptWords)
				assert.ok(whole.includes(one), `${what}: ${one}`);
		}
		const chained = await checks('ogg', bytes(streams.Opus, `between ${place}`, streams.Vorbis, place));
		make.oggPages(chained);
		// Two streams with interleaved pages.
		const [opus, vorbis] = ['Opus', 'Vorbis'].map((name) => make.oggPages(streams[name]));
		await checks('ogg', bytes(opus[0], vorbis[0], ...opus.slice(1).flatMap((page, i) => [page, ...(vorbis[i + 1] ? [vorbis[i + 1]] : [])]), ...vorbis.slice(opus.length)), { what: 'interleaved' });
		assert.equal((await upload('bad.ogg', make.ogg(7, [bytes('\x01vorbis', Buffer.alloc(23)), bytes('\x03vorbis\xff\xff\xff\x7f', place), sound]))).status, 422);
	});

	test('WAV: metadata in chunks of broadcasters and programs, in lists, and behind the audio is removed', async () => {
		const { chunk } = make, fmt = chunk('fmt ', '\x01\0\x01\0', number(8000, 4, true), number(8000, 4, true), '\x01\0\x08\0'), odd = sound.subarray(0, 899);
		const list = (kind, ...parts) => chunk('LIST', kind, ...parts);
		await checks('wav', make.riff(fmt, chunk('bext', place), chunk('iXML', place), chunk('JUNK', place), chunk('id3 ', make.id3(3, tags(3))), list('INFO', chunk('INAM', title), chunk('ICMT', place), chunk('IARL', place), chunk('IART', 'The artist')),
			chunk('cue ', Buffer.alloc(28)), list('adtl', chunk('labl', number(1, 4), 'Chapter one'), chunk('note', number(1, 4), place)), list('zzzz', place), chunk('data', sound), chunk('_PMX', place), chunk('zzzz', place)),
		{ kept: [title, 'The artist', 'Chapter one', 'cue '] });
		await checks('wav', bytes(make.riff(fmt, chunk('data', sound)), place), { what: 'behind the end' });
		for (const [what, length] of [['a recorder that lost power', 0], ['a recorder that wrote into a pipe', 0xffffffff]]) {
			const cut = make.riff(fmt, chunk('data', Buffer.alloc(2, 0x80), sound));
			cut.writeUInt32LE(length, cut.indexOf('data') + 4);
			await checks('wav', cut, { what });
		}
		const unpadded = make.riff(fmt, chunk('data', odd).subarray(0, -1), list('INFO', chunk('ICMT', place), chunk('INAM', title)));
		const file = await served('wav', unpadded);
		isClean(file, 'without a padding byte');
		assert.ok(file.includes(odd) && file.includes(title));
	});

	test('WebM: metadata in tags, attachments, empty space and unknown elements is removed, also in a live recording', async () => {
		const { element, openElement } = make, simple = element('a3', '\x81\0\0\x80', sound), cluster = element('1f43b675', element('e7', '\0'), simple);
		const info = element('1549a966', element('bf', '1234'), element('2ad7b1', number(1000000, 3)), element('7ba9', title), element('4461', Buffer.alloc(8)), element('7384', place), element('4d80', 'muxer'));
		const tags = element('1254c367', element('7373', element('67c8', element('45a3', 'LOCATION'), element('4487', place))));
		const parts = [element('114d9b74', Buffer.alloc(20)), element('ec', place), info, element('1654ae6b', element('ae', element('d7', '\x01'))), element('1043a770', element('45b9', 'Chapter one')), tags, element('1941a469', place), element('4fff', place)];
		const kept = [title, 'Chapter one', 'muxer'];
		await checks('webm', bytes(make.webmHead, element('18538067', ...parts, cluster, tags), place), { kept });
		await checks('webm', bytes(make.webmHead, openElement('18538067', ...parts, openElement('1f43b675', element('e7', '\0'), element('ec', place), simple), openElement('1f43b675', element('e7', '\x01'), simple), tags)), { kept, what: 'live' });
		const cut = bytes(make.webmHead, element('18538067', ...parts, cluster, Buffer.alloc(500)));
		await checks('webm', cut.subarray(0, -500), { kept, what: 'cut short' });
		// Elements of the smallest possible size.
		for (let length = 0; length < 9; length++)
			await checks('webm', bytes(make.webmHead, openElement('18538067', bytes(Buffer.from('4fff', 'hex'), number(0x80 + length, 1), 'x'.repeat(length)), info, cluster, tags)), { kept: [title] });
	});

	test('the recordings of the sample site still play', async () => {
		for (const name of ['bench.mp3', 'lining.webm']) {
			const sent = fs.readFileSync(path.join(root, 'samples/media', name)), file = await served(name.split('.')[1], sent), half = Math.floor(sent.length / 2);
			assert.equal(file.length, sent.length);
			assert.ok(file.subarray(half).equals(sent.subarray(half)));
		}
	});
});
