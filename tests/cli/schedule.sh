#!/bin/sh
# renown plan: rules and the next time slots, in the time zone of the site.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site
runs 'no plan yet' plan list
is 'is empty' '' "$out"
runs 'a rule' plan add 'FREQ=WEEKLY;BYHOUR=8;BYMINUTE=0;BYDAY=FR,TU'
runs 'list' plan list
is 'spelt as it is kept' '1	FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0' "$out"
refuses 'the same once more' 1 'already' plan add 'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0'
refuses 'a rule that is none' 1 'This is no rule' plan add 'FREQ=YEARLY'
runs 'slots' plan slots --limit 3
is 'three of them, at eight' 3 "$(printf '%s\n' "$out" | grep -c ' 08:00	slot	-	$')"
refuses 'too many' 2 '--limit must be' plan slots --limit 5000
refuses 'a number that is none' 2 'NUMBER' plan remove x
refuses 'no such rule' 1 'no rule 7' plan remove 7
runs 'removed' plan remove 1
runs 'no slots any more' plan slots
is 'none' '' "$out"
finish
