#!/bin/sh
# The tree itself: nothing left for later, no file too long, every test is run.
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

result 'nothing is left for later' "$(sources | grep -v '^tests/static/' | xargs grep -nwE 'TODO|FIXME|XXX|HACK' | head)"
result 'no file of code is longer than 450 lines' \
	"$(sources | grep -E '\.([ch]|sh)$' | xargs wc -l | awk '$2 != "total" && $1 > 450 { print $2 ": " $1 }')"
result 'every unit test is in tests/Makemodule.am' \
	"$(for file in tests/unit/check_*.c tests/fuzz/fuzz_*.c; do
		[ ! -e "$file" ] || grep -q "$file" tests/Makemodule.am || echo "$file"
	done)"
result 'README is a link to README.md' "$([ "$(readlink README)" = README.md ] || echo 'it is not')"
result 'every file that a Makemodule.am names is there' \
	"$(grep -ohE '(^|[ 	=])[a-z-]+/[a-zA-Z0-9_./-]+\.(c|h|sql|xsl|conf|html|sh|mjs|css|js|svg|po)\b' ./*/Makemodule.am lib/*/Makemodule.am |
		tr -d ' 	=' | grep -v 'migrations\.h$' | sort -u | while read -r file; do [ -e "$file" ] || echo "$file"; done)"
[ -z "$failed" ]
