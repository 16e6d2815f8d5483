#!/bin/sh
# renown doctor finds faults that the test creates, and says what to do.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site whole
run sample add
runs 'doctor succeeds on a healthy site' doctor
is 'every line is OK' '' "$(printf '%s\n' "$out" | grep -v ' OK')"
for what in Configuration Clock 'Disk space' Database 'Media folder' Theme 'Database schema' 'Newest entry' 'Database integrity' Posts Rendering Search Tags Summaries 'Media files'; do
	has "doctor checks: $what" "$out" "$what"
done
"$RENOWN" --site "$site" backup whole.tar >/dev/null || exit 1

# fresh: a copy of the original site, in $site
fresh() {
	site=$work/ill
	chmod -R u+rwx "$site" 2>/dev/null
	rm -rf "$site" && mkdir -m 750 "$site" && tar xf whole.tar -C "$site" && mkdir "$site/log" "$site/run"
	find "$site" -type d -exec chmod 750 {} +
}
# finds NAME PART: doctor exits with 1, and a line that is not OK contains PART
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
runs 'a restored site is healthy' doctor
echo 'colour = red' >>"$site/renown.conf"
run doctor
is 'an invalid configuration gives status 78' 78 "$status"
has 'the message names the line' "$out" 'unknown key: colour'
fresh && sql 'PRAGMA user_version = 0'
finds 'an old schema is reported' 'renown migrate'
fresh && sql 'PRAGMA user_version = 999'
finds 'a newer schema is reported' 'update renown'
fresh && rm "$site/renown.db"
finds 'a missing database is reported' 'is missing. Restore it from a backup.'
# Neither "missing" nor "cannot be opened": root acts as the site's user, who may not enter that folder.
fresh && mkdir -m 755 "$work/closed" && mv "$site" "$work/closed/site" && site=$work/closed/site
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$work"
	chown -R 65534:65534 "$site"
	chmod 700 "$work/closed"
else
	chmod 000 "$work/closed"
fi
for command in doctor 'user list' migrate; do
	# shellcheck disable=SC2086 # the command may be two words
	run $command
	ok "$command ends with an error in a closed folder" "$([ "$status" -ne 0 ] && echo 0 || echo 1)"
	has "$command names the closed folder" "$out$err" "chmod o+x $work/closed"
	hasnt "$command does not advise to restore a backup" "$out$err" 'backup'
done
chmod 700 "$work/closed" && rm -rf "$work/closed"
fresh && : >"$site/renown.db"
finds 'an empty database is reported' 'the database is empty'
fresh && sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && dd if=/dev/urandom of="$site/renown.db" bs=4096 seek=20 count=10 conv=notrunc 2>/dev/null
finds 'a damaged database is reported' 'restore a backup'
fresh && sql "PRAGMA foreign_keys = OFF; DELETE FROM site_user WHERE id = (SELECT author_id FROM post LIMIT 1)"
finds 'a row that refers to a missing row is reported' 'names a row of site_user that is not there'
fresh && sql "DELETE FROM post_search WHERE rowid = (SELECT min(rowid) FROM post_search)"
finds 'a post that is missing from the search index is reported' 'renown render --all'
runs 'the recommended command succeeds' render --all
runs 'doctor finds no problem afterwards' doctor
fresh && sql "UPDATE post_text SET renderer = 'old' WHERE post_id < 4"
finds 'posts rendered by another version are reported' '3 posts were rendered by another version'
runs 'the recommended command succeeds' render
runs 'doctor finds no problem afterwards' doctor
fresh && sql "DELETE FROM post_text WHERE post_id = 1"
finds 'a post without a text is reported' '1 posts have no text'
fresh && sql "UPDATE tag_count SET posts = posts + 1 WHERE tag_id = 1 AND lang = 'en'"
finds 'a wrong post count of a tag is reported' '1 tags have a wrong post count'
fresh && sql "INSERT INTO former_summary (post_id, number, summary, origin) VALUES (1, 0, 'Perhaps typed.', 'unknown')"
finds 'a summary that may have been generated is reported' 'may be generated from text that is not public, so it is not shown: "Perhaps typed."'
# The next migration decides what an interrupted one left undecided.
fresh && sql "UPDATE post SET summary = '' WHERE id = 1; INSERT INTO former_summary (post_id, number, summary) VALUES (1, 0, 'Surely typed.')"
runs 'migrate succeeds' migrate
is 'migrate decides which summaries were typed' 'Surely typed.|0' "$(sql 'SELECT summary, (SELECT count(*) FROM former_summary) FROM post WHERE id = 1')"
fresh && sql "UPDATE content_version SET changed = strftime('%s') + 100000"
finds 'a change in the future is reported' 'the clock is wrong now, or was wrong then'
fresh && sql "UPDATE revision SET created = strftime('%s') + 3600 WHERE id = 1"
finds 'a version in the future is reported, even if it is not the last one' 'the clock is wrong now, or was wrong then'
fresh && sql "UPDATE revision SET created = strftime('%s') + 20 WHERE id = 1"
runs 'a difference of a few seconds is accepted' doctor
fresh && chmod 644 "$site/renown.db"
finds 'a database that everyone can read is reported' "chmod o-r $site/renown.db"
for file in renown.db renown.db-wal renown.db-shm renown.conf; do
	fresh && run user list
	# Without another connection, SQLite has removed the database's WAL and shared-memory files.
	[ -e "$site/$file" ] || : >"$site/$file"
	chmod 640 "$site/$file"
	finds "$file, which the web server's group can read, is reported" "chmod 600 $site/$file"
done
fresh && chmod 640 "$site/renown.db" "$site/renown.conf"
runs 'migrate succeeds' migrate
has 'migrate closes the files to other users' "$out" "$site/renown.db can no longer be read by other users" "$site/renown.conf can no longer be read"
is 'only their owner can read the files' '600 600 ' "$(stat -c %a "$site/renown.db" "$site/renown.conf" | tr '\n' ' ')"
runs 'migrate succeeds a second time' migrate
hasnt 'the second migrate reports no change of permissions' "$out" 'closed'
fresh && chmod 757 "$site/media"
finds 'a media folder that everyone can write is reported' "-w $site/media"
if [ "$(id -u)" -eq 0 ]; then
	fresh && chown nobody "$site/run"
	finds 'a folder of another user is reported' "chown -R nobody $site"
	# Root acts as the owner of the database, because a journal owned by root would lock out the site's programs.
	fresh && chown -R nobody "$site" && chmod 755 "$work"
	runs 'root can run doctor on a site of the user nobody' doctor
	runs 'root can run a writing command on it' user add --name X --email x@example.org
	is 'all files belong to nobody' nobody "$(find "$site" -printf '%u\n' | sort -u)"
	chown root "$site/media"
	finds 'for a file left behind by root, doctor names nobody as the owner' "chown $(id -u nobody) $site/media"
	chown nobody "$site/media"
	# A web server that starts as root writes to folders in which only root can create names.
	chown root "$site/log" && chmod 750 "$site/log"
	finds "a log folder that the site's user may not enter is reported" "delete $site/log/access.log"
	chmod 755 "$site/log" && run doctor
	is 'the owner of the log folder does not matter' 0 "$status"
	for made in log/access.log log/error.log run/cache; do
		touch "$site/$made"
		finds "files of root's web server in a folder of the site's user are reported: $made" "delete $site/$made"
		chown nobody "$site/$made"
		runs "files of the site user's own web server are accepted" doctor
		rm "$site/$made"
	done
	fresh && chown -R nobody "$site" && chown root "$site" && chmod 755 "$work" "$site"
	has "for a site of nobody in a folder of root, doctor names nobody as the owner" "$(cd / && setpriv --reuid nobody --regid nogroup --clear-groups "$RENOWN" --site "$site" doctor 2>&1 | grep 'Database folder')" \
		"chown $(id -u nobody) $site"
fi
fresh && rmdir "$site/run" && rm -r "${site:?}/media"
finds 'a missing media folder is reported' "$site/media is missing"
fresh && rm "$site/media/$(media 0)"
finds 'a missing file is reported' "$(media 0)"
fresh && echo x >>"$site/media/$(media 1)"
finds 'a file of another length is reported' 'bytes instead of'
fresh && echo x >"$site/media/$(media 0).bak" && echo x >"$site/media/incoming-abcdef"
runs 'a recent unknown file is accepted, because an import may be running' doctor
touch -d '2 hours ago' "$site/media/$(media 0).bak" "$site/media/incoming-abcdef"
finds 'an old file that belongs to nothing is reported' 'renown doctor --clean'
files=$(find "$site/media" -type f | wc -l)
runs 'the recommended command succeeds' doctor --clean
has 'it removes the files' "$out" '2 orphaned files deleted'
is 'it removes no other file' $((files - 2)) "$(find "$site/media" -type f | wc -l)"
runs 'doctor finds no problem afterwards' doctor
fresh && mkdir -p "$site/themes/mine" && cp "$root/tests/data/child-theme/site.xsl" "$site/themes/mine" && "$RENOWN" --site "$site" setting set theme mine
echo '<x' >"$site/themes/mine/site.xsl"
finds 'a broken theme is reported' 'site.xsl'
finish
