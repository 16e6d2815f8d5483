// PostgreSQL creates the database's schema and prepares every QUERY() except for those named here.
// This checks the form of the SQL, not plans or results. docs/DESIGN.md has the rules, "SQL for two databases".
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startCluster } from './cluster.mjs';
import { functions, parameterTypes, prepareLine, schemaForPostgres, statementsOf } from './sql.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const build = path.resolve(process.env.RENOWN_BUILD || path.join(root, 'build'));

// --- what PostgreSQL does not accept -----------------------------------------------------------

// These lists may only get shorter: each entry must still be there and still be refused. Write new SQL for both databases instead.
const search = 'full-text search is FTS5 in SQLite', file = 'asks SQLite about its file', transaction = 'how a writer begins is the driver\'s';
const refusedQueries = {
	'db_backup.c copy_into': file,
	'db_backup.c foreign_keys': file,
	'db_backup.c quick_check': file,
	'db_backup.c search_check': search,
	'draft_search.c in_others': search,
	'draft_search.c in_published': search,
	'integrity.c count_indexed': search,
	'migrate.c application_id': file,
	'migrate.c object_count': file,
	'migrate.c user_version': file,
	'search.c best': search,
	'search.c count_found': search,
	'search.c is_match': search,
	'search.c newest': search,
	'search_index.c add_draft': search,
	'search_index.c add_row': search,
	'search_index.c hand_over': search,
	'search_index.c remove_draft': search,
	'search_index.c remove_row': search,
	'transaction.c begin_write': transaction,
};
const REFUSED_MAX = 20;

// Triggers and FTS5 tables are written separately for another database. These released statements fill new columns and tables from old
// rows, which a database that starts on PostgreSQL does not have.
const refusedStatements = [
	['0006-media.sql', /^INSERT INTO media_use /],
	['0013-tags.sql', /^UPDATE post SET tag_text /],
	['0016-autosave.sql', /^INSERT INTO autosave \(.*\brandomblob/],
];
const isApart = (statement) => /^(CREATE|DROP) TRIGGER\b|^CREATE VIRTUAL TABLE\b/.test(statement) || /\b(post|desk|draft)_search\b/.test(statement);

// --- the tests -----------------------------------------------------------------------------------

let cluster, folder;

before(async () => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'renown-queries-'));
	cluster = await startCluster();
	assert.equal(cluster.psql("CREATE DATABASE renown TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';").status, 0);
});

after(async () => {
	await cluster?.stop();
	fs.rmSync(folder, { recursive: true, force: true });
});

test('the schema is created', () => {
	const sql = path.join(root, 'lib/store/sql');
	const all = fs.readdirSync(sql).filter((name) => name.endsWith('.sql')).sort()
		.flatMap((name) => statementsOf(fs.readFileSync(path.join(sql, name), 'utf8')).map((statement) => ({ name, statement })));
	const asked = all.filter(({ statement }) => !isApart(statement));
	assert.ok(asked.length > 100, `${asked.length} statements were found`);
	const errors = cluster.errorsOf([...functions, ...asked.map(({ statement }) => schemaForPostgres(statement))].map((line) => `${line};`), 'renown');
	const refused = [], accepted = new Set(refusedStatements);
	asked.forEach(({ name, statement }, i) => {
		const error = errors.get(i + functions.length), named = refusedStatements.find(([where, begin]) => where === name && begin.test(statement));
		if (error && named)
			accepted.delete(named);
		else if (error)
			refused.push(`${name}: ${statement.slice(0, 100)}\n    ${error}`);
	});
	assert.equal(refused.join('\n'), '');
	assert.equal([...accepted].map(([name, begin]) => `${name} ${begin}`).join('\n'), '', 'accepted or removed: delete it from the list');
});

test('every query is prepared but for those that are named', () => {
	const dump = path.join(folder, 'queries.tsv');
	execFileSync(path.join(build, 'check_sql_rules'), ['--write', dump]);
	const queries = fs.readFileSync(dump, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
	assert.ok(queries.length > 300, `${queries.length} queries were written`);
	const types = new Map(), sources = new Map(fs.readdirSync(path.join(root, 'lib/store'), { recursive: true }).map((name) => [path.basename(name), name]));
	for (const [name] of queries)
		if (!types.has(name))
			types.set(name, parameterTypes(fs.readFileSync(path.join(root, 'lib/store', sources.get(name)), 'utf8')));
	const errors = cluster.errorsOf(queries.map(([name, , sql], i) => prepareLine(`q${i}`, sql, types.get(name))), 'renown');
	const left = new Set(Object.keys(refusedQueries)), refused = [];
	queries.forEach(([name, query, sql], i) => {
		if (errors.has(i) && left.has(`${name} ${query}`))
			left.delete(`${name} ${query}`);
		else if (errors.has(i))
			refused.push(`${name} ${query}: ${errors.get(i)}\n    ${sql}`);
	});
	assert.equal(refused.join('\n'), '');
	assert.equal([...left].join('\n'), '', 'accepted or removed: delete it from the list');
	assert.ok(Object.keys(refusedQueries).length <= REFUSED_MAX);
});

// Without this, a test that accepts everything would pass too.
test('SQL that only SQLite accepts is refused', () => {
	const lines = ['SELECT rowid FROM post', 'SELECT iif(1, 2, 3)', 'SELECT count(*) FROM (SELECT 1) AS one, nowhere', 'SELECT id FROM post WHERE id = :id']
		.map((sql, i) => prepareLine(`w${i}`, sql, new Map([['id', 'bigint']])));
	assert.deepEqual([...cluster.errorsOf(lines, 'renown').keys()], [0, 1, 2]);
});
