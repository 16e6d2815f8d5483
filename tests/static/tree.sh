#!/bin/sh
# The source tree: no open notes such as TODO, no file that is too long, every test is run.
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
sources() {
	find lib bin cgi-bin tests conf tools templates samples bootstrap -type f \( -name '*.[ch]' -o -name '*.sh' -o -name '*.mjs' -o -name '*.xsl' -o -name '*.conf' -o -name bootstrap \) ! -path '*/node_modules/*'
}

result 'no file contains TODO, FIXME, XXX or HACK' "$(sources | grep -v '^tests/static/' | xargs grep -nwE 'TODO|FIXME|XXX|HACK' | head)"
# A file that reaches the limit is split: a part of it that has a noun of its own becomes a file.
result 'no file of code is longer than 450 lines, no test of a browser or a server longer than 600' \
	"$(sources | grep -E '\.([ch]|mjs|sh)$' | xargs wc -l | awk '$2 != "total" && $1 > ($2 ~ /\.mjs$/ ? 600 : 450) { print $2 ": " $1 }')"
result 'every unit test is in tests/Makemodule.am' \
	"$(for file in $(find tests/unit -name "check_*.c") $(find tests/fuzz -name "fuzz_*.c"); do
		[ ! -e "$file" ] || grep -q "$file" tests/Makemodule.am || echo "$file"
	done)"
result 'every suite of unit tests is named after its file' \
	"$(find tests/unit -name 'check_*.c' | while read -r file; do
		name=${file##*/check_}
		grep -qE "(suite_create|faults_run)\(\"${name%.c}\"" "$file" || echo "$file"
	done)"
result 'README is a link to README.md' "$([ "$(readlink README)" = README.md ] || echo 'it is not')"
result 'every file that a Makemodule.am names exists' \
	"$(grep -ohE '(^|[ 	=])(lib|bin|cgi-bin|conf|docs|templates|samples|tests|tools|po)/[a-zA-Z0-9_./-]+\.(c|h|sql|xsl|html|sh|mjs|css|js|svg|po|md|[158])([ 	]|$)' ./*/Makemodule.am lib/*/Makemodule.am |
		tr -d ' 	=' | grep -vE '(migrations|page_addresses_list|spam_prior_rows)\.h$' | sort -u | while read -r file; do [ -e "$file" ] || echo "$file"; done)"
[ -z "$failed" ]
