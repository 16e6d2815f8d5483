#!/bin/sh
# Prints the table of programs for the READMEs, or writes it into them between its marks.
#
#   tools/programs_table.sh en|zh          prints it, with headings in that language
#   tools/programs_table.sh update FILE... writes it into these files of the source folder; one with "zh" in its name is Chinese
set -eu
cd "$(dirname "$0")/.."

table() {
	case $1 in
	en) printf '| program | manual page | workers | socket |\n|---|---|---|---|\n' ;;
	zh) printf '| 程序 | 手册 | 进程数 | 套接字 |\n|---|---|---|---|\n' ;;
	esac
	awk '/^[a-z]/ { page = $4; sub(/\.[0-9]$/, "", page); printf "| `%s` | [%s(%s)](docs/%s) | %s | `%s` |\n", $1, page, substr($4, length($4)), $4, $2, $3 }' conf/programs
}

case ${1:-} in
en | zh) table "$1" ;;
update)
	shift
	for file; do
		case $file in
		*zh*) table zh ;;
		*) table en ;;
		esac >"$file.table"
		sed -e "/^<!-- programs -->\$/r $file.table" -e '/^<!-- programs -->$/,/^<!-- end of programs -->$/{/^|/d}' "$file" >"$file.new"
		rm "$file.table"
		cat "$file.new" >"$file"
		rm "$file.new"
	done
	;;
*)
	echo 'Usage: tools/programs_table.sh en|zh | update FILE...' >&2
	exit 2
	;;
esac
