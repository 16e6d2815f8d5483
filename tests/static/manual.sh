#!/bin/sh
# The man pages have no errors and are complete: they describe every configuration key and every
# command.
cd "$(dirname "$0")/../.." || exit 1

number=0
failed=
result() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		failed=1
	fi
}

for page in docs/*.[158]; do
	# A reference to another manual page of renown is not a style error while that page is not installed.
	result "mandoc -Tlint $page" "$(mandoc -Tlint "$page" 2>&1 | grep -vE 'referenced manual not found|outdated mandoc.db')"
done
keys=$(sed -n 's/^	{ "\([a-z_]*\)", ".*/\1/p' lib/core/conf.c)
[ -n "$keys" ] || result 'configuration keys are found' 'none'
if [ -e docs/renown.conf.5 ]; then
	for key in $keys; do
		result "renown.conf(5) explains $key" "$(grep -q "^\.It .*$key" docs/renown.conf.5 || echo "no .It for it")"
	done
fi
fields=$(sed -n 's/^log_format @ID@_log "\(.*\)";$/\1/p' conf/nginx/http.conf | awk -F '\\\\t' '{ print NF }')
result "renown-log(5) has as many columns as the log ($fields)" \
	"$([ "$(sed -n '/^\.Bl -enum/,/^\.El/p' docs/renown-log.5 | grep -c '^\.It')" = "$fields" ] || echo 'another number')"
# Paths in documents, such as `lib/store/db/db.c` or `store/db/db.c`. Paths with capitals, noun, thing or colophon (the example of HACKING.md) are placeholders.
named=$(grep -ohE '(lib|bin|cgi-bin|conf|docs|templates|tests|tools|po|core|store|page|http|task)/[a-z0-9_./-]+\.(c|h|sql|sh|mjs|xsl|conf|md|rng|po|am)([^a-z0-9.]|$)' \
	README.md README.zh-CN.md SECURITY docs/*.md docs/*.[158] | sed 's/[^a-z]$//' | sort -u)
result 'every file that a document names exists' "$(for file in $named; do
	expr "$file" : '.*/\(noun\|thing\|colophon\)[.]' >/dev/null || [ -e "$file" ] || [ -e "lib/$file" ] || echo "$file"
done)"
result 'every function in the diagrams of DESIGN.md exists' "$(awk '/^```/ { inside = !inside } inside' docs/DESIGN.md | grep -oE '[a-z_]+\(\)' | tr -d '()' | sort -u | while read -r name; do
	grep -rqE "^$name\(" --include='*.c' lib cgi-bin || echo "$name()"
done)"
# shellcheck disable=SC2016 # the backquotes are those of Markdown
result 'every test that FAULTS.md names exists' "$(grep -oE '`(static|unit|cli|e2e|browser|fuzz)/[a-z0-9_-]+`' docs/FAULTS.md | tr -d '`' | sort -u | while IFS=/ read -r stage name; do
	case $stage in
	static | cli) [ -e "tests/$stage/$name.sh" ] ;;
	unit) [ -n "$(find tests/unit -name "check_$name.c")" ] ;;
	fuzz) [ -n "$(find tests/fuzz -name "fuzz_$name.c")" ] ;;
	*) [ -e "tests/$stage/$name.test.mjs" ] ;;
	esac || echo "$stage/$name"
done)"
[ -z "$failed" ]
