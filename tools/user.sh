# Started as root: who builds, who serves, and how they reach the folder.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root and site are set by bootstrap

is_root() {
	[ "$(id -u)" = 0 ]
}

# Everything that follows is done by the owner of the checkout.
become_owner() {
	exec setpriv --reuid "$(stat -c %u "$root")" --regid "$(stat -c %g "$root")" --clear-groups \
		-- "$root/bootstrap" "$@"
}

# "uid:gid" of who serves: the owner of the checkout, else of an existing site, else www-data. Where a folder on the way is
# closed to www-data and this container cannot open it (see below), it is root, whose site it then is as well.
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

# The topmost folder on the way to $2 that the user $1 ("uid:gid") may not pass, or nothing.
# shellcheck disable=SC2016 # expanded by the inner shell
closed_folder() {
	setpriv --reuid "${1%:*}" --regid "${1#*:}" --clear-groups -- sh -c '
		way=
		rest=${1#/}/
		while [ -n "$rest" ]; do
			way=$way/${rest%%/*}
			rest=${rest#*/}
			[ -x "$way" ] || { printf "%s\n" "$way"; exit; }
		done' sh "$2"
}

# Goes on as the user who serves. A checkout in a folder that others may not pass
# (/root) is reached all the same: in a mount namespace of our own that folder holds
# nothing but the checkout and the site. Nothing outside the namespace changes.
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

# Run inside the namespace: checkout, site, the closed folder above each (or ''), the user who serves, command. This is root, in
# folders that others may change meanwhile: nothing is opened to that user but a site of theirs, and the names are made in a
# folder where only root makes names.
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
