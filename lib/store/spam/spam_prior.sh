#!/bin/sh
# Prints prior.txt as rows of a C table: { "feature", spam, others }, of a thousand comments. A feature that stands there twice is an error.
set -eu
LC_ALL=C awk '
	/^#/ || /^$/ { next }
	/^\[[0-9.]+ [0-9.]+\]$/ { gsub(/[][]/, ""); spam = $1; others = $2; next }
	/^\[/ || spam == "" { print FILENAME ":" FNR ": a heading is [SPAM OTHERS], of a thousand comments" >"/dev/stderr"; failed = 1; exit }
	$0 in seen { print FILENAME ":" FNR ": " $0 " stands in line " seen[$0] " as well" >"/dev/stderr"; failed = 1; exit }
	{
		seen[$0] = FNR
		gsub(/[\\"]/, "\\\\&")
		printf "{ \"%s\", %s, %s },\n", $0, spam, others
	}
	END { exit failed }' "$1"
