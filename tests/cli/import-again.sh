#!/bin/sh
# renown import markdown a second time: nothing is imported twice or overwritten silently, and one bad file does not stop the others.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

fill() {
	rm -rf notes
	mkdir -p notes/sub
	picture notes/a.png one
	printf -- '---\ntitle: One\ndate: 2020-01-01\ntags: [a]\n---\n![a](a.png) [two](sub/two.md)\n' >notes/one.md
	printf -- '---\ntitle: Two\ndate: 2020-01-02\n---\nTwo.\n' >notes/sub/two.md
	printf -- '---\ntitle: 二\ndate: 2020-01-02\n---\n二。\n' >notes/sub/two.zh.md
}
revision() {
	sql "SELECT revision FROM post WHERE slug = '$1'"
}
# Saves as an editor on the site would.
edit() {
	sql "UPDATE post SET revision = revision + 1, title = 'Edited here' WHERE slug = '$1';
		INSERT INTO revision (post_id, number, reason, title, summary, markdown, created)
		SELECT p.id, p.revision, 'desk', p.title, p.summary, t.markdown, 1 FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE slug = '$1'"
}

fill
new_site site
runs 'the first time' import markdown notes
has 'all is new' "$out" '3 added, 0 updated, 0 unchanged'
first=$(dump)
runs 'the second time' import markdown notes
has 'all is unchanged' "$out" '0 added, 0 updated, 3 unchanged'
is 'and it is' "$first" "$(dump)"
touch -d 2030-01-01 notes/one.md
run import markdown notes
has 'the time of a file alone changes nothing' "$out" '3 unchanged'
mv notes moved && mkdir other && mv moved other/notes
runs 'the folder may move' import markdown other/notes
has 'and is the same' "$out" '3 unchanged'
mv other/notes notes

# --- what changed
printf 'More.\n' >>notes/sub/two.md
run import markdown notes
has 'a changed text is updated' "$out" '0 added, 1 updated, 2 unchanged'
is 'once' 2 "$(revision two)"
is 'its old text is kept' 2 "$(sql "SELECT count(*) FROM revision JOIN post ON post.id = post_id WHERE slug = 'two'")"
picture notes/a.png two
run import markdown notes
has 'a changed picture updates its post' "$out" '1 updated, 2 unchanged'
sed -i 's/^title: Two/title: Two\nslug: zwei/' notes/sub/two.md
run import markdown notes
has 'a changed address updates the post, and what links to it' "$out" '2 updated, 1 unchanged'
has 'the link follows' "$(sql "SELECT open_xhtml FROM post_text JOIN post ON id = post_id WHERE slug = 'one'")" 'href="/blog/zwei"'
is 'the old address leads on' two "$(sql 'SELECT slug FROM post_slug')"
run import markdown notes
has 'then all is unchanged again' "$out" '3 unchanged'

# --- what was edited on the site
edit one
printf 'More.\n' >>notes/one.md
runs 'a post that was edited here' import markdown notes
has 'is not replaced, and that is told' "$out" '1 kept as edited' 'which stays (--force replaces it)' 'one.md one'
is 'it is as it was' 'Edited here' "$(sql "SELECT title FROM post WHERE slug = 'one'")"
runs '--force' import markdown notes --force
has 'replaces it' "$out" '1 updated'
is 'with the words of the file' One "$(sql "SELECT title FROM post WHERE slug = 'one'")"
is 'the words from here stay among its revisions' 1 "$(sql "SELECT count(*) FROM revision WHERE title = 'Edited here'")"
run post unpublish zwei
printf 'Again.\n' >>notes/sub/two.md
run import markdown notes
has 'a post that was withdrawn here stays so' "$out" 'state that was changed on the site, which stays' '1 updated'
is 'and has its new text' 'unpublished | 1' "$(sql -separator ' | ' "SELECT state, markdown LIKE '%Again%' FROM post JOIN post_text ON id = post_id WHERE slug = 'zwei'")"

# --- what is gone
rm notes/sub/two.zh.md
runs 'a file that is gone' import markdown notes
has 'is told, and its post stays' "$out" 'file of an earlier import that is gone' 'sub/two.zh.md two-zh'
is 'it is there' 1 "$(sql "SELECT count(*) FROM post WHERE slug = 'two-zh'")"

# --- another folder of the same name
mkdir -p elsewhere/notes && printf 'Other words.\n' >elsewhere/notes/other.md
refuses 'another folder of the same name is noticed' 1 '--label' import markdown elsewhere/notes
runs 'with a label it comes in beside the first' import markdown elsewhere/notes --label other
is 'under its own name' 'markdown:other/other.md' "$(sql "SELECT source FROM post WHERE slug = 'other'")"
refuses 'a label is a word' 2 'without a slash' import markdown notes --label a/b

# --- bad files
fill
printf -- '---\ntitle: a\nlist: [a\n---\nx\n' >notes/yaml.md
printf -- '---\ntitle: a\ndate: soon\n---\nx\n' >notes/date.md
printf -- '---\naccess: secret\n---\nx\n' >notes/access.md
printf '\272\317\n\264\372' >notes/gbk.md
printf 'long line ' >notes/long.md && head -c 1300000 /dev/zero | tr '\0' x >>notes/long.md
printf -- '---\ndate: 2020-01-03\n---\nA good text\nwith an accident: \377 here, 好的 and 很好\n' >notes/accident.md
printf -- '---\ndate: 2020-01-03\n---\nNUL \000 here, 好\n' >notes/nul.md
mkdir notes/pipe.md.d && mkfifo notes/pipe.md
# As input methods, word processors and chats leave them: they are taken out, and nothing is reported.
printf -- '---\ntitle: \346\216\247\345\210\266\010\347\254\246\342\200\213\ndate: 2020-01-01\nlang: zh\n---\n\344\275\240\010\345\245\275GitHub\343\200\202\n' >invisible.md
mkdir pasted && mv invisible.md pasted
new_site pasted-site
runs 'a file with characters that nobody sees' import markdown pasted
is 'comes in without them' '控制符|你好GitHub。' "$(sql 'SELECT title, trim(markdown, char(10)) FROM post JOIN post_text ON post_id = id')"
hasnt 'and without a word about it' "$out" 'U+FFFD'
new_site bad-site
run import markdown notes
is 'bad files give status 1' 1 "$status"
has 'the rest came in' "$out" '8 added' '1 left out' '2 refused'
has 'each is named with line and reason' "$err" 'notes/gbk.md:1: the text is not UTF-8' 'notes/long.md: longer than 1 MiB'
has 'what cannot be understood is told' "$out" 'YAML parse error: …' 'yaml.md:4 did not find expected' 'date.md:3 date: soon' 'access.md:2 access: secret' 'pipe.md'
is 'and is a draft' 'access date yaml ' "$(sql "SELECT slug FROM post WHERE state = 'draft' ORDER BY slug" | tr '\n' ' ')"
has 'an accident in a good text is mended and counted' "$out" '2 × damaged or unsupported character, replaced with U+FFFD' 'accident.md'
has 'with the line' "$out" 'accident.md:5'
is 'it reads so' 1 "$(sql "SELECT count(*) FROM post_text WHERE markdown LIKE '%accident: ' || char(65533) || ' here%'")"
printf -- '---\ntitle: a\ndate: 2020-01-01\n---\nx\n' >notes/yaml.md
run import markdown notes
has 'a mended file is published next time' "$out" '1 updated' '7 unchanged' '2 refused'
is 'with its date' 'published | 1577836800' "$(sql -separator ' | ' "SELECT state, published FROM post WHERE slug = 'yaml'")"
printf -- '---\ntitle: [\ndate: 2020-01-01\n---\nx\n' >notes/yaml.md
run import markdown notes
is 'one that breaks again is refused' 1 "$status"
has 'with line and reason' "$err" 'notes/yaml.md:4: YAML parse error'
is 'and its post stays as it was' 'published | a' "$(sql -separator ' | ' "SELECT state, title FROM post WHERE slug = 'yaml'")"

# --- a translation whose original was bad
printf -- '---\ntitle: a\ndate: x\n---\nx\n' >notes/work.md
printf '字。\n' >notes/work.zh.md
run import markdown notes
sed -i 's/^date: x/date: 2020-01-01/' notes/work.md
run import markdown notes
is 'finds it once it is mended' "$(sql "SELECT work_id FROM post WHERE slug = 'work'")" "$(sql "SELECT work_id FROM post WHERE source = 'markdown:notes/work.zh.md'")"

# --- many
new_site many-site
mkdir many
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf 'Text %s.\n' "$i" >"many/same.$i.md"; mkdir "many/$i" && printf 'Text %s.\n' "$i" >"many/$i/same.md"; done
runs 'files of one name' import markdown many
is 'get addresses of their own' 24 "$(sql 'SELECT count(DISTINCT slug) FROM post')"
dump >"$work/once"
runs 'and keep them' import markdown many
is 'as they were' "$(cat "$work/once")" "$(dump)"

# --- refusals
refuses 'no such folder' 1 'cannot be read' import markdown nowhere
refuses 'a file is no folder' 1 'is no folder; name the folder that holds it' import markdown notes/one.md
refuses 'a signer who is nobody' 1 'Nobody has' import markdown notes --author nobody@example.org
site=$work/ownerless
run init
refuses 'a site without an owner' 1 'user add --role owner' import markdown notes
new_site dry-site
runs 'a dry run' import markdown many --dry-run
has 'says what would be' "$out" 'Nothing was written' '24 added'
is 'and writes nothing' 0 "$(sql 'SELECT count(*) FROM post')"
run import markdown notes --dry-run
is 'not even a picture' '' "$(find "$site/media" -type f)"
finish
