#!/bin/sh
# renown sample: all of it comes, all of it goes, and nothing else.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# Everything but what says that something has happened at all.
# The audit trail stays, and when doctor looked: it says that the content came and went.
# So do the numbers, of which none is given twice.
everything() {
	sql .dump | grep -vE "^INSERT INTO (content_version|audit|health_check|sqlite_sequence|'?post_search|'?draft_search)"
	sql 'SELECT (SELECT count(*) FROM post_search_docsize), (SELECT count(*) FROM draft_search_docsize)'
	(cd "$site" && find . -type f ! -name 'renown.db*' -exec cksum {} + | sort)
}

new_site fresh
before=$(everything)
runs 'add' sample add --until 2026-11-24
has 'it says how it goes away' "$out" 'renown sample remove'
ok 'there are at least twelve posts' "$([ "$(sql "SELECT count(*) FROM post WHERE kind <> 'page'")" -ge 12 ] && echo 0 || echo 1)"
is 'in both languages' 'en zh ' "$(sql 'SELECT DISTINCT lang FROM post ORDER BY 1' | tr '\n' ' ')"
is 'of every kind' 'article audio page video ' "$(sql 'SELECT DISTINCT kind FROM post ORDER BY 1' | tr '\n' ' ')"
is 'open to all, to members, to those who pay' 'members paid public ' "$(sql 'SELECT DISTINCT access FROM post ORDER BY 1' | tr '\n' ' ')"
is 'each is marked' 0 "$(sql 'SELECT (SELECT count(*) FROM post WHERE sample = 0) + (SELECT count(*) FROM media WHERE sample = 0) + (SELECT count(*) FROM tag WHERE sample = 0) + (SELECT count(*) FROM comment WHERE sample = 0) + (SELECT count(*) FROM grant_right WHERE sample = 0) + (SELECT count(*) FROM site_user WHERE sample = 0) - 1')"
ok 'with comments and their answers' "$([ "$(sql 'SELECT count(*) > 3 AND count(parent_id) > 0 AND count(user_id) > 0 FROM comment')" = 1 ] && echo 0 || echo 1)"
ok 'with rights, one of which has ended' "$([ "$(sql 'SELECT count(*) > 1 AND count(ends) > 0 FROM grant_right')" = 1 ] && echo 0 || echo 1)"
is 'the owner stays the only one' mo@example.org "$(sql "SELECT email FROM site_user WHERE role = 'owner'")"
is 'nothing was lost on the way' 1 "$(printf '%s\n' "$out" | wc -l)"
runs 'doctor finds nothing' doctor
log=$site/log/sample-visits.log
# Without the numbers of posts, which are never given twice.
visits() {
	cut -f 1-13,15- "$log" | cksum
}
is 'ninety days of visits' 90 "$(awk -F '\t' '{ print int($1 / 86400000) }' "$log" | sort -u | wc -l)"
is 'up to the day before' '2026-08-26 2026-11-23' "$(date -u -d "@$(head -1 "$log" | cut -c 1-10)" +%F) $(date -u -d "@$(tail -1 "$log" | cut -c 1-10)" +%F)"
is 'in order' '' "$(cut -f 1 "$log" | sort -n -c 2>&1)"
is 'fifteen columns' 15 "$(awk -F '\t' '{ print NF }' "$log" | sort -u)"
is 'from addresses that nobody has' '' "$(cut -f 2 "$log" | grep -vE '^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:' | head -3)"
is 'of posts that are there' '' "$(awk -F '\t' '$14 != "-" { print $14 }' "$log" | sort -u | while read -r id; do [ "$(sql "SELECT count(*) FROM post WHERE id = $id AND state = 'published'")" = 1 ] || echo "$id"; done)"
is 'and out by then' '' "$(awk -F '\t' '$13 == "post" { day = int($1 / 1000); if (!($14 in first)) first[$14] = day } END { for (id in first) print id, first[id] }' "$log" |
	while read -r id first; do [ "$(sql "SELECT published <= $first FROM post WHERE id = $id")" = 1 ] || echo "$id"; done)"
sum=$(visits)
after=$(everything)
counter=$(sql 'SELECT counter FROM content_version')
runs 'add again' sample add --until 2026-11-24
is 'changes nothing' "$after" "$(everything)"
is 'not even the pages' "$counter" "$(sql 'SELECT counter FROM content_version')"
runs 'remove' sample remove
is 'leaves the site as it was' "$before" "$(everything)"
is 'and no file of it' '' "$(find "$site/media" -type f)"
runs 'remove again' sample remove
is 'changes nothing' "$before" "$(everything)"
runs 'add once more' sample add --until 2026-11-24
is 'the same day has the same visits' "$sum" "$(visits)"

# --- beside content of one's own
mkdir notes
cp "$root/samples/media/portrait.webp" notes/mine.webp
tag=$(sql 'SELECT name FROM tag ORDER BY id LIMIT 1')
printf -- '---\ntitle: Mine\nauthor: Marit Solvang\ntags: ["%s", own]\ncover: mine.webp\n---\nMine.\n' "$tag" >notes/mine.md
runs 'own content beside it' import markdown notes
run setting set tagline 'My own words'
title=$("$RENOWN" --site "$site" setting get title)
runs 'remove' sample remove
is 'own posts stay' mine "$(sql 'SELECT slug FROM post')"
is 'with their author' marit@example.org "$(sql 'SELECT email FROM site_user JOIN post ON author_id = site_user.id')"
is 'their tags' 2 "$(sql 'SELECT count(*) FROM tag')"
is 'their picture, which the sample had as well' 1 "$(find "$site/media" -type f | wc -l)"
is 'a setting that was changed stays' 'My own words' "$("$RENOWN" --site "$site" setting get tagline)"
hasnt 'one that was not changed goes' "$("$RENOWN" --site "$site" setting get title)" "$title"
is 'nothing is marked any more' 0 "$(sql 'SELECT (SELECT count(*) FROM site_user WHERE sample) + (SELECT count(*) FROM tag WHERE sample) + (SELECT count(*) FROM media WHERE sample)')"
runs 'doctor finds nothing' doctor

# --- settings and names that are taken
new_site own
run setting set title Mine
printf -- '---\ntitle: My own\nslug: about\nkind: page\n---\nMine.\n' >notes/mine.md
run import markdown notes
runs 'add to a site with a name of its own' sample add
is 'the name stays' Mine "$("$RENOWN" --site "$site" setting get title)"
is 'so does its page' 'My own' "$(sql "SELECT title FROM post WHERE slug = 'about'")"
runs 'remove' sample remove
is 'the page is there' 'My own' "$(sql 'SELECT title FROM post')"

# --- a site without an owner
site=$work/bare
run init
runs 'add to a bare site' sample add
is 'its owner is a sample, too' 1 "$(sql "SELECT sample FROM site_user WHERE role = 'owner'")"
sample_owner=$(sql "SELECT email FROM site_user WHERE role = 'owner'")
runs 'remove' sample remove
has 'says that there is no owner any more, and how to be one' "$out" 'has no owner' 'renown user add --role owner'
is 'there is none' 0 "$(sql "SELECT count(*) FROM site_user WHERE role = 'owner'")"
refuses 'an import has nobody to sign it' 1 'user add --role owner' import markdown notes
runs 'what it says' user add --role owner --name 'Lin Mo' --email lin@example.org
has 'gives a way in' "$out" '/sign-in/'
runs 'remove again' sample remove
hasnt 'says nothing of it' "$out" 'has no owner'
site=$work/signed
run init
run sample add
runs 'the owner of the sample content signs what names no author' import markdown notes
is 'as any owner does' "$sample_owner" "$(sql "SELECT email FROM site_user JOIN post ON author_id = site_user.id WHERE source LIKE 'markdown:%'")"
runs 'or is named' import markdown notes --label again --author "$sample_owner"
runs 'remove' sample remove
hasnt 'leaves an owner' "$out" 'has no owner'
is 'who is the one of the posts, and no sample any more' "$sample_owner|0" "$(sql "SELECT email, sample FROM site_user WHERE role = 'owner'")"
site=$work/mine
run init
run sample add
run user set "$sample_owner" --name 'Lin Mo' --email lin@example.org
runs 'remove, when the owner of the sample content was made one of your own' sample remove
is 'leaves them' 'Lin Mo|lin@example.org|0' "$(sql "SELECT name, email, sample FROM site_user WHERE role = 'owner'")"
RENOWN_DATA=$work/nowhere
refuses 'without its files' 1 'RENOWN_DATA' sample add
finish
