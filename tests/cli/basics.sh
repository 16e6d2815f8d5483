#!/bin/sh
# renown init, migrate, config check and help, and the error messages for wrong arguments.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# --- init
site=$work/site
runs 'init creates a site' init --base-url https://example.org/sub
has 'init prints the next step' "$out" 'user add --role owner'
is 'other users cannot enter the folder' 750 "$(stat -c %a "$site")"
is 'other users, including the web server, cannot read configuration and database' '600 600' "$(stat -c %a "$site/renown.conf" "$site/renown.db" | tr '\n' ' ' | sed 's/ $//')"
for folder in media log run; do
	ok "it has the folder $folder" "$([ -d "$site/$folder" ] && echo 0 || echo 1)"
done
has 'renown.conf explains each key' "$(cat "$site/renown.conf")" 'base_url = https://example.org/sub' '#store = renown.db' '#timeout = 20'
is 'init creates no other files' 'log media renown.conf renown.db run ' "$(cd "$site" && find . -mindepth 1 -maxdepth 1 | sed 's|./||' | sort | tr '\n' ' ')"
before=$(cat "$site/renown.conf")
refuses 'init does not change an existing site' 1 'is already a site' init
is 'the configuration is unchanged' "$before" "$(cat "$site/renown.conf")"
site=$work/wrong
refuses 'a malformed address is refused' 1 'must be like https://example.org' init --base-url https://example.org/
refuses 'an address of two lines is refused' 2 'one line' init --base-url 'https://example.org
store = /etc/passwd'
ok 'no site is created' "$([ ! -e "$site/renown.conf" ] && echo 0 || echo 1)"
mkdir here
(cd here && "$RENOWN" init >/dev/null)
ok 'without --site the current folder becomes the site' "$([ -e here/renown.conf ] && echo 0 || echo 1)"
is 'the site in the current folder is found' 'The database is up to date (schema '"$(sqlite3 here/renown.db 'PRAGMA user_version')"').' "$(cd here && "$RENOWN" migrate)"
is 'the site in RENOWN_SITE is found' 0 "$(RENOWN_SITE=$work/here "$RENOWN" user list >/dev/null 2>&1; echo $?)"
touch file
site=$work/file
refuses 'a file instead of a folder is refused' 1 'a file has that name' init

# --- migrate
new_site migrated
sql 'PRAGMA user_version = 0' && sql 'PRAGMA user_version' >/dev/null
refuses 'an older schema is reported' 1 'renown migrate' user list
new_site newer
sql 'PRAGMA user_version = 9999'
refuses 'a newer schema is reported' 1 'newer schema' user list
refuses 'migrate does not change a newer schema' 1 'newer schema' migrate
new_site gone
rm "$site"/renown.db*
refuses 'migrate does not create a missing database' 1 'missing or empty' migrate
ok 'there is no new database' "$([ ! -e "$site/renown.db" ] && echo 0 || echo 1)"
: >"$site/renown.db"
refuses 'an empty database is not filled' 1 'missing or empty' migrate
sqlite3 "$work/other.db" 'CREATE TABLE x (y)'
cp "$work/other.db" "$site/renown.db"
refuses 'the database of another program is not changed' 1 'another program' migrate

# --- config check
new_site config
runs 'config check succeeds' config check
has 'config check prints ok' "$out" 'ok, http://127.0.0.1:8080'
echo 'colour = red' >>"$site/renown.conf"
refuses 'an unknown key is reported with its line' 78 'renown.conf:'"$(wc -l <"$site/renown.conf")"': unknown key: colour' config check
refuses 'every command needs a valid configuration' 78 'unknown key' user list
new_site media
rmdir "$site/media"
refuses 'a missing media folder is reported' 78 'media' config check
new_site theme
mkdir -p "$site/themes/mine"
echo '<xsl:stylesheet' >"$site/themes/mine/site.xsl"
refuses 'a broken theme is reported with its file' 78 'site.xsl' config check
site=$work/nowhere
refuses 'without a site, the message says what to do' 78 'renown init' user list

# --- arguments
new_site words
refuses 'an unknown command is refused' 2 'There is no command "nonsense"' nonsense
refuses 'a noun alone lists its verbs' 2 'list, show, publish, unpublish' post
refuses 'a wrong verb lists the right ones' 2 'list, show, publish, unpublish' post delete
refuses 'an unknown option is refused' 2 'The option "--colour" is unknown' user list --colour
refuses 'an option without its value is refused' 2 'needs a value' user add --name
refuses 'an extra argument is refused' 2 'Unexpected argument' user list x
refuses 'a missing argument is reported' 2 'usage: renown post show SLUG' post show
has 'a name with control characters cannot move the cursor' "$("$RENOWN" --site "$site" "$(printf 'a\033[2Jb')" 2>&1)" '\x1b[2J'
runs 'help succeeds' help
has 'help names the commands' "$out" 'import markdown DIR' 'doctor' 'RENOWN_SITE'
runs 'help for one command succeeds' help grant
has 'it explains that command' "$out" 'grant end NUMBER'
hasnt 'it explains no other command' "$out" 'backup'
refuses 'help for an unknown command is refused' 2 'no command' help nonsense
out=$("$RENOWN" user set --help)
has '--help after a command is its help, without a site' "$out" 'user set ADDRESS' 'renown(1)'
hasnt 'it is not the help of another command' "$out" 'user list'
is '--help is accepted after other arguments' "$out" "$("$RENOWN" --site /nowhere user set lin@example.org --name --help)"
is 'help accepts both words of a command' "$out" "$("$RENOWN" help user set)"
is '--help after the first word of a command is help for that word' "$("$RENOWN" help user)" "$("$RENOWN" user --help)"
is '--help before a command is its help' "$("$RENOWN" help user)" "$("$RENOWN" --help user)"
refuses 'help for an unknown second word is refused' 2 'There is no command "user sit"; after "user" comes one of: add, set' help user sit
is '--help is help' "$("$RENOWN" help)" "$("$RENOWN" --help)"
is 'renown without arguments prints help' "$("$RENOWN" help)" "$("$RENOWN")"
has '--version prints the version' "$("$RENOWN" --version)" 'renown 0.'
"$RENOWN" help >/dev/full 2>"$work/err"
is 'output that cannot be written is an error' 1 "$?"

# --- completion and manual page
commands=$("$RENOWN" help --commands)
offered=$(sed -n '/^init/,/^END/p' "$root/completion/renown.bash" | sed -E 's/^([a-z]+( [a-z][a-z-]*)?).*/\1/' | grep -v '^END')
is 'the completion offers every command, and no other' "$commands" "$(printf '%s\n' "$commands" | grep -Fxf /dev/fd/3 3<<END
$offered
END
)"
is 'the number of commands is the same' "$(printf '%s\n' "$commands" | wc -l)" "$(printf '%s\n' "$offered" | wc -l)"
missing=
for option in $("$RENOWN" help | grep -oE -e '--[a-z-]+' | sort -u); do
	grep -q -e "$option\\b" "$root/completion/renown.bash" || missing="$missing completion:$option"
	grep -qE "(Fl Fl )?${option#--}\\b" "$root/docs/renown.1" || missing="$missing renown.1:$option"
done
is 'the completion and renown(1) have every option' '' "$missing"
missing=$(printf '%s\n' "$commands" | while read -r command; do grep -q "^\\.\\(It Cm\\|Cm\\) $command\\b" "$root/docs/renown.1" || echo "$command"; done)
is 'renown(1) explains every command' '' "$missing"
if command -v bash >/dev/null; then
	offers() {
		bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _renown; printf "%s\n" "${COMPREPLY[@]}"' - "$root/completion/renown.bash" "$@" | sort | tr '\n' ' '
	}
	is 'the completion completes commands' 'post ' "$(offers renown pos)"
	is 'the completion completes verbs' 'list publish show unpublish ' "$(offers renown post '')"
	is 'the completion completes options' '--role ' "$(offers renown user add --r)"
	is 'the completion completes values' 'moderator ' "$(offers renown user add --role mod)"
	is 'the completion completes the email addresses of the site in the command line' 'mo@example.org ' "$(offers "$RENOWN" --site "$site" grant list '')"
	is 'the completion completes settings' 'tagline ' "$(offers "$RENOWN" --site "$site" setting get tag)"
fi
finish
