// TLS and HTTP/2 for tests: a self-made certificate, and requests over TLS.
import { execFileSync } from 'node:child_process';
import http2 from 'node:http2';
import https from 'node:https';
import path from 'node:path';
import { temporaryFolder } from './lib.mjs';

// Makes a certificate for these names. Returns the options for conf/generate.
export function makeCertificate(...names) {
	const folder = temporaryFolder('certificate'), certificate = path.join(folder, 'certificate.pem'), key = path.join(folder, 'key.pem');
	execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', `/CN=${names[0]}`,
		'-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
	return [`CERTIFICATE=${certificate}`, `KEY=${key}`];
}

// HTTP/1.1 over TLS to a host name of this machine. unfinished: Content-Length announces more than is sent.
export function requestTls(port, host, where, { method = 'GET', headers = {}, body, unfinished = false } = {}) {
	return new Promise((done, failed) => {
		const asked = https.request({ host: '127.0.0.1', port, servername: host, path: where, method, headers: { host, ...headers }, rejectUnauthorized: false, agent: false }, (answer) => {
			const parts = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('error', failed);
			answer.on('end', () => {
				done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() });
				asked.destroy(); // the rest of the body is not needed
			});
		});
		asked.on('error', failed);
		asked.setTimeout(20000, () => asked.destroy(new Error('no answer within 20 s')));
		if (unfinished)
			asked.write(body);
		else
			asked.end(body);
	});
}

// HTTP/2 over its own connection. A server may respond before it has read the body, and then close the stream.
export function requestHttp2(port, host, where, { method = 'GET', headers = {}, body } = {}) {
	return new Promise((done, failed) => {
		const session = http2.connect(`https://${host}:${port}`, { rejectUnauthorized: false, servername: host, lookup: (_, options, found) => found(null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4) });
		const parts = [];
		let status = 0, got = {};
		const end = (error) => {
			session.destroy();
			if (status)
				done({ status, headers: got, text: Buffer.concat(parts).toString() });
			else
				failed(error ?? new Error('no answer'));
		};
		session.on('error', end);
		const stream = session.request({ ':method': method, ':path': where, ':authority': host, ...headers }, { endStream: body === undefined });
		stream.on('response', (said) => {
			status = said[':status'];
			got = said;
		});
		stream.on('data', (part) => parts.push(part));
		stream.on('error', end);
		// The response is complete, though a server that refuses a body may leave the rest unread and the stream open.
		stream.on('end', () => status && end());
		stream.on('close', () => end());
		stream.setTimeout(20000, () => end(new Error('no answer within 20 s')));
		if (body !== undefined)
			stream.end(body);
	});
}
