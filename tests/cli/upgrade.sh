#!/bin/sh
# A store of an older schema is brought up to date: what its rows meant stays, and what must end does.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
application=$(sql 'PRAGMA application_id')

# before NAME: the site's store as it was just before the migration of that name; $step is that migration's number
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
runs "an older store is migrated" migrate
is "a password that somebody typed for an address that was not shown to be theirs is gone" 0 \
	"$(sql "SELECT count(*) FROM pragma_table_info('pending') WHERE name = 'hash'")"
is "the links in emails go on, each for itself" 'link|New|link|1
link-2||link-2|1' "$(sql 'SELECT id, name, about, mailed FROM pending ORDER BY id')"
is "the calendar of who is disabled or does not write has no address any more" 1 "$(sql 'SELECT group_concat(user_id) FROM plan_link')"
is "links of a disabled account end" x "$(sql 'SELECT group_concat(id) FROM sign_in_link')"
is "keys for what is new are made" 2 "$(sql "SELECT count(*) FROM secret WHERE name IN ('device', 'pending')")"
run doctor
has "doctor finds nothing wrong with the rows" "$out" 'Database integrity   OK'
before=$(sql .dump)
runs "a second time nothing is left to do" migrate
is "and nothing changes" "$before" "$(sql .dump)"

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
runs "a store with tables that are named by reserved words is migrated" migrate
is "people and what waits to be fetched are there under the new names" 'mo@example.org|https://example.org/a.mp3|s' \
	"$(sql 'SELECT u.email, f.address, s.id FROM site_user AS u JOIN fetch_job AS f ON f.user_id = u.id JOIN session AS s ON s.user_id = u.id')"
is "nothing is there under the old ones" 0 "$(sql "SELECT count(*) FROM sqlite_schema WHERE name IN ('user', 'fetch', 'session_user')
	OR name LIKE 'user\\_%' ESCAPE '\\' OR name LIKE 'fetch\\_%' ESCAPE '\\' AND name NOT LIKE 'fetch\\_job%' ESCAPE '\\'")"
is "no foreign key names an old table" 0 "$(sql "SELECT count(*) FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f
	WHERE s.type = 'table' AND f.\"table\" NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')")"
is "and many name the new one" 1 "$(sql "SELECT count(*) > 15 FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f
	WHERE s.type = 'table' AND f.\"table\" = 'site_user'")"
is "tables, indexes and triggers are as many as before" "$tables" "$(sql "SELECT count(*) FROM sqlite_schema")"
is "keys are held to" '' "$(sql 'PRAGMA foreign_key_check')"
is "no number is given twice" 10 "$(sql "INSERT INTO site_user (slug, name, email, role, created) VALUES ('new', 'New', 'new@example.org', 'member', 1) RETURNING id")"
is "what belonged to somebody still leaves with them" 0 "$(sql "PRAGMA foreign_keys = 1; DELETE FROM post; DELETE FROM site_user WHERE id = 7;
	SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM fetch_job)")"
run doctor
has "doctor finds the store sound" "$out" 'Database integrity   OK'

# Settings that were renamed: each row of the table of old names, with a value of its own for each language.
before setting-names
names=$(sed -n 's/^	{ "\([a-z_]*\)", "\([a-z_]*\)" },$/\1 \2/p' "$root/lib/store/setting/setting_renamed.c")
wanted=
while read -r old new; do
	sql "INSERT INTO setting (name, lang, value, updated) VALUES ('$old', '', 'all $new', 1), ('$old', 'zh', 'zh $new', 1)"
	wanted="$wanted$new||all $new
$new|zh|zh $new
"
done <<LIST
$names
LIST
sql "INSERT INTO setting (name, lang, value, updated) VALUES ('title', '', 'The title', 1)"
runs "a store with the old names of settings is migrated" migrate
is "every value is there under the new name, and nothing else has changed" "$(printf '%stitle||The title' "$wanted" | sort)" \
	"$(sql 'SELECT name, lang, value FROM setting' | sort)"
is "there were as many as in the table" "$(printf '%s\n' "$names" | wc -l | tr -d ' ')" "$(sql "SELECT count(*) - 1 FROM setting WHERE lang = ''")"
finish
