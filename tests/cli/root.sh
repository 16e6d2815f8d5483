#!/bin/sh
# Root on a site of another user: renown acts as that user, and nothing that user can change decides what root does.
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

# owned NAME [USER]: a site of another user, in $site, that hands its mail to a program of that user
owned() {
	site=$work/$1
	user=${2:-nobody}
	mkdir "$site"
	chown "$user" "$site"
	"$RENOWN" --site "$site" init >/dev/null || exit 1
	"$RENOWN" --site "$site" user add --role owner --name 'Mo Li' --email mo@example.org >/dev/null || exit 1
	# shellcheck disable=SC2016 # for the script
	printf '#!/bin/sh\n{ echo "ran as $(id -u):$(id -g):$(id -G | tr " " ,) session $(cut -d " " -f 6 /proc/self/stat)"; env; ls -l /proc/self/fd; } >>%s\n' "$seen" >"$site/mailer"
	chmod 755 "$site/mailer"
	echo "mail = sendmail:$site/mailer" >>"$site/renown.conf"
	chown -R "$user" "$site"
}

# strangers: files of the site that do not belong to its user
strangers() {
	find "$site" ! -user "${user:-nobody}"
}

# every_command: each command of the program, as somebody could type it; whatever it says
every_command() {
	"$RENOWN" help --commands | while read -r command; do
		case $command in
		init | migrate | 'config check' | 'setting list' | 'setting help' | 'schedule list' | 'schedule slots' | 'post list' | 'user list' | 'experiment list' | doctor | render | invite | help | version | 'sample add' | 'sample remove') set -- ;;
		'setting get') set -- title ;;
		'setting set') set -- title Theirs ;;
		'schedule add') set -- 'FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0' ;;
		'schedule remove' | 'grant end' | 'experiment count') set -- 1 ;;
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

# --- a site of root's, which others want
new_site roots
roots=$site
"$RENOWN" --site "$roots" import markdown notes >/dev/null 2>&1
"$RENOWN" --site "$roots" invite --email eva@example.org >/dev/null
is 'it has a mail to send' 1 "$(sql 'SELECT count(*) FROM outbox')"
before=$(sql .dump | cksum)

# --- the database is a link to one of root's
owned linked
rm "$site"/renown.db*
ln -s "$roots/renown.db" "$site/renown.db"
chown -h nobody "$site/renown.db"
every_command
is 'each command is known to this test' '' "$(cat unknown 2>/dev/null)"
is 'nothing of theirs ran' '' "$(cat seen)"
site=$roots
is "and root's site is as it was" "$before" "$(sql .dump | cksum)"
site=$work/linked
is 'nothing of root is left in theirs' '' "$(strangers)"

# --- renown.conf is a link, or names what is root's
owned conf
mv "$site/renown.conf" "$work/theirs.conf"
echo 'a secret = of root' >"$work/secret"
chmod 600 "$work/secret"
ln -s "$work/secret" "$site/renown.conf"
refuses 'a renown.conf that is a link to a file of root' 78 'cannot be read' user list
hasnt 'says nothing of what is in it' "$err$out" 'a secret'
rm "$site/renown.conf"
sed "s|^#store = .*|store = $roots/renown.db|" "$work/theirs.conf" >"$site/renown.conf"
chown nobody "$site/renown.conf"
refuses 'a renown.conf that names a store of root' 1 "$roots/renown.db" work --once
is 'nothing of theirs ran then, either' '' "$(cat seen)"

# --- the folder is a link
owned real
mkdir -m 755 theirs && ln -s "$roots" theirs/link && mkdir theirs/inner && ln -s "$roots/.." theirs/inner/up && chown -hR nobody theirs
site=$work/theirs/link
refuses "a folder that is a link of theirs to a site of root's" 1 'is a symbolic link that another user can change' user list
site=$work/theirs/inner/up/roots
refuses 'or one on the way to it' 1 "$work/theirs/inner/up is a symbolic link" user list
ln -s "$work/real" theirs/own && chown -h nobody theirs/own
site=$work/theirs/own
runs 'their own link to their own site is theirs' user list
ln -s "$work/real" byroot
site=$work/byroot
runs "root's own link is followed" user list
mkdir games && chown games games && chmod 755 games && ln -s "$work/real" games/link && chown -h games games/link
site=$work/games/link
refuses "a third user's link is not" 1 'is a symbolic link' user list
rm -rf "$work/byroot"

# --- a folder of root's that others can exchange or write
mkdir -m 755 exchange && cp -a "$roots" exchange/site && chown nobody exchange
site=$work/exchange/site
refuses "a folder of root's in a folder of theirs" 1 'belongs to root, but other users can change it' user list
chown root exchange && chmod 777 exchange
refuses 'or in one that everybody can write to' 1 'belongs to root, but other users can change it' user list
chmod 1777 exchange
runs 'not in a sticky one, such as /tmp' user list
chmod 770 exchange/site && chgrp games exchange/site
refuses "or root's own folder when a group can write to it" 1 'belongs to root, but other users can change it' user list

# --- root's site, with a part that is another user's
for part in media log renown.conf renown.db; do
	rm -rf "$work/mixed" && cp -a "$roots" mixed
	site=$work/mixed
	chown nobody "$site/$part"
	run user list
	is "root refuses a site whose $part is another user's" 1 "$([ "$status" -eq 0 ] && echo 0 || echo 1)"
	has 'it says whose, and does not name root as the owner to be' "$err" "$site/$part" "chown -R nobody $site"
	run doctor
	has 'so does doctor' "$out$err" "chown -R nobody $site"
	hasnt 'never root' "$out$err" 'chown 0'
	hasnt 'nor by name' "$out$err" 'chown root'
done
rm -rf mixed && cp -a "$roots" mixed
ln -s "$work/real/renown.db" "$work/mixed/copy" && mv "$work/mixed/copy" "$work/mixed/renown.db"
site=$work/mixed
run work --once
is "root refuses a link of root's own to a store of theirs" 1 "$([ "$status" -eq 0 ] && echo 0 || echo 1)"

# --- a site of theirs that is well: all is done as them
owned well
chgrp games "$site"
"$RENOWN" --site "$site" invite --email eva@example.org >/dev/null
SECRET=of-root runs 'work --once' work --once
has 'their mailer runs as them alone' "$(cat seen)" "ran as $(id -u nobody):$(getent group games | cut -d : -f 3):"
hasnt "it sees nothing of root's environment" "$(cat seen)" of-root
ok 'it has no terminal of root' "$([ "$(sed -n 's/.*session //p' seen)" != "$(cut -d ' ' -f 6 /proc/self/stat)" ] && echo 0 || echo 1)" "$(cat seen)"
hasnt 'and no file of root' "$(cat seen)" "$work/private"
: >seen
every_command
hasnt 'nothing ever ran as root' "$(cat seen)" 'ran as 0:'
is "or with root's group" '' "$(sed -n 's/^ran as [0-9]*:\([0-9,:]*\) session.*/\1/p' seen | sed 's/[:,]/\n/g' | grep -x 0)"
is 'and all files are theirs' '' "$(strangers)"
is 'no copy of the store is left' '' "$(find "$site" -name '.backup-*')"
# The group of the folder is the web server's: root's choice when root has made the folder, for the user to choose among their own.
mkdir -m 750 served && chown nobody:www-data served
site=$work/served
runs 'init in a folder of another group' init
is 'keeps that group, so that the web server gets in' www-data "$(find "$site" -mindepth 1 -printf '%g\n' | sort -u)"
mkdir -m 2777 inherited && chgrp www-data inherited && chmod g+s inherited
setpriv --reuid nobody --regid nogroup --clear-groups mkdir inherited/site
is 'a group that was inherited' www-data "$(stat -c %G inherited/site)"
site=$work/inherited/site
runs 'init there' init
echo "mail = sendmail:$work/well/mailer" >>"$site/renown.conf"
: >seen
"$RENOWN" --site "$site" invite --email eva@example.org >/dev/null
runs 'and what runs there' work --once
has 'has not got it' "$(cat seen)" "ran as $(id -u nobody):$(id -g nobody):$(id -g nobody) "
mkdir nameless && chown 54321:54321 nameless
site=$work/nameless
runs 'a user without a name' init
is 'is themselves' '54321 54321' "$(stat -c '%u %g' "$site/renown.conf")"
mkdir nogroup && chown 54321:0 nogroup
site=$work/nogroup
refuses "not in root's group" 1 'has no entry in /etc/passwd' init
usermod_groups=$(id -G www-data)
owned grouped www-data
has 'another user, with their own groups only' "$("$RENOWN" --site "$site" invite --email eva@example.org >/dev/null && "$RENOWN" --site "$site" work --once >/dev/null; cat seen)" \
	"ran as $(id -u www-data):$(id -g www-data):$(printf '%s' "$usermod_groups" | tr ' ' ,) "

# --- init
user=nobody
mkdir -m 755 home && chown nobody home
site=$work/home/new
runs 'init in a folder of theirs' init
is 'makes their site' '' "$(strangers)"
mkdir given && chown nobody given
site=$work/given
runs 'init of an empty folder that was given to them' init
is 'makes their site, too' '' "$(strangers)"
ln -s "$work/given" home/elsewhere && chown -h nobody home/elsewhere
mkdir -m 755 loose && chmod 777 loose
site=$work/loose/new
refuses 'no site for root where everybody makes names' 1 'so root makes no site there' init
ok 'and no folder' "$([ ! -e "$site" ] && echo 0 || echo 1)"
site=$work/rootsown
runs 'a site of root' init
has 'says that it is one' "$out" 'belongs to root'

# --- what the caller names is opened with the caller's rights
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
runs 'import of a folder that only root can read' import markdown notes
cd .. || exit 1
is 'takes all of it' '2 1' "$(sql 'SELECT (SELECT count(*) FROM post), (SELECT count(*) FROM media)' | tr '|' ' ')"
has 'but no link' "$out" '2 × symbolic link, skipped'
runs 'again' import markdown "$work/private/notes"
has 'changes nothing' "$out" '0 added, 0 updated, 2 unchanged'
runs 'a dry run' import markdown --dry-run --force "$work/private/notes"
is 'all files are theirs' '' "$(strangers)"
refuses 'what is not there' 1 'cannot be read: No such file' import markdown "$work/private/none"
refuses 'what is no folder' 1 'is no folder' import markdown "$work/private/notes/one.md"
runs 'backup to a folder of root' backup "$work/private/site.tar"
is 'is the file of who asked, and nobody else can read it' 'root 600' "$(stat -c '%U %a' private/site.tar)"
ok 'it is whole' "$(tar tf private/site.tar | grep -q '^renown.db$' && [ "$(tar tf private/site.tar | wc -l)" -ge 4 ]; echo $?)"
runs 'export to a folder of root' export mo@example.org "$work/private/mine.tar.gz"
is 'is the same' 'root 600' "$(stat -c '%U %a' private/mine.tar.gz)"
is 'nothing unfinished is left' 'mine.tar.gz notes site.tar ' "$(cd private && find . -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | tr '\n' ' ')"
refuses 'a file that is there is not replaced' 1 'exists already' backup "$work/private/site.tar"
refuses 'no folder' 1 'cannot be written' backup "$work/private/none/site.tar"
refuses 'no name' 1 'no name for a new file' backup "$work/private/"

# --- where others make names
mkdir -m 1777 sticky
ln -s "$work/private/shadow" sticky/site.tar && chown -h nobody sticky/site.tar
refuses 'a link with the name of the backup' 1 'exists already' backup "$work/sticky/site.tar"
ok 'is not written through' "$([ ! -e private/shadow ] && echo 0 || echo 1)"
ln -s "$work/private" sticky/folder && chown -h nobody sticky/folder
refuses 'a folder that is a link of another user' 1 'is a symbolic link that another user can change' backup "$work/sticky/folder/site.tar"
refuses 'so for an export' 1 'is a symbolic link that another user can change' export mo@example.org "$work/sticky/folder/mine.tar.gz"
refuses 'and for an import' 1 'is a symbolic link that another user can change' import markdown "$work/sticky/folder/notes"
runs 'a backup there' backup "$work/sticky/other.tar"
is 'has the same mode' 'root 600' "$(stat -c '%U %a' sticky/other.tar)"
ln "$work/private/notes/one.md" sticky/hard
refuses 'a second name of another file' 1 'exists already' backup "$work/sticky/hard"

# --- without /proc the file has a name while it is written
if unshare -m sh -c "mount --bind '$work/sticky' /proc" 2>/dev/null; then
	unshare -m sh -c "mount --bind '$work/sticky' /proc && exec '$RENOWN' --site '$site' backup '$work/private/noproc.tar'" >"$work/out" 2>&1
	is 'a backup without /proc' 0 "$?"
	is 'has the same mode, too' 'root 600' "$(stat -c '%U %a' private/noproc.tar)"
	is 'and leaves nothing else' '' "$(find private -name '*unfinished*')"
else
	ok 'a backup without /proc # SKIP this system lets nobody mount' 0
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
is 'half a backup never has the name of a whole one' '' "${wrong:-}"
is 'and leaves no draft' '' "$(find private -name '*unfinished*')"
find "$site" -name '.backup-*' -exec touch -d '1 hour ago' {} +
mkdir "$site/.backup-abcdef" && touch "$site/.backup-abcdef/renown.db" && chown -R nobody "$site/.backup-abcdef" && touch -d '1 hour ago' "$site/.backup-abcdef"
runs 'the next backup' backup "$work/private/next.tar"
is 'removes what they left of the store' '' "$(find "$site" -name '.backup-*')"

# --- programs
owned programs
refused=$(RENOWN_SITE=$site "${RENOWN%/*}/blog" </dev/null 2>&1)
is 'a FastCGI program does not start as root for them' 78 "$?"
has 'and says as whom' "$refused" "root must not serve $site" 'start this program as that user'
site=$work/programs-root
"$RENOWN" --site "$site" init >/dev/null
# program_refuses PART: the program does not start for root when that part of root's site is another user's
program_refuses() {
	chown -h nobody "$site/$1"
	refused=$(RENOWN_SITE=$site "${RENOWN%/*}/blog" </dev/null 2>&1)
	is "nor in root's site, when $1 is another user's" 78 "$?" "$refused"
	has 'and names it' "$refused" "another user can change $site/$1"
	chown -h root "$site/$1"
}
program_refuses renown.conf
program_refuses renown.db
program_refuses media
is 'all of it is root'"'"'s: it starts' 0 "$(REQUEST_METHOD=GET RENOWN_PATH=/ RENOWN_SITE=$site "${RENOWN%/*}/blog" </dev/null >"$work/page" 2>&1; echo $?)" "$(cat "$work/page")"

# --- who is not root: no other user, and what is named is opened with the same rights
mkdir -m 755 plain && chown nobody plain
plain() {
	(cd "$work/plain" && setpriv --reuid nobody --regid nogroup --clear-groups "$RENOWN" --site site "$@" >"$work/out" 2>"$work/err")
	is "another user than root: $*" 0 "$?" "$(cat "$work/err")"
}
cp -r notes plain/notes && chown -R nobody plain/notes
plain init
plain user add --role owner --name 'Mo Li' --email mo@example.org
plain import markdown notes
plain backup site.tar
plain export mo@example.org mine.tar.gz
plain doctor
is 'its files are theirs' 'nobody' "$(find plain -printf '%u\n' | sort -u)"
ok 'and whole' "$(tar tf plain/site.tar | grep -q '^renown.db$' && tar tf plain/mine.tar.gz | grep -q one; echo $?)"

# --- closed to its user
mkdir -m 700 closed && mkdir closed/site && chown nobody closed/site
site=$work/closed/site
refuses 'a folder that its user cannot enter is named' 1 "cannot enter $work/closed" user list

# --- without root's rights it is no set-user-ID program
cp "$RENOWN" renown-suid && chmod 4755 renown-suid
has 'it refuses to be one' "$(setpriv --reuid nobody --regid nogroup --clear-groups ./renown-suid version 2>&1)" 'must not have the set-user-ID'
finish
