#!/bin/sh
# All commands enter a site in one place, bin/renown/site_user.c, where root becomes the site's user, and open files of the command line in
# another, bin/renown/caller.c. A command that does either by itself would do it as root. The check is first tried on violations that it
# must find. What these two files do is tested by cli/root.
cd "$(dirname "$0")/../.." || exit 1

# violations FOLDER: prints every violation in the C files of that folder
violations() {
	grep -nE '\b(setuid|seteuid|setreuid|setresuid|setgid|setegid|setregid|setresgid|setgroups|initgroups|chown|fchown|lchown|fchownat)\(' "$1"/*.c |
		grep -v '/site_user\.c:' | sed 's/$/: changes users/'
	grep -nE '\b(conf_find_site|conf_read)\(|"RENOWN_SITE"|"/etc/renown"' "$1"/*.c | grep -vE '/site_user\.c:|/cmd_site\.c:.*conf_read\(arena, scratch,' | sed 's/$/: finds the site by itself/'
	grep -nE '\bdb_open\(' "$1"/*.c | grep -vE '/(command|cmd_doctor|backup)\.c:' | sed 's/$/: opens a database by itself/'
	# A command without a site.
	cat "$1"/*.c | tr '\n' ' ' | grep -oE '\{ "[a-z]+", ("[a-z-]+"|NULL), [^{}]*NEEDS_NOTHING \}' |
		grep -vE '^\{ ("help"|"version"|"setting", "help"|"spam", "evaluate"),' | sed 's/$/: needs a site, or must be listed in this test/'
	# A command whose usage names a file or a folder has an opener.
	cat "$1"/*.c | tr '\n' ' ' | grep -oE '\{ "[a-z]+", ("[a-z-]+"|NULL), "[^"]*\b(FILE|DIR|FOLDER|PATH)\b[^"]*"' |
		sed -E 's/^\{ ("[a-z]+", ("[a-z-]+"|NULL)),.*/\1/' | while read -r command; do
		grep -qE "^	\{ $command, [a-z_]+_open \}" "$1/renown.c" || echo "$command: names a path and has no opener in renown.c"
	done
	# Only caller.c uses words of the command line as paths.
	grep -nE '\b(open|openat|fopen|opendir|stat|lstat|access|realpath|mkdir|unlink|rename|link|chmod|mkstemp|mkostemp)\([^)]*\b(words\[|argv\[|optarg)' "$1"/*.c |
		sed 's/$/: opens a word of the command line by itself/'
	# Names in folders where other users can create names.
	grep -nE '"/tmp|"/var/tmp|"/dev/shm|\b(tmpfile|tmpnam|tempnam|mktemp)\(|P_tmpdir' "$1"/*.c | sed 's/$/: creates names where other users can/'
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
# must_find NAME LINE
must_find() {
	printf '%s\n' "$2" >"$scratch/cmd_new.c"
	: >"$scratch/renown.c"
	result "the check finds $1" "$([ -n "$(violations "$scratch")" ] || echo "$1")"
}
must_find 'a change of users' '	(void)setuid(0);'
must_find 'a site that is found elsewhere' '	folder = conf_find_site(arena, NULL);'
must_find 'a configuration that is read elsewhere' '	TRY(conf_read(arena, folder, &conf, &problem));'
must_find 'a database that is opened elsewhere' '	status = db_open(path, DB_TOOL, &db, &problem);'
must_find 'a command that enters no site' '	{ "new", "thing", "", "Does a thing.", new_thing, NEEDS_NOTHING },'
must_find 'a command without a second word that enters no site' '	{ "new", NULL, "", "Does a thing.", new_thing, NEEDS_NOTHING },'
must_find 'a path without an opener' '	{ "new", "thing", "FILE", "Does a thing.", new_thing, NEEDS_STORE },'
must_find 'a word of the command line that is opened' '	file = open(words[0], O_RDONLY);'
must_find 'a name in /tmp' '	file = open("/tmp/renown", O_RDWR);'
mkdir "$scratch/all"
cp bin/renown/*.c lib/task/*/*.c "$scratch/all/"
result 'the commands and the tasks have no violation' "$(violations "$scratch/all")"
result 'rows of commands are found' "$(grep -q 'NEEDS_NOTHING }' bin/renown/cmd_help.c || echo 'the rows of commands look different: this test finds none')"
result 'commands with paths are found' "$(grep -q '"backup", NULL, "FILE' bin/renown/cmd_backup.c && grep -q '"import", "markdown", "DIR' bin/renown/cmd_import.c || echo 'rows with FILE and DIR look different')"
# As in bin/: no layer below changes a user or an owner.
result 'no layer below changes users or owners' "$(grep -rnE '\b(setuid|seteuid|setresuid|setgid|setegid|setresgid|setgroups|initgroups|chown|fchown|lchown|fchownat)\(' lib cgi-bin --include='*.c')"
echo "1..$number"
[ -z "$failed" ]
