#!/bin/sh
# renown schedule: rules and the next time slots, in the time zone of the site.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
runs 'list succeeds without a schedule' schedule list
is 'it prints nothing' '' "$out"
runs 'a rule is added' schedule add 'FREQ=WEEKLY;BYHOUR=8;BYMINUTE=0;BYDAY=FR,TU'
runs 'list succeeds' schedule list
is 'the rule is printed in its stored form' '1	FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0' "$out"
refuses 'the same rule is refused' 1 'already' schedule add 'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0'
refuses 'an unsupported rule is refused' 1 'This is not a rule' schedule add 'FREQ=YEARLY'
runs 'slots succeeds' schedule slots --limit 3
is 'three time slots at eight are printed' 3 "$(printf '%s\n' "$out" | grep -c ' 08:00	slot	-	$')"
refuses 'a limit that is too high is refused' 2 '--limit must be' schedule slots --limit 5000
refuses 'a malformed rule number is refused' 2 'NUMBER' schedule remove x
refuses 'an unknown rule is refused' 1 'no rule 7' schedule remove 7
runs 'the rule is removed' schedule remove 1
runs 'slots succeeds without a rule' schedule slots
is 'it prints nothing' '' "$out"
finish
