#!/bin/sh
# renown backup: complete and consistent, also while the site is being changed; restored with tar alone.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

new_site site
run sample add
dump >"$work/before"
counter=$(sql 'SELECT counter FROM content_version')
runs 'backup succeeds' backup "$work/a.tar"
has 'backup prints how to restore' "$out" 'tar xf' 'RESTORE'
is 'only its owner can read the backup' 600 "$(stat -c %a a.tar)"
names=$(tar tf a.tar)
is 'the files to read first come first' 'RESTORE renown.conf renown.db ' "$(printf '%s\n' "$names" | head -3 | tr '\n' ' ')"
is 'the backup has all media files, and no others' "$(sql "SELECT 'media/' || substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media" | sort)" \
	"$(printf '%s\n' "$names" | sed 1,3d | sort)"
is 'no unfinished file is left' 'a.tar' "$(find . -maxdepth 1 -name 'a.tar*' -printf '%f\n')"
refuses 'an existing file is not replaced' 1 'exists already' backup "$work/a.tar"
refuses 'a missing folder is reported' 1 'cannot be written' backup "$work/none/a.tar"
is "a backup does not change the site's change counter" "$counter" "$(sql 'SELECT counter FROM content_version')"

# --- restored
mkdir restored && tar xf a.tar -C restored
site=$work/restored
runs 'migrate succeeds on the restored site' migrate
runs 'doctor finds no problem' doctor
dump >"$work/after"
cmp -s before after
ok 'everything is restored' $? "$(diff before after | head -5 | cut -c 1-200)"
has 'the file RESTORE explains how' "$(cat restored/RESTORE)" 'tar xf' 'chown' 'doctor'

# --- while the site is being changed
site=$work/site
mkdir notes
i=0
while [ $i -lt 3000 ]; do
	printf -- '---\ntitle: Post %s\ndate: 2020-01-01\ntags: [t%s]\n---\nText.\n' $i $((i % 5)) >notes/p$i.md
	i=$((i + 1))
done
"$RENOWN" --site "$site" user add --role owner --name Own --email own@example.org >/dev/null
"$RENOWN" --site "$site" import markdown notes >/dev/null 2>&1 &
writer=$!
wrong='' made=0
while kill -0 $writer 2>/dev/null && [ $made -lt 8 ]; do
	made=$((made + 1))
	"$RENOWN" --site "$site" backup "$work/live$made.tar" >/dev/null 2>"$work/err" || wrong="$wrong $made: $(cat "$work/err")"
done
wait $writer
is 'backups during an import succeed' '' "$wrong"
ok 'more than one backup was made' "$([ $made -gt 1 ] && echo 0 || echo 1)" "$made"
n=1
: >counts
while [ $n -le $made ]; do
	rm -rf one && mkdir one && tar xf "live$n.tar" -C one
	"$RENOWN" --site "$work/one" doctor >"$work/out" || wrong="$wrong $n: $(grep -v ' ok' "$work/out")"
	sqlite3 one/renown.db 'SELECT count(*) FROM post' >>counts
	n=$((n + 1))
done
is 'each backup is complete' '' "$wrong"
is 'the backups show increasing numbers of posts' "$(cat counts)" "$(sort -n counts)"

# --- killed
n=0
while [ $n -lt 12 ]; do
	"$RENOWN" --site "$site" backup "$work/killed.tar" >/dev/null 2>&1 &
	child=$!
	sleep "0.0$n"
	kill -9 $child 2>/dev/null
	wait $child 2>/dev/null
	if [ -e killed.tar ]; then
		tar tf killed.tar >/dev/null 2>&1 && [ "$(tar tf killed.tar | tail -n +4 | wc -l)" -eq "$(sql 'SELECT count(*) FROM media')" ] || wrong="$wrong $n"
		rm killed.tar
	fi
	n=$((n + 1))
done
is 'an incomplete backup never has the name of a complete one' '' "$wrong"

# --- missing files are reported
file=$(sql "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media LIMIT 1")
other=$(sql "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media LIMIT 1 OFFSET 1")
rm "$site/media/$file"
printf x | dd of="$site/media/$other" conv=notrunc 2>/dev/null
run backup "$work/holes.tar"
is 'a missing file gives status 1' 1 "$status"
has 'the missing file and a damaged one are named' "$err" "$file" "$other is not what it was"
ok 'the other files are saved' "$(tar tf holes.tar >/dev/null && echo 0 || echo 1)"
if [ -w /dev/full ]; then
	mkdir small && mount -t tmpfs -o size=300k none small 2>/dev/null && {
		run backup "$work/small/full.tar"
		is 'a full disk gives status 1' 1 "$status"
		is 'a full disk leaves no file' '' "$(ls -A small)"
		umount small
	}
fi
finish
