#!/bin/sh
# A header includes what it uses: each header can be compiled alone.
cd "$(dirname "$0")/../.." || exit 1
build=${RENOWN_BUILD:-$PWD/build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The folders of the libraries' headers, as configure has found them.
flags=$(sed -nE 's/^[A-Z0-9]+_CFLAGS = (.*-.*)$/\1/p' "$build/Makefile" | grep -v '\$' | tr '\n' ' ')
compiler=$(sed -n 's/^CC = //p' "$build/Makefile")
# The build generates headers that declare handlers.
made=$(printf -- "-I%s " "$build"/cgi-bin/*/)

# Compiles each header that is named on stdin, in a file that includes nothing else. Prints the errors.
compile_errors() {
	number=0
	rm -f "$work"/*.c
	while read -r header; do
		number=$((number + 1))
		printf '#include "%s"\n' "$header" >"$work/$number.c"
	done
	# shellcheck disable=SC2086 # the compiler and its flags are words
	printf '%s\n' "$work"/*.c | xargs -P 4 -n 16 $compiler -std=gnu2x -fsyntax-only -I. -Ilib -I"$build/lib" -Itests/unit -Icgi-bin -Ibin/renown $made $flags 2>&1 |
		grep error | sort -u
}

result() {
	if [ -z "$2" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		failed=1
	fi
}

failed=
printf 'struct needs { bool flag; };\n' >"$work/needs.h"
printf '#include <stdbool.h>\nstruct has { bool flag; };\n' >"$work/has.h"
result 'a header that needs another one is found' "$(echo "$work/needs.h" | compile_errors | grep -q bool || echo 'it does not')"
result 'a header that includes what it needs is accepted' "$(echo "$work/has.h" | compile_errors)"
headers=$(find lib bin cgi-bin tests/unit -name '*.h')
result 'headers are found' "$([ "$(printf '%s\n' "$headers" | wc -l)" -gt 100 ] || echo 'hardly any was found')"
result 'each header can be compiled alone' "$(printf '%s\n' "$headers" | compile_errors)"
[ -z "$failed" ]
