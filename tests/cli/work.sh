#!/bin/sh
# renown work: does the due work, in one process at a time, and ends when it gets a signal.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
sql 'DELETE FROM sign_in_link' # the link that user add created
run session add mo@example.org
run user link --owner
sql "INSERT INTO session (id, user_id, created, expires) VALUES ('over', 1, 1, 2);
	INSERT INTO sign_in_link (id, user_id, created, expires) VALUES ('over', 1, 1, 2);
	INSERT INTO throttle (id, failed, last_failed) VALUES ('quiet', 9, 1), ('loud', 9, unixepoch())"
rows() { sql "SELECT (SELECT count(*) FROM session) || ' ' || (SELECT count(*) FROM sign_in_link) || ' ' || (SELECT count(*) FROM throttle)"; }
is 'there are expired rows to remove' '2 2 2' "$(rows)"
runs 'work --once succeeds' work --once
is 'only expired rows are removed' '1 1 1' "$(rows)"
is 'it prints nothing' '' "$out$err"
counter=$(sql 'PRAGMA data_version; SELECT counter FROM content_version')
runs 'a second work --once succeeds' work --once
is 'it changes no page' "$counter" "$(sql 'PRAGMA data_version; SELECT counter FROM content_version')"

# begin: starts renown work in the background, with its output in the file said
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
is 'expired rows are removed within seconds in the background' '1 1 1' "$(rows)"
runs 'work --once succeeds beside the running process' work --once
kill -TERM "$pid"
wait "$pid"
is 'SIGTERM ends it with status 0' 0 $?
begin
kill -KILL "$pid"
wait "$pid"
runs 'no lock is left after SIGKILL' work --once

# A job that fails is reported once.
begin
sql "CREATE TRIGGER no BEFORE DELETE ON session BEGIN SELECT RAISE(FAIL, 'no'); END;
	INSERT INTO session (id, user_id, created, expires) VALUES ('over', 1, 1, 2)"
sleep 5
is 'a failure is reported once' 1 "$(grep -c 'event=auth' said)"
sql 'DROP TRIGGER no'
sleep 3
has 'the end of the failure is reported' "$(cat said)" 'works again'
cp "$site/renown.db" copy.db && mv copy.db "$site/renown.db"
wait "$pid"
is 'when the database is replaced, it exits, to be started again' 1 $?
refuses 'an extra argument is refused' 2 'Unexpected argument' work now
finish
