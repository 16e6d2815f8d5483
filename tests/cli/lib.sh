# Shared by the tests of the command line. Each test prints TAP; a NAME says what must be true.
# shellcheck shell=sh
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
RENOWN=${RENOWN:-${RENOWN_BUILD:-$root/build}/renown}
RENOWN_DATA=$root
export RENOWN_DATA
unset RENOWN_SITE
TZ=UTC
export TZ
work=$(mktemp -d /tmp/renown-cli-XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
number=0
failed=0

# ok NAME STATUS [WORDS]
ok() {
	number=$((number + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
		failed=$((failed + 1))
	fi
}

# is NAME EXPECTED GOT
is() {
	if [ "$2" = "$3" ]; then
		ok "$1" 0
	else
		ok "$1" 1 "expected: $2
got:      $3"
	fi
}

# has NAME TEXT PART...: the text contains every part
has() {
	has_name=$1 has_text=$2
	shift 2
	for has_part; do
		case $has_text in
		*"$has_part"*) ;;
		*)
			ok "$has_name" 1 "\"$has_part\" is not in:
$has_text"
			return
			;;
		esac
	done
	ok "$has_name" 0
}

# hasnt NAME TEXT PART: the text does not contain the part
hasnt() {
	case $2 in
	*"$3"*) ok "$1" 1 "\"$3\" is in:
$2" ;;
	*) ok "$1" 0 ;;
	esac
}

# run ARGUMENT...: $status, $out and $err of the command, for the site $site
run() {
	"$RENOWN" --site "$site" "$@" >"$work/out" 2>"$work/err"
	status=$?
	out=$(cat "$work/out")
	err=$(cat "$work/err")
}

# runs NAME ARGUMENT...: runs the command, which must exit with 0 and print no error
runs() {
	runs_name=$1
	shift
	run "$@"
	if [ "$status" -eq 0 ]; then
		ok "$runs_name" 0
	else
		ok "$runs_name" 1 "status $status
$out
$err"
	fi
}

# refuses NAME STATUS PART ARGUMENT...: the command must exit with that status and an error message that contains the part
refuses() {
	refuses_name=$1 refuses_status=$2 refuses_part=$3
	shift 3
	run "$@"
	if [ "$status" -ne "$refuses_status" ]; then
		ok "$refuses_name" 1 "status $status instead of $refuses_status
$out
$err"
	else
		has "$refuses_name" "$err" "$refuses_part"
	fi
}

# new_site NAME: creates a site with an owner; its folder is $site
new_site() {
	site=$work/$1
	rm -rf "$site"
	"$RENOWN" --site "$site" init >/dev/null || exit 1
	"$RENOWN" --site "$site" user add --role owner --name 'Mo Li' --email mo@example.org >/dev/null || exit 1
}

sql() {
	sqlite3 -batch "$site/renown.db" "$@"
}

# All data that an import writes, without row numbers and the times of the import.
dump() {
	sql "SELECT p.source, p.slug, p.kind, p.state, p.access, p.title, p.summary, p.lang, w.source, a.email, p.cover_alt,
		coalesce(c.digest, ''), coalesce(e.digest, ''), p.featured, p.published, p.updated, p.reading_minutes, p.source_digest,
		p.revision, t.markdown, t.open_xhtml, t.full_xhtml,
		(SELECT group_concat(name, ',') FROM (SELECT name FROM tag JOIN post_tag ON tag_id = tag.id WHERE post_id = p.id ORDER BY position)),
		(SELECT group_concat(link, ',') FROM (SELECT address || '>' || target AS link FROM post_link WHERE post_id = p.id ORDER BY address)),
		(SELECT group_concat(slug, ',') FROM (SELECT slug FROM post_slug WHERE post_id = p.id ORDER BY slug))
		FROM post AS p JOIN post AS w ON w.id = p.work_id JOIN site_user AS a ON a.id = p.author_id JOIN post_text AS t ON t.post_id = p.id
		LEFT JOIN media AS c ON c.id = p.cover_id LEFT JOIN media AS e ON e.id = p.enclosure_id ORDER BY p.source, p.slug"
	sql "SELECT lang, name, posts FROM tag_count JOIN tag ON tag.id = tag_id ORDER BY 1, 2"
	sql "SELECT digest, suffix, type, bytes, width, height FROM media ORDER BY 1"
	sql "SELECT count(*), sum(length(c0)), sum(length(c2)) FROM post_search_content"
	(cd "$site/media" && find . -type f ! -name 'incoming-*' | sort)
}

# Writes an image of 3 by 2 pixels; its bytes depend on the second argument.
picture() {
	printf 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAD0lEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==' | base64 -d >"$1"
	printf '%s' "${2:-}" >>"$1"
}

finish() {
	echo "1..$number"
	[ "$failed" -eq 0 ]
	exit
}
