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
# Saves a post as an editor on the site does.
edit() {
	sql "UPDATE post SET revision = revision + 1, title = 'Edited here' WHERE slug = '$1';
		INSERT INTO revision (post_id, number, reason, title, summary, markdown, created)
		SELECT p.id, p.revision, 'save', p.title, p.summary, t.markdown, 1 FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE slug = '$1'"
}

fill
new_site site
runs 'the first import succeeds' import markdown notes
has 'all posts are new' "$out" '3 added, 0 updated, 0 unchanged'
first=$(dump)
runs 'the second import succeeds' import markdown notes
has 'all posts are unchanged' "$out" '0 added, 0 updated, 3 unchanged'
is 'the database is unchanged' "$first" "$(dump)"
touch -d 2030-01-01 notes/one.md
run import markdown notes
has 'another modification time alone changes nothing' "$out" '3 unchanged'
mv notes moved && mkdir other && mv moved other/notes
runs 'an import from a moved folder succeeds' import markdown other/notes
has 'all posts are unchanged after the move' "$out" '3 unchanged'
mv other/notes notes

# --- changed files
printf 'More.\n' >>notes/sub/two.md
run import markdown notes
has 'a changed text updates its post' "$out" '0 added, 1 updated, 2 unchanged'
is 'the post is updated once' 2 "$(revision two)"
is 'the old text is kept as a version' 2 "$(sql "SELECT count(*) FROM revision JOIN post ON post.id = post_id WHERE slug = 'two'")"
picture notes/a.png two
run import markdown notes
has 'a changed image updates its post' "$out" '1 updated, 2 unchanged'
sed -i 's/^title: Two/title: Two\nslug: zwei/' notes/sub/two.md
run import markdown notes
has 'a changed slug updates the post, and the posts that link to it' "$out" '2 updated, 1 unchanged'
has 'the link has the new slug' "$(sql "SELECT open_xhtml FROM post_text JOIN post ON id = post_id WHERE slug = 'one'")" 'href="/blog/zwei"'
is 'the old slug is kept for redirects' two "$(sql 'SELECT slug FROM post_slug')"
run import markdown notes
has 'after that, all posts are unchanged' "$out" '3 unchanged'

# --- posts edited on the site
edit one
printf 'More.\n' >>notes/one.md
runs 'an import succeeds after a post was edited on the site' import markdown notes
has 'the edited post is not replaced, and the report says so' "$out" '1 edited on this site and not replaced' 'both changed since the last import; the post was not replaced (--force replaces it)' 'one.md one'
is 'the edited post is unchanged' 'Edited here' "$(sql "SELECT title FROM post WHERE slug = 'one'")"
runs 'import --force succeeds' import markdown notes --force
has '--force replaces the edited post' "$out" '1 updated'
is 'the post has the title of the file' One "$(sql "SELECT title FROM post WHERE slug = 'one'")"
is 'the edited title stays in the version history' 1 "$(sql "SELECT count(*) FROM revision WHERE title = 'Edited here'")"
run post unpublish zwei
printf 'Again.\n' >>notes/sub/two.md
run import markdown notes
has 'a post that was unpublished on the site stays unpublished' "$out" 'state changed on this site; not replaced' '1 updated'
is 'it has the new text of the file' 'unpublished | 1' "$(sql -separator ' | ' "SELECT state, markdown LIKE '%Again%' FROM post JOIN post_text ON id = post_id WHERE slug = 'zwei'")"

# --- removed files
rm notes/sub/two.zh.md
runs 'an import succeeds after a file was removed' import markdown notes
has 'the removed file is reported, and its post stays' "$out" 'file that no longer exists; its post of an earlier import stays' 'sub/two.zh.md two-zh'
is 'the post still exists' 1 "$(sql "SELECT count(*) FROM post WHERE slug = 'two-zh'")"

# --- another folder with the same name
mkdir -p elsewhere/notes && printf 'Other words.\n' >elsewhere/notes/other.md
refuses 'another folder with the same name is refused' 1 '--label' import markdown elsewhere/notes
runs 'with a label, it is imported beside the first one' import markdown elsewhere/notes --label other
is 'its posts have the label in their source' 'markdown:other/other.md' "$(sql "SELECT source FROM post WHERE slug = 'other'")"
refuses 'a label with a slash is refused' 2 'without a slash' import markdown notes --label a/b

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
# Characters as input methods, word processors and chats leave them. They are removed without a report.
printf -- '---\ntitle: \346\216\247\345\210\266\010\347\254\246\342\200\213\ndate: 2020-01-01\nlang: zh\n---\n\344\275\240\010\345\245\275GitHub\343\200\202\n' >invisible.md
mkdir pasted && mv invisible.md pasted
new_site pasted-site
runs 'a file with invisible characters is imported' import markdown pasted
is 'its post does not contain them' '控制符|你好GitHub。' "$(sql 'SELECT title, trim(markdown, char(10)) FROM post JOIN post_text ON post_id = id')"
hasnt 'they are not reported' "$out" 'U+FFFD'
new_site bad-site
run import markdown notes
is 'bad files give status 1' 1 "$status"
has 'the other files are imported' "$out" '8 added' '1 skipped' '2 failed'
has 'each bad file is named with its line and reason' "$err" 'notes/gbk.md:1: the text is not UTF-8' 'notes/long.md: longer than 1 MiB'
has 'metadata that cannot be parsed is reported' "$out" 'YAML parse error: …' 'yaml.md:4 did not find expected' 'date.md:3 date: soon' 'access.md:2 access: secret' 'pipe.md'
is 'its posts are drafts' 'access date yaml ' "$(sql "SELECT slug FROM post WHERE state = 'draft' ORDER BY slug" | tr '\n' ' ')"
has 'a few invalid bytes in a good text are replaced and counted' "$out" '2 × damaged or unsupported character, replaced with U+FFFD' 'accident.md'
has 'the report names the line' "$out" 'accident.md:5'
is 'the text contains U+FFFD there' 1 "$(sql "SELECT count(*) FROM post_text WHERE markdown LIKE '%accident: ' || char(65533) || ' here%'")"
printf -- '---\ntitle: a\ndate: 2020-01-01\n---\nx\n' >notes/yaml.md
run import markdown notes
has 'a corrected file is published by the next import' "$out" '1 updated' '7 unchanged' '2 failed'
is 'it has its date' 'published | 1577836800' "$(sql -separator ' | ' "SELECT state, published FROM post WHERE slug = 'yaml'")"
printf -- '---\ntitle: [\ndate: 2020-01-01\n---\nx\n' >notes/yaml.md
run import markdown notes
is 'a file that is broken again is refused' 1 "$status"
has 'the message has line and reason' "$err" 'notes/yaml.md:4: YAML parse error'
is 'its post is unchanged' 'published | a' "$(sql -separator ' | ' "SELECT state, title FROM post WHERE slug = 'yaml'")"

# --- a translation whose original could not be read
printf -- '---\ntitle: a\ndate: x\n---\nx\n' >notes/work.md
printf '字。\n' >notes/work.zh.md
run import markdown notes
sed -i 's/^date: x/date: 2020-01-01/' notes/work.md
run import markdown notes
is 'the translation is linked when the original was corrected' "$(sql "SELECT work_id FROM post WHERE slug = 'work'")" "$(sql "SELECT work_id FROM post WHERE source = 'markdown:notes/work.zh.md'")"

# --- many files
new_site many-site
mkdir many
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf 'Text %s.\n' "$i" >"many/same.$i.md"; mkdir "many/$i" && printf 'Text %s.\n' "$i" >"many/$i/same.md"; done
runs 'files with the same name are imported' import markdown many
is 'each post has its own slug' 24 "$(sql 'SELECT count(DISTINCT slug) FROM post')"
dump >"$work/once"
runs 'a second import succeeds' import markdown many
is 'the slugs do not change' "$(cat "$work/once")" "$(dump)"

# --- refused arguments
refuses 'a missing folder is refused' 1 'cannot be read' import markdown nowhere
refuses 'a file instead of a folder is refused' 1 'is not a folder; name the folder that holds it' import markdown notes/one.md
refuses 'an unknown author is refused' 1 'No user has' import markdown notes --author nobody@example.org
site=$work/ownerless
run init
refuses 'a site without an owner is refused' 1 'user add --role owner' import markdown notes
new_site dry-site
runs 'a dry run succeeds' import markdown many --dry-run
has 'a dry run reports what would change' "$out" 'Nothing was saved' '24 added'
is 'a dry run writes no post' 0 "$(sql 'SELECT count(*) FROM post')"
run import markdown notes --dry-run
is 'a dry run stores no image' '' "$(find "$site/media" -type f)"
finish
