#!/bin/sh
# renown import markdown a second time: an update makes no post more public than the site and the file say.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# text FILE FRONT-LINE...: writes a dated text with these lines in its front matter, and different words each time
turn=0
text() {
	text_file=notes/$1.md
	shift
	turn=$((turn + 1))
	printf '%s\n' --- 'title: x' "$@" --- "Words $turn." >"$text_file"
}
again() {
	run import markdown notes "$@"
	[ "$status" -eq 0 ] || ok 'an import' 1 "status $status
$out
$err"
}
# state SLUG [TURN]: the state of a post; "new" when its words are those of that turn (without TURN: of the last one)
state() {
	sql -separator ' ' "SELECT state, access, date(published, 'unixepoch'), CASE WHEN markdown LIKE '%Words ${2:-$turn}.%' THEN 'new' ELSE 'old' END
		FROM post JOIN post_text ON post_id = id WHERE slug = '$1'"
}
set_site() {
	sql "UPDATE post SET $2 WHERE slug = '$1'"
}

mkdir notes
new_site site
date='date: 2020-01-01'

# --- only the file changes
text a "$date"
again
text a "$date" 'draft: true'
again
is 'a file that becomes a draft unpublishes its post' 'draft public 2020-01-01 new' "$(state a)"
text a "$date" 'draft: true'
again
is 'a later import keeps it a draft' 'draft public 2020-01-01 new' "$(state a)"
text a "$date"
again
is 'a file that is public again publishes its post' 'published public 2020-01-01 new' "$(state a)"
text a "$date" 'visibility: paid'
again
is 'a file for paying members restricts its post' 'published paid 2020-01-01 new' "$(state a)"
text a "$date" 'visibility: members'
again
is 'a file for members restricts its post' 'published members 2020-01-01 new' "$(state a)"
text a "$date"
again
is 'a file without a restriction makes its post public' 'published public 2020-01-01 new' "$(state a)"
text a "$date" 'publishDate: 2100-01-01'
again
is 'a publish date in the future schedules its post' 'published public 2100-01-01 new' "$(state a)"
text a "$date" 'publishDate: 2021-01-01'
again
is 'a publish date in the past publishes its post' 'published public 2021-01-01 new' "$(state a)"
text a "$date" 'expires: 2021-01-01'
again
is 'a past end date unpublishes the post' 'unpublished public 2020-01-01 new' "$(state a)"
text a "$date"
again
is 'removing the end date publishes the post again' 'published public 2020-01-01 new' "$(state a)"

# The end date passes between two imports, and the file does not change.
ends=$(($(date +%s) + 5))
text z "$date" "expiryDate: $(date -u -d "@$ends" +%Y-%m-%dT%H:%M:%SZ)"
again
has 'a future end date is reported' "$out" '1 × end date, which this site does not follow' 'z.md:4'
is 'the post is public' 'published public 2020-01-01 new' "$(state z)"
while [ "$(date +%s)" -le "$ends" ]; do sleep 0.5; done
again
is 'the next import after the end date unpublishes the post' 'unpublished public 2020-01-01 new' "$(state z)"
rm notes/z.md

# --- a file that loses its front matter does not become public
text b "$date" 'draft: true' 'visibility: paid'
again
turn=$((turn + 1)); echo "Words $turn." >notes/b.md
again
is 'without front matter the post keeps state and access' 'draft paid 2020-01-01 new' "$(state b)"
again
has 'the next import changes nothing' "$out" '0 updated'
text b "$date"
again
is 'the post changes when the file states something else' 'published public 2020-01-01 new' "$(state b)"

# --- only the post on the site changes
text c "$date"
text d "$date" 'draft: true'
again
run post unpublish c
run post publish d
text c "$date"
text d "$date" 'draft: true'
again
is 'a post that was unpublished on the site stays unpublished' 'unpublished public 2020-01-01 new' "$(state c $((turn - 1)))"
is 'a post that was published on the site stays published' 'published public 2020-01-01 new' "$(state d)"
has 'both are reported' "$out" '2 × state changed on this site; not replaced' 'c.md unpublished' 'd.md published'
hasnt 'nothing else is reported' "$out" 'it became a draft'
text c "$date"
text d "$date" 'draft: true'
again --force
is '--force publishes nothing' 'unpublished public 2020-01-01 new' "$(state c $((turn - 1)))"
is '--force applies the stricter state of the file' 'draft public 2020-01-01 new' "$(state d)"
text e "$date"
again
set_site e "access = 'paid'"
text e "$date"
again
is 'access that was set on the site stays' 'published paid 2020-01-01 new' "$(state e)"
has 'it is reported' "$out" 'access changed on this site; not replaced' 'e.md paid'
text e "$date"
again --force
is 'it stays with --force, too' 'published paid 2020-01-01 new' "$(state e)"
text f "$date"
again
set_site f 'published = 4102444800'
text f "$date"
again
is 'a publish date that was set on the site stays' 'published public 2100-01-01 new' "$(state f)"

# --- both change: the stricter value wins
text g "$date"
again
set_site g "access = 'paid'"
text g "$date" 'access: members'
again
is 'the stricter access of the site wins' 'published paid 2020-01-01 new' "$(state g)"
text h "$date" 'access: members'
again
set_site h "access = 'public'"
text h "$date" 'access: paid'
again
is 'the stricter access of the file wins' 'published paid 2020-01-01 new' "$(state h)"
text i "$date" 'draft: true'
again
run post publish i
run post unpublish i
text i "$date"
again
is 'a post that is unpublished on the site and published in the file is unpublished' 'unpublished public 2020-01-01 new' "$(state i)"
text j "$date"
again
run post unpublish j
run post publish j
text j "$date" 'draft: true'
again
is 'a post that is published on the site and a draft in the file is a draft' 'draft public 2020-01-01 new' "$(state j)"
text k "$date"
again
set_site k "state = 'unpublished', trashed = 5, restore_state = 'published'"
text k "$date" 'access: members'
again --force
is 'a post in the trash stays there' 'unpublished public 2020-01-01 new 5' "$(state k) $(sql "SELECT trashed FROM post WHERE slug = 'k'")"

# --- the text was edited on the site, and the file is stricter now
edit() {
	sql "UPDATE post SET revision = revision + 1, title = 'Edited here' WHERE slug = '$1';
		INSERT INTO revision (post_id, number, reason, title, summary, markdown, created)
		SELECT p.id, p.revision, 'save', p.title, p.summary, t.markdown, 1 FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE slug = '$1'"
}
for name in r s t u v; do
	text "$name" "$date"
done
again
for name in r s t u v; do
	edit "$name"
done
text r "$date" 'draft: true'
text s "$date" 'visibility: paid'
text t 'date: 2100-01-01'
text u "$date"
text v "$date" 'draft: true' 'draft: true'
run import markdown notes --dry-run
has 'a dry run reports it' "$out" '3 × file that is less public now, of a post edited on this site; the post was unpublished'
is 'a dry run changes nothing' 'published' "$(state r | cut -d ' ' -f 1)"
again
for name in r s t; do
	is "$name is unpublished, with the text of the site" 'unpublished public 2020-01-01 old' "$(state $name)"
done
is 'a post whose file is not stricter stays published' 'published public 2020-01-01 old' "$(state u)"
is 'a post whose file cannot be read stays published' 'published public 2020-01-01 old' "$(state v)"
has 'the report names the unpublished posts' "$out" '5 edited on this site and not replaced' '3 × file that is less public now' 'r.md r'
run post publish r
again
is 'a post that is published again on the site stays published' 'published public 2020-01-01 old' "$(state r)"
rm notes/v.md
again --force
is 'after --force the state of the file applies' 'draft public 2020-01-01 new' "$(state r "$(grep -o '[0-9]*\.$' notes/r.md | tr -d .)")"
rm notes/r.md notes/s.md notes/t.md notes/u.md
sql "DELETE FROM post WHERE slug IN ('r', 's', 't', 'u', 'v')"

# --- a post that was imported before visibility was read from files
text l "$date" 'password: x'
text m "$date" 'password: x'
text n "$date"
again
set_site l "state = 'published', source_digest = 'old'"
set_site n "state = 'draft', source_digest = 'old'"
run post publish m
set_site m "source_digest = 'old'"
again
is 'a post that should not have been public becomes a draft' 'draft public 2020-01-01' "$(state l | cut -d ' ' -f 1-3)"
is 'a post that was published on the site since then stays published' 'published public 2020-01-01' "$(state m | cut -d ' ' -f 1-3)"
is 'a draft stays a draft' 'draft public 2020-01-01' "$(state n | cut -d ' ' -f 1-3)"
again
has 'nothing else changes' "$out" '0 added, 0 updated'

# --- a text without a date becomes a draft only once
text o
again
is 'a text without a date is a draft' draft "$(state o | cut -d ' ' -f 1)"
run post publish o
text o
again
is 'it stays published after it was published on the site' "published public $(date -u +%Y-%m-%d) new" "$(state o)"
text p
again
text p "$date"
again
is 'a text that gets a date is published' 'published public 2020-01-01 new' "$(state p)"
text p
again
is 'a text that loses its date stays published' 'published public 2020-01-01 new' "$(state p)"
again
has 'the last import changes nothing' "$out" '0 added, 0 updated, 16 unchanged'

# --- a file that an earlier import made an article
text q "$date"
again
sql "UPDATE post SET source = 'markdown:notes/README.md' WHERE slug = 'q'"
rm notes/q.md
echo 'Words of a README.' >notes/README.md
again
has 'a file that is now left out is reported, and its post stays' "$out" 'file that is skipped now; its post of an earlier import stays' 'README.md q'
is 'the post is unchanged' published "$(state q | cut -d ' ' -f 1)"
finish
