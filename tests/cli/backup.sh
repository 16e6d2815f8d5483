#!/bin/sh
# renown backup: whole, of one moment, while the site is written; restored with nothing but tar.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

new_site site
run sample add
dump >"$work/before"
counter=$(sql 'SELECT counter FROM content_version')
runs 'a backup' backup "$work/a.tar"
has 'says what to do with it' "$out" 'tar xf' 'RESTORE'
is 'for its owner only' 600 "$(stat -c %a a.tar)"
names=$(tar tf a.tar)
is 'what to read comes first' 'RESTORE renown.conf renown.db ' "$(printf '%s\n' "$names" | head -3 | tr '\n' ' ')"
is 'all files are in it, and no others' "$(sql "SELECT 'media/' || substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media" | sort)" \
	"$(printf '%s\n' "$names" | sed 1,3d | sort)"
is 'nothing unfinished is left' 'a.tar' "$(find . -maxdepth 1 -name 'a.tar*' -printf '%f\n')"
refuses 'a file that is there is not replaced' 1 'exists already' backup "$work/a.tar"
refuses 'a folder that is not there' 1 'cannot be written' backup "$work/none/a.tar"
is 'the pages did not move on' "$counter" "$(sql 'SELECT counter FROM content_version')"

# --- restored
mkdir restored && tar xf a.tar -C restored
site=$work/restored
runs 'migrate' migrate
runs 'doctor finds nothing' doctor
dump >"$work/after"
cmp -s before after
ok 'everything is there again' $? "$(diff before after | head -5 | cut -c 1-200)"
has 'the file itself says how' "$(cat restored/RESTORE)" 'tar xf' 'chown' 'doctor'

# --- while it is written
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
is 'backups while an import writes' '' "$wrong"
ok 'there were some' "$([ $made -gt 1 ] && echo 0 || echo 1)" "$made"
n=1
: >counts
while [ $n -le $made ]; do
	rm -rf one && mkdir one && tar xf "live$n.tar" -C one
	"$RENOWN" --site "$work/one" doctor >"$work/out" || wrong="$wrong $n: $(grep -v ' ok' "$work/out")"
	sqlite3 one/renown.db 'SELECT count(*) FROM post' >>counts
	n=$((n + 1))
done
is 'each is whole' '' "$wrong"
is 'of its own moment' "$(cat counts)" "$(sort -n counts)"

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
is 'half a backup never has the name of a whole one' '' "$wrong"

# --- what is not there cannot be saved, and is said
file=$(sql "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media LIMIT 1")
other=$(sql "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media LIMIT 1 OFFSET 1")
rm "$site/media/$file"
printf x | dd of="$site/media/$other" conv=notrunc 2>/dev/null
run backup "$work/holes.tar"
is 'a missing file gives status 1' 1 "$status"
has 'it is named, and so is one that was damaged' "$err" "$file" "$other is not what it was"
ok 'the rest is saved' "$(tar tf holes.tar >/dev/null && echo 0 || echo 1)"
if [ -w /dev/full ]; then
	mkdir small && mount -t tmpfs -o size=300k none small 2>/dev/null && {
		run backup "$work/small/full.tar"
		is 'a full disk gives status 1' 1 "$status"
		is 'and leaves nothing' '' "$(ls -A small)"
		umount small
	}
fi
finish
