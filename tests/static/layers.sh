#!/bin/sh
# The floors: a folder may include itself and those below it, and every third-party
# header is named in one folder only. Reads the #include lines; fails on a breach.
# The same judge is first shown breaches that it must see.
cd "$(dirname "$0")/../.." || exit 1

# Lines "FILE HEADER" on stdin; prints every breach.
judge() {
	awk '
	function floor_of(file) {
		if (file ~ /^lib\/core\//) return 1
		if (file ~ /^lib\/store\//) return 2
		if (file ~ /^lib\/page\//) return 3
		if (file ~ /^lib\/http\//) return 4
		return 5
	}
	function folder_of(file) { sub(/\/[^\/]*$/, "", file); return file }
	function library_of(header) {
		if (header == "sqlite3.h") return "sqlite3"
		if (header ~ /^libxml\//) return "libxml2"
		if (header ~ /^libxslt\// || header ~ /^libexslt\//) return "libxslt"
		if (header ~ /^cmark/) return "cmark-gfm"
		if (header ~ /^sodium/) return "libsodium"
		if (header == "zxcvbn.h") return "libzxcvbn"
		if (header == "utf8proc.h") return "utf8proc"
		if (header == "jansson.h") return "jansson"
		if (header == "yaml.h") return "libyaml"
		if (header ~ /^fcgi/) return "libfcgi"
		if (header == "libintl.h") return "gettext"
		if (header ~ /^git2/) return "libgit2"
		if (header ~ /^curl\//) return "libcurl"
		if (header ~ /^libical\//) return "libical"
		if (header ~ /^liboath\//) return "liboath"
		if (header == "qrencode.h") return "libqrencode"
		return ""
	}
	{
		header = $2; named = ""
		if (header ~ /^core\//) named = 1
		else if (header ~ /^store\//) named = 2
		else if (header ~ /^page\//) named = 3
		else if (header ~ /^http\//) named = 4
		else if (header ~ /^(bin|cgi-bin|lib|tests)\//) { print $1 " includes " header " by a path that skips its floor"; next }
		if (named != "" && named > floor_of($1))
			print $1 " includes " header " of a floor above"
		if (header ~ /\.\./)
			print $1 " includes " header " by a way up"
		library = library_of(header)
		if (library == "")
			next
		if (library in home && home[library] != folder_of($1))
			print $1 " names " header ", but " library " belongs to " home[library]
		else
			home[library] = folder_of($1)
	}'
}

number=0
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

must_see() {
	[ -n "$(printf '%b' "$2" | judge)" ] || missing=$1
	result "the judge sees $1" "${missing:-}"
	missing=
}

failed=
must_see 'a floor that includes one above' 'lib/store/x.c page/doc.h\n'
must_see 'a library named in two folders' 'lib/store/x.c sqlite3.h\nbin/y.c sqlite3.h\n'
must_see 'a way up' 'lib/core/x.c ../store/db.h\n'
found=$(grep -rHE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' --include='*.[ch]' lib bin cgi-bin |
	sed -E 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]([^>"]*)[>"].*/ \1/')
[ "$(printf '%s\n' "$found" | wc -l)" -gt 50 ] || result 'there are #include lines to read' 'hardly any was found'
result 'no floor includes one above, no library is named in two folders' "$(printf '%s\n' "$found" | judge)"
result 'no header of a library stands in a header of another floor than its own' \
	"$(printf '%s\n' "$found" | awk '$1 ~ /^lib\/(core|http)\/.*\.h$/ && $2 ~ /^(sqlite3|libxml|libxslt|cmark|sodium|utf8proc|jansson|fcgi)/ { print $1 " includes " $2 }')"
result 'nothing runs a shell, a private printf of libfcgi, or htmlDocDumpMemory' \
	"$(grep -rnE '\b(system|popen|FCGX_FPrintF|htmlDocDumpMemory|xmlNewChild|strftime *\([^)]*%a)\b *\(' --include='*.[ch]' lib bin cgi-bin)"
# Each place that knows of SQLite or of its file is one that another database would change.
result "SQLite's header is included in few files" \
	"$(grep -rlE '#[[:space:]]*include[[:space:]]*<sqlite3\.h>' --include='*.[ch]' lib bin cgi-bin tests |
		grep -vxE 'lib/store/(connection\.h|backup\.c|search_excerpt\.c)|tests/unit/(raw_sql|check_queries|fault_kinds|fault_vfs)\.c|tests/fuzz/fuzz_search\.c')"
result "the connection's inside is known to the driver only" \
	"$(grep -rl '"store/connection\.h"' --include='*.[ch]' lib bin cgi-bin tests | grep -vxE 'lib/store/(db|query|transaction)\.c')"
result 'the place of the database is asked for in one file' \
	"$(grep -rnE 'conf(\.|->)store\b' --include='*.[ch]' lib bin cgi-bin | grep -vE '^lib/(core/conf\.c|store/db_location\.[ch]):')"
result 'no SQL is built at run time' \
	"$(grep -rnE 'sqlite3_(prepare|exec)' --include='*.[ch]' lib bin cgi-bin | grep -vE '^lib/store/')"
[ -z "$failed" ]
