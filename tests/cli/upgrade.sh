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

before email-verification
sql "INSERT INTO user (id, slug, name, email, role, bio, created, disabled) VALUES
		(1, 'mo', 'Mo', 'mo@example.org', 'owner', '', 1, 0), (2, 'off', 'Off', 'off@example.org', 'author', '', 1, 1),
		(3, 'mem', 'Mem', 'mem@example.org', 'member', '', 1, 0);
	INSERT INTO pending (id, page, code, email, name, hash, created, expires) VALUES ('link', 'page', 'code', 'new@example.org', 'New', 'a hash', 1, 9999999999);
	INSERT INTO pending (id, page, code, user_id, created, expires) VALUES ('link-2', 'page-2', 'code', 1, 1, 9999999999);
	INSERT INTO plan_link (user_id, digest, created) VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 1);
	INSERT INTO sign_in_link (id, user_id, created, expires) VALUES ('x', 1, 1, 9999999999), ('y', 2, 1, 9999999999);"
runs "an older database is migrated" migrate
is "a password that was set for an unconfirmed address is removed" 0 \
	"$(sql "SELECT count(*) FROM pragma_table_info('email_verification') WHERE name = 'hash'")"
is "links in emails stay valid, each for its purpose" 'link|New|link|1
link-2||link-2|1' "$(sql 'SELECT id, name, purpose, mailed FROM email_verification ORDER BY id')"
is "the calendar URL of a disabled user, or of one who is not an author, is removed" 1 "$(sql 'SELECT group_concat(user_id) FROM schedule_link')"
is "sign-in links of a disabled user end" x "$(sql 'SELECT group_concat(id) FROM sign_in_link')"
is "keys for the new features are created" 2 "$(sql "SELECT count(*) FROM site_key WHERE name IN ('device', 'email-verification')")"
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
# Comments get their tables and indexes in a later migration.
tables=$(sql "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT IN ('comment', 'thread')")
runs "a database with tables that are named by reserved words is migrated" migrate
is "users and waiting downloads are in the renamed tables" 'mo@example.org|https://example.org/a.mp3|s' \
	"$(sql 'SELECT u.email, f.address, s.id FROM site_user AS u JOIN fetch_job AS f ON f.user_id = u.id JOIN session AS s ON s.user_id = u.id')"
is "no table has an old name" 0 "$(sql "SELECT count(*) FROM sqlite_schema WHERE name IN ('user', 'fetch', 'session_user')
	OR name LIKE 'user\\_%' ESCAPE '\\' OR name LIKE 'fetch\\_%' ESCAPE '\\' AND name NOT LIKE 'fetch\\_job%' ESCAPE '\\'")"
is "no foreign key names an old table" 0 "$(sql "SELECT count(*) FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f
	WHERE s.type = 'table' AND f.\"table\" NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')")"
is "many foreign keys name the new table" 1 "$(sql "SELECT count(*) > 15 FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f
	WHERE s.type = 'table' AND f.\"table\" = 'site_user'")"
is "the number of tables, indexes and triggers is unchanged" "$tables" "$(sql "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT IN ('comment', 'thread')")"
is "foreign keys are valid" '' "$(sql 'PRAGMA foreign_key_check')"
is "no row number is used twice" 10 "$(sql "INSERT INTO site_user (slug, name, email, role, created) VALUES ('new', 'New', 'new@example.org', 'member', 1) RETURNING id")"
is "deleting a user still deletes the user's rows" 0 "$(sql "PRAGMA foreign_keys = 1; DELETE FROM post; DELETE FROM site_user WHERE id = 7;
	SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM fetch_job)")"
run doctor
has "doctor finds no problem with the database" "$out" 'Database integrity   OK'

# Standard terms for tables, columns and stored words: a row in every table, each state and each event that has a new name.
before standard-terms
sql "PRAGMA foreign_keys = 1;
	INSERT INTO site_user (id, slug, name, email, role, created) VALUES (1, 'mo', 'Mo', 'mo@example.org', 'owner', 1), (2, 'an', 'An', 'an@example.org', 'author', 1);
	INSERT INTO media (id, digest, suffix, type, bytes, name, created, alt, opened, sized, widths, measured) VALUES
		(1, 'd1', 'png', 'image/png', 70, 'a.png', 1, 'A', 0, 1, '480', 1), (2, 'd2', 'mp3', 'audio/mpeg', 30, 'a.mp3', 1, '', 1, 0, '', 0);
	INSERT INTO media_owner VALUES (1, 1), (2, 2);
	INSERT INTO post (id, slug, kind, state, access, title, summary, lang, work_id, author_id, published, updated, created, minutes, search_id, canonical, binned, binned_state, source) VALUES
		(1, 'one', 'article', 'published', 'public', 'One', '', 'en', 1, 1, 10, 1, 1, 7, 1024, 'https://example.org/1', 0, '', NULL),
		(2, 'two', 'audio', 'draft', 'members', 'Two', '', 'en', 2, 2, 20, 1, 1, 8, 2048, '', 0, '', 'two.md'),
		(3, 'three', 'article', 'withdrawn', 'paid', 'Three', '', 'zh', 3, 2, 30, 1, 1, 9, 3072, '', 0, '', NULL),
		(4, 'four', 'article', 'withdrawn', 'public', 'Four', '', 'en', 4, 1, 40, 1, 1, 9, 4096, '', 5, 'withdrawn', NULL),
		(5, 'five', 'page', 'withdrawn', 'public', 'Five', '', 'en', 5, 1, 50, 1, 1, 9, 5120, '', 6, 'published', NULL);
	INSERT INTO post_text SELECT id, 'text', '<p>text</p>', '', '', '', 'text', '', 'x' FROM post;
	INSERT INTO post_slug VALUES ('uno', 1, 1);
	INSERT INTO post_link VALUES (1, 'a.png', '/media/d1.png', 1);
	INSERT INTO media_use VALUES (1, 1, 1);
	INSERT INTO recording VALUES (2, '0:00 Start', NULL);
	INSERT INTO former_summary (post_id, number, summary) VALUES (1, 0, 's');
	INSERT INTO tag (id, slug, name) VALUES (1, 'ink', 'Ink'), (2, 'oak', 'Oak');
	INSERT INTO post_tag VALUES (2, 1, 1, 1, 'en', 10), (1, 1, 2, 1, 'en', 10);
	INSERT INTO tag_count VALUES (1, 'en', 1);
	INSERT INTO post_search (rowid, title, summary, opened, closed, facets) VALUES (1024, 'One', '', 'text', '', '');
	INSERT INTO desk_search (rowid, title, summary, words, facets) VALUES (2048, 'Two', '', 'heron', '');
	INSERT INTO revision (post_id, number, user_id, reason, title, summary, markdown, created) VALUES (1, 1, 1, 'save', '', '', '', 1),
		(1, 2, 1, 'withdrawn', '', '', '', 2), (1, 3, 1, 'withdraw', '', '', '', 3), (1, 4, 1, 'bin', '', '', '', 4), (1, 5, 1, 'unbin', '', '', '', 5), (1, 6, 1, 'trial', '', '', '', 6);
	INSERT INTO comment (id, post_id, user_id, name, state, text, xhtml, created) VALUES (1, 1, 2, 'An', 'shown', 'c', '<p>c</p>', 1);
	INSERT INTO grant_right (id, user_id, scope, starts, source, created) VALUES (1, 2, 'everything', 1, 'gift', 1);
	INSERT INTO session (id, user_id, created, expires) VALUES ('s', 1, 1, 9999999999);
	INSERT INTO credential VALUES (1, 'hash', 1);
	INSERT INTO sign_in_link VALUES ('l', 1, 1, 9999999999);
	INSERT INTO second_factor VALUES (1, 'sealed', 1, 1, 4);
	INSERT INTO recovery_code VALUES ('r', 1, 1);
	INSERT INTO half_sign_in VALUES ('h', 1, 1, 9999999999);
	INSERT INTO attempt VALUES ('a', 3, 77);
	INSERT INTO pending (id, page, code, tries, user_id, email, name, invitation, next, created, expires, about, mailed) VALUES
		('p', 'q', 'c', 2, 1, '', '', '', '/x', 1, 9999999999, 'digest', 1);
	INSERT INTO invitation VALUES ('i', 'member', 'new@example.org', 1, 1, 9999999999);
	INSERT INTO outbox (id, message_id, kind, recipient, subject, body, lang, state, created, expires, next_try, handed, done) VALUES
		(1, 'm1', 'test', 'mo@example.org', 's', 'b', 'en', 'queued', 1, 9, 1, 0, 0), (2, 'm2', 'test', 'mo@example.org', 's', '', 'en', 'given up', 1, 9, 1, 1, 8),
		(3, 'm3', 'test', 'mo@example.org', 's', '', 'en', 'sent', 1, 9, 1, 0, 9);
	INSERT INTO plan_rule (id, rule, since) VALUES (4, 'FREQ=WEEKLY', 5);
	INSERT INTO plan_link VALUES (1, 'digest', 1);
	INSERT INTO trial (id, post_id, user_id, buckets, goal, worth, started, ends, kept) VALUES (6, 1, 1, 'ABBABAABABBAAABBABAB', 'read', 5, 1, 2, 'B');
	INSERT INTO trial_variant (trial_id, letter, title, summary) VALUES (6, 'A', 'a', ''), (6, 'B', 'b', '');
	INSERT INTO trial_count VALUES (6, 'A', 100, 10), (6, 'B', 90, 20);
	INSERT INTO autosave (id, user_id, form_key, post_id, title, lang, saved) VALUES (1, 1, 'k', 1, 't', 'en', 1);
	INSERT INTO autosave_field VALUES (1, 'title', 't');
	INSERT INTO form_once VALUES ('f', 'c', 'r', 1, 9999999999);
	INSERT INTO backup (id, asked, user_id, made, name, bytes) VALUES (1, 1, 1, 2, 'b.tar', 3), (2, 4, 1, 0, '', 0);
	INSERT INTO export_job (user_id, asked, made, name) VALUES (1, 1, 2, 'e.zip');
	INSERT INTO import_job (id, user_id, asked, folder, publish, texts, settled, ended) VALUES (1, 1, 1, 'f', 0, 3, 2, 0), (2, 1, 1, 'g', 0, 3, 3, 9);
	INSERT INTO import_line (job_id, number, path, fate, post_id, words, about) VALUES (2, 1, 'a.md', 'added', 1, '', ''), (2, 2, 'b.md', 'there', 2, '', ''),
		(2, 3, 'c.md', 'left', NULL, 'w', 'x'), (2, 4, 'c.md', 'note', NULL, 'w', '');
	INSERT INTO fetch_job (post_id, user_id, address, asked, next_try, ended) VALUES (2, 2, 'https://example.org/a.mp3', 1, 1, 6);
	INSERT INTO checkup (name, time, report, bytes, asked) VALUES ('store and files', 3, '', 100, 1);
	INSERT INTO setting VALUES ('title', '', 'Old', 1);
	INSERT INTO secret VALUES ('attempt', 'value-1'), ('trial', 'value-2'), ('pending', 'value-3'), ('form', 'value-4')
		ON CONFLICT (name) DO UPDATE SET value = excluded.value;
	INSERT INTO audit (time, user_id, area, event, person, subject, before, after) VALUES (2000000000, 1, 'people', 'shut-out', 2, '', '', ''),
		(2000000000, 1, 'doors', 'factor-on', 2, '', '', ''), (2000000000, 1, 'keeping', 'backup-asked', 0, '', '', ''), (2000000000, 1, 'posts', 'withdrawn', 0, 'Four', '', ''),
		(2000000000, 0, 'settings', 'setting', 0, 'title', 'A', 'B');"

# The tables of today, without those that SQLite keeps for itself and for search, and without the one that a later migration fills.
tables="FROM sqlite_schema WHERE type = 'table' AND name <> 'thread' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\'"
# counts: how many rows each table has, without the names of the tables. Not counted: keys, since missing ones are made, and former
# summaries, since `renown migrate` decides about them.
counts() {
	sql "SELECT 'SELECT count(*) FROM \"' || name || '\";' $tables AND name NOT IN ('secret', 'site_key', 'former_summary')" | sql | sort -n | tr '\n' ' '
}
# line SQL: all rows of the answer in one line
line() {
	sql "$1" | tr '\n' ' ' | sed 's/ $//'
}
# forbidden NAME SQL: the database does not accept it
forbidden() {
	if sql "PRAGMA foreign_keys = 1; $2" >/dev/null 2>&1; then ok "$1" 1 'it was accepted'; else ok "$1" 0; fi
}
is "every table has a row" '' "$(sql "SELECT 'SELECT ''' || name || ''' WHERE NOT EXISTS (SELECT 1 FROM \"' || name || '\");' $tables" | sql)"
counts=$(counts)
sql 'CREATE TABLE experiment_count (a)'
before=$(sql .dump)
run migrate
ok "a migration that fails says so" "$((status == 0))" "$out"
is "and changes nothing" "$before" "$(sql .dump)"
sql 'DROP TABLE experiment_count'
runs "a store with the former names is migrated" migrate
is "no row is lost or added" "$counts" "$(counts)"
is "references hold" '' "$(sql 'PRAGMA foreign_key_check')"
is "no former name is left" '' "$(sql "SELECT name FROM sqlite_schema WHERE name IN ('attempt', 'half_sign_in', 'pending', 'trial', 'secret', 'change', 'checkup', 'backup')
	OR name LIKE 'plan\\_%' ESCAPE '\\' OR name LIKE 'trial\\_%' ESCAPE '\\' OR name LIKE 'desk%' OR name LIKE '%bin%' OR name LIKE '%withdrawn%'")"
is "posts keep their states" 'one|published|0||7|https://example.org/1 two|draft|0||8| three|unpublished|0||9| four|unpublished|5|unpublished|9| five|unpublished|6|published|9|' \
	"$(line 'SELECT slug, state, trashed, restore_state, reading_minutes, canonical_url FROM post ORDER BY id')"
forbidden "a published post cannot be in the trash" "UPDATE post SET trashed = 5 WHERE id = 1"
forbidden "a post cannot have a former state" "UPDATE post SET state = 'withdrawn' WHERE id = 1"
forbidden "nor can an email" "UPDATE outbox SET state = 'given up' WHERE id = 2"
forbidden "nor can an imported file" "UPDATE import_line SET outcome = 'there'"
forbidden "the audit log cannot be changed" "UPDATE audit SET event = 'x'"
forbidden "nor can its lines be deleted" "DELETE FROM audit WHERE time = 2000000000"
is "versions say why they were saved" 'save unpublished unpublish trash untrash experiment' "$(line 'SELECT reason FROM revision ORDER BY number')"
is "emails keep their states" '1|queued|0|0 2|failed|1|8 3|sent|0|9' "$(line 'SELECT id, state, maybe_sent, finished FROM outbox ORDER BY id')"
is "imported files keep their results" 'added exists skipped note' "$(line 'SELECT outcome FROM import_line ORDER BY number')"
is "jobs keep their times" '1|1|2|b.tar 2|4|0| 1|1|2|e.zip 1|3|2|0 2|3|3|9 1|6' "$(line 'SELECT id, requested, finished, name FROM backup_job ORDER BY id;
	SELECT user_id, requested, finished, name FROM export_job; SELECT id, total, processed, finished FROM import_job ORDER BY id; SELECT requested, finished FROM fetch_job')"
is "A/B tests keep their counts" '6|5|B|A|100|10 6|5|B|B|90|20' "$(line 'SELECT e.id, min_difference, winner, v.letter, c.seen, c.converted FROM experiment AS e
	JOIN experiment_variant AS v ON v.experiment_id = e.id JOIN experiment_count AS c ON c.experiment_id = e.id AND c.letter = v.letter ORDER BY v.letter')"
is "sign-ins that have begun go on" 'a|3|77 p|digest|2 h|1 4|5' "$(line 'SELECT id, failed, last_failed FROM throttle; SELECT id, purpose, tries FROM email_verification;
	SELECT id, by_link FROM sign_in_challenge; SELECT id, since FROM schedule_rule')"
is "files stay private or public" '1|0|1|1 2|1|0|0' "$(line 'SELECT id, public, variants_made, probed FROM media ORDER BY id')"
is "tags keep their order" 'oak ink' "$(line 'SELECT slug FROM post_tag JOIN tag ON id = tag_id ORDER BY position')"
is "the health check is still requested" 'database and files|3|1' "$(line 'SELECT name, checked, requested FROM health_check')"
is "keys keep their values" 'value-3 value-2 value-4 value-1' "$(line "SELECT value FROM site_key WHERE name IN ('throttle', 'experiment', 'email-verification', 'form') ORDER BY name")"
is "no key has a former name" 0 "$(sql "SELECT count(*) FROM site_key WHERE name IN ('attempt', 'trial', 'pending')")"
is "the audit log says the same" 'users|user-suspended|2 security|second-factor-on|2 maintenance|backup-requested|0 posts|unpublished|0 settings|setting|0' \
	"$(line 'SELECT area, event, target_user_id FROM audit WHERE time = 2000000000 ORDER BY id')"
is "the search over drafts still finds" 2048 "$(sql "SELECT rowid FROM draft_search WHERE draft_search MATCH 'heron'")"
is "and takes new rows" 2 "$(sql "INSERT INTO draft_search (rowid, title, words) VALUES (9, 'x', 'heron'); SELECT count(*) FROM draft_search WHERE draft_search MATCH 'heron'")"
sql 'DELETE FROM draft_search WHERE rowid = 9'
is "the database is intact" ok "$(sql 'PRAGMA integrity_check')"
schema=$(sql 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
new_site fresh
is "the schema is that of a new site" "$(sql 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')" "$schema"
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
