# Debian packages: which are needed, which are missing, how they come.
# shellcheck shell=sh

# The one list: for whom, the package, and how to see that it is there already
# (a command of any origin, or "-" to ask dpkg).
package_list() {
	cat <<'END'
serve gcc gcc
serve libc6-dev -
serve make make
serve autoconf autoreconf
serve automake automake
serve pkg-config pkg-config
serve gettext msgfmt
serve libfcgi-dev -
serve libsqlite3-dev -
serve libxml2-dev -
serve libxslt1-dev -
serve libcmark-gfm-dev -
serve libcmark-gfm-extensions-dev -
serve libsodium-dev -
serve libzxcvbn-dev -
serve libutf8proc-dev -
serve libjansson-dev -
serve libyaml-dev -
serve libarchive-dev -
serve libcurl4-openssl-dev -
serve liboath-dev -
serve libqrencode-dev -
serve libgit2-dev -
serve libical-dev -
serve nginx-light nginx
serve spawn-fcgi spawn-fcgi
serve multiwatch multiwatch
serve curl curl
serve libvips-tools vipsthumbnail
serve mediainfo mediainfo
serve tzdata -
check check -
check clang-14 clang-14
check libclang-rt-14-dev -
check valgrind valgrind
check libc6-dbg -
check shellcheck shellcheck
check mandoc mandoc
check libxml2-utils xmllint
check sqlite3 sqlite3
check postgresql -
check newsboat newsboat
check apache2-bin apache2
check libapache2-mod-xsendfile -
check nodejs node
check npm npm
check ca-certificates -
check chromium chromium
check fonts-noto-cjk -
check default-jre-headless java
check procps pgrep
check openssl openssl
END
}

has_command() {
	command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || [ -x "/sbin/$1" ]
}

# The packages of `serve` or `check` that are missing, on one line.
missing_packages() {
	installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p')
	package_list | while read -r whom package command; do
		[ "$whom" = serve ] || [ "$1" = check ] || continue
		if [ "$command" = - ]; then
			printf '%s\n' "$installed" | grep -qx "$package" || printf '%s ' "$package"
		else
			has_command "$command" || printf '%s ' "$package"
		fi
	done
}

# What apt says about the size; empty as long as it has no package lists.
package_size() {
	# shellcheck disable=SC2086 # a list of names
	LC_ALL=C apt-get install --no-install-recommends --assume-no $1 2>/dev/null |
		sed -n 's/^Need to get \(.*\) of archives\.$/\1 to fetch/p; s/^After this operation, \(.*\) of additional disk space will be used\.$/\1 on disk/p' |
		paste -sd, | sed 's/,/, /'
}

as_administrator() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

apt_install() {
	# shellcheck disable=SC2086 # a list of names
	as_administrator env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 $1
}

apt_update() {
	as_administrator apt-get update -q -o DPkg::Lock::Timeout=300
}

# Says what will be installed, before anyone is asked for a password.
announce_packages() {
	size=$(package_size "$1")
	if [ -z "$size" ] && [ "$(id -u)" = 0 ]; then
		apt_update || fail "apt-get update failed: see above"
		size=$(package_size "$1")
	fi
	say "these Debian packages are missing, and what they need: $1"
	say "size: ${size:-known once the package lists are fetched (apt-get update)}"
}

need_administrator() {
	[ "$(id -u)" != 0 ] || return 0
	command -v sudo >/dev/null 2>&1 ||
		fail "only root can install packages and there is no sudo: run as root: apt-get install $1"
	if [ -t 0 ]; then
		printf 'renown: install them with sudo? [Y/n] '
		read -r answer || answer=n
		case $answer in
		'' | [yY]*) ;;
		*) fail "nothing was installed" ;;
		esac
	else
		sudo -n true 2>/dev/null ||
			fail "sudo asks for a password and there is no terminal: run as root: apt-get install $1"
	fi
}

need_packages() {
	missing=$(missing_packages "$1")
	missing=${missing% }
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null 2>&1 ||
		fail "missing, and there is no apt-get to bring it: $missing"
	announce_packages "$missing"
	need_administrator "$missing"
	# Old package lists name files that are gone: fetch them and try once more.
	[ -n "$size" ] || apt_update || fail "apt-get update failed: see above"
	apt_install "$missing" || { apt_update && apt_install "$missing"; } || true
	# apt also fails when a service that came along cannot be started; only what is
	# missing now matters. The system's own nginx service is not ours to touch.
	missing=$(missing_packages "$1")
	[ -z "$missing" ] || fail "could not be installed: $missing"
}
