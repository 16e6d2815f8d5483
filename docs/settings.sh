#!/bin/sh
# Writes the manual page of the settings from their table: settings.sh RENOWN >docs/renown-settings.5
set -eu
cat <<'END'
.\" Made by docs/settings.sh from the table in lib/store/setting/setting.c.
.Dd November 24, 2026
.Dt RENOWN-SETTINGS 5
.Os
.Sh NAME
.Nm renown-settings
.Nd a site's own words and choices
.Sh DESCRIPTION
Settings are kept in the site's store.
An owner changes them in a browser on
.Pa /admin/settings ,
or with
.Ic renown setting set .
What is not set has its default.
What belongs to the machine stands in
.Xr renown.conf 5 .
.Bl -tag -width Ds
END
# A sentence begins a line of its own, lines have at most 78 characters, and what mdoc would read as more than text is escaped.
"$1" setting help | awk '
	function put(text,    count, words, line, i) {
		gsub(/\\/, "\\e", text)
		count = split(text, words, " ")
		line = ""
		for (i = 1; i <= count; i++) {
			if (line != "" && length(line) + 1 + length(words[i]) > 76) {
				print line
				line = ""
			}
			line = line (line == "" ? "" : " ") (line == "" && words[i] ~ /^[.\047]/ ? "\\\\\\&" : "") words[i]
			if (words[i] ~ /[.]$/ && i < count) {
				print line
				line = ""
			}
		}
		print line
	}
	/^[a-z]/ { print ".It Cm " $0; part = 0; next }
	{ sub(/^\t/, ""); part++ }
	part == 1 { kind = "Value: " $0 "."; next }
	part == 2 { standard = "D" substr($0, 2) "."; next }
	{ put($0); put(kind); put(standard) }'
cat <<'END'
.El
.Sh SEE ALSO
.Xr renown 1 ,
.Xr renown.conf 5 ,
.Xr renown-admin 8
END
