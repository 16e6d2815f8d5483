#!/bin/sh
# Migrating a database with an older schema: rows keep their meaning, and what must end is ended.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
application=$(sql 'PRAGMA application_id')

# before NAME: creates the site's database as it was just before the migration of that name; $step is that migration's number
before() {
	step=0
	rm -f "$site"/renown.db*
	for before_file in "$root"/lib/store/sql/*.sql; do
		step=$((step + 1))
		case $before_file in
		*-"$1".sql) break ;;
		esac
		sql <"$before_file" || exit 1
	done
	sql "PRAGMA application_id = $application; PRAGMA user_version = $((step - 1))"
	chmod 640 "$site/renown.db"
}

before pending
sql "INSERT INTO user (id, slug, name, email, role, bio, created, disabled) VALUES
		(1, 'mo', 'Mo', 'mo@example.org', 'owner', '', 1, 0), (2, 'off', 'Off', 'off@example.org', 'author', '', 1, 1),
		(3, 'mem', 'Mem', 'mem@example.org', 'member', '', 1, 0);
	INSERT INTO pending (id, page, code, email, name, hash, created, expires) VALUES ('link', 'page', 'code', 'new@example.org', 'New', 'a hash', 1, 9999999999);
	INSERT INTO pending (id, page, code, user_id, created, expires) VALUES ('link-2', 'page-2', 'code', 1, 1, 9999999999);
	INSERT INTO plan_link (user_id, digest, created) VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 1);
	INSERT INTO sign_in_link (id, user_id, created, expires) VALUES ('x', 1, 1, 9999999999), ('y', 2, 1, 9999999999);"
runs "an older database is migrated" migrate
is "a password that was set for an unconfirmed address is removed" 0 \
	"$(sql "SELECT count(*) FROM pragma_table_info('pending') WHERE name = 'hash'")"
is "links in emails stay valid, each for its purpose" 'link|New|link|1
link-2||link-2|1' "$(sql 'SELECT id, name, about, mailed FROM pending ORDER BY id')"
is "the calendar URL of a disabled user, or of one who is not an author, is removed" 1 "$(sql 'SELECT group_concat(user_id) FROM plan_link')"
is "sign-in links of a disabled user end" x "$(sql 'SELECT group_concat(id) FROM sign_in_link')"
is "keys for the new features are created" 2 "$(sql "SELECT count(*) FROM secret WHERE name IN ('device', 'pending')")"
run doctor
has "doctor finds no problem with the rows" "$out" 'Database integrity   OK'
before=$(sql .dump)
runs "a second migrate finds nothing to do" migrate
is "the database is unchanged" "$before" "$(sql .dump)"

before reserved-names
sql "INSERT INTO user (id, slug, name, email, role, bio, created, disabled) VALUES
		(7, 'mo', 'Mo', 'mo@example.org', 'owner', '', 1, 0), (9, 'gone', 'Gone', 'gone@example.org', 'author', '', 1, 0);
	DELETE FROM user WHERE id = 9;
	INSERT INTO session (id, user_id, created, expires) VALUES ('s', 7, 1, 9999999999);
	INSERT INTO post (id, slug, kind, state, access, title, summary, lang, work_id, author_id, published, updated, created, minutes, search_id)
		VALUES (3, 'a', 'audio', 'draft', 'public', 'A', '', 'en', 3, 7, 1, 1, 1, 1, 1048576);
	INSERT INTO post_text VALUES (3, '', '', '', '', '', '', '', '');
	INSERT INTO fetch (post_id, user_id, address, asked, next_try) VALUES (3, 7, 'https://example.org/a.mp3', 1, 1);"
tables=$(sql "SELECT count(*) FROM sqlite_schema")
runs "a database with tables that are named by reserved words is migrated" migrate
is "users and waiting downloads are in the renamed tables" 'mo@example.org|https://example.org/a.mp3|s' \
	"$(sql 'SELECT u.email, f.address, s.id FROM site_user AS u JOIN fetch_job AS f ON f.user_id = u.id JOIN session AS s ON s.user_id = u.id')"
is "no table has an old name" 0 "$(sql "SELECT count(*) FROM sqlite_schema WHERE name IN ('user', 'fetch', 'session_user')
	OR name LIKE 'user\\_%' ESCAPE '\\' OR name LIKE 'fetch\\_%' ESCAPE '\\' AND name NOT LIKE 'fetch\\_job%' ESCAPE '\\'")"
is "no foreign key names an old table" 0 "$(sql "SELECT count(*) FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f
	WHERE s.type = 'table' AND f.\"table\" NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')")"
is "many foreign keys name the new table" 1 "$(sql "SELECT count(*) > 15 FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f
	WHERE s.type = 'table' AND f.\"table\" = 'site_user'")"
is "the number of tables, indexes and triggers is unchanged" "$tables" "$(sql "SELECT count(*) FROM sqlite_schema")"
is "foreign keys are valid" '' "$(sql 'PRAGMA foreign_key_check')"
is "no row number is used twice" 10 "$(sql "INSERT INTO site_user (slug, name, email, role, created) VALUES ('new', 'New', 'new@example.org', 'member', 1) RETURNING id")"
is "deleting a user still deletes the user's rows" 0 "$(sql "PRAGMA foreign_keys = 1; DELETE FROM post; DELETE FROM site_user WHERE id = 7;
	SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM fetch_job)")"
run doctor
has "doctor finds no problem with the database" "$out" 'Database integrity   OK'
finish
