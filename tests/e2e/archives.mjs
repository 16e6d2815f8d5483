// Archives built from bytes: as tar and zip make them, and malformed ones that they never make.
import zlib from 'node:zlib';
import { crc } from './files.mjs';

// entries: [name, bytes, { type: '0' a file, '1' a hard link, '2' a symbolic link, '5' a folder; to }] (POSIX.1-1988, ustar)
export function tar(entries) {
	const parts = entries.map(([name, content = '', { type = '0', to = '' } = {}]) => {
		const bytes = Buffer.from(content), head = Buffer.alloc(512);
		head.write(name, 0, 100);
		head.write('0000644\0' + '0000000\0'.repeat(2) + bytes.length.toString(8).padStart(11, '0') + '\0' + '00000000000\0' + ' '.repeat(8) + type, 100);
		head.write(to, 157, 100);
		head.write('ustar\0' + '00', 257);
		head.write(head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0') + '\0 ', 148);
		return Buffer.concat([head, bytes, Buffer.alloc((512 - bytes.length % 512) % 512)]);
	});
	return zlib.gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

// Names are UTF-8 and flagged as such (APPNOTE 6.3, bit 11); utf8 false: names in another encoding.
export function zip(entries, { utf8 = true } = {}) {
	const files = [], directory = [];
	let at = 0;
	for (const [name, content = ''] of entries) {
		const bytes = Buffer.from(content), packed = zlib.deflateRawSync(bytes), path = Buffer.from(name), facts = Buffer.alloc(26), place = Buffer.alloc(20);
		facts.writeUInt16LE(20, 0);
		facts.writeUInt16LE(utf8 ? 0x800 : 0, 2);
		facts.writeUInt16LE(8, 4);
		facts.writeUInt32LE(crc(bytes), 10);
		facts.writeUInt32LE(packed.length, 14);
		facts.writeUInt32LE(bytes.length, 18);
		facts.writeUInt16LE(path.length, 22);
		place.writeUInt32LE(at, 16);
		files.push(Buffer.from('PK\x03\x04'), facts, path, packed);
		directory.push(Buffer.from('PK\x01\x02\x14\x00'), facts, place.subarray(6), path);
		at += 30 + path.length + packed.length;
	}
	const list = Buffer.concat(directory), end = Buffer.alloc(18);
	end.writeUInt16LE(entries.length, 4);
	end.writeUInt16LE(entries.length, 6);
	end.writeUInt32LE(list.length, 8);
	end.writeUInt32LE(at, 12);
	return Buffer.concat([...files, list, Buffer.from('PK\x05\x06'), end]);
}
