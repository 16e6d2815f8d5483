#!/bin/sh
# renown plan: rules and the next time slots, in the time zone of the site.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
runs 'list succeeds without a schedule' plan list
is 'it prints nothing' '' "$out"
runs 'a rule is added' plan add 'FREQ=WEEKLY;BYHOUR=8;BYMINUTE=0;BYDAY=FR,TU'
runs 'list succeeds' plan list
is 'the rule is printed in its stored form' '1	FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0' "$out"
refuses 'the same rule is refused' 1 'already' plan add 'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0'
refuses 'an unsupported rule is refused' 1 'This is no rule' plan add 'FREQ=YEARLY'
runs 'slots succeeds' plan slots --limit 3
is 'three time slots at eight are printed' 3 "$(printf '%s\n' "$out" | grep -c ' 08:00	slot	-	$')"
refuses 'a limit that is too high is refused' 2 '--limit must be' plan slots --limit 5000
refuses 'a malformed rule number is refused' 2 'NUMBER' plan remove x
refuses 'an unknown rule is refused' 1 'no rule 7' plan remove 7
runs 'the rule is removed' plan remove 1
runs 'slots succeeds without a rule' plan slots
is 'it prints nothing' '' "$out"
finish
