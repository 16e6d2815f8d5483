// Codes of an authenticator app (RFC 6238), computed independently of the code under test.
import crypto from 'node:crypto';

// letters: the secret in base32; steps: periods of 30 seconds from now.
export function codeOf(letters, steps = 0) {
	let bits = '';
	for (const letter of letters)
		bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
	const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2))), time = Buffer.alloc(8);
	time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
	const mac = crypto.createHmac('sha1', key).update(time).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}
