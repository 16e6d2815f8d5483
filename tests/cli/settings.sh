#!/bin/sh
# The manual says of settings what their table says, and so do the command line and the forms.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
site=$work/nowhere

is 'renown-settings(5) is what docs/settings.sh makes of the table' '' "$("$root/docs/settings.sh" "$RENOWN" | diff - "$root/docs/renown-settings.5")"
runs 'all are explained, without a site' setting help
names=$(sed -n 's/^	{ "\([a-z_]*\)", GROUP_.*/\1/p' "$root/lib/store/setting/setting.c")
for name in $names; do
	has "$name is explained" "$out" "$name
	"
	has "$name has its place in the manual" "$(cat "$root/docs/renown-settings.5")" ".It Cm $name
"
done
runs 'one alone' setting help time_zone
is 'is one alone' 4 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
refuses 'one that is none' 1 'There is no setting' setting help titel
new_site site
refuses 'an unknown zone' 1 "doesn't know this time zone" setting set time_zone Mars/Olympus
refuses 'a zone that is a path' 1 "doesn't know this time zone" setting set time_zone ../../etc/passwd
refuses 'an empty list' 1 'from 1 to 50' setting set posts_per_page 0
refuses 'a picture that is a path' 1 'media folder' setting set logo /etc/passwd
# What nobody sees is taken out of a value, and what is no text is named.
"$RENOWN" --site "$site" setting set title "$(printf 'My\007 \342\200\213site')"
is 'a value without what nobody sees' 'My site' "$(sql "SELECT value FROM setting WHERE name = 'title'")"
refuses 'a value that is no text' 1 'title: Line 1, character 3 is not text' setting set title "$(printf 'My\377')"
refuses 'two lines for one' 1 'title: Write this on one line.' setting set title "$(printf 'a\nb')"
finish
