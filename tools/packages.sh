# Debian packages: which are needed, which are missing, and how they are installed.
# shellcheck shell=sh

# The only list of packages: purpose, package, and a command that shows that it is already installed (or several, separated
# by |), or "-" to ask dpkg. No package name here contains a version.
#   build   needed to compile renown
#   run     also needed by a running site
#   serve   also needed by ./bootstrap serve
#   check   also needed by the tests
package_list() {
	cat <<'END'
build gcc gcc
build libc6-dev -
build make make
build autoconf autoreconf
build automake automake
build pkg-config pkg-config
build gettext msgfmt
build libfcgi-dev -
build libsqlite3-dev -
build libxml2-dev -
build libxslt1-dev -
build libcmark-gfm-dev -
build libcmark-gfm-extensions-dev -
build libsodium-dev -
build libzxcvbn-dev -
build libutf8proc-dev -
build libjansson-dev -
build libyaml-dev -
build libarchive-dev -
build libcurl4-openssl-dev -
build liboath-dev -
build libqrencode-dev -
build zlib1g-dev -
build libgit2-dev -
build libical-dev -
run nginx nginx
run multiwatch multiwatch
run libvips-tools vipsthumbnail
run mediainfo mediainfo
run ca-certificates -
run tzdata -
serve spawn-fcgi spawn-fcgi
serve curl curl
check check -
check clang clang
check libclang-rt-dev -
check valgrind valgrind
check libc6-dbg -
check shellcheck shellcheck
check mandoc mandoc
check libxml2-utils xmllint
check xsltproc xsltproc
check sqlite3 sqlite3
check postgresql -
check newsboat newsboat
check apache2-bin apache2
check libapache2-mod-xsendfile -
check nodejs node
check npm npm
check chromium chromium|chromium-browser|google-chrome|google-chrome-stable
check fonts-noto-cjk -
check default-jre-headless java
check procps pgrep
check openssl openssl
check e2fsprogs chattr
check logrotate logrotate
check iproute2 ip
check xz-utils xz
check wrk wrk
check systemd systemd-analyze
END
}

# The lines of the list for `build`, `server`, `serve` or `check`.
packages_of() {
	case $1 in
	build) wanted='build ' ;;
	server) wanted='build |run ' ;;
	serve) wanted='build |run |serve ' ;;
	*) wanted= ;;
	esac
	package_list | grep -E "^($wanted)"
}

has_command() {
	(
		IFS='|'
		for name in $1; do
			if command -v "$name" >/dev/null 2>&1 || [ -x "/usr/sbin/$name" ] || [ -x "/sbin/$name" ] || [ -x "/snap/bin/$name" ]; then
				exit 0
			fi
		done
		exit 1
	)
}

# The packages of `build`, `server`, `serve` or `check` that are missing, on one line.
missing_packages() {
	installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p')
	packages_of "$1" | while read -r _ package command; do
		if [ "$command" = - ]; then
			printf '%s\n' "$installed" | grep -qx "$package" || printf '%s ' "$package"
		else
			has_command "$command" || printf '%s ' "$package"
		fi
	done
}

# Prints the size of these packages and their dependencies. It locks, fetches and installs nothing, so any user can run it. Prints
# nothing if apt has no package lists. (apt-get --assume-no cannot be used: if it has no question, it installs.)
package_size() {
	# shellcheck disable=SC2086 # a list of names
	fetched=$(LC_ALL=C apt-get install -o Debug::NoLocking=1 -qq --print-uris --no-install-recommends $1 2>/dev/null) || return 0
	# shellcheck disable=SC2086
	names=$(LC_ALL=C apt-get install -o Debug::NoLocking=1 --simulate --no-install-recommends $1 2>/dev/null | sed -n 's/^Inst \([^ ]*\).*/\1/p')
	[ -n "$names" ] || return 0
	# shellcheck disable=SC2086
	kept=$(LC_ALL=C apt-cache show --no-all-versions $names 2>/dev/null | sed -n 's/^Installed-Size: //p')
	printf '%s\n' "$fetched" | awk '{ bytes += $3 } END { printf "%.1f MB to fetch, ", bytes / 1e6 }'
	printf '%s\n' "$kept" | awk '{ kib += $1 } END { printf "%.1f MB on disk\n", kib * 1024 / 1e6 }'
}

# Prints those of these packages that are in no package list of this system.
unknown_packages() {
	for package in $1; do
		LC_ALL=C apt-cache policy "$package" 2>/dev/null | grep -q '^  Candidate: [^(]' || printf '%s ' "$package"
	done
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

# Prints what will be installed, before it asks for a password.
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
	# Old package lists name files that no longer exist: update the lists and try once more.
	[ -n "$size" ] || apt_update || fail "apt-get update failed: see above"
	unknown=$(unknown_packages "$missing")
	[ -z "$unknown" ] || fail "these are not among the packages of this system: $unknown$(other_ways "$unknown")"
	apt_install "$missing" || { apt_update && apt_install "$missing"; } || true
	# apt also fails when it cannot start a service that it installed, so check only which packages
	# are still missing. Do not change the system's nginx service.
	missing=$(missing_packages "$1")
	[ -z "$missing" ] || fail "could not be installed: $missing"
}

# How to install what a system has no package for. (Ubuntu has Chromium as a snap only.)
other_ways() {
	case " $1" in
	*' chromium '*) printf '(for chromium: snap install chromium, or the Chrome package from https://www.google.com/chrome/)' ;;
	esac
}
