# Shared by wordpress.sh and ghost.sh, which source this file at their start. It sets `folder`, a new temporary folder, and goes there. At the
# end, the processes in `pids` are stopped in this order, and the folder is deleted.
# shellcheck shell=sh
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${BUILD:-$top/build}" && pwd)
name=$(basename "$0")
PATH=$PATH:/usr/sbin:/sbin
pids=

fail() {
	echo "$name: $*" >&2
	exit 1
}

# need COMMAND PACKAGE
need() {
	command -v "$1" >/dev/null || fail "$1 is missing: install the package $2"
}

stop_all() {
	trap '' INT TERM
	for pid in $pids; do
		kill "$pid" 2>/dev/null || continue
		wait "$pid" || true
	done
	cd /
	rm -rf "$folder"
}

# Writes the posts of the benchmark's own site to FILE, one JSON object in each line, the newest first: number, slug, title, summary, html, text,
# published (seconds since 1970) and tags (an array of names). Sets `last_listed`, the slug of the 20th: a page with it has the whole list.
#   write_posts FILE POSTS
write_posts() {
	need sqlite3 sqlite3
	for program in renown tests/bench/fill; do
		[ -x "$build/$program" ] || fail "$build/$program is missing: run make -C build all tests/bench/fill"
	done
	RENOWN_DATA=$top RENOWN_LOCALE=$build/po
	export RENOWN_DATA RENOWN_LOCALE
	{
		"$build/renown" --site "$folder/posts" init --base-url http://127.0.0.1
		"$build/renown" --site "$folder/posts" user add --name 'Bench Owner' --email owner@example.org --role owner
		"$build/tests/bench/fill" "$folder/posts" "$2"
		"$build/tests/bench/fill" "$folder/posts" 1 8192
	} >"$folder/posts.log" 2>&1 || fail "the posts could not be made: $(cat "$folder/posts.log")"
	sqlite3 "$folder/posts/renown.db" "SELECT json_object('number', id, 'slug', slug, 'title', title, 'summary', iif(summary <> '', summary, generated_summary), 'html', open_xhtml,
		'text', open_plain, 'published', published, 'tags', (SELECT json_group_array(name) FROM post_tag JOIN tag ON tag.id = tag_id WHERE post_tag.post_id = post.id))
		FROM post JOIN post_text ON post_text.post_id = post.id ORDER BY published DESC, id DESC" >"$1"
	# shellcheck disable=SC2034
	last_listed=$(sqlite3 "$folder/posts/renown.db" "SELECT slug FROM (SELECT slug, published FROM post ORDER BY published DESC LIMIT 20) ORDER BY published LIMIT 1")
	rm -rf "$folder/posts"
}

#   wait_for PID COMMAND...     until COMMAND succeeds; at most a minute, and only while PID runs
wait_for() {
	waited=$1 tries=0
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		if [ "$tries" -gt 600 ] || ! kill -0 "$waited" 2>/dev/null; then
			tail -n 5 "$folder"/*.log >&2
			fail "gave up waiting for: $*"
		fi
		sleep 0.1
	done
}

[ "$(id -u)" != 0 ] || fail "run it as an ordinary user, for example: setpriv --reuid nobody --regid nogroup --clear-groups $0 $*"
folder=$(mktemp -d)
trap stop_all EXIT
trap 'exit 0' INT TERM
cd "$folder"
