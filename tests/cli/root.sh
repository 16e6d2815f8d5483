#!/bin/sh
# Root runs renown on a site of another user: renown acts as that user, and nothing that the user can change decides what root does.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

if [ "$(id -u)" -ne 0 ]; then
	echo 'ok 1 - root on a site of another user # SKIP only root can become another user, and this is not root'
	echo 1..1
	exit 0
fi
chmod 755 "$work"
seen=$work/seen
: >"$seen"
chmod 666 "$seen"

# owned NAME [USER]: creates a site of another user, in $site, that passes its email to a program of that user
owned() {
	site=$work/$1
	user=${2:-nobody}
	mkdir "$site"
	chown "$user" "$site"
	"$RENOWN" --site "$site" init >/dev/null || exit 1
	"$RENOWN" --site "$site" user add --role owner --name 'Mo Li' --email mo@example.org >/dev/null || exit 1
	# shellcheck disable=SC2016 # expanded by the script
	printf '#!/bin/sh\n{ echo "ran as $(id -u):$(id -g):$(id -G | tr " " ,) session $(cut -d " " -f 6 /proc/self/stat)"; env; ls -l /proc/self/fd; } >>%s\n' "$seen" >"$site/mailer"
	chmod 755 "$site/mailer"
	echo "mail = sendmail:$site/mailer" >>"$site/renown.conf"
	chown -R "$user" "$site"
}

# foreign_files: files of the site that do not belong to its user
foreign_files() {
	find "$site" ! -user "${user:-nobody}"
}

# every_command: runs each command of the program with plausible arguments, whatever its result
every_command() {
	"$RENOWN" help --commands | while read -r command; do
		case $command in
		init | migrate | 'config check' | 'setting list' | 'setting help' | 'schedule list' | 'schedule slots' | 'post list' | 'comment list' | 'comment counts' | 'user list' | 'experiment list' | doctor | render | invite | help | version | 'sample add' | 'sample remove') set -- ;;
		'setting get') set -- title ;;
		'setting set') set -- title Theirs ;;
		'schedule add') set -- 'FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0' ;;
		'schedule remove' | 'grant end' | 'experiment count' | 'comment show') set -- 1 ;;
		'post show' | 'post publish' | 'post unpublish') set -- one ;;
		'user add') set -- --name Eve --email eve@example.org --role owner ;;
		'user set') set -- mo@example.org --name Eve ;;
		'user link' | 'user password' | 'user reset-second-factor' | 'session add' | 'grant list') set -- mo@example.org ;;
		'grant add') set -- mo@example.org --everything ;;
		'import markdown') set -- "$work/notes" ;;
		export) set -- mo@example.org "$work/all.tar.gz" ;;
		backup) set -- "$work/all.tar" ;;
		work) set -- --once ;;
		*) echo "no words are known for: $command" >>"$work/unknown" ;;
		esac
		# shellcheck disable=SC2086 # a command is one or two words
		echo 'a password that is long' | "$RENOWN" --site "$site" $command "$@" >>"$work/said" 2>&1
		rm -f "$work/all.tar" "$work/all.tar.gz"
	done
}
mkdir notes
echo 'Text.' >notes/one.md

# --- root's own site, which other users attack
new_site roots
roots=$site
"$RENOWN" --site "$roots" import markdown notes >/dev/null 2>&1
"$RENOWN" --site "$roots" invite --email eva@example.org >/dev/null
is "root's site has an email to send" 1 "$(sql 'SELECT count(*) FROM outbox')"
before=$(sql .dump | cksum)

# --- the database is a symbolic link to root's database
owned linked
rm "$site"/renown.db*
ln -s "$roots/renown.db" "$site/renown.db"
chown -h nobody "$site/renown.db"
every_command
is 'this test covers each command' '' "$(cat unknown 2>/dev/null)"
is 'no program of the user was run' '' "$(cat seen)"
site=$roots
is "root's site is unchanged" "$before" "$(sql .dump | cksum)"
site=$work/linked
is "the user's site contains no file of root" '' "$(foreign_files)"

# --- renown.conf is a symbolic link, or names a file of root
owned conf
mv "$site/renown.conf" "$work/theirs.conf"
echo 'a secret = of root' >"$work/secret"
chmod 600 "$work/secret"
ln -s "$work/secret" "$site/renown.conf"
refuses 'a renown.conf that is a link to a file of root is refused' 78 'cannot be read' user list
hasnt "no message contains the file's content" "$err$out" 'a secret'
rm "$site/renown.conf"
sed "s|^#store = .*|store = $roots/renown.db|" "$work/theirs.conf" >"$site/renown.conf"
chown nobody "$site/renown.conf"
refuses "a renown.conf that names root's database is refused" 1 "$roots/renown.db" work --once
is 'no program of the user was run' '' "$(cat seen)"

# --- the site's folder is a symbolic link
owned real
mkdir -m 755 theirs && ln -s "$roots" theirs/link && mkdir theirs/inner && ln -s "$roots/.." theirs/inner/up && chown -hR nobody theirs
site=$work/theirs/link
refuses "a folder that is the user's link to root's site is refused" 1 'is a symbolic link that another user can change' user list
site=$work/theirs/inner/up/roots
refuses "a user's link on the path to the folder is refused" 1 "$work/theirs/inner/up is a symbolic link" user list
ln -s "$work/real" theirs/own && chown -h nobody theirs/own
site=$work/theirs/own
runs "a user's own link to their own site is followed" user list
ln -s "$work/real" byroot
site=$work/byroot
runs "root's own link is followed" user list
mkdir games && chown games games && chmod 755 games && ln -s "$work/real" games/link && chown -h games games/link
site=$work/games/link
refuses "a third user's link is refused" 1 'is a symbolic link' user list
rm -rf "$work/byroot"

# --- a folder of root that others can replace or write
mkdir -m 755 exchange && cp -a "$roots" exchange/site && chown nobody exchange
site=$work/exchange/site
refuses "a folder of root in a folder of the user is refused" 1 'belongs to root, but other users can change it' user list
chown root exchange && chmod 777 exchange
refuses 'a folder of root in a folder that everybody can write is refused' 1 'belongs to root, but other users can change it' user list
chmod 1777 exchange
runs 'a folder of root in a sticky folder such as /tmp is accepted' user list
chmod 770 exchange/site && chgrp games exchange/site
refuses "a folder of root that a group can write is refused" 1 'belongs to root, but other users can change it' user list

# --- root's site with one part of another user
for part in media log renown.conf renown.db; do
	rm -rf "$work/mixed" && cp -a "$roots" mixed
	site=$work/mixed
	chown nobody "$site/$part"
	run user list
	is "root refuses a site whose $part belongs to another user" 1 "$([ "$status" -eq 0 ] && echo 0 || echo 1)"
	has 'the message names the owner and advises to give the site to that user' "$err" "$site/$part" "chown -R nobody $site"
	run doctor
	has 'doctor gives the same advice' "$out$err" "chown -R nobody $site"
	hasnt 'doctor does not advise to give it to root by number' "$out$err" 'chown 0'
	hasnt 'doctor does not advise to give it to root by name' "$out$err" 'chown root'
done
rm -rf mixed && cp -a "$roots" mixed
ln -s "$work/real/renown.db" "$work/mixed/copy" && mv "$work/mixed/copy" "$work/mixed/renown.db"
site=$work/mixed
run work --once
is "root refuses its own link to a user's database" 1 "$([ "$status" -eq 0 ] && echo 0 || echo 1)"

# --- a user's site without a problem: everything is done as that user
owned well
chgrp games "$site"
"$RENOWN" --site "$site" invite --email eva@example.org >/dev/null
SECRET=of-root runs 'work --once' work --once
has 'the mail program runs as the user only' "$(cat seen)" "ran as $(id -u nobody):$(getent group games | cut -d : -f 3):"
hasnt "the mail program gets nothing of root's environment" "$(cat seen)" of-root
ok 'the mail program has no terminal of root' "$([ "$(sed -n 's/.*session //p' seen)" != "$(cut -d ' ' -f 6 /proc/self/stat)" ] && echo 0 || echo 1)" "$(cat seen)"
hasnt 'the mail program has no open file of root' "$(cat seen)" "$work/private"
: >seen
every_command
hasnt 'nothing ran as root' "$(cat seen)" 'ran as 0:'
is "nothing ran with root's group" '' "$(sed -n 's/^ran as [0-9]*:\([0-9,:]*\) session.*/\1/p' seen | sed 's/[:,]/\n/g' | grep -x 0)"
is 'all files belong to the user' '' "$(foreign_files)"
is 'no copy of the database is left' '' "$(find "$site" -name '.backup-*')"
# The folder's group is the web server's. If root made the folder, root chose the group; otherwise the user chose one of their own.
mkdir -m 750 served && chown nobody:www-data served
site=$work/served
runs 'init succeeds in a folder of another group' init
is 'init keeps that group, so that the web server has access' www-data "$(find "$site" -mindepth 1 -printf '%g\n' | sort -u)"
mkdir -m 2777 inherited && chgrp www-data inherited && chmod g+s inherited
setpriv --reuid nobody --regid nogroup --clear-groups mkdir inherited/site
is 'a folder inherits its group' www-data "$(stat -c %G inherited/site)"
site=$work/inherited/site
runs 'init succeeds there' init
echo "mail = sendmail:$work/well/mailer" >>"$site/renown.conf"
: >seen
"$RENOWN" --site "$site" invite --email eva@example.org >/dev/null
runs 'the worker runs there' work --once
has 'the mail program does not have the inherited group' "$(cat seen)" "ran as $(id -u nobody):$(id -g nobody):$(id -g nobody) "
mkdir nameless && chown 54321:54321 nameless
site=$work/nameless
runs 'init succeeds for a user id without a name' init
is 'the files belong to that user id' '54321 54321' "$(stat -c '%u %g' "$site/renown.conf")"
mkdir nogroup && chown 54321:0 nogroup
site=$work/nogroup
refuses "a user id without an entry whose folder has root's group is refused" 1 'has no entry in /etc/passwd' init
usermod_groups=$(id -G www-data)
owned grouped www-data
has "another user's mail program has only that user's groups" "$("$RENOWN" --site "$site" invite --email eva@example.org >/dev/null && "$RENOWN" --site "$site" work --once >/dev/null; cat seen)" \
	"ran as $(id -u www-data):$(id -g www-data):$(printf '%s' "$usermod_groups" | tr ' ' ,) "

# --- init
user=nobody
mkdir -m 755 home && chown nobody home
site=$work/home/new
runs 'init succeeds in a folder of the user' init
is 'init creates a site of the user' '' "$(foreign_files)"
mkdir given && chown nobody given
site=$work/given
runs 'init succeeds in an empty folder that belongs to the user' init
is 'init creates a site of the user there, too' '' "$(foreign_files)"
ln -s "$work/given" home/elsewhere && chown -h nobody home/elsewhere
mkdir -m 755 loose && chmod 777 loose
site=$work/loose/new
refuses 'root cannot create a site in a folder that everybody can write' 1 'so root does not create a site there' init
ok 'no folder is created' "$([ ! -e "$site" ] && echo 0 || echo 1)"
site=$work/rootsown
runs 'root can create a site of its own' init
has 'the message says that it belongs to root' "$out" 'belongs to root'

# --- arguments are opened with the caller's rights
owned named
mkdir -m 700 private && mkdir -p private/notes/deep
(
	umask 077
	printf -- '---\ntitle: One\ncover: deep/cover.png\n---\nSee [two](deep/two.md).\n' >private/notes/one.md
	printf -- '---\ntitle: Two\n---\nText.\n' >private/notes/deep/two.md
	picture private/notes/deep/cover.png
	chmod -R go= private
	ln -s "$work/secret" private/notes/leak.md
	ln -s "$work" private/notes/out
)
cd private || exit 1
runs 'import of a folder that only root can read succeeds' import markdown notes
cd .. || exit 1
is 'all its files are imported' '2 1' "$(sql 'SELECT (SELECT count(*) FROM post), (SELECT count(*) FROM media)' | tr '|' ' ')"
has 'symbolic links are not followed' "$out" '2 × symbolic link, skipped'
runs 'a second import succeeds' import markdown "$work/private/notes"
has 'the second import changes nothing' "$out" '0 added, 0 updated, 2 unchanged'
runs 'a dry run succeeds' import markdown --dry-run --force "$work/private/notes"
is 'all files belong to the user' '' "$(foreign_files)"
refuses 'a missing folder is refused' 1 'cannot be read: No such file' import markdown "$work/private/none"
refuses 'a file instead of a folder is refused' 1 'is not a folder' import markdown "$work/private/notes/one.md"
runs 'backup to a folder of root succeeds' backup "$work/private/site.tar"
is 'the backup belongs to the caller, and nobody else can read it' 'root 600' "$(stat -c '%U %a' private/site.tar)"
ok 'the backup is complete' "$(tar tf private/site.tar | grep -q '^renown.db$' && [ "$(tar tf private/site.tar | wc -l)" -ge 4 ]; echo $?)"
runs 'export to a folder of root succeeds' export mo@example.org "$work/private/mine.tar.gz"
is 'the export has the same owner and mode' 'root 600' "$(stat -c '%U %a' private/mine.tar.gz)"
is 'no unfinished file is left' 'mine.tar.gz notes site.tar ' "$(cd private && find . -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | tr '\n' ' ')"
refuses 'an existing file is not replaced' 1 'exists already' backup "$work/private/site.tar"
refuses 'a missing target folder is refused' 1 'cannot be written' backup "$work/private/none/site.tar"
refuses 'a target without a file name is refused' 1 'not a name for a new file' backup "$work/private/"

# --- folders in which others can create names
mkdir -m 1777 sticky
ln -s "$work/private/shadow" sticky/site.tar && chown -h nobody sticky/site.tar
refuses 'a link with the name of the backup is refused' 1 'exists already' backup "$work/sticky/site.tar"
ok 'no file is written through the link' "$([ ! -e private/shadow ] && echo 0 || echo 1)"
ln -s "$work/private" sticky/folder && chown -h nobody sticky/folder
refuses 'a folder that is a link of another user is refused' 1 'is a symbolic link that another user can change' backup "$work/sticky/folder/site.tar"
refuses 'it is refused for an export' 1 'is a symbolic link that another user can change' export mo@example.org "$work/sticky/folder/mine.tar.gz"
refuses 'it is refused for an import' 1 'is a symbolic link that another user can change' import markdown "$work/sticky/folder/notes"
runs 'a backup there succeeds' backup "$work/sticky/other.tar"
is 'it has the same mode' 'root 600' "$(stat -c '%U %a' sticky/other.tar)"
ln "$work/private/notes/one.md" sticky/hard
refuses 'a hard link to another file is refused' 1 'exists already' backup "$work/sticky/hard"

# --- without /proc, the unfinished file has a name
if unshare -m sh -c "mount --bind '$work/sticky' /proc" 2>/dev/null; then
	unshare -m sh -c "mount --bind '$work/sticky' /proc && exec '$RENOWN' --site '$site' backup '$work/private/noproc.tar'" >"$work/out" 2>&1
	is 'a backup without /proc succeeds' 0 "$?"
	is 'it has the same mode' 'root 600' "$(stat -c '%U %a' private/noproc.tar)"
	is 'no other file is left' '' "$(find private -name '*unfinished*')"
else
	ok 'a backup without /proc # SKIP this system does not allow mount' 0
fi

# --- killed
n=0
while [ $n -lt 6 ]; do
	"$RENOWN" --site "$site" backup "$work/private/killed.tar" >/dev/null 2>&1 &
	child=$!
	sleep "0.0$n"
	kill -9 $child 2>/dev/null
	wait $child 2>/dev/null
	if [ -e private/killed.tar ]; then
		tar tf private/killed.tar >/dev/null 2>&1 || wrong="${wrong:-} $n"
		rm private/killed.tar
	fi
	n=$((n + 1))
done
is 'an incomplete backup never has the name of a complete one' '' "${wrong:-}"
is 'no unfinished file is left' '' "$(find private -name '*unfinished*')"
find "$site" -name '.backup-*' -exec touch -d '1 hour ago' {} +
mkdir "$site/.backup-abcdef" && touch "$site/.backup-abcdef/renown.db" && chown -R nobody "$site/.backup-abcdef" && touch -d '1 hour ago' "$site/.backup-abcdef"
runs 'the next backup succeeds' backup "$work/private/next.tar"
is 'it removes the copies of the database that killed backups left' '' "$(find "$site" -name '.backup-*')"

# --- FastCGI programs
owned programs
refused=$(RENOWN_SITE=$site "${RENOWN%/*}/blog" </dev/null 2>&1)
is "a FastCGI program does not start as root for a user's site" 78 "$?"
has 'the message names the user to start it as' "$refused" "root must not serve $site" 'start this program as that user'
site=$work/programs-root
"$RENOWN" --site "$site" init >/dev/null
# program_refuses PART: as root, the program does not start when that part of root's site belongs to another user
program_refuses() {
	chown -h nobody "$site/$1"
	refused=$(RENOWN_SITE=$site "${RENOWN%/*}/blog" </dev/null 2>&1)
	is "a FastCGI program does not start for root's site when $1 belongs to another user" 78 "$?" "$refused"
	has 'the message names the file' "$refused" "another user can change $site/$1"
	chown -h root "$site/$1"
}
program_refuses renown.conf
program_refuses renown.db
program_refuses media
is 'a FastCGI program starts for a site that belongs completely to root' 0 "$(REQUEST_METHOD=GET RENOWN_PATH=/ RENOWN_SITE=$site "${RENOWN%/*}/blog" </dev/null >"$work/page" 2>&1; echo $?)" "$(cat "$work/page")"

# --- a caller who is not root: no change of user, and arguments are opened with the caller's rights
mkdir -m 755 plain && chown nobody plain
plain() {
	(cd "$work/plain" && setpriv --reuid nobody --regid nogroup --clear-groups "$RENOWN" --site site "$@" >"$work/out" 2>"$work/err")
	is "a user other than root can run: $*" 0 "$?" "$(cat "$work/err")"
}
cp -r notes plain/notes && chown -R nobody plain/notes
plain init
plain user add --role owner --name 'Mo Li' --email mo@example.org
plain import markdown notes
plain backup site.tar
plain export mo@example.org mine.tar.gz
plain doctor
is 'the files belong to the caller' 'nobody' "$(find plain -printf '%u\n' | sort -u)"
ok 'the files are complete' "$(tar tf plain/site.tar | grep -q '^renown.db$' && tar tf plain/mine.tar.gz | grep -q one; echo $?)"

# --- a folder that its own user cannot enter
mkdir -m 700 closed && mkdir closed/site && chown nobody closed/site
site=$work/closed/site
refuses 'a folder that its user cannot enter is reported' 1 "cannot enter $work/closed" user list

# --- renown refuses to run as a set-user-ID program
cp "$RENOWN" renown-suid && chmod 4755 renown-suid
has 'a set-user-ID renown refuses to run' "$(setpriv --reuid nobody --regid nogroup --clear-groups ./renown-suid version 2>&1)" 'must not have the set-user-ID'
finish
