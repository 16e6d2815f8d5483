# The permissions that conf/generate checks and sets when root runs it.
# shellcheck shell=sh
# shellcheck disable=SC2154 # set by conf/generate: server, site_user, log_group and the options

is_root() {
	[ "$(id -u)" = 0 ]
}

# as_user USER COMMAND...: runs the command with the rights of that user; root only. It runs in a separate session without the
# terminal, because other processes of that user can trace it and could type into root's terminal through it (TIOCSTI).
as_user() {
	user=$1
	shift
	case $user in
	*[!0-9]*) set -- --reuid "$user" --regid "$(id -g "$user")" --init-groups -- "$@" ;;
	*) set -- --reuid "$user" --regid "$user" --clear-groups -- "$@" ;;
	esac
	setsid -w setpriv "$@" </dev/null 2>/dev/null || fail "root cannot act as user $user here"
}

# Prints the topmost parent folder of $2 that the user $1 may not enter, or nothing. Stops at names that do not exist yet.
# shellcheck disable=SC2016 # expanded by the inner shell
closed_folder() {
	as_user "$1" sh -c '
		way= rest=${1#/}/
		while [ -n "$rest" ]; do
			way=$way/${rest%%/*} rest=${rest#*/}
			[ -x "$way" ] || { [ ! -e "$way" ] || printf "%s\n" "$way"; exit 0; }
		done' sh "$2"
}

# Prints the topmost parent folder of $2 in which the user $1 can create or replace the next name, or nothing. In a sticky
# folder, such as /tmp, a user can do so if the name does not exist yet or belongs to that user.
# shellcheck disable=SC2016 # expanded by the inner shell
open_folder() {
	as_user "$1" sh -c '
		way= rest=${1#/}/
		while [ -n "$rest" ]; do
			next=$way/${rest%%/*}
			if [ -O "${way:-/}" ] || { [ -w "${way:-/}" ] && { [ ! -k "${way:-/}" ] || [ ! -e "$next" ] || [ -O "$next" ]; }; }; then
				printf "%s\n" "${way:-/}"
				exit 0
			fi
			way=$next rest=${rest#*/}
		done
		[ ! -O "$way" ] || printf "%s\n" "$way"' sh "$2"
}

is_in() {
	case $1/ in
	"$2"/*) ;;
	*) false ;;
	esac
}

# need_safe OPTION PATH: fails when the site's user could replace the path, or a folder above it, by a link.
need_safe() {
	[ -n "$2" ] && [ "$SERVE" = no ] || return 0
	! is_in "$2" "$SITE" || fail "$1=$2 is in the site's folder, where the site's user can replace it: name a folder that only root can write"
	if is_root && [ "${site_user:-0}" != 0 ]; then
		opened=$(open_folder "$site_user" "$2")
		[ -z "$opened" ] || fail "$1=$2: the site's user can write $opened and replace what is below it: name a folder that only root can write"
	fi
}
# need_open OPTION PATH: fails when the web server's user may not enter the path.
need_open() {
	[ "$SERVE" = no ] && is_root && id -- "$WWW_USER" >/dev/null 2>&1 || return 0
	closed=$(closed_folder "$WWW_USER" "$2")
	[ -z "$closed" ] || fail "$1=$2: $closed is closed to $WWW_USER, the user of the web server. Open it to that user, or move what is in it"
}
# After a rotation, the workers of nginx reopen the logs as their own user; for Apache, root does.
make_logs() {
	owner=root
	[ "$server" = apache ] || owner=$WWW_USER
	for folder in "${LOG%/*}" "$LOG"; do
		[ -d "$folder" ] || install -d -m 0755 -o root -g adm "$folder"
	done
	for file in access error; do
		[ -e "$LOG/$file.log" ] || install -m 0640 -o "$owner" -g "$log_group" /dev/null "$LOG/$file.log"
	done
}
