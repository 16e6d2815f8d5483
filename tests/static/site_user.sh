#!/bin/sh
# Every command enters a site in one place, bin/renown/site_user.c, where root becomes the site's user, and opens what the command line names in
# another, bin/renown/caller.c. A command that does either by itself would do it as root. The same judge is first shown breaches that it
# must see. What the places themselves do is tested by cli/root.
cd "$(dirname "$0")/../.." || exit 1

# judge FOLDER: every breach in the C files of that folder
judge() {
	grep -nE '\b(setuid|seteuid|setreuid|setresuid|setgid|setegid|setregid|setresgid|setgroups|initgroups|chown|fchown|lchown|fchownat)\(' "$1"/*.c |
		grep -v '/site_user\.c:' | sed 's/$/: changes users/'
	grep -nE '\b(conf_find_site|conf_read)\(|"RENOWN_SITE"|"/etc/renown"' "$1"/*.c | grep -vE '/site_user\.c:|/cmd_site\.c:.*conf_read\(arena, scratch,' | sed 's/$/: finds the site by itself/'
	grep -nE '\bdb_open\(' "$1"/*.c | grep -vE '/(command|cmd_doctor|backup)\.c:' | sed 's/$/: opens a store by itself/'
	# A command without a site.
	cat "$1"/*.c | tr '\n' ' ' | grep -oE '\{ "[a-z]+", ("[a-z-]+"|NULL), [^{}]*NEEDS_NOTHING \}' |
		grep -vE '^\{ ("help"|"version"|"setting", "help"|"spam", "evaluate"),' | sed 's/$/: needs a site, or belongs into this test/'
	# A command whose usage names a file or a folder has an opener.
	cat "$1"/*.c | tr '\n' ' ' | grep -oE '\{ "[a-z]+", ("[a-z-]+"|NULL), "[^"]*\b(FILE|DIR|FOLDER|PATH)\b[^"]*"' |
		sed -E 's/^\{ ("[a-z]+", ("[a-z-]+"|NULL)),.*/\1/' | while read -r command; do
		grep -qE "^	\{ $command, [a-z_]+_open \}" "$1/renown.c" || echo "$command: names a path and has no opener in renown.c"
	done
	# Words of the command line are paths for caller.c only.
	grep -nE '\b(open|openat|fopen|opendir|stat|lstat|access|realpath|mkdir|unlink|rename|link|chmod|mkstemp|mkostemp)\([^)]*\b(words\[|argv\[|optarg)' "$1"/*.c |
		sed 's/$/: opens a word of the command line by itself/'
	# Names in folders where others make names.
	grep -nE '"/tmp|"/var/tmp|"/dev/shm|\b(tmpfile|tmpnam|tempnam|mktemp)\(|P_tmpdir' "$1"/*.c | sed 's/$/: makes names where others do/'
}

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

scratch=$(mktemp -d /tmp/renown-static-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
# must_see NAME LINE
must_see() {
	printf '%s\n' "$2" >"$scratch/cmd_new.c"
	: >"$scratch/renown.c"
	result "the judge sees $1" "$([ -n "$(judge "$scratch")" ] || echo "$1")"
}
must_see 'a change of users' '	(void)setuid(0);'
must_see 'a site that is found elsewhere' '	folder = conf_find_site(arena, NULL);'
must_see 'a configuration that is read elsewhere' '	TRY(conf_read(arena, folder, &conf, &problem));'
must_see 'a store that is opened elsewhere' '	status = db_open(path, DB_TOOL, &db, &problem);'
must_see 'a command that enters no site' '	{ "new", "thing", "", "Does a thing.", new_thing, NEEDS_NOTHING },'
must_see 'one that has no second word' '	{ "new", NULL, "", "Does a thing.", new_thing, NEEDS_NOTHING },'
must_see 'a path that nobody opens' '	{ "new", "thing", "FILE", "Does a thing.", new_thing, NEEDS_STORE },'
must_see 'a word that is opened' '	file = open(words[0], O_RDONLY);'
must_see 'a name in /tmp' '	file = open("/tmp/renown", O_RDWR);'
mkdir "$scratch/all"
cp bin/renown/*.c lib/task/*/*.c "$scratch/all/"
result 'the commands and the tasks keep to all of it' "$(judge "$scratch/all")"
result 'and has commands' "$(grep -q 'NEEDS_NOTHING }' bin/renown/cmd_help.c || echo 'the rows of commands look different: this test finds none')"
result 'some of which name paths' "$(grep -q '"backup", NULL, "FILE' bin/renown/cmd_backup.c && grep -q '"import", "markdown", "DIR' bin/renown/cmd_import.c || echo 'rows with FILE and DIR look different')"
# As in bin: no layer below changes a user or an owner, whoever calls it.
result 'no layer below changes users or owners' "$(grep -rnE '\b(setuid|seteuid|setresuid|setgid|setegid|setresgid|setgroups|initgroups|chown|fchown|lchown|fchownat)\(' lib cgi-bin --include='*.c')"
echo "1..$number"
[ -z "$failed" ]
