#!/bin/sh
# renown doctor finds what is planted, and says what to do.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site whole
run sample add
runs 'a site that is well' doctor
is 'every line says ok' '' "$(printf '%s\n' "$out" | grep -v ' OK')"
for what in Configuration Clock 'Disk space' Database 'Media folder' Theme 'Database schema' 'Newest entry' 'Database integrity' Posts Rendering Search Tags Summaries 'Media files'; do
	has "it looks at: $what" "$out" "$what"
done
"$RENOWN" --site "$site" backup whole.tar >/dev/null || exit 1

# fresh: the same site again, in $site
fresh() {
	site=$work/ill
	chmod -R u+rwx "$site" 2>/dev/null
	rm -rf "$site" && mkdir -m 750 "$site" && tar xf whole.tar -C "$site" && mkdir "$site/log" "$site/run"
	find "$site" -type d -exec chmod 750 {} +
}
# finds NAME PART: doctor ends with 1, and one line that is not OK holds that
finds() {
	run doctor
	if [ "$status" -ne 1 ]; then
		ok "$1" 1 "status $status
$out
$err"
	else
		has "$1" "$(printf '%s\n' "$out" | grep -v ' OK')" "$2"
	fi
}
media() {
	sql "SELECT substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media LIMIT 1 OFFSET $1"
}

fresh
runs 'a restored site is well' doctor
echo 'colour = red' >>"$site/renown.conf"
run doctor
is 'a wrong configuration gives 78' 78 "$status"
has 'with its line' "$out" 'unknown key: colour'
fresh && sql 'PRAGMA user_version = 0'
finds 'an old schema' 'renown migrate'
fresh && sql 'PRAGMA user_version = 999'
finds 'a new schema' 'update renown'
fresh && rm "$site/renown.db"
finds 'no store' 'is missing. Restore it from a backup.'
# Not "missing", and not "cannot be opened" either: root acts as the site's user, who may not enter that folder.
fresh && mkdir -m 755 "$work/closed" && mv "$site" "$work/closed/site" && site=$work/closed/site
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$work"
	chown -R 65534:65534 "$site"
	chmod 700 "$work/closed"
else
	chmod 000 "$work/closed"
fi
for command in doctor 'user list' migrate; do
	# shellcheck disable=SC2086 # words
	run $command
	ok "$command ends with an error in a closed folder" "$([ "$status" -ne 0 ] && echo 0 || echo 1)"
	has "$command names the closed folder" "$out$err" "chmod o+x $work/closed"
	hasnt "$command has no backup restored for it" "$out$err" 'backup'
done
chmod 700 "$work/closed" && rm -rf "$work/closed"
fresh && : >"$site/renown.db"
finds 'an empty store' 'the store is empty'
fresh && sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && dd if=/dev/urandom of="$site/renown.db" bs=4096 seek=20 count=10 conv=notrunc 2>/dev/null
finds 'a damaged store' 'restore a backup'
fresh && sql "PRAGMA foreign_keys = OFF; DELETE FROM site_user WHERE id = (SELECT author_id FROM post LIMIT 1)"
finds 'a row that names another that is not there' 'names a row of site_user that is not there'
fresh && sql "DELETE FROM post_search WHERE rowid = (SELECT min(rowid) FROM post_search)"
finds 'a post that search does not know' 'renown render --all'
runs 'what it says' render --all
runs 'helps' doctor
fresh && sql "UPDATE post_text SET renderer = 'old' WHERE post_id < 4"
finds 'posts of another renderer' '3 posts were rendered by another version'
runs 'what it says' render
runs 'helps' doctor
fresh && sql "DELETE FROM post_text WHERE post_id = 1"
finds 'a post without a text' '1 posts have no text'
fresh && sql "UPDATE tag_count SET posts = posts + 1 WHERE tag_id = 1 AND lang = 'en'"
finds 'a tag that counts wrong' '1 tags have a wrong post count'
fresh && sql "INSERT INTO former_summary (post_id, number, summary, origin) VALUES (1, 0, 'Perhaps typed.', 'unknown')"
finds 'a summary that nobody can tell from a generated one' 'may be generated from text that is not public, so it is not shown: "Perhaps typed."'
# What a migration that was interrupted has left is decided by the next one.
fresh && sql "UPDATE post SET summary = '' WHERE id = 1; INSERT INTO former_summary (post_id, number, summary) VALUES (1, 0, 'Surely typed.')"
runs 'a migration' migrate
is 'decides which summaries were typed' 'Surely typed.|0' "$(sql 'SELECT summary, (SELECT count(*) FROM former_summary) FROM post WHERE id = 1')"
fresh && sql "UPDATE content_version SET changed = strftime('%s') + 100000"
finds 'a change in the future' 'the clock is wrong, or it was'
fresh && sql "UPDATE revision SET created = strftime('%s') + 3600 WHERE id = 1"
finds 'a version in the future, though it is not the last' 'the clock is wrong, or it was'
fresh && sql "UPDATE revision SET created = strftime('%s') + 20 WHERE id = 1"
runs 'a few seconds are nothing' doctor
fresh && chmod 644 "$site/renown.db"
finds 'a store that everyone may read' "chmod o-r $site/renown.db"
for file in renown.db renown.db-wal renown.db-shm renown.conf; do
	fresh && run user list
	# Without another connection SQLite has removed the files beside the store.
	[ -e "$site/$file" ] || : >"$site/$file"
	chmod 640 "$site/$file"
	finds "$file, which the web server's group may read" "chmod 600 $site/$file"
done
fresh && chmod 640 "$site/renown.db" "$site/renown.conf"
runs 'migrate' migrate
has 'closes them' "$out" "$site/renown.db is closed to other users now" "$site/renown.conf is closed"
is 'so they are' '600 600 ' "$(stat -c %a "$site/renown.db" "$site/renown.conf" | tr '\n' ' ')"
runs 'migrate again' migrate
hasnt 'says it once' "$out" 'closed'
fresh && chmod 757 "$site/media"
finds 'a media folder that everyone may write' "-w $site/media"
if [ "$(id -u)" -eq 0 ]; then
	fresh && chown nobody "$site/run"
	finds 'a folder of another user' "chown -R nobody $site"
	# Root acts as the owner of the store: a journal of root's own would lock the site's programs out.
	fresh && chown -R nobody "$site" && chmod 755 "$work"
	runs 'root looks after a site of nobody' doctor
	runs 'and writes to it' user add --name X --email x@example.org
	is 'as nobody' nobody "$(find "$site" -printf '%u\n' | sort -u)"
	chown root "$site/media"
	finds 'what root has left there goes to nobody' "chown $(id -u nobody) $site/media"
	chown nobody "$site/media"
	# A web server that starts as root writes where root alone makes names.
	chown root "$site/log" && chmod 750 "$site/log"
	finds "a log folder that the site's user may not enter" "remove $site/log/access.log"
	chmod 755 "$site/log" && run doctor
	is 'whose the log folder is does not matter' 0 "$status"
	for made in log/access.log log/error.log run/cache; do
		touch "$site/$made"
		finds "root's web server in a folder of the site's user: $made" "remove $site/$made"
		chown nobody "$site/$made"
		runs 'its own is its own' doctor
		rm "$site/$made"
	done
	fresh && chown -R nobody "$site" && chown root "$site" && chmod 755 "$work" "$site"
	has "a folder of root with nobody's site in it is nobody's, too" "$(cd / && setpriv --reuid nobody --regid nogroup --clear-groups "$RENOWN" --site "$site" doctor 2>&1 | grep 'Database folder')" \
		"chown $(id -u nobody) $site"
fi
fresh && rmdir "$site/run" && rm -r "${site:?}/media"
finds 'no media folder' "$site/media is missing"
fresh && rm "$site/media/$(media 0)"
finds 'a file that is missing' "$(media 0)"
fresh && echo x >>"$site/media/$(media 1)"
finds 'a file of another length' 'bytes instead of'
fresh && echo x >"$site/media/$(media 0).bak" && echo x >"$site/media/incoming-abcdef"
runs 'a young file may be that of an import' doctor
touch -d '2 hours ago' "$site/media/$(media 0).bak" "$site/media/incoming-abcdef"
finds 'an old one that belongs to nothing' 'renown doctor --clean'
files=$(find "$site/media" -type f | wc -l)
runs 'what it says' doctor --clean
has 'removes them' "$out" '2 orphaned files deleted'
is 'and nothing else' $((files - 2)) "$(find "$site/media" -type f | wc -l)"
runs 'then all is well' doctor
fresh && mkdir -p "$site/themes/mine" && cp "$root/tests/data/child-theme/site.xsl" "$site/themes/mine" && "$RENOWN" --site "$site" setting set theme mine
echo '<x' >"$site/themes/mine/site.xsl"
finds 'a broken theme' 'site.xsl'
finish
