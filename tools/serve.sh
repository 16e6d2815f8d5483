# Serves one site: nginx in front, and the programs behind unix sockets.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2164 # cd fails: set -e; root, site and port are set by bootstrap

# True when something listens on the port of 127.0.0.1 or of every address.
port_is_taken() {
	awk -v port="$(printf ':%04X' "$port")" '
		$4 == "0A" && substr($2, length($2) - 4) == port &&
			(substr($2, 1, 8) == "0100007F" || $2 ~ /^0+:/ || $2 ~ /^0+FFFF00000100007F:/) { found = 1 }
		END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

need_free_port() {
	! port_is_taken || fail "port $port is taken: stop what listens there or name another with --port N"
}

# Creates the site's folder. If root creates it, it then belongs to the user who serves.
need_site_folder() {
	if [ ! -d "$site" ]; then
		mkdir -p "$site" 2>/dev/null || fail "$site cannot be made: name another folder with --site DIR"
	fi
	# An empty folder that belongs to root is given to the user who serves.
	if is_root && [ "$(stat -c %u "$site")" = 0 ] && [ -z "$(ls -A "$site")" ]; then
		chown -h "$(server_user)" "$site"
	fi
	is_root || [ -w "$site" ] || fail "$site cannot be written by $(id -un): name another folder with --site DIR"
}

# Prints the value of a key in the site's renown.conf, or nothing.
conf_value() {
	sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" "$site/renown.conf" | sed 's/[[:space:]]*$//'
}

conf_folder() {
	value=$(conf_value "$1")
	case $value in
	'') printf '%s\n' "$2" ;;
	/*) printf '%s\n' "$value" ;;
	*) printf '%s/%s\n' "$site" "$value" ;;
	esac
}

renown() {
	RENOWN_DATA=$root RENOWN_LOCALE=$root/build/po "$root/build/renown" --site "$site" "$@"
}

local_url() {
	if [ "$port" = 80 ]; then
		printf 'http://127.0.0.1%s' "$1"
	else
		printf 'http://127.0.0.1:%s%s' "$port" "$1"
	fi
}

# Prints the path in base_url: /sub, or nothing.
base_path() {
	conf_value base_url | sed -n 's|^https\{0,1\}://[^/]*\(/.*\)$|\1|p'
}

make_site() {
	if [ ! -e "$site/renown.conf" ]; then
		say "making a site in $site"
		touch "$site/.unfinished"
		renown init --base-url "$(local_url '')" || fail "the site could not be created: see above"
	fi
	# Also needed if an earlier first run was interrupted here.
	if [ -e "$site/.unfinished" ]; then
		renown migrate || fail "the database could not be created: see above"
		renown sample add || fail "the sample content could not be added: see above"
		rm -f "$site/.unfinished"
		is_new=yes
	else
		renown migrate || exit 1
	fi
}

# Links are made from base_url. If that is an address of this machine, its port is set to the port that is used.
follow_port() {
	base_url=$(conf_value base_url)
	case $base_url in
	http://127.0.0.1 | http://127.0.0.1[:/]* | http://localhost | http://localhost[:/]*) ;;
	*)
		say "links are made for $base_url (base_url in $site/renown.conf)"
		return
		;;
	esac
	wanted=$(local_url "$(base_path)")
	case $base_url in
	"$wanted" | "http://localhost${wanted#http://127.0.0.1}") return ;;
	esac
	sed "s|^\([[:space:]]*base_url[[:space:]]*=[[:space:]]*\).*|\1$wanted|" "$site/renown.conf" >"$site/run/renown.conf.new"
	cat "$site/run/renown.conf.new" >"$site/renown.conf" || fail "$site/renown.conf cannot be written, and its base_url is not $wanted"
	rm -f "$site/run/renown.conf.new"
	say "base_url is now $wanted (it was $base_url)"
}

# The path of a socket can have at most 107 characters.
socket_folder() {
	sockets=$site/run
	if [ ${#sockets} -gt 90 ]; then
		sockets=$(mktemp -d /tmp/renown-XXXXXX)
		short_sockets=$sockets
	fi
}

# In a sticky folder of root, another user cannot replace what mktemp has created.
is_safe_memory() {
	[ -d /dev/shm ] && [ ! -L /dev/shm ] && [ -k /dev/shm ] && [ -w /dev/shm ] && [ "$(stat -c %u /dev/shm)" = 0 ]
}

remove_cache() {
	case $cache in
	/dev/shm/renown-*/* | /dev/shm/renown-*..*) return ;;
	/dev/shm/renown-* | "$site/run/cache") ;;
	*) return ;;
	esac
	[ ! -d "$cache" ] || [ -L "$cache" ] || [ ! -O "$cache" ] || rm -rf "$cache"
}

# nginx's cache is in memory, so that pages work with a full disk. Each run uses a new folder that only the user who serves can read,
# because pages of an earlier run may contain another address. A run that was killed could not remove its folder.
cache_folder() {
	cache=$(cat "$site/run/cache-folder" 2>/dev/null) || cache=
	remove_cache
	cache=$site/run/cache
	remove_cache
	if is_safe_memory; then
		cache=$(mktemp -d /dev/shm/renown-XXXXXXXXXX) || cache=$site/run/cache
	fi
	rm -f "$site/run/cache-folder"
	printf '%s\n' "$cache" >"$site/run/cache-folder"
}

make_nginx_conf() {
	host=$(conf_value base_url | sed 's|^https\{0,1\}://||; s|/.*||; s|:[0-9]*$||')
	case $host in
	127.0.0.1 | localhost) host= ;;
	esac
	"$root/conf/generate" nginx "$site/run/nginx" SITE="$site" DATA="$root" RUN="$sockets" CACHE="$cache" \
		NAMES="127.0.0.1 localhost${host:+ $host}" BASE="$(base_path)" LISTEN="127.0.0.1:$port" SERVE=yes \
		MEDIA="$(conf_folder media "$site/media")" THEMES="$(conf_folder themes "$site/themes")" ||
		fail "the configuration of nginx could not be made"
}

# The programs, in the order of conf/programs.
programs() {
	awk '/^[a-z]/ { print $1 }' "$root/conf/programs"
}

# program_column NAME NUMBER: what conf/programs says of a program; 2 is its workers, 3 its socket.
program_column() {
	awk -v name="$1" -v number="$2" '$1 == name { print $number }' "$root/conf/programs"
}

# start_program NAME: starts workers that are restarted when they end, and that stop with this script.
# (By default multiwatch sends SIGUSR1 to its workers when it ends.)
start_program() {
	socket=$sockets/$(program_column "$1" 3)
	rm -f "$socket"
	RENOWN_SITE=$site RENOWN_DATA=$root RENOWN_LOCALE=$root/build/po \
		setpriv --pdeathsig TERM spawn-fcgi -n -s "$socket" -M 0660 -- \
		"$(command -v multiwatch)" -t 1 -s TERM -f "$(program_column "$1" 2)" -- "$(command -v setpriv)" --pdeathsig TERM "$root/build/$1" \
		</dev/null >/dev/null 2>>"$site/log/$1.log" 9>&- &
	eval "pid_$1=\$!"
}

# Starts the background worker, which stops with this script.
start_work() {
	RENOWN_DATA=$root RENOWN_LOCALE=$root/build/po \
		setpriv --pdeathsig TERM "$root/build/renown" --site "$site" work </dev/null >/dev/null 2>>"$site/log/work.log" 9>&- &
	pid_work=$!
}

start_nginx() {
	# As root, nginx would run its workers as another user, who may not be able to read the folder.
	user_directive=
	! is_root || user_directive='user root;'
	setpriv --pdeathsig TERM nginx -p "$site/run" -c "$site/run/nginx/serve.conf" \
		-e "$site/log/error.log" -g "$user_directive" </dev/null 2>>"$site/log/nginx.log" 9>&- &
	pid_nginx=$!
}

is_alive() {
	[ -n "$1" ] && kill -0 "$1" 2>/dev/null
}

stop_all() {
	trap '' INT TERM HUP
	trap - EXIT
	pids="$pid_nginx $pid_work"
	for name in $(programs); do
		eval "pids=\"\$pids \$pid_$name\""
	done
	for pid in $pids $pid_sleep; do
		kill -TERM "$pid" 2>/dev/null || true
	done
	# A worker may finish its request; one that takes longer is killed.
	for pid in $pids; do
		patience=50
		while is_alive "$pid" && [ $patience -gt 0 ]; do
			sleep 0.1
			patience=$((patience - 1))
		done
		kill -KILL "$pid" 2>/dev/null || true
	done
	wait
	for name in $(programs); do
		rm -f "$sockets/$(program_column "$name" 3)"
	done
	[ -z "$short_sockets" ] || rmdir "$short_sockets" 2>/dev/null || true
	remove_cache
	rm -f "$site/run/cache-folder"
}

stopped() {
	printf '\n'
	stop_all
	say "stopped"
	exit 0
}

last_lines() {
	for log in nginx $(programs) work; do
		[ ! -s "$site/log/$log.log" ] || tail -n +$((1 + $(cat "$site/run/$log.lines"))) "$site/log/$log.log" | tail -n 3 >&2
	done
}

# Stores the size of the logs, so that only the lines of this run are shown.
mark_logs() {
	for log in nginx $(programs) work; do
		touch "$site/log/$log.log"
		wc -l <"$site/log/$log.log" >"$site/run/$log.lines"
	done
}

front_status() {
	curl -s -o /dev/null --noproxy '*' --max-time 5 -w '%{http_code}' "$1" 2>/dev/null || true
}

wait_for_front_page() {
	patience=100
	while [ "$(front_status "$address")" != 200 ]; do
		patience=$((patience - 1))
		if ! is_alive "$pid_nginx" || [ $patience = 0 ]; then
			last_lines
			stop_all
			! grep -q 'Address already in use' "$site/log/nginx.log" || need_free_port
			fail "the home page does not answer: the reason is above or in $site/log"
		fi
		sleep 0.1
	done
}

# A program that ends is started again; if nginx ends, this script ends.
watch_programs() {
	while is_alive "$pid_nginx"; do
		for name in $(programs); do
			eval "pid=\$pid_$name"
			is_alive "$pid" || { say "$name ended, starting it again" && start_program "$name"; }
		done
		is_alive "$pid_work" || { say "work ended, starting it again" && start_work; }
		sleep 1 9>&- &
		pid_sleep=$!
		wait "$pid_sleep" || true
	done
	last_lines
	stop_all
	fail "nginx ended: the reason is above or in $site/log"
}

serve_site() {
	PATH=$PATH:/usr/sbin:/sbin
	umask 027
	for needed in "$root" "$root/build/renown" "$root/build/blog" "$root/templates/default"; do
		[ -x "$needed" ] || fail "$needed cannot be read by $(id -un): chmod -R a+rX $root"
	done
	cd "$root"
	for needed in "$site" "$site/run" "$site/log"; do
		mkdir -p "$needed" 2>/dev/null || true
		[ -w "$needed" ] || fail "$needed cannot be written by $(id -un): give it to that user or name another folder with --site DIR"
	done
	exec 9>"$site/run/lock"
	flock -n 9 || fail "$site is being served already: stop that first or name another folder with --site DIR"
	make_site
	follow_port
	pid_nginx='' pid_work='' pid_sleep='' short_sockets='' cache=''
	for name in $(programs); do
		eval "pid_$name=''"
	done
	socket_folder
	cache_folder
	make_nginx_conf
	mark_logs
	address=$(local_url "$(base_path)/")
	trap stopped INT TERM HUP
	trap stop_all EXIT
	say "starting"
	for name in $(programs); do
		start_program "$name"
	done
	start_work
	start_nginx
	wait_for_front_page
	say "ready: $address (Ctrl-C stops it)"
	[ -z "${is_new:-}" ] || say "sign in as the owner, once: $(renown user link --owner)"
	watch_programs
}
