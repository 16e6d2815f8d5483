// Audio and video containers built from bytes, with room for any metadata that a camera or recorder may write into them.

export const bytes = (...parts) => Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part, 'latin1'))));
export function number(value, length, little = false) {
	const all = Buffer.alloc(length);
	for (let i = 0; i < length; i++)
		all[little ? i : length - 1 - i] = Math.floor(value / 2 ** (8 * i)) % 256;
	return all;
}

// --- MP4 ---------------------------------------------------------------------------------

export const box = (type, ...parts) => bytes(number(bytes(...parts).length + 8, 4), type, ...parts);
export const longBox = (type, ...parts) => bytes(number(1, 4), type, number(bytes(...parts).length + 16, 8), ...parts);
export const handler = (type) => box('hdlr', Buffer.alloc(8), type, Buffer.alloc(13));
export const data = (...parts) => box('data', number(1, 4), number(0, 4), ...parts);

// --- GIF ---------------------------------------------------------------------------------

const blocks = (text) => bytes(...(Buffer.from(text, 'latin1').toString('latin1').match(/[^]{1,255}/g) ?? []).map((part) => bytes(number(part.length, 1), part)), '\0');
export const gifComment = (text) => bytes('\x21\xfe', blocks(text));
export const gifApplication = (name, content) => bytes('\x21\xff\x0b', name, Buffer.isBuffer(content) ? content : blocks(content));
export const gifLoop = (more = '') => gifApplication('NETSCAPE2.0', bytes('\x03\x01\x05\x00', more ? bytes(number(more.length, 1), more) : '', '\0'));
// 2 x 2 pixels of one colour; the given parts come before the image.
export const gif = (parts, tail = '') => bytes('GIF89a', number(2, 2, true), number(2, 2, true), '\x80\0\0', '\xc8\x1e\x14\0\0\0', ...parts, '\x21\xf9\x04\x04\x0a\0\0\0',
	'\x2c', Buffer.alloc(4), number(2, 2, true), number(2, 2, true), '\0', '\x02\x02\x84\x51\0', '\x3b', tail);

// --- MP3 ---------------------------------------------------------------------------------

const synchsafe = (value) => Buffer.from([21, 14, 7, 0].map((shift) => value >> shift & 127));
export function frame(version, name, content, flags = 0) {
	const body = bytes(content);
	if (version === 2)
		return bytes(name, number(body.length, 3), body);
	return bytes(name, version === 4 ? synchsafe(body.length) : number(body.length, 4), number(flags, 2), body);
}
export function id3(version, frames, { flags = 0, padding = '', footer = false } = {}) {
	const body = bytes(...frames, padding);
	const head = (word) => bytes(word, number(version, 1), '\0', number(flags | (footer ? 0x10 : 0), 1), synchsafe(body.length));
	return bytes(head('ID3'), body, footer ? head('3DI') : '');
}
const fixed = (text, length) => bytes(text, Buffer.alloc(length)).subarray(0, length);
export const id3v1 = (title, comment) => bytes('TAG', fixed(title, 30), Buffer.alloc(60), '2026', fixed(comment, 30), '\0');
export const ape = (text) => {
	const item = bytes(number(text.length, 4, true), number(0, 4), 'Location\0', text);
	const end = (flags) => bytes('APETAGEX', number(2000, 4, true), number(item.length + 32, 4, true), number(1, 4, true), number(flags, 4, true), Buffer.alloc(8));
	return bytes(end(0xa0000000), item, end(0x80000000));
};
export const lyrics = (text) => {
	const content = `LYRICSBEGININF${String(text.length).padStart(5, '0')}${text}`;
	return `${content}${String(content.length).padStart(6, '0')}LYRICS200`;
};

// --- comments, FLAC, Ogg --------------------------------------------------------------------

const counted = (text) => bytes(number(Buffer.byteLength(text, 'latin1'), 4, true), text);
export const comments = (vendor, list) => bytes(counted(vendor), number(list.length, 4, true), ...list.map(counted));
export const flacBlock = (type, content, last = false) => bytes(number(type | (last ? 0x80 : 0), 1), number(bytes(content).length, 3), content);
export const flacPicture = (description, picture, mime = 'image/jpeg') => bytes(number(3, 4), number(mime.length, 4), mime, number(description.length, 4), description,
	number(30, 4), number(20, 4), number(24, 4), number(0, 4), number(picture.length, 4), picture);
export const flacInfo = Buffer.alloc(34, 1);

export function oggChecksum(page) {
	let sum = 0;
	page.forEach((byte, i) => {
		sum ^= (i >= 22 && i < 26 ? 0 : byte) << 24;
		for (let bit = 0; bit < 8; bit++)
			sum = sum & 0x80000000 ? sum << 1 ^ 0x04c11db7 : sum << 1;
	});
	return sum >>> 0;
}
// Packets of one stream. Each begins on a new page and continues over as many pages as it needs.
export function ogg(serial, packets, segmentsMost = 20) {
	const pages = [];
	packets.forEach((packet, i) => {
		const whole = bytes(packet), lengths = [...Array(Math.floor(whole.length / 255)).fill(255), whole.length % 255];
		for (let from = 0, at = 0; from < lengths.length; from += segmentsMost) {
			const some = lengths.slice(from, from + segmentsMost), length = some.reduce((sum, one) => sum + one, 0);
			const page = bytes('OggS\0', number((i === 0 ? 2 : 0) | (from > 0 ? 1 : 0), 1), Buffer.alloc(8), number(serial, 4, true), number(pages.length, 4, true), Buffer.alloc(4),
				number(some.length, 1), Buffer.from(some), whole.subarray(at, at + length));
			page.writeUInt32LE(oggChecksum(page), 22);
			pages.push(page);
			at += length;
		}
	});
	return bytes(...pages);
}
// Reads the pages of a file; throws if a checksum is wrong.
export function oggPages(file) {
	const pages = [];
	for (let at = file.indexOf('OggS'); at >= 0; at = file.indexOf('OggS', at + 1)) {
		const segments = file[at + 26], length = 27 + segments + file.subarray(at + 27, at + 27 + segments).reduce((sum, one) => sum + one, 0), page = file.subarray(at, at + length);
		if (oggChecksum(page) !== page.readUInt32LE(22))
			throw new Error(`the page at ${at} has a wrong checksum`);
		pages.push(page);
	}
	return pages;
}

// --- WAV ----------------------------------------------------------------------------------

export const chunk = (name, ...parts) => bytes(name, number(bytes(...parts).length, 4, true), ...parts, bytes(...parts).length % 2 ? '\0' : '');
export const riff = (...chunks) => bytes('RIFF', number(bytes(...chunks).length + 4, 4, true), 'WAVE', ...chunks);

// --- WebM ----------------------------------------------------------------------------------

export const element = (id, ...parts) => bytes(Buffer.from(id, 'hex'), '\x01', number(bytes(...parts).length, 7), ...parts);
export const openElement = (id, ...parts) => bytes(Buffer.from(id, 'hex'), '\x01\xff\xff\xff\xff\xff\xff\xff', ...parts);
export const webmHead = bytes(element('1a45dfa3', element('4282', 'webm').subarray(0, 2), '\x84webm'));
