#!/bin/sh
# Prints each given .sql file as a C string, in order, for schema.c.
set -eu
for file in "$@"; do
	printf '/* %s */\n' "$(basename "$file")"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$file"
	printf ',\n'
done
