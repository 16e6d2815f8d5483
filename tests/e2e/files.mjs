// Small files of every type, built from bytes, and multipart forms that upload them.
import crypto from 'node:crypto';
import zlib from 'node:zlib';
import { request } from './lib.mjs';

// fields: pairs; files: [field, name, bytes]. Encoded as browsers do (WHATWG HTML, multipart/form-data).
export function sendFiles(site, where, fields, files, headers = {}) {
	const boundary = `----renown${crypto.randomBytes(12).toString('hex')}`;
	const quote = (name) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
	const body = Buffer.concat([
		...files.flatMap(([field, name, bytes]) => [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${quote(name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`), bytes, Buffer.from('\r\n')]),
		...fields.map(([name, value]) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)),
		Buffer.from(`--${boundary}--\r\n`),
	]);
	return request(site.url + where, { method: 'POST', body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': body.length, ...headers } });
}

const colours = { red: [200, 30, 20], black: [0, 0, 0], green: [20, 160, 60], blue: [20, 40, 200], yellow: [230, 210, 40], white: [250, 250, 250] };
const chunk = (name, data) => {
	const body = Buffer.concat([Buffer.from(name), data]), whole = Buffer.alloc(body.length + 8);
	whole.writeUInt32BE(data.length, 0);
	body.copy(whole, 4);
	whole.writeUInt32BE(crc(body), body.length + 4);
	return whole;
};
const table = Array.from({ length: 256 }, (_, n) => {
	for (let k = 0; k < 8; k++)
		n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
	return n >>> 0;
});
export const crc = (bytes) => {
	let c = 0xffffffff;
	for (const byte of bytes)
		c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
	return (c ^ 0xffffffff) >>> 0;
};

// claim: the header gives a size, but there are no pixels; text: a comment; tail: bytes behind the end.
export function png(width = 40, height = 30, colour = 'red', { claim, text, tail } = {}) {
	const head = Buffer.alloc(13), row = Buffer.concat([Buffer.from([0]), ...(claim ? [] : Array(width).fill(Buffer.from(colours[colour])))]);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), ...(text ? [chunk('tEXt', Buffer.from(`Comment\0${text}`))] : []),
		chunk('IDAT', zlib.deflateSync(claim ? Buffer.from('no pixels') : Buffer.concat(Array(height).fill(row)))), chunk('IEND', Buffer.alloc(0)), Buffer.from(tail ?? '')]);
}

// 30 x 20 pixels, with the metadata that a phone adds.
export function jpeg({ orientation = 1, trailer = '' } = {}) {
	const segment = (marker, data) => {
		const head = Buffer.from([0xff, marker, 0, 0]);
		head.writeUInt16BE(data.length + 2, 2);
		return Buffer.concat([head, data]);
	};
	const exif = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1'), Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('Canon GPS 52.5 13.4')]);
	return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')), segment(0xe1, exif), segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0GPS')),
		segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours', 'latin1')), segment(0xed, Buffer.from('Photoshop 3.0\0GPS')), segment(0xfe, Buffer.from('a comment')),
		segment(0xc0, Buffer.from([8, 0, 20, 0, 30, 1, 1, 0x11, 0])), segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9]), Buffer.from(trailer)]);
}

// Frames of silence: 32 kbit/s, 44.1 kHz.
export function mp3(seconds) {
	const frame = Buffer.alloc(104);
	frame.set([0xff, 0xfb, 0x10, 0xc4]);
	return Buffer.concat(Array(Math.ceil(seconds * 38.28)).fill(frame));
}

export function wav(seconds) {
	const head = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x01\0\x08\0data\0\0\0\0', 'latin1'), data = Buffer.alloc(8000 * seconds, 128);
	head.writeUInt32LE(36 + data.length, 4);
	head.writeUInt32LE(8000, 24);
	head.writeUInt32LE(8000, 28);
	head.writeUInt32LE(data.length, 40);
	return Buffer.concat([head, data]);
}
