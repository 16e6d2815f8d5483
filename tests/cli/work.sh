#!/bin/sh
# renown work: what is due is done, by one process at a time, and the end comes when it is asked for.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
sql 'DELETE FROM sign_in_link' # that of user add
run session add mo@example.org
run user link --owner
sql "INSERT INTO session (id, user_id, created, expires) VALUES ('over', 1, 1, 2);
	INSERT INTO sign_in_link (id, user_id, created, expires) VALUES ('over', 1, 1, 2);
	INSERT INTO throttle (id, failed, last_failed) VALUES ('quiet', 9, 1), ('loud', 9, unixepoch())"
rows() { sql "SELECT (SELECT count(*) FROM session) || ' ' || (SELECT count(*) FROM sign_in_link) || ' ' || (SELECT count(*) FROM throttle)"; }
is 'there is something to remove' '2 2 2' "$(rows)"
runs 'once' work --once
is 'what is over is removed, and only that' '1 1 1' "$(rows)"
is 'it says nothing' '' "$out$err"
counter=$(sql 'PRAGMA data_version; SELECT counter FROM content_version')
runs 'once more' work --once
is 'no page changes by it' "$counter" "$(sql 'PRAGMA data_version; SELECT counter FROM content_version')"

# begin: in the background, with what it says in said
begin() {
	"$RENOWN" --site "$site" work 2>said &
	pid=$!
	patience=100
	until grep -q event=start said || [ $patience = 0 ]; do
		sleep 0.05
		patience=$((patience - 1))
	done
}
begin
sql "INSERT INTO session (id, user_id, created, expires) VALUES ('over', 1, 1, 2)"
patience=100
until [ "$(rows)" = '1 1 1' ] || [ $patience = 0 ]; do
	sleep 0.1
	patience=$((patience - 1))
done
is 'in the background it is done within seconds' '1 1 1' "$(rows)"
runs 'once, beside the one that runs' work --once
kill -TERM "$pid"
wait "$pid"
is 'SIGTERM ends it well' 0 $?
begin
kill -KILL "$pid"
wait "$pid"
runs 'nothing stays locked after a kill' work --once

# A job that fails is said once.
begin
sql "CREATE TRIGGER no BEFORE DELETE ON session BEGIN SELECT RAISE(FAIL, 'no'); END;
	INSERT INTO session (id, user_id, created, expires) VALUES ('over', 1, 1, 2)"
sleep 5
is 'a failure is said once' 1 "$(grep -c 'event=auth' said)"
sql 'DROP TRIGGER no'
sleep 3
has 'and its end' "$(cat said)" 'works again'
cp "$site/renown.db" copy.db && mv copy.db "$site/renown.db"
wait "$pid"
is 'with another store it ends, for a new one to begin' 1 $?
refuses 'a word too many' 2 'one word too many' work now
finish
