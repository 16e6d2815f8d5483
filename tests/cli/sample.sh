#!/bin/sh
# renown sample: adds all sample content, removes all of it, and changes nothing else.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# Everything in the database, except the traces that must stay:
# the audit log and the time of the last check, because they record that the content was added and removed,
# and the highest row numbers, because no number is used twice.
everything() {
	sql .dump | grep -vE "^INSERT INTO (content_version|audit|health_check|sqlite_sequence|'?post_search|'?draft_search)"
	sql 'SELECT (SELECT count(*) FROM post_search_docsize), (SELECT count(*) FROM draft_search_docsize)'
	(cd "$site" && find . -type f ! -name 'renown.db*' -exec cksum {} + | sort)
}

new_site fresh
before=$(everything)
runs 'sample add succeeds' sample add --until 2026-11-24
has 'the message says how to remove the sample content' "$out" 'renown sample remove'
ok 'there are at least twelve posts' "$([ "$(sql "SELECT count(*) FROM post WHERE kind <> 'page'")" -ge 12 ] && echo 0 || echo 1)"
is 'posts exist in both languages' 'en zh ' "$(sql 'SELECT DISTINCT lang FROM post ORDER BY 1' | tr '\n' ' ')"
is 'posts of every kind exist' 'article audio page video ' "$(sql 'SELECT DISTINCT kind FROM post ORDER BY 1' | tr '\n' ' ')"
is 'posts exist for everybody, for members and for paying members' 'members paid public ' "$(sql 'SELECT DISTINCT access FROM post ORDER BY 1' | tr '\n' ' ')"
is 'each row is marked as sample content' 0 "$(sql 'SELECT (SELECT count(*) FROM post WHERE sample = 0) + (SELECT count(*) FROM media WHERE sample = 0) + (SELECT count(*) FROM tag WHERE sample = 0) + (SELECT count(*) FROM comment WHERE sample = 0) + (SELECT count(*) FROM grant_right WHERE sample = 0) + (SELECT count(*) FROM site_user WHERE sample = 0) - 1')"
ok 'there are comments and replies' "$([ "$(sql 'SELECT count(*) > 3 AND count(parent_id) > 0 AND count(user_id) > 0 FROM comment')" = 1 ] && echo 0 || echo 1)"
ok 'there are rights, one of which has ended' "$([ "$(sql 'SELECT count(*) > 1 AND count(ends) > 0 FROM grant_right')" = 1 ] && echo 0 || echo 1)"
is 'the owner is still the only one' mo@example.org "$(sql "SELECT email FROM site_user WHERE role = 'owner'")"
is 'no import warning is printed' 1 "$(printf '%s\n' "$out" | wc -l)"
runs 'doctor finds no problem' doctor
log=$site/log/sample-visits.log
# Without the numbers of posts, which are never used twice.
visits() {
	cut -f 1-13,15- "$log" | cksum
}
is 'the visits cover ninety days' 90 "$(awk -F '\t' '{ print int($1 / 86400000) }' "$log" | sort -u | wc -l)"
is 'the last visits are on the day before' '2026-08-26 2026-11-23' "$(date -u -d "@$(head -1 "$log" | cut -c 1-10)" +%F) $(date -u -d "@$(tail -1 "$log" | cut -c 1-10)" +%F)"
is 'the visits are in order' '' "$(cut -f 1 "$log" | sort -n -c 2>&1)"
is 'each visit has fifteen columns' 15 "$(awk -F '\t' '{ print NF }' "$log" | sort -u)"
is 'the IP addresses are reserved for documentation' '' "$(cut -f 2 "$log" | grep -vE '^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:' | head -3)"
is 'the visited posts exist' '' "$(awk -F '\t' '$14 != "-" { print $14 }' "$log" | sort -u | while read -r id; do [ "$(sql "SELECT count(*) FROM post WHERE id = $id AND state = 'published'")" = 1 ] || echo "$id"; done)"
is 'the visited posts were published by then' '' "$(awk -F '\t' '$13 == "post" { day = int($1 / 1000); if (!($14 in first)) first[$14] = day } END { for (id in first) print id, first[id] }' "$log" |
	while read -r id first; do [ "$(sql "SELECT published <= $first FROM post WHERE id = $id")" = 1 ] || echo "$id"; done)"
sum=$(visits)
after=$(everything)
counter=$(sql 'SELECT counter FROM content_version')
runs 'a second sample add succeeds' sample add --until 2026-11-24
is 'it changes nothing' "$after" "$(everything)"
is 'it does not change the change counter' "$counter" "$(sql 'SELECT counter FROM content_version')"
runs 'sample remove succeeds' sample remove
is 'the site is as it was before' "$before" "$(everything)"
is 'no file of it is left' '' "$(find "$site/media" -type f)"
runs 'a second sample remove succeeds' sample remove
is 'it changes nothing' "$before" "$(everything)"
runs 'sample add succeeds once more' sample add --until 2026-11-24
is 'the same day gets the same visits' "$sum" "$(visits)"

# --- beside own content
mkdir notes
cp "$root/samples/media/portrait.webp" notes/mine.webp
tag=$(sql 'SELECT name FROM tag ORDER BY id LIMIT 1')
printf -- '---\ntitle: Mine\nauthor: Marit Solvang\ntags: ["%s", own]\ncover: mine.webp\n---\nMine.\n' "$tag" >notes/mine.md
runs 'own content is imported beside it' import markdown notes
run setting set tagline 'My own words'
title=$("$RENOWN" --site "$site" setting get title)
runs 'sample remove succeeds' sample remove
is 'own posts stay' mine "$(sql 'SELECT slug FROM post')"
is 'their author stays' marit@example.org "$(sql 'SELECT email FROM site_user JOIN post ON author_id = site_user.id')"
is 'their tags stay' 2 "$(sql 'SELECT count(*) FROM tag')"
is 'their image stays, although the sample content had the same one' 1 "$(find "$site/media" -type f | wc -l)"
is 'a changed setting stays' 'My own words' "$("$RENOWN" --site "$site" setting get tagline)"
hasnt 'an unchanged setting of the sample is removed' "$("$RENOWN" --site "$site" setting get title)" "$title"
is 'no row is marked as sample content' 0 "$(sql 'SELECT (SELECT count(*) FROM site_user WHERE sample) + (SELECT count(*) FROM tag WHERE sample) + (SELECT count(*) FROM media WHERE sample)')"
runs 'doctor finds no problem' doctor

# --- settings and slugs in use
new_site own
run setting set title Mine
printf -- '---\ntitle: My own\nslug: about\nkind: page\n---\nMine.\n' >notes/mine.md
run import markdown notes
runs 'sample add succeeds on a site with its own name' sample add
is 'the name stays' Mine "$("$RENOWN" --site "$site" setting get title)"
is 'the page with a slug in use stays' 'My own' "$(sql "SELECT title FROM post WHERE slug = 'about'")"
runs 'sample remove succeeds' sample remove
is 'the page is still there' 'My own' "$(sql 'SELECT title FROM post')"

# --- a site without an owner
site=$work/bare
run init
runs 'sample add succeeds on a site without users' sample add
is 'its owner is marked as sample content, too' 1 "$(sql "SELECT sample FROM site_user WHERE role = 'owner'")"
sample_owner=$(sql "SELECT email FROM site_user WHERE role = 'owner'")
runs 'sample remove succeeds' sample remove
has 'it warns that there is no owner, and says how to add one' "$out" 'has no owner' 'renown user add --role owner'
is 'there is no owner' 0 "$(sql "SELECT count(*) FROM site_user WHERE role = 'owner'")"
refuses 'an import without an owner is refused' 1 'user add --role owner' import markdown notes
runs 'the recommended command succeeds' user add --role owner --name 'Lin Mo' --email lin@example.org
has 'it prints a sign-in link' "$out" '/sign-in/'
runs 'a second sample remove succeeds' sample remove
hasnt 'it gives no warning' "$out" 'has no owner'
site=$work/signed
run init
run sample add
runs 'posts without an author are imported for the sample owner' import markdown notes
is 'the posts belong to the sample owner' "$sample_owner" "$(sql "SELECT email FROM site_user JOIN post ON author_id = site_user.id WHERE source LIKE 'markdown:%'")"
runs 'the sample owner can be named as author' import markdown notes --label again --author "$sample_owner"
runs 'sample remove succeeds' sample remove
hasnt 'it leaves an owner' "$out" 'has no owner'
is 'the owner is the author of the posts, and is no longer marked as sample content' "$sample_owner|0" "$(sql "SELECT email, sample FROM site_user WHERE role = 'owner'")"
site=$work/mine
run init
run sample add
run user set "$sample_owner" --name 'Lin Mo' --email lin@example.org
runs 'sample remove succeeds after the sample owner was edited' sample remove
is 'the edited owner stays' 'Lin Mo|lin@example.org|0' "$(sql "SELECT name, email, sample FROM site_user WHERE role = 'owner'")"
RENOWN_DATA=$work/nowhere
refuses 'without the sample files, sample add is refused' 1 'RENOWN_DATA' sample add
finish
