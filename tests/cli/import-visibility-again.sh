#!/bin/sh
# renown import markdown a second time: an update makes no post more public than the site and the file say.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# text FILE FRONT-LINE...: a dated text with these lines in its front matter, other words each time
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
# state SLUG [TURN]: of a post; new when its words are those of that turn, else of the last one
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

# --- the file alone changes
text a "$date"
again
text a "$date" 'draft: true'
again
is 'a file that becomes a draft takes its post off the site' 'draft public 2020-01-01 new' "$(state a)"
text a "$date" 'draft: true'
again
is 'and it stays so' 'draft public 2020-01-01 new' "$(state a)"
text a "$date"
again
is 'a file that is public again publishes it' 'published public 2020-01-01 new' "$(state a)"
text a "$date" 'visibility: paid'
again
is 'for those who pay' 'published paid 2020-01-01 new' "$(state a)"
text a "$date" 'visibility: members'
again
is 'for members' 'published members 2020-01-01 new' "$(state a)"
text a "$date"
again
is 'for all' 'published public 2020-01-01 new' "$(state a)"
text a "$date" 'publishDate: 2100-01-01'
again
is 'at a time to come' 'published public 2100-01-01 new' "$(state a)"
text a "$date" 'publishDate: 2021-01-01'
again
is 'at a time that is past' 'published public 2021-01-01 new' "$(state a)"
text a "$date" 'expires: 2021-01-01'
again
is 'no longer' 'unpublished public 2020-01-01 new' "$(state a)"
text a "$date"
again
is 'and again' 'published public 2020-01-01 new' "$(state a)"

# Its end comes between two imports, and the file does not change.
ends=$(($(date +%s) + 5))
text z "$date" "expiryDate: $(date -u -d "@$ends" +%Y-%m-%dT%H:%M:%SZ)"
again
has 'an end that is still to come is told' "$out" '1 × end date, which this site does not follow' 'z.md:4'
is 'and the post is public' 'published public 2020-01-01 new' "$(state z)"
while [ "$(date +%s)" -le "$ends" ]; do sleep 0.5; done
again
is 'until it is imported again' 'unpublished public 2020-01-01 new' "$(state z)"
rm notes/z.md

# --- a file that loses its front matter has not said that it is public
text b "$date" 'draft: true' 'visibility: paid'
again
turn=$((turn + 1)); echo "Words $turn." >notes/b.md
again
is 'without front matter it stays what it was' 'draft paid 2020-01-01 new' "$(state b)"
again
has 'and the next time nothing changes' "$out" '0 updated'
text b "$date"
again
is 'until the file says something else' 'published public 2020-01-01 new' "$(state b)"

# --- the site alone changes
text c "$date"
text d "$date" 'draft: true'
again
run post unpublish c
run post publish d
text c "$date"
text d "$date" 'draft: true'
again
is 'what was unpublished on the site stays so' 'unpublished public 2020-01-01 new' "$(state c $((turn - 1)))"
is 'what was published on the site stays so' 'published public 2020-01-01 new' "$(state d)"
has 'and that is told' "$out" '2 × state that was changed on the site, which stays' 'c.md unpublished' 'd.md published'
hasnt 'and nothing that is not so' "$out" 'it became a draft'
text c "$date"
text d "$date" 'draft: true'
again --force
is '--force publishes nothing' 'unpublished public 2020-01-01 new' "$(state c $((turn - 1)))"
is 'but takes what is stricter' 'draft public 2020-01-01 new' "$(state d)"
text e "$date"
again
set_site e "access = 'paid'"
text e "$date"
again
is 'an access of the site stays' 'published paid 2020-01-01 new' "$(state e)"
has 'and that is told, too' "$out" 'access that was changed on the site, which stays' 'e.md paid'
text e "$date"
again --force
is 'also with --force' 'published paid 2020-01-01 new' "$(state e)"
text f "$date"
again
set_site f 'published = 4102444800'
text f "$date"
again
is 'a time of the site stays' 'published public 2100-01-01 new' "$(state f)"

# --- both change: the stricter one
text g "$date"
again
set_site g "access = 'paid'"
text g "$date" 'access: members'
again
is 'the stricter access' 'published paid 2020-01-01 new' "$(state g)"
text h "$date" 'access: members'
again
set_site h "access = 'public'"
text h "$date" 'access: paid'
again
is 'be it the file'"'"'s' 'published paid 2020-01-01 new' "$(state h)"
text i "$date" 'draft: true'
again
run post publish i
run post unpublish i
text i "$date"
again
is 'unpublished here, published there' 'unpublished public 2020-01-01 new' "$(state i)"
text j "$date"
again
run post unpublish j
run post publish j
text j "$date" 'draft: true'
again
is 'published here again, a draft there' 'draft public 2020-01-01 new' "$(state j)"
text k "$date"
again
set_site k "state = 'withdrawn', binned = 5, binned_state = 'published'"
text k "$date" 'access: members'
again --force
is 'what lies in the trash stays there' 'unpublished public 2020-01-01 new 5' "$(state k) $(sql "SELECT trashed FROM post WHERE slug = 'k'")"

# --- the text was edited on the site, and its file is stricter now
edit() {
	sql "UPDATE post SET revision = revision + 1, title = 'Edited here' WHERE slug = '$1';
		INSERT INTO revision (post_id, number, reason, title, summary, markdown, created)
		SELECT p.id, p.revision, 'desk', p.title, p.summary, t.markdown, 1 FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE slug = '$1'"
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
has 'a dry run tells it' "$out" '3 × file that is less public now, of a post whose text was edited on the site; the post is unpublished'
is 'and does nothing' 'published' "$(state r | cut -d ' ' -f 1)"
again
for name in r s t; do
	is "$name is unpublished, with the text of the site" 'unpublished public 2020-01-01 old' "$(state $name)"
done
is 'what is no stricter stays' 'published public 2020-01-01 old' "$(state u)"
is 'and so does what cannot be read' 'published public 2020-01-01 old' "$(state v)"
has 'the report names them' "$out" '5 kept as edited' '3 × file that is less public now' 'r.md r'
run post publish r
again
is 'who publishes it all the same has decided' 'published public 2020-01-01 old' "$(state r)"
rm notes/v.md
again --force
is 'until the file is taken' 'draft public 2020-01-01 new' "$(state r "$(grep -o '[0-9]*\.$' notes/r.md | tr -d .)")"
rm notes/r.md notes/s.md notes/t.md notes/u.md
sql "DELETE FROM post WHERE slug IN ('r', 's', 't', 'u', 'v')"

# --- an import of before it was known what a file said
text l "$date" 'password: x'
text m "$date" 'password: x'
text n "$date"
again
set_site l "state = 'published', source_digest = 'old'"
set_site n "state = 'draft', source_digest = 'old'"
run post publish m
set_site m "source_digest = 'old'"
again
is 'what should not have been public is a draft' 'draft public 2020-01-01' "$(state l | cut -d ' ' -f 1-3)"
is 'unless somebody published it since' 'published public 2020-01-01' "$(state m | cut -d ' ' -f 1-3)"
is 'what is a draft stays one' 'draft public 2020-01-01' "$(state n | cut -d ' ' -f 1-3)"
again
has 'and that is all' "$out" '0 added, 0 updated'

# --- a text without a date is a draft once
text o
again
is 'a text without a date' draft "$(state o | cut -d ' ' -f 1)"
run post publish o
text o
again
is 'that was published on the site stays so' "published public $(date -u +%Y-%m-%d) new" "$(state o)"
text p
again
text p "$date"
again
is 'one that gets a date is published' 'published public 2020-01-01 new' "$(state p)"
text p
again
is 'one that loses it stays' 'published public 2020-01-01 new' "$(state p)"
again
has 'a last time nothing changes' "$out" '0 added, 0 updated, 16 unchanged'

# --- what an earlier import took for an article
text q "$date"
again
sql "UPDATE post SET source = 'markdown:notes/README.md' WHERE slug = 'q'"
rm notes/q.md
echo 'Words of a README.' >notes/README.md
again
has 'its post stays, and that is told' "$out" 'file that is left out now; its post of an earlier import stays' 'README.md q'
is 'as it is' published "$(state q | cut -d ' ' -f 1)"
finish
