#!/bin/sh
# The manual, the command line and the forms describe settings from the same table.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
site=$work/nowhere

is 'renown-settings(5) is the output of docs/settings.sh' '' "$("$root/docs/settings.sh" "$RENOWN" | diff - "$root/docs/renown-settings.5")"
runs 'setting help explains all settings, without a site' setting help
names=$(sed -n 's/^	{ "\([a-z_]*\)", GROUP_.*/\1/p' "$root/lib/store/setting/setting.c")
for name in $names; do
	has "$name is explained" "$out" "$name
	"
	has "$name is in the manual" "$(cat "$root/docs/renown-settings.5")" ".It Cm $name
"
done
runs 'help for one setting succeeds' setting help time_zone
is 'it explains only that setting' 4 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
refuses 'an unknown setting is refused' 1 'There is no setting' setting help titel
new_site site
refuses 'an unknown time zone is refused' 1 "doesn't know this time zone" setting set time_zone Mars/Olympus
refuses 'a time zone that is a path is refused' 1 "doesn't know this time zone" setting set time_zone ../../etc/passwd
refuses 'a list of no posts is refused' 1 'from 1 to 50' setting set posts_per_page 0
refuses 'an image that is a path is refused' 1 'media folder' setting set logo /etc/passwd
# Invisible characters are removed from a value, and invalid bytes are reported.
"$RENOWN" --site "$site" setting set title "$(printf 'My\007 \342\200\213site')"
is 'invisible characters are removed from a value' 'My site' "$(sql "SELECT value FROM setting WHERE name = 'title'")"
refuses 'a value that is not valid text is refused' 1 'title: Line 1, character 3 is not text' setting set title "$(printf 'My\377')"
refuses 'two lines are refused where one is allowed' 1 'title: Enter this on one line.' setting set title "$(printf 'a\nb')"
finish
