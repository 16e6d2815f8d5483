#!/bin/sh
# Runs the commands of the README in fresh systems: its two commands, and its lines for a server. Run it by hand, as root; it takes
# long and needs the network. Each system is made by debootstrap and runs in systemd-nspawn, so this names no package and no version.
# shellcheck disable=SC2016 # what is in single quotes is for the shell of the machine
set -u
root=$(cd "$(dirname "$0")/.." && pwd -P)
# shellcheck source=tests/readme.sh
. "$root/tests/readme.sh"

usage() {
	cat <<'END'
Usage: tests/systems.sh [--folder DIR] [--stages "serve check server"] SYSTEM...

SYSTEM is debian:SUITE or ubuntu:SUITE, such as debian:trixie. The stages:
  serve    ./bootstrap serve on a bare system, and the lines of "Make it yours"
  check    ./bootstrap check after it, or, with --tests "NAMES", tests/run NAMES
  server   the lines of "On a server" under systemd with nginx: two sites next to the default one, over TLS, across a reboot

  --folder DIR      where the systems are kept; standard /tmp/renown-systems. Remove it to begin with fresh ones.
  --mirror URL      another mirror

It needs debootstrap, systemd-container, util-linux, curl and openssl. Certificates in /usr/local/share/ca-certificates and
$NODE_EXTRA_CA_CERTS are taken along, for machines behind a proxy that signs. What each stage says is in DIR/SYSTEM-STAGE.log.
END
}

fail() {
	printf 'systems: %s\n' "$*" >&2
	exit 1
}

folder=/tmp/renown-systems stages='serve check server' mirror='' tests=''
while [ $# -gt 0 ]; do
	case $1 in
	--folder) folder=$2; shift 2 ;;
	--stages) stages=$2; shift 2 ;;
	--mirror) mirror=$2; shift 2 ;;
	--tests) tests=$2; shift 2 ;;
	-h | --help) usage; exit 0 ;;
	-*) fail "unknown option: $1 (see --help)" ;;
	*) break ;;
	esac
done
[ $# -gt 0 ] || { usage >&2; exit 2; }
[ "$(id -u)" = 0 ] || fail 'only root can make a system'
for tool in debootstrap systemd-nspawn nsenter curl openssl; do
	command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install debootstrap systemd-container util-linux curl openssl"
done
mkdir -p "$folder"

passed=0 failed=0 leader='' boot=''
good() {
	passed=$((passed + 1))
	printf 'ok   %s: %s\n' "$system $stage" "$1"
}
bad() {
	failed=$((failed + 1))
	printf 'FAIL %s: %s (see %s)\n' "$system $stage" "$1" "$log"
}
# try NAME COMMAND...: the output of the command goes to the log
try() {
	try_name=$1
	shift
	printf '\n--- %s\n' "$try_name" >>"$log"
	if "$@" >>"$log" 2>&1; then
		good "$try_name"
	else
		bad "$try_name"
		return 1
	fi
}
# shows NAME PART COMMAND...: the output of the command contains PART
shows() {
	shows_name=$1 shows_part=$2
	shift 2
	printf '\n--- %s\n' "$shows_name" >>"$log"
	"$@" >"$folder/said" 2>&1
	cat "$folder/said" >>"$log"
	if grep -qF -e "$shows_part" "$folder/said"; then good "$shows_name"; else bad "$shows_name"; fi
}

# --- systems

# The bare system, created once, and the checkout with its uncommitted changes.
make_base() {
	base=$folder/$system-base
	[ ! -f "$base/etc/made" ] || return 0
	rm -rf "$base"
	script=/usr/share/debootstrap/scripts/$suite options=''
	case $distribution in
	debian)
		address=${mirror:-http://deb.debian.org/debian} components=main
		[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
		;;
	ubuntu)
		address=${mirror:-http://archive.ubuntu.com/ubuntu} components=main,universe
		[ -e "$script" ] || script=/usr/share/debootstrap/scripts/jammy
		[ -e /usr/share/keyrings/ubuntu-archive-keyring.gpg ] || {
			echo 'systems: this system has no keyring of Ubuntu, so the signature of its archive is not checked'
			options=--no-check-gpg
		}
		;;
	*) fail "a system is debian:SUITE or ubuntu:SUITE, not $system" ;;
	esac
	# shellcheck disable=SC2086 # no option, or one
	debootstrap --variant=minbase --include=systemd,systemd-sysv --components=$components $options "$suite" "$base" "$address" "$script" \
		>"$folder/$system-base.log" 2>&1 || fail "$system could not be made: see $folder/$system-base.log"
	case $system in
	debian-sid) ;;
	debian-*)
		printf 'deb %s %s-updates main\n' "$address" "$suite" >>"$base/etc/apt/sources.list"
		[ -n "$mirror" ] || printf 'deb http://deb.debian.org/debian-security %s-security main\n' "$suite" >>"$base/etc/apt/sources.list"
		;;
	ubuntu-*)
		printf 'deb %s %s-updates main universe\ndeb %s %s-security main universe\n' "$address" "$suite" "$address" "$suite" >>"$base/etc/apt/sources.list"
		;;
	esac
	mkdir -p "$base/usr/local/share/ca-certificates"
	cp /usr/local/share/ca-certificates/*.crt "$base/usr/local/share/ca-certificates/" 2>/dev/null
	touch "$base/etc/made"
}

# machine STAGE: a copy of it in $machine
new_machine() {
	machine=$folder/$system-$1
	rm -rf "$machine"
	cp -a "$base" "$machine"
}

# put_checkout DIR
put_checkout() {
	mkdir -p "$machine$1"
	(cd "$root" && git ls-files --cached --others --exclude-standard -z | xargs -0 sh -c 'for file; do [ ! -e "$file" ] && [ ! -L "$file" ] || printf "%s\0" "$file"; done' sh |
		tar cf - --null -T - | tar xf - -C "$machine$1" --no-same-owner)
}

# room [OPTION...] -- COMMAND...: runs the command in the machine, as root; with "--private-network" it has no network
room() {
	systemd-nspawn -q --keep-unit --register=no --as-pid2 -D "$machine" --timezone=off --pipe ${NODE_EXTRA_CA_CERTS:+--setenv=NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt} \
		--setenv=DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

# --- serve and check

stage_serve() {
	new_machine work
	put_checkout /srv/renown
	put_checkout /root/renown
	room -- apt-get update -q >>"$log" 2>&1
	shows 'without sudo an ordinary user is told the packages and their size' ' MB on disk' \
		room --chdir=/srv/renown -- setpriv --reuid 65534 --regid 65534 --clear-groups ./bootstrap serve
	shows 'and nothing is installed' 'no nginx' room -- sh -c 'command -v nginx || echo no nginx'
	port=$((20000 + $$ % 10000))
	# Started, opened in both languages, and stopped with Ctrl-C, as a reader of the README does.
	cat >"$machine/root/serve.sh" <<'END'
cd "$1" || exit 1
./bootstrap serve --port "$2" >/root/serve.log 2>&1 &
pid=$!
for _ in $(seq 1200); do
	! grep -q 'ready:' /root/serve.log || break
	kill -0 $pid 2>/dev/null || break
	sleep 0.5
done
sleep 1
for page in / /zh/ /blog /zh/blog; do
	curl -s --noproxy '*' -o "/root/page$(echo "$page" | tr / _)" -w "$page %{http_code}\n" "http://127.0.0.1:$2$page"
done
eval "$3"
kill -TERM $pid # a shell starts background processes with SIGINT ignored
wait $pid
echo "ended with $?"
cat /root/serve.log
END
	lines=$(readme_lines "$root/README.md" 'Make it yours' | sed 's/ *#.*//')
	mkdir -p "$machine/root/notes"
	printf -- '---\ntitle: From a folder\ndate: 2026-01-02\n---\n\nWords.\n' >"$machine/root/notes/one.md"
	shows 'serve' 'ended with 0' room -- sh /root/serve.sh /srv/renown "$port" true
	cp "$folder/said" "$folder/served"
	for page in / /zh/ /blog /zh/blog; do
		shows "serve answers $page" "$page 200" grep ' [0-9][0-9][0-9]$' "$folder/served"
	done
	shows 'the Chinese pages are Chinese' '归档' cat "$machine/root/page_zh_blog"
	shows 'the English ones are English' 'Archive' cat "$machine/root/page_blog"
	shows 'it gives the owner a way in' 'sign in as the owner, once: http' cat "$machine/root/serve.log"
	# Aliases are for terminals: a shell reads them only if an option is set, and only in the next line.
	printf '%s\n' "$lines" >"$machine/root/yours"
	shows 'the lines of "Make it yours", one after another' 'all of them' \
		room --private-network --chdir=/srv/renown -- bash -c 'shopt -s expand_aliases; set -e; . /root/yours; echo all of them'
	shows 'a checkout in a folder that others may not enter is served too' 'ended with 0' \
		room -- sh /root/serve.sh /root/renown "$port" 'RENOWN_DATA=/root/renown /root/renown/build/renown --site /root/renown/site doctor'
	cp "$folder/said" "$folder/there"
	shows 'there the command names that folder' 'chmod o+x /root' grep -v '^renown: /root is closed to the user who serves' "$folder/there"
}

stage_check() {
	machine=$folder/$system-work
	[ -d "$machine/srv/renown/build" ] || fail "the stage check comes after serve"
	if [ "$distribution" = ubuntu ]; then
		shows 'check prints where to get Chromium, which Ubuntu has as a snap only' 'snap install chromium' room --chdir=/srv/renown -- ./bootstrap check
		echo 'systems: a snap cannot be installed in this machine, so the browser tests are not run'
		printf '#!/bin/sh\nexit 1\n' >"$machine/usr/local/bin/chromium"
		chmod 755 "$machine/usr/local/bin/chromium"
		tests=${tests:-static unit cli e2e asan valgrind fuzz dist}
	fi
	# Downloaded with the network, run without it, so that no other server of this machine is reached.
	if [ -n "$tests" ]; then
		try 'what the tests need' room --chdir=/srv/renown -- ./bootstrap _prepare_check
		room --private-network --chdir=/srv/renown -- sh -c "tests/run $tests" >"$folder/check.out" 2>&1
	else
		try 'check finds and builds what it needs' room --chdir=/srv/renown -- ./bootstrap _prepare_check
		room --private-network --chdir=/srv/renown -- ./bootstrap check >"$folder/check.out" 2>&1
	fi
	cat "$folder/check.out" >>"$log"
	grep -A20 '^FAIL' "$folder/check.out" | head -n 200
	last=$(grep -E '^[0-9]+ passed, ' "$folder/check.out" | tail -n 1)
	case $last in
	[1-9]*' passed, 0 failed, 0 skipped') good "check: $last" ;;
	*) bad "check: $last" ;;
	esac
}

# --- server

# inside COMMAND...: in the running machine, as root
inside() {
	nsenter -t "$leader" -m -u -i -n -p -r -w -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}
# The same with the network of this machine, for apt.
inside_connected() {
	nsenter -t "$leader" -m -u -i -p -r -w -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
		DEBIAN_FRONTEND=noninteractive "$@"
}
# The response of its servers to curl on this machine.
ask() {
	nsenter -t "$leader" -n -- curl -sS --noproxy '*' --max-time 20 --cacert "$folder/certificate.pem" \
		--resolve example.org:443:127.0.0.1 --resolve example.org:80:127.0.0.1 --resolve example.net:443:127.0.0.1 --resolve other.example:80:127.0.0.1 "$@"
}

start_machine() {
	systemd-nspawn -q --keep-unit --register=no -D "$machine" --timezone=off --private-network --boot --console=pipe </dev/null >>"$folder/$system-console.log" 2>&1 &
	boot=$!
	for _ in $(seq 100); do
		sleep 0.3
		leader=$(ps -o pid= --ppid "$boot" | head -n 1 | tr -d ' ')
		[ -n "$leader" ] || continue
		case $(inside systemctl is-system-running 2>/dev/null) in
		running | degraded) return ;;
		esac
	done
}

stop_machine() {
	[ -n "$boot" ] || return 0
	[ -z "$leader" ] || kill -s RTMIN+4 "$leader" 2>/dev/null # systemd(1): poweroff
	[ -n "$leader" ] || kill "$boot" 2>/dev/null
	wait "$boot"
	leader='' boot=''
}

# sign_in LINK: opens the link, submits its form, and requests the list of posts
sign_in() {
	page=$(ask -c "$folder/cookies" "$1") || return 1
	form=$(printf '%s' "$page" | tr '\n' ' ' | sed 's/.*\(<form[^>]*method="post".*<\/form>\).*/\1/')
	set --
	for field in $(printf '%s' "$form" | grep -oE '<input[^>]*type="hidden"[^>]*>' | tr ' ' '~'); do
		name=$(printf '%s' "$field" | sed -n 's/.*name="\([^"]*\)".*/\1/p')
		value=$(printf '%s' "$field" | sed -n 's/.*value="\([^"]*\)".*/\1/p')
		set -- "$@" --data-urlencode "$name=$value"
	done
	action=$(printf '%s' "$form" | sed -n 's/.*<form[^>]*action="\([^"]*\)".*/\1/p')
	ask -b "$folder/cookies" -c "$folder/cookies" -H 'Origin: https://example.org' -o /dev/null -w 'signed in: %{http_code}\n' "$@" "https://example.org$action"
	ask -b "$folder/cookies" -o /dev/null -w 'posts: %{http_code}\n' https://example.org/write
}

# The README's lines from the first to the last one that begin with these words.
lines_between() {
	readme_lines "$root/README.md" 'On a server' | awk -v first="$1" -v last="$2" 'index($0, first) == 1 { on = 1 } on { print } index($0, last) == 1 { exit }'
}

stage_server() {
	new_machine server
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=example.org -addext 'subjectAltName=DNS:example.org,DNS:example.net' \
		-keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>/dev/null
	for host in example.org example.net; do
		install -D -m 0644 "$folder/certificate.pem" "$machine/etc/ssl/certs/$host.pem"
		install -D -m 0600 "$folder/key.pem" "$machine/etc/ssl/private/$host.key"
	done
	start_machine
	shows 'systemd runs' 'systemd' inside cat /proc/1/comm
	inside_connected apt-get update -q >>"$log" 2>&1
	lines_between apt-get apt-get | sed 's/^apt-get install/apt-get install -y -q/' >"$machine/root/packages.sh"
	try 'the packages' inside_connected sh -e /root/packages.sh || return
	put_checkout /usr/local/src/renown
	# All the other lines in one shell, because one of them is cd. git clone has been done before.
	lines_between 'git clone' 'renown --site /srv/ink doctor' | grep -v '^git clone' >"$machine/root/lines.sh"
	shows 'the lines of "On a server", one after another' 'all of them' inside sh -c 'set -ex; . /root/lines.sh; echo all of them'
	if grep -q 'nginx.*\[warn\]' "$log"; then bad 'nginx warns of nothing'; else good 'nginx warns of nothing'; fi

	sleep 2 # nginx returns from a reload before its new workers have started
	shows 'the site answers over TLS' '200' ask -o /dev/null -w '%{http_code}' https://example.org/
	shows 'the site is the new one' 'rel="canonical" href="https://example.org/"' ask https://example.org/
	shows 'plain HTTP redirects to TLS' '301 https://example.org/' ask -o /dev/null -w '%{http_code} %{redirect_url}' http://example.org/
	shows 'the default site of nginx is unchanged' 'Welcome to nginx' ask http://other.example/
	shows 'the owner is signed in by the link' 'posts: 200' sign_in "$(inside renown --site /srv/ink user link lin@example.org)"
	shows 'systemd finds nothing failed' '0 loaded units listed' inside systemctl --failed --no-pager
	try 'everything of the site is its user'"'"'s' inside sh -c '[ -z "$(find /srv/ink ! -user ink)" ]'
	shows 'no program runs as another user' '0 others' inside sh -c 'others=0
		for pid in $(systemctl show -p MainPID --value "renown-*@ink.service"); do [ "$(stat -c %U "/proc/$pid")" = ink ] || others=$((others + 1)); done; echo $others others'
	shows 'doctor finds nothing' 'schema       ok' inside renown --site /srv/ink doctor
	shows 'the journal has the programs' 'renown' inside journalctl --no-pager -t renown-blog -t renown-work -t systemd

	# Another site beside it: the same lines, beginning with useradd, with another name.
	sed -n '/^useradd/,$p' "$machine/root/lines.sh" | sed 's/\bink\b/quill/g; s/example\.org/example.net/g; s|^conf/generate|cd /usr/local/src/renown; conf/generate|' >"$machine/root/second.sh"
	shows 'the same lines create a second site' 'all of them' inside sh -c 'set -ex; . /root/second.sh; echo all of them'
	sleep 2
	shows 'the second site answers' 'href="https://example.net/"' ask https://example.net/
	shows 'the first site still answers' 'href="https://example.org/"' ask https://example.org/
	shows 'one site cannot read the other' 'Permission denied' inside runuser -u quill -- ls /srv/ink

	try 'what an update does' inside sh -c "renown --site /srv/ink migrate && systemctl daemon-reload && systemctl restart 'renown-*@ink.service'"
	shows 'it answers at once' '200' ask -o /dev/null -w '%{http_code}' https://example.org/sign-in
	try 'stopping the site stops all of it' inside sh -c 'systemctl stop renown@ink.target; sleep 3; [ -z "$(find /proc -maxdepth 1 -user ink)" ]'
	shows 'the other site still answers' '200' ask -o /dev/null -w '%{http_code}' https://example.net/sign-in
	stop_machine
	start_machine
	shows 'after a reboot the first site answers' '200' ask -o /dev/null -w '%{http_code}' https://example.org/
	shows 'after a reboot the second site answers' '200' ask -o /dev/null -w '%{http_code}' https://example.net/zh/
	inside journalctl --no-pager -p warning >>"$log" 2>&1
	stop_machine
}

trap 'stop_machine' EXIT
trap 'exit 1' INT TERM HUP
for argument; do
	distribution=${argument%%:*} suite=${argument#*:} system=$(printf '%s' "$argument" | tr : -)
	stage=base log=$folder/$system-base.log
	make_base
	for stage in $stages; do
		log=$folder/$system-$stage.log
		: >"$log"
		case $stage in
		serve | check | server) "stage_$stage" ;;
		*) fail "unknown stage: $stage (see --help)" ;;
		esac
	done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
