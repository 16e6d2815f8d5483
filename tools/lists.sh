#!/bin/sh
# Writes generated lists of files. lists.am is a part of Makefile.am: all files of the layers, of the
# command line and of the programs of conf/programs, the units of systemd, the manual pages, the configuration of web servers, the files of the
# default theme, the sample documents and the tests in a browser. templates/default/pages.xsl includes the stylesheets of the default
# theme, and pages-PROGRAM.xsl those of the pages that a program renders.
# configure.ac runs this before automake, and make runs it when one of these folders has changed. An unchanged file is not written again.
#
#   tools/lists.sh [SOURCE-FOLDER]
set -eu
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/..}"

# list VARIABLE FILE...: "VARIABLE = FILE...", one file in a line.
list() {
	variable=$1
	shift
	printf '%s =' "$variable"
	# shellcheck disable=SC1003 # a backslash
	printf ' \\\n\t%s' "$@"
	printf '\n'
}

# files FOLDER PATTERN...: the files below it, in alphabetical order.
files() {
	folder=$1
	shift
	find "$folder" -type f ! -name '.*' | sort | while read -r file; do
		for pattern; do
			# shellcheck disable=SC2254 # a pattern is meant
			case $file in
			$pattern) printf '%s\n' "$file" ;;
			esac
		done
	done
}

programs=$(sed -n 's/^\([a-z][a-z0-9]*\)[[:space:]].*/\1/p' conf/programs)

# shellcheck disable=SC2046,SC2086 # our own file names have no spaces
write_lists() {
	echo '# Made by tools/lists.sh from conf/programs and the folders: change those.'
	echo 'cgibin_PROGRAMS +='$(printf ' %s' $programs)
	for name in $programs; do
		[ -f "cgi-bin/$name/$name.c" ] || {
			echo "conf/programs names $name: there is no cgi-bin/$name/$name.c" >&2
			return 1
		}
		list "${name}_SOURCES" $(files "cgi-bin/$name" '*.[ch]')
		echo "nodist_${name}_SOURCES = cgi-bin/$name/${name}_handlers.h"
		echo "${name}_CPPFLAGS = \$(program_CPPFLAGS) -I\$(top_builddir)/cgi-bin/$name"
		echo "${name}_LDADD = \$(program_LDADD)"
		echo "cgi-bin/$name/${name}_handlers.h: cgi-bin/$name/$name.c"
		echo "\$(${name}_OBJECTS): cgi-bin/$name/${name}_handlers.h"
	done
	for layer in core store page http task; do
		list "${layer}_files" $(files "lib/$layer" '*.[ch]')
	done
	list renown_files $(files bin/renown '*.[ch]')
	list shared_files $(files cgi-bin/shared '*.[ch]')
	list migrations $(files lib/store/sql '*.sql')
	list route_tables $(for name in $programs; do echo "cgi-bin/$name/$name.c"; done)
	list handler_headers $(for name in $programs; do echo "cgi-bin/$name/${name}_handlers.h"; done)
	echo "BUILT_SOURCES += \$(handler_headers)"
	echo 'dist_man_MANS +='$(files docs 'docs/*.[1-9]' | sed 's/^/ /')
	list program_units $(for name in $programs; do echo "conf/systemd/renown-$name@.service conf/systemd/renown-$name@.socket"; done)
	list nginx_files $(files conf/nginx 'conf/nginx/*')
	list apache_files $(files conf/apache 'conf/apache/*')
	list web_errors $(files conf/error '*.html')
	list theme_files $(files templates/default '*')
	list sample_pages $(files templates/samples '*.xml')
	list sample_media $(files templates/samples/media '*')
	list browser_tests $(files tests/browser 'tests/browser/*.mjs' 'tests/browser/package*.json' | grep -v /node_modules/)
}

page_sheets=$(find templates/default -maxdepth 1 -name '*.xsl' ! -name site.xsl ! -name 'pages.xsl' ! -name 'pages-*.xsl' | sort)

# sheets_of PROGRAM: the stylesheets of the pages that it can render, with the parts that they use. The name of a page is a string in a call of
# request_page() or of another function that ends in _page(), in the sources of the program or in the shared files that it includes. lib/http
# gives names to error pages and, where a form comes from a reader whose session has ended, to the page for signing in. A program without
# forms needs neither that nor the parts that match forms and their fields.
# shellcheck disable=SC2046,SC2086 # our own file names have no spaces
sheets_of() {
	sources=$(files "cgi-bin/$1" '*.[ch]')
	sources="$sources $(sed -n 's|^#include "\(shared/.*\)\.h"$|cgi-bin/\1.c cgi-bin/\1.h|p' $sources | sort -u)"
	if grep -q '^#include "http/form' $sources; then
		form_names='s/.*request_page(.*, \("[a-z-]*"\)).*/\1/p'
		files templates/default/parts '*.xsl'
	else
		form_names=
		grep -L 'match="\(form\|field\)' $(files templates/default/parts '*.xsl')
	fi
	{
		sed -n "$form_names"';s/.*page_attr(.*root, "name", \("[a-z-]*"\)).*/\1/p' $(files lib/http '*.c')
		grep -h '_page(' $sources | grep -o '"[a-z-]*"'
	} | awk '
		NR == FNR { names[substr($0, 2, length($0) - 2)] = 1; next }
		FNR == 1 { known = 0 }
		/match="page\[@name/ {
			line = $0
			sub(/\].*/, "", line)
			while (match(line, /@name = .[a-z-]*/)) {
				if (!known && substr(line, RSTART + 9, RLENGTH - 9) in names) {
					known = 1
					print FILENAME
				}
				line = substr(line, RSTART + RLENGTH)
			}
		}' - $page_sheets
}

# write_pages SHEETS COMMENT: a stylesheet that includes these.
write_pages() {
	echo '<?xml version="1.0" encoding="UTF-8"?>'
	echo "<!-- $2 Made by tools/lists.sh. -->"
	echo '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
	printf '%s\n' "$1" | sed 's|^templates/default/\(.*\)|	<xsl:include href="\1"/>|'
	echo '</xsl:stylesheet>'
}

# renew FILE COMMAND...: writes the output of the command to the file, unless it is unchanged.
renew() {
	file=$1
	shift
	new=$("$@")
	[ -f "$file" ] && [ "$new" = "$(cat "$file")" ] || printf '%s\n' "$new" >"$file"
}
renew templates/default/pages.xsl write_pages "$(files templates/default/parts '*.xsl')
$page_sheets" 'Every stylesheet of this theme.'
for name in $programs; do
	renew "templates/default/pages-$name.xsl" write_pages "$(sheets_of "$name")" "The stylesheets for the pages of the program $name."
done
renew lists.am write_lists
