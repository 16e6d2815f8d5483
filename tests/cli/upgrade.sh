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
has "doctor finds nothing wrong with the rows" "$out" 'integrity    ok'
before=$(sql .dump)
runs "a second time nothing is left to do" migrate
is "and nothing changes" "$before" "$(sql .dump)"
finish
