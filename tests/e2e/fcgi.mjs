// Both sides of FastCGI, byte by byte: a program that reports to nginx what it
// received, and a web server that can also send what no real web server sends.
import fs from 'node:fs';
import net from 'node:net';

export const BEGIN = 1, ABORT = 2, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6, STDERR = 7, GET_VALUES = 9;

export function record(type, content = Buffer.alloc(0), { id = 1, version = 1, length = content.length, padding = 0 } = {}) {
	const head = Buffer.from([version, type, id >> 8, id & 255, length >> 8, length & 255, padding, 0]);
	return Buffer.concat([head, Buffer.from(content), Buffer.alloc(padding)]);
}

export function begin({ role = 1, flags = 0, id = 1 } = {}) {
	return record(BEGIN, Buffer.from([role >> 8, role & 255, flags, 0, 0, 0, 0, 0]), { id });
}

function lengthBytes(length) {
	if (length < 128)
		return Buffer.from([length]);
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE((length | 0x80000000) >>> 0);
	return bytes;
}

export function pair(name, value) {
	const bytes = [Buffer.from(name), Buffer.from(value)];
	return Buffer.concat([lengthBytes(bytes[0].length), lengthBytes(bytes[1].length), ...bytes]);
}

// A stream in records of at most 65,535 bytes, ended by an empty one (FastCGI 1.0, 3.3).
export function stream(type, bytes) {
	const records = [];
	for (let at = 0; at < bytes.length; at += 65535)
		records.push(record(type, bytes.subarray(at, at + 65535)));
	return Buffer.concat([...records, record(type)]);
}

export function params(pairs) {
	return stream(PARAMS, Buffer.concat(Object.entries(pairs).map(([name, value]) => pair(name, value))));
}

// All records of one well-formed request.
export function wholeRequest(pairs, body = Buffer.alloc(0)) {
	return Buffer.concat([begin(), params(pairs), stream(STDIN, Buffer.from(body))]);
}

export function pageRequest(path, more = {}) {
	return wholeRequest({ REQUEST_METHOD: 'GET', QUERY_STRING: '', CONTENT_LENGTH: '', CONTENT_TYPE: '',
		RENOWN_PATH: path, RENOWN_LANGUAGE: '', REQUEST_ID: '0'.repeat(32), HTTP_COOKIE: '', HTTP_PROXY: '', ...more });
}

export function* readRecords(bytes) {
	for (let at = 0; at + 8 <= bytes.length;) {
		const length = bytes.readUInt16BE(at + 4);
		if (at + 8 + length > bytes.length)
			return;
		yield { type: bytes[at + 1], id: bytes.readUInt16BE(at + 2), content: bytes.subarray(at + 8, at + 8 + length) };
		at += 8 + length + bytes[at + 6];
	}
}

// Sends bytes to a program's socket. Returns all bytes that come back.
export function talk(socketPath, bytes, { milliseconds = 5000, end = false } = {}) {
	return new Promise((done, failed) => {
		const parts = [];
		const socket = net.connect(socketPath, () => (end ? socket.end(bytes) : socket.write(bytes)));
		const timer = setTimeout(() => socket.destroy(), milliseconds);
		socket.on('data', (part) => parts.push(part));
		socket.on('error', (error) => (['ECONNRESET', 'EPIPE'].includes(error.code) ? null : failed(error)));
		socket.on('close', () => {
			clearTimeout(timer);
			const all = Buffer.concat(parts);
			const records = [...readRecords(all)];
			const text = Buffer.concat(records.filter((r) => r.type === STDOUT).map((r) => r.content)).toString();
			done({ bytes: all, records, text, status: Number(/^Status: (\d+)/m.exec(text)?.[1] ?? (text ? 200 : 0)) });
		});
	});
}

function readPairs(bytes) {
	const pairs = {};
	const readLength = (at) => (bytes[at] < 128 ? [bytes[at], at + 1] : [bytes.readUInt32BE(at) & 0x7fffffff, at + 4]);
	for (let at = 0; at < bytes.length;) {
		let name, value;
		[name, at] = readLength(at);
		[value, at] = readLength(at);
		pairs[bytes.subarray(at, at + name).toString('latin1')] = bytes.subarray(at + name, at + name + value).toString('latin1');
		at += name + value;
	}
	return pairs;
}

// A program at a socket: answer(params, body) returns the text of the CGI response, or
// null to close without one. `asked` holds the requests that it received.
export async function startFake(socketPath, answer) {
	fs.rmSync(socketPath, { force: true });
	const asked = [];
	const server = net.createServer((socket) => {
		let bytes = Buffer.alloc(0);
		socket.on('error', () => null);
		socket.on('data', async (part) => {
			bytes = Buffer.concat([bytes, part]);
			const records = [...readRecords(bytes)];
			if (!records.some((r) => r.type === STDIN && r.content.length === 0))
				return;
			const of = (type) => Buffer.concat(records.filter((r) => r.type === type).map((r) => r.content));
			const told = readPairs(of(PARAMS));
			const keep = (records.find((r) => r.type === BEGIN).content[2] & 1) === 1;
			asked.push({ params: told, body: of(STDIN), keep });
			const text = await answer(told, of(STDIN));
			if (text === null)
				return socket.destroy();
			socket.end(Buffer.concat([stream(STDOUT, Buffer.from(text)), record(END, Buffer.alloc(8))]));
		});
	});
	await new Promise((done) => server.listen(socketPath, done));
	return { asked, stop: () => new Promise((done) => server.close(done)) };
}
