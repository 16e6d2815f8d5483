# Reads the rows of a program's route table from its source, cgi-bin/NAME/NAME.c, and generates C from them:
#
#     awk -v want=handlers -v program=NAME -f routes.awk NAME.c   the header that declares every handler that the rows name
#     awk -v want=addresses -f routes.awk FILE...                 the pages for readers, for lib/http/page_addresses.c
#
# A row begins with "{ GET," or "{ POST," and ends with "}". It may have several lines, also in a macro.

function flush_row(name, parts, count, i) {
	gsub(/[ \t]+/, " ", row)
	if (want == "handlers") {
		# The handler is the third field; the other fields have names.
		if (match(row, /, [a-z_][a-z0-9_]*, \./))
			declare(substr(row, RSTART + 2, RLENGTH - 5))
		else if (match(row, /, [a-z_][a-z0-9_]* \}/))
			declare(substr(row, RSTART + 2, RLENGTH - 4))
		count = split(row, parts, /\.(again|repeated|preview) = /)
		for (i = 2; i <= count; i++)
			if (match(parts[i], /^[a-z_][a-z0-9_]*/))
				declare(substr(parts[i], RSTART, RLENGTH))
		return
	}
	# A file, such as a feed, has no page in another language, so its link is the same in every menu.
	if (row !~ /^\{ GET, "\/[^"]*",/ || row !~ /\.role = ANYONE/)
		return
	split(row, parts, "\"")
	if (parts[2] ~ /\.[a-z]+$/)
		return
	printf "\t{ \"%s\", %s, %s },\n", parts[2], row ~ /\.languages = true/ ? "true" : "false", row ~ /\.in_sitemap = true/ ? "true" : "false"
}

function declare(name) {
	if (name == "NULL" || name in declared)
		return
	declared[name] = 1
	print "enum status " name "(struct request *req);"
}

BEGIN {
	if (want == "handlers") {
		guard = toupper(program) "_HANDLERS_H"
		print "/* The handlers of the program " program ". Made by tools/routes.awk from its table of routes. */"
		print "#ifndef " guard
		print "#define " guard "\n"
		print "#include \"core/status.h\"\n"
		print "struct request;\n"
	}
}
{
	sub(/[ \t]*\\$/, "")
	sub(/^[ \t]+/, "")
	if (row == "" && $0 ~ /^\{ (GET|POST),/)
		row = $0
	else if (row != "")
		row = row " " $0
	if (row != "" && row ~ /\}/) {
		flush_row()
		row = ""
	}
}
END {
	if (want == "handlers")
		print "\n#endif"
}
