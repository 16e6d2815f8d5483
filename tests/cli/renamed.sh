#!/bin/sh
# Former names: settings and commands still work under them, and print their current names. Nothing else shows them.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site

# --- settings
names=$(sed -n 's/^	{ "\([a-z_]*\)", "\([a-z_]*\)" },$/\1 \2/p' "$root/lib/store/setting/setting_renamed.c")
is 'the table of old names is read' 'seal logo_letter' "$(printf '%s\n' "$names" | head -1)"
while read -r old new; do
	runs "setting get accepts $old" setting get "$old"
	is "$old: standard error has only the new name" "renown: $old is now called $new." "$err"
	is "$old: standard output has only the value" "$("$RENOWN" --site "$site" setting get "$new")" "$out"
	runs "setting help accepts $old" setting help "$old"
	is "setting help for $old explains $new" "$new" "$(printf '%s\n' "$out" | head -1)"
	runs "setting set --reset accepts $old" setting set "$old" --reset
done <<LIST
$names
LIST
runs 'setting set accepts an old name' setting set seal 笺
is 'the message has the new name' 'renown: seal is now called logo_letter.' "$err"
is 'the value is stored under the new name' 'logo_letter|笺' "$(sql 'SELECT name, value FROM setting')"
refuses 'a wrong value is refused under the new name' 1 'accent_colour: Enter a colour' setting set seal_colour red
refuses 'a language is refused for an old name of a setting with one value' 1 'onboarding has one value' setting set first_steps yes --lang zh
runs 'setting list succeeds' setting list
for old in seal seal_colour picture portrait intro members_text first_steps posts_per_list; do
	hasnt "the list does not show $old" "
$out" "
$old = "
done
runs 'setting get accepts the current name' setting get logo_letter
is 'the current name gives no message' '' "$err"

# --- commands
renamed() {
	old=$1 new=$2
	shift 2
	# shellcheck disable=SC2086 # a command is one or two words
	run $new "$@"
	wanted_out=$out wanted_err=$err wanted_status=$status
	# shellcheck disable=SC2086
	run $old "$@"
	is "$old has the output and status of $new" "$wanted_status $wanted_out" "$status $out"
	case $err in
	"renown: "*" is now called "*"."*) ok "$old prints the current name" 0 ;;
	*) ok "$old prints the current name" 1 "$err" ;;
	esac
	is "$old prints no other message" "$wanted_err" "$(printf '%s\n' "$err" | sed 1d)"
}
renamed 'trial list' 'experiment list'
renamed 'trial count' 'experiment count' 7 --variant A --seen 3 --acted 1
renamed 'plan list' 'schedule list'
renamed 'plan slots' 'schedule slots' --limit 3
renamed 'plan remove' 'schedule remove' 9
renamed 'post withdraw' 'post unpublish' nowhere
renamed 'user reset-factor' 'user reset-second-factor' nobody@example.org
renamed 'help plan' 'help schedule'
renamed 'help post withdraw' 'help post unpublish'
renamed 'plan list --help' 'schedule list --help'
renamed plan schedule
for shown in "$("$RENOWN" help)" "$("$RENOWN" help --commands)" "$(cat "$root/completion/renown.bash")" "$(cat "$root/docs/renown.1")"; do
	for word in 'trial list' 'plan list' 'post withdraw' reset-factor; do
		hasnt "$word is shown nowhere" "$shown" "$word"
	done
done
finish
