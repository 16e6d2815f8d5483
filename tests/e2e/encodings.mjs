// Accept-Encoding, and the word that both web servers reduce it to (RFC 9110, 12.5.3).
export const acceptEncodings = [
	[undefined, ''], ['', ''], ['gzip', 'gzip'], ['GZIP', 'gzip'], ['x-gzip', 'gzip'], ['gzip, deflate', 'gzip'], ['gzip, deflate, br, zstd', 'gzip'],
	['br;q=1.0, gzip;q=0.8, *;q=0.1', 'gzip'], ['gzip;q=0.001', 'gzip'], ['deflate,gzip ; q=1', 'gzip'], ['identity;q=0, gzip', 'gzip'],
	['gzip;q=0', ''], ['gzip; Q=0.000', ''], ['deflate, gzip;q=0, *', ''], ['GZip;q=0.', ''], ['*', ''], ['*;q=0', ''], ['identity', ''], ['identity;q=0', ''],
	['br', ''], ['gzippy', ''], ['not-gzip', ''], ['deflate gzip', ''], [`${'x, '.repeat(2660)}gzip`, 'gzip'], ['gzi,'.repeat(1990), ''], [' '.repeat(7900) + 'x', ''],
];
