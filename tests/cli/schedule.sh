#!/bin/sh
# renown schedule: rules and the next time slots, in the time zone of the site.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
runs 'no plan yet' schedule list
is 'is empty' '' "$out"
runs 'a rule' schedule add 'FREQ=WEEKLY;BYHOUR=8;BYMINUTE=0;BYDAY=FR,TU'
runs 'list' schedule list
is 'spelt as it is kept' '1	FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0' "$out"
refuses 'the same once more' 1 'already' schedule add 'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0'
refuses 'a rule that is none' 1 'This is no rule' schedule add 'FREQ=YEARLY'
runs 'slots' schedule slots --limit 3
is 'three of them, at eight' 3 "$(printf '%s\n' "$out" | grep -c ' 08:00	slot	-	$')"
refuses 'too many' 2 '--limit must be' schedule slots --limit 5000
refuses 'a number that is none' 2 'NUMBER' schedule remove x
refuses 'no such rule' 1 'no rule 7' schedule remove 7
runs 'removed' schedule remove 1
runs 'no slots any more' schedule slots
is 'none' '' "$out"
finish
