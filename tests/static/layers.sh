#!/bin/sh
# The layers: core < store < page < http < cgi-bin, and core < store < page < task < bin. A layer includes itself and the
# layers below it; the folders within a layer include each other in one direction; each third-party header is named in one
# layer only. No two files include each other, directly or indirectly. Reads the #include lines, prints the order of the
# folders, and fails on a violation. Each check is first tried on violations that it must find.
cd "$(dirname "$0")/../.." || exit 1

# Lines "FILE HEADER" on stdin. Prints every violation.
violations() {
	awk '
	function layer_of(path) {
		if (path ~ /^(lib\/)?core\//) return "core"
		if (path ~ /^(lib\/)?store\//) return "store"
		if (path ~ /^(lib\/)?page\//) return "page"
		if (path ~ /^(lib\/)?http\//) return "http"
		if (path ~ /^(lib\/)?task\//) return "task"
		if (path ~ /^cgi-bin\//) return "cgi-bin"
		if (path ~ /^bin\//) return "bin"
		return ""
	}
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
		if (header ~ /^archive(_entry)?\.h$/) return "libarchive"
		if (header ~ /^curl\//) return "libcurl"
		if (header ~ /^libical\//) return "libical"
		if (header ~ /^liboath\//) return "liboath"
		if (header == "qrencode.h") return "libqrencode"
		if (header == "zlib.h") return "zlib"
		return ""
	}
	BEGIN {
		below["core"] = "core"
		below["store"] = "core store"
		below["page"] = "core store page"
		below["http"] = "core store page http"
		below["task"] = "core store page task"
		below["cgi-bin"] = "core store page http cgi-bin"
		below["bin"] = "core store page task bin"
	}
	{
		layer = layer_of($1); named = layer_of($2)
		if ($2 ~ /^(bin|cgi-bin|lib|tests)\// || $2 ~ /^support\//) { print $1 " includes " $2 " by a path that skips its layer"; next }
		if ($2 ~ /\.\./)
			print $1 " includes " $2 " by a path that goes up"
		if (named != "" && index(" " below[layer] " ", " " named " ") == 0)
			print $1 " includes " $2 ", which " layer " may not"
		# A program includes its own and shared headers, never those of another program.
		if (layer == "cgi-bin" && $2 ~ /\// && $2 !~ /^(core|store|page|http|shared|sys|libxml|libxslt|git2|liboath|netinet|arpa)\//)
			print $1 " includes " $2 " of another program"
		library = library_of($2)
		if (library == "")
			next
		if (library in home && home[library] != layer)
			print $1 " names " $2 ", but " library " belongs to " home[library]
		else
			home[library] = layer
	}'
}

# Lines "FILE HEADER" on stdin. Prints "FOLDER FOLDER" for each include from one folder of a layer into another.
edges() {
	awk '{ from = $1; sub(/\/[^\/]*$/, "", from); to = "lib/" $2; sub(/\/[^\/]*$/, "", to)
		split(from, a, "/"); split(to, b, "/")
		if (from != to && a[1] == "lib" && a[2] == b[2] && a[3] != "" && b[3] != "") print from, to }' | sort -u
}

# Lines "FILE HEADER" on stdin. Prints "FILE FILE", without their endings, for each include. A .c file and its header count as one
# file. Headers without a .c file, such as *_internal.h, belong to the files that include them and are not counted.
file_edges() {
	awk 'function stem(path) { sub(/\.[ch]$/, "", path); return path }
	{
		from = $1; sub(/^lib\//, "", from); to = $2
		if (to !~ /\//) { folder = from; sub(/\/[^\/]*$/, "", folder); to = folder "/" to }
		if (from ~ /\.c$/) source[stem(from)] = 1
		if (stem(from) != stem(to)) edge[stem(from) " " stem(to)] = 1
	}
	END { for (one in edge) { split(one, ends, " "); if (ends[1] in source && ends[2] in source) print one } }' | sort
}

# The same for headers alone: "HEADER HEADER".
header_edges() {
	awk '$1 ~ /\.h$/ { from = $1; sub(/^lib\//, "", from)
		to = $2; if (to !~ /\//) { folder = from; sub(/\/[^\/]*$/, "", folder); to = folder "/" to } if (from != to) print from, to }'
}

# Prints the lines of stdin in an order in which each includes only later ones. Prints cycles to standard error.
ordered() {
	tsort
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

must_find() {
	[ -n "$(printf '%b' "$2" | violations)" ] || missing=$1
	result "the check finds $1" "${missing:-}"
	missing=
}

failed=
must_find 'a layer that includes one above' 'lib/store/post/x.c page/doc/doc.h\n'
must_find 'a task that includes a header of requests' 'lib/task/job/x.c http/request.h\n'
must_find 'a page program that includes a task' 'cgi-bin/post/x.c task/import/import.h\n'
must_find 'a page program that includes another one' 'cgi-bin/post/x.c admin/admin.h\n'
must_find 'a library named in two layers' 'lib/store/db/x.c sqlite3.h\nbin/renown/y.c sqlite3.h\n'
must_find 'libarchive outside of the tasks' 'lib/task/archive/x.c archive.h\nbin/renown/y.c archive_entry.h\n'
must_find 'a path that goes up' 'lib/core/x.c ../store/db/db.h\n'
must_find_cycle() {
	result "the check finds $1" "$(printf '%b' "$3" | "$2" | ordered 2>&1 >/dev/null | grep -q . || echo 'it does not')"
}
must_find_cycle 'a cycle between folders' edges 'lib/store/a/x.c store/b/y.h\nlib/store/b/y.c store/a/x.h\n'
must_find_cycle 'a cycle of three folders' edges 'lib/store/a/x.c store/b/y.h\nlib/store/b/y.c store/c/z.h\nlib/store/c/z.h store/a/x.h\n'
must_find_cycle 'two headers that include one another' header_edges 'lib/core/x.h core/y.h\nlib/core/y.h core/x.h\n'
must_find_cycle 'two headers of a program that include one another' header_edges 'bin/renown/x.h y.h\nbin/renown/y.h x.h\n'
must_find_cycle 'two files that include one another' file_edges 'lib/core/x.c core/y.h\nlib/core/y.c core/x.h\n'
must_find_cycle 'two files that include each other by a header' file_edges 'lib/core/x.c core/y.h\nlib/core/y.h core/x.h\nlib/core/y.c core/y.h\n'
result 'an internal header of two files is accepted' "$(printf 'lib/core/x.c core/x_internal.h\nlib/core/x_internal.h core/x.h\nlib/core/y.c core/x_internal.h\n' |
	file_edges | ordered 2>&1 >/dev/null)"
found=$(grep -rHE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' --include='*.[ch]' lib bin cgi-bin |
	sed -E 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]([^>"]*)[>"].*/ \1/')
[ "$(printf '%s\n' "$found" | wc -l)" -gt 50 ] || result 'there are #include lines to read' 'hardly any was found'
result 'no layer includes one above, no library is named in two layers' "$(printf '%s\n' "$found" | violations)"
result 'folders include one another in one direction' "$(printf '%s\n' "$found" | edges | ordered 2>&1 >/dev/null)"
echo '# The order, the uppermost folder first:'
printf '%s\n' "$found" | edges | ordered 2>/dev/null | sed 's/^/#   /'
# A header that includes itself through others has no order in which it can be read.
result 'no headers include each other in a cycle' "$(printf '%s\n' "$found" | header_edges | ordered 2>&1 >/dev/null)"
result 'no files include one another' "$(printf '%s\n' "$found" | file_edges | ordered 2>&1 >/dev/null)"
result 'no header of core or http includes a library of another layer' \
	"$(printf '%s\n' "$found" | awk '$1 ~ /^lib\/(core|http)\/.*\.h$/ && $2 ~ /^(sqlite3|libxml|libxslt|cmark|sodium|utf8proc|jansson|fcgi)/ { print $1 " includes " $2 }')"
result 'nothing runs a shell, a private printf of libfcgi, or htmlDocDumpMemory' \
	"$(grep -rnE '\b(system|popen|FCGX_FPrintF|htmlDocDumpMemory|xmlNewChild|strftime *\([^)]*%a)\b *\(' --include='*.[ch]' lib bin cgi-bin)"
# Each place that depends on SQLite or on its file would have to change for another database.
result "SQLite's header is included in few files" \
	"$(grep -rlE '#[[:space:]]*include[[:space:]]*<sqlite3\.h>' --include='*.[ch]' lib bin cgi-bin tests |
		grep -vxE 'lib/store/(db/db_internal\.h|db/db_backup\.c|search/search_match\.c)|tests/unit/(support/(raw_sql|fault_kinds|fault_vfs)|store/db/check_queries)\.c|tests/fuzz/store/search/fuzz_search_tokenizer\.c')"
result "only the driver includes db_internal.h" \
	"$(grep -rl '"store/db/db_internal\.h"' --include='*.[ch]' lib bin cgi-bin tests | grep -vxE 'lib/store/db/(db|query|transaction)\.c')"
result 'the path of the database is read in one file only' \
	"$(grep -rnE 'conf(\.|->)store\b' --include='*.[ch]' lib bin cgi-bin | grep -vE '^lib/(core/conf\.c|store/db/db_location\.[ch]):')"
result 'no SQL is built at run time' \
	"$(grep -rnE 'sqlite3_(prepare|exec)' --include='*.[ch]' lib bin cgi-bin | grep -vE '^lib/store/')"
[ -z "$failed" ]
