# When started as root: which user builds, which user serves, and how they access the folder.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root and site are set by bootstrap

is_root() {
	[ "$(id -u)" = 0 ]
}

# Everything after this runs as the owner of the checkout.
become_owner() {
	exec setpriv --reuid "$(stat -c %u "$root")" --regid "$(stat -c %g "$root")" --clear-groups \
		-- "$root/bootstrap" "$@"
}

# Prints "uid:gid" of the user who serves: the owner of the checkout, or else of an existing site, or else www-data. If www-data may
# not enter a parent folder, and this container cannot change that (see below), it is root, who then owns the site as well.
server_user() {
	user=$(server_candidate)
	if [ "$(stat -c %u "$site")" = 0 ] && [ -n "$(closed_folder "$user" "$root")$(closed_folder "$user" "$site")" ] && ! unshare --mount true 2>/dev/null; then
		user=0:0
	fi
	printf '%s\n' "$user"
}

server_candidate() {
	for folder in "$root" "$site"; do
		if [ -d "$folder" ] && [ "$(stat -c %u "$folder")" != 0 ]; then
			stat -c %u:%g "$folder"
			return
		fi
	done
	id -u www-data >/dev/null 2>&1 && printf '%s:%s\n' "$(id -u www-data)" "$(id -g www-data)" && return
	printf '65534:65534\n'
}

# Prints the topmost parent folder of $2 that the user $1 ("uid:gid") may not enter, or nothing. It runs in a separate session without
# the terminal, because other processes of that user could type into the terminal through it (TIOCSTI).
# shellcheck disable=SC2016 # expanded by the inner shell
closed_folder() {
	setsid -w setpriv --reuid "${1%:*}" --regid "${1#*:}" --clear-groups -- sh -c '
		way=
		rest=${1#/}/
		while [ -n "$rest" ]; do
			way=$way/${rest%%/*}
			rest=${rest#*/}
			[ -x "$way" ] || { printf "%s\n" "$way"; exit; }
		done' sh "$2" </dev/null 2>/dev/null
}

# Continues as the user who serves. A checkout in a folder that others may not enter
# (/root) works too: in a private mount namespace that folder contains only the
# checkout and the site. Nothing outside the namespace changes.
become_server() {
	is_root || exec "$root/bootstrap" "$@"
	user=$(server_user)
	if [ "$user" = 0:0 ]; then
		user=$(server_candidate)
		above=$(closed_folder "$user" "$site")
		say "this container cannot open ${above:-$(closed_folder "$user" "$root")} to an ordinary user: serving as root"
		exec "$root/bootstrap" "$@"
	fi
	set -- setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --no-new-privs -- "$root/bootstrap" "$@"
	above_root=$(closed_folder "$user" "$root")
	above_site=$(closed_folder "$user" "$site")
	[ "$above_root" != "$root" ] || fail "$root is closed to the user who serves: chmod -R a+rX $root"
	if [ -z "$above_root$above_site" ]; then
		exec "$@"
	fi
	unshare --mount true 2>/dev/null ||
		fail "${above_root:-$above_site} is closed to the user who serves, and this container cannot open it: use another folder, or chmod o+x ${above_root:-$above_site}"
	say "${above_root:-$above_site} is closed to the user who serves, and is open to this run alone; the command renown needs: chmod o+x ${above_root:-$above_site}"
	exec unshare --mount sh -c "$open_folders" sh "$root" "$site" "$above_root" "$above_site" "${user%:*}" "$@"
}

# Runs inside the namespace. Arguments: checkout, site, the closed folder above each (or ''), the user who serves, command. It runs as
# root, in folders that others may change meanwhile. So it gives that user access only to a site of that user, and creates names
# only in a folder where only root can create them.
# shellcheck disable=SC2016,SC2034 # expanded by the inner shell, used above
open_folders='
	set -e
	cd /
	keep=$(mktemp -d /run/renown-XXXXXX 2>/dev/null || mktemp -d /tmp/renown-XXXXXX)
	mount -t tmpfs -o mode=755 tmpfs "$keep"
	mkdir "$keep/root" "$keep/site"
	mount --bind "$1" "$keep/root"
	mount --bind "$2" "$keep/site"
	if [ "$(stat -c %u "$keep/site")" != "$5" ]; then
		printf "renown: %s cannot be written by user %s: give it to that user or name another folder with --site DIR\n" "$2" "$5" >&2
		exit 1
	fi
	[ -z "$3" ] || mount -t tmpfs -o mode=755 tmpfs "$3"
	[ -z "$4" ] || [ "$4" = "$3" ] || mount -t tmpfs -o mode=755 tmpfs "$4"
	[ -z "$3" ] || { mkdir -p "$1"; mount --bind "$keep/root" "$1"; }
	[ -z "$4" ] || { mkdir -p "$2"; mount --bind "$keep/site" "$2"; }
	umount -R -l "$keep"
	rmdir "$keep"
	cd "$1"
	shift 5
	exec "$@"
'
