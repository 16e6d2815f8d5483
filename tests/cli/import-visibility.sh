#!/bin/sh
# renown import markdown: restricted texts stay restricted, files that are not articles are left out, and the report says both.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# write FILE LINE...: writes a file of these lines
write() {
	write_file=$1
	shift
	mkdir -p "$(dirname "$write_file")"
	printf '%s\n' "$@" >"$write_file"
}
# states PREFIX: "path kind state access date" of every post, without the label
states() {
	sql -separator ' ' "SELECT substr(source, length('markdown:$1/') + 1), kind, state, access, date(published, 'unixepoch') FROM post ORDER BY source"
}
# of FILE COLUMNS: columns of the post that was made from the file
of() {
	sql -separator ' ' "SELECT $2 FROM post JOIN post_text ON post_id = id WHERE source = 'markdown:$1'"
}
today=$(date -u +%Y-%m-%d)

# --- flags of many systems. Each row: name, front matter (\n between lines), "state access date"
new_site flags-site
cat >rows <<'END'
draft|draft: true|draft public 2020-01-01
draft-capital|Draft: Yes|draft public 2020-01-01
draft-no|draft: false|published public 2020-01-01
draft-odd|draft: perhaps|draft public 2020-01-01
published-no|published: no|draft public 2020-01-01
publish-no|publish: false|draft public 2020-01-01
public-no|public: 0|draft public 2020-01-01
private|Private: on|draft public 2020-01-01
unlisted|unlisted: true|draft public 2020-01-01
hidden|hidden: "true"|draft public 2020-01-01
password|password: tiger-lily|draft public 2020-01-01
status-draft|status: draft|draft public 2020-01-01
status-hidden|Status: hidden|draft public 2020-01-01
status-private|post_status: private|draft public 2020-01-01
status-done|status: published|published public 2020-01-01
status-odd|status: wilting|draft public 2020-01-01
visibility-private|visibility: private|draft public 2020-01-01
visibility-members|visibility: members|published members 2020-01-01
visibility-tiers|visibility: tiers|published paid 2020-01-01
members-only|members_only: true|published members 2020-01-01
access|access: paid|published paid 2020-01-01
access-odd|access: club|draft public 2020-01-01
sitemap|sitemap: false|draft public 2020-01-01
noindex|noindex: true|draft public 2020-01-01
eleventy|eleventyExcludeFromCollections: true|draft public 2020-01-01
permalink|permalink: false|draft public 2020-01-01
publish-date|publishDate: 2100-01-01|published public 2100-01-01
pub-date|pubDate: 2100-01-01|published public 2100-01-01
expired|expiryDate: 2021-01-01|unpublished public 2020-01-01
expires|expiryDate: 2100-01-01|published public 2020-01-01
expires-odd|expiryDate: soon|draft public 2020-01-01
kind-odd|kind: poem|draft public 2020-01-01
chinese|草稿: 是|draft public 2020-01-01
END
while IFS='|' read -r name lines expected; do
	write "flags/$name.md" --- "title: $name" 'date: 2020-01-01' "$lines" --- 'Words.'
done <rows
write flags/date-odd.md --- 'title: d' 'date: soon' --- 'Words.'
write flags/date-future.md --- 'title: f' 'date: 2100-01-01' --- 'Words.'
runs 'texts with flags of many systems are imported' import markdown flags
while IFS='|' read -r name lines expected; do
	is "$lines" "$expected" "$(of "flags/$name.md" "state, access, date(published, 'unixepoch')")"
done <rows
is 'date: soon makes a draft' 'draft 1' "$(of flags/date-odd.md 'state, published = created')"
is 'date: 2100-01-01 schedules the post' 'published 2100-01-01' "$(of flags/date-future.md "state, date(published, 'unixepoch')")"
has 'the report names post, key and effect' "$out" 'Restricted, scheduled or not published:' \
	'× not public where it comes from; it became a draft' 'draft.md:4 draft: true' \
	'× password, which this site does not support; it became a draft' 'password.md:4 password' \
	'× unknown value that may mean "not public"; it became a draft' 'status-odd.md:4 status: wilting' \
	'× only for members; its access is "members"' 'members-only.md:4 members_only: true' \
	'× only for paying members; its access is "paid"' 'visibility-tiers.md:4 visibility: tiers' \
	'× date in the future; it is published then' 'publish-date.md:4 publishDate: 2100-01-01' \
	'× date in the future; it is published then' 'date-future.md:3 date: 2100-01-01' \
	'× expired; it is unpublished' 'expired.md:4 expiryDate: 2021-01-01' \
	'× end date, which this site does not follow' 'expires.md:4 expiryDate: 2100-01-01' \
	'× date that cannot be read' 'date-odd.md:3 date: soon' '× unknown kind' 'kind-odd.md:4 kind: poem'
hasnt 'the report contains no password' "$out" tiger-lily
is 'the database contains no password' 0 "$(sql "SELECT count(*) FROM post_text WHERE markdown LIKE '%tiger-lily%'")"
first=$(dump)
runs 'a second import succeeds' import markdown flags
has 'the second import reports no change' "$out" '0 added, 0 updated, 35 unchanged'
is 'the database is unchanged' "$first" "$(dump)"
new_site dry-site
run import markdown flags --dry-run
has 'a dry run reports the same' "$out" 'Nothing was saved' '35 added' 'draft.md:4 draft: true'

# --- formats of front matter
new_site forms-site
write forms/dated.md --- 'date: 2020-01-01' --- 'Words.'
write forms/toml.md +++ 'Title = "T"' 'Draft = true' 'Date = 2019-01-01' 'Tags = ["Go"]' +++ 'Words.'
write forms/json.md '{' '  "title": "J",' '  "date": "2019-01-01T00:00:00Z",' '  "draft": true' '}' '' 'Words.'
write forms/half.md 'title: H' 'date: 2019-01-01 10:00:00' 'published: false' --- 'Words.'
write forms/half-public.md 'title: 你好' 'date: 2019-01-01 10:00:00' 'tags:' '- 生活' --- '正文。'
write forms/pelican.md 'Title: My super title' 'Date: 2019-01-01 10:20' 'Status: draft' '' 'Words.'
write forms/logseq.md 'title:: L' 'date:: 2019-01-01' 'public:: false' '' 'Words.'
write forms/nikola.md '<!--' '.. title: N' '.. date: 2019-01-01' '.. status: private' '-->' '' 'Words.'
write forms/blank.md '' '---' 'title: B' 'date: 2019-01-01' 'draft: true' '---' 'Words.'
runs 'texts with all formats of front matter are imported' import markdown forms
is 'each format is read' 'blank.md article draft public 2019-01-01
dated.md article published public 2020-01-01
half-public.md article published public 2019-01-01
half.md article draft public 2019-01-01
json.md article draft public 2019-01-01
logseq.md article draft public 2019-01-01
nikola.md article draft public 2019-01-01
pelican.md article draft public 2019-01-01
toml.md article draft public 2019-01-01' "$(states forms)"
is 'front matter is not part of the text' 0 "$(sql "SELECT count(*) FROM post_text WHERE open_plain NOT IN ('Words.', '正文。')")"

# --- front matter that cannot be read
new_site broken-site
write broken/dated.md --- 'date: 2020-01-01' --- 'Words.'
write broken/open.md --- 'title: A' 'draft: true' '' 'Words.'
write broken/yaml.md --- 'title: one: two' 'draft: true' --- 'Words.'
write broken/alias.md --- 'a: &x true' 'draft: *x' --- 'Words.'
write broken/twice.md --- 'draft: false' 'draft: true' --- 'Words.'
write broken/colon.md --- 'title:A' 'draft:true' --- 'Words.'
write broken/json.md '{ "title": "A",' '"draft": true' '' 'Words.'
write broken/paragraph.md 'title: A' 'draft: true' 'Words that go on.'
write broken/js.md ---js '{ draft: true }' --- 'Words.'
runs 'texts whose front matter cannot be read are imported' import markdown broken
is 'they are never published' 'dated.md ' "$(sql "SELECT substr(source, 17) FROM post WHERE state = 'published'" | tr '\n' ' ')"
is 'they are drafts with all their text' 8 "$(sql "SELECT count(*) FROM post JOIN post_text ON post_id = id WHERE state = 'draft' AND instr(markdown, 'draft') > 0")"
has 'they are reported with their lines' "$out" '8 × front matter that cannot be read; the whole file became a draft' \
	'2 × the front matter has no closing line' 'open.md:1' 'json.md:1' 'YAML parse error: …' 'yaml.md:2 mapping values' 'YAML aliases' 'alias.md:3' \
	'the key "…" appears twice' 'twice.md:3 draft' 'the front matter is not a list of keys and values' 'colon.md:1' 'it looks like front matter' 'paragraph.md:1' 'js.md:1'

# --- Hugo
new_site hugo-site
write hugo/hugo.toml '[[cascade]]' 'draft = true' '[cascade.target]' 'path = "/lab/**"'
write hugo/README.md '# The source of my site'
write hugo/archetypes/default.md --- 'title: "{{ .Name }}"' 'date: {{ .Date }}' ---
write hugo/themes/x/README.md '# A theme'
write hugo/layouts/note.md '# Not a text'
write hugo/node_modules/a/README.md '# A package'
write hugo/content/about.md --- 'title: About me' --- 'Who I am.'
write hugo/content/lab/a.md --- 'title: Lab' 'date: 2019-01-01' --- 'Words.'
write hugo/content/post/_index.md --- 'title: Posts' --- 'A section.'
write hugo/content/post/a.md --- 'title: A' 'date: 2019-01-01' --- 'Words.'
write hugo/content/post/a.zh.md --- 'title: 甲' --- '字。'
write hugo/content/post/build.md --- 'title: B' 'date: 2019-01-01' '_build:' '  list: never' --- 'Words.'
write hugo/content/post/undated.md --- 'title: U' --- 'Words.'
write hugo/content/post/notes.md 'Only words.'
write hugo/content/post/bundle/index.md --- 'title: Bundle' 'date: 2019-01-01' --- 'Words.'
write hugo/content/post/bundle/part.md --- 'title: Part' 'date: 2019-01-01' --- 'Words.'
write hugo/content/post/x.html '<p>Words.</p>'
write hugo/content/team/_index.md --- 'title: Team' 'cascade:' '  build:' '    render: never' --- ''
write hugo/content/team/ada.md --- 'title: Ada' 'date: 2019-01-01' --- 'Words.'
write hugo/content/team/deep/er.md --- 'title: Er' 'date: 2019-01-01' --- 'Words.'
runs 'a Hugo site is imported' import markdown hugo
is 'only articles become articles, and only public ones are public' "content/about.md page published public $today
content/lab/a.md article draft public 2019-01-01
content/post/_index.md page published public $today
content/post/a.md article published public 2019-01-01
content/post/a.zh.md article published public 2019-01-01
content/post/build.md article draft public 2019-01-01
content/post/bundle/index.md article published public 2019-01-01
content/post/bundle/part.md article draft public 2019-01-01
content/post/notes.md article draft public $today
content/post/undated.md article draft public $today
content/team/ada.md article draft public 2019-01-01
content/team/deep/er.md article draft public 2019-01-01" "$(states hugo)"
has 'omitted files are reported and counted' "$out" '1 empty, 6 skipped, 0 failed' 'Not imported:' \
	'4 × folder of a program or theme, skipped' 'archetypes' 'themes' 'node_modules' \
	"1 × outside the folder that holds the site's texts" 'README.md' '1 × HTML file; only Markdown files are imported' 'content/post/x.html'
has 'rules for a whole folder are reported' "$out" 'content/lab/a.md:2 draft: true (hugo.toml)' 'build.render: never (content/team/_index.md)' \
	'2 × no date, among posts that have one; it became a draft' 'content/post/undated.md' \
	'1 × part of another page (it lies beside index.md); it became a draft' 'content/post/bundle/part.md'
run import markdown hugo
has 'a second import changes nothing' "$out" '0 added, 0 updated, 12 unchanged'
new_site content-site
cp -r hugo/content alone
rm -r alone/lab
runs 'the content folder alone is imported' import markdown alone
is 'its posts keep their restrictions' 'post/_index.md post/a.md post/a.zh.md post/bundle/index.md ' "$(sql "SELECT substr(source, 16) FROM post WHERE state = 'published' ORDER BY source" | tr '\n' ' ')"

# --- Hexo
new_site hexo-site
write hexo/_config.yml 'language: zh-CN'
write hexo/README.md '# Source of my blog'
write hexo/scaffolds/post.md --- 'title: {{ title }}' 'date: {{ date }}' ---
write hexo/themes/next/README.md '# A theme'
write hexo/source/_posts/a.md --- 'title: 文章' 'date: 2020-01-01 08:00:00' --- '正文。'
write hexo/source/_posts/undated.md --- 'title: 无日期' --- '正文。'
write hexo/source/_posts/locked.md 'title: 锁' 'date: 2020-01-01' 'password: 123' --- '正文。'
write hexo/source/_drafts/d.md --- 'title: 草稿' 'date: 2020-01-01' --- '正文。'
write hexo/source/_discarded/d.md --- 'title: 丢' 'date: 2020-01-01' --- '正文。'
write hexo/source/links/index.md --- 'title: 友链' 'date: 2020-01-01' 'type: links' --- '友情链接。'
runs 'a Hexo site is imported' import markdown hexo
is 'posts, drafts and pages have their kind and state' "source/_discarded/d.md article draft public 2020-01-01
source/_drafts/d.md article draft public 2020-01-01
source/_posts/a.md article published public 2020-01-01
source/_posts/locked.md article draft public 2020-01-01
source/_posts/undated.md article draft public $today
source/links/index.md page published public 2020-01-01" "$(states hexo)"
has 'omitted files and drafts are reported' "$out" '3 skipped' 'README.md' 'scaffolds' 'themes' '2 × in a folder of drafts, or named like a draft; it became a draft' \
	'source/_drafts/d.md _drafts' '1 × not among the posts; it became a page' 'source/links/index.md'

# --- Jekyll
new_site jekyll-site
write jekyll/_config.yml 'exclude: [secret/, notes.md]' 'defaults:' '- scope: { path: "_posts/quiet" }' '  values: { sitemap: false }'
write jekyll/_posts/2020-01-01-a.md --- 'title: A' --- 'Words.'
write jekyll/_posts/2020-01-02-B.MD --- 'title: B' --- 'Words.'
write jekyll/_posts/2020-01-03-c.html --- 'title: C' --- '<p>Words.</p>'
write jekyll/_posts/quiet/2020-01-04-d.md --- 'title: D' --- 'Words.'
write jekyll/_posts/2020-01-05-e.md --- 'title: E' 'published: false' --- 'Words.'
write jekyll/_posts/2020-01-06-f.md --- 'title: F' --- 'Seen.' '```' '{% comment %}unseen{% endcomment %}' '```'
write jekyll/_drafts/g.md 'Words.'
write jekyll/_notes/h.md --- 'title: H' --- 'Words.'
write jekyll/about.md --- 'title: About' --- 'Words.'
write jekyll/todo.md 'Words.'
write jekyll/secret/s.md --- 'title: S' --- 'Words.'
write jekyll/notes.md --- 'title: Notes' --- 'Words.'
runs 'a Jekyll site is imported' import markdown jekyll
is 'its posts keep their restrictions' "_drafts/g.md article draft public $today
_notes/h.md article draft public $today
_posts/2020-01-01-a.md article published public 2020-01-01
_posts/2020-01-02-B.MD article published public 2020-01-02
_posts/2020-01-05-e.md article draft public 2020-01-05
_posts/2020-01-06-f.md article published public 2020-01-06
_posts/quiet/2020-01-04-d.md article draft public 2020-01-04
about.md page published public $today
notes.md page draft public $today
secret/s.md page draft public $today" "$(states jekyll)"
has 'omitted files and restrictions are reported' "$out" '2 skipped' '_posts/2020-01-03-c.html' 'todo.md' '_posts/quiet/2020-01-04-d.md:4 sitemap: false (_config.yml)' \
	'exclude: secret/ (_config.yml)' '_notes/h.md _notes' '1 × private comment, left out'
is 'a private comment in code is removed, too' 0 "$(sql "SELECT count(*) FROM post_text WHERE markdown LIKE '%unseen%'")"

# --- a folder of notes (Obsidian)
new_site vault-site
write vault/.obsidian/plugin.md 'Words.'
write vault/README.md '# About this vault' '' 'Words.'
# shellcheck disable=SC2016 # a Markdown code span, not for the shell
write vault/post.md --- 'title: Post' 'date: 2020-01-01' --- 'Seen %%unseen%% seen.' '' '%%' 'unseen too' '%%' '' '`%%code%%`'
write vault/endless.md --- 'title: Endless' 'date: 2020-01-01' --- 'Seen.' '' '%% unseen'
write vault/note.md '# A note' '' 'Words.'
write vault/deep/er/note.md 'Words.'
write vault/listed.md --- 'tags: [a]' --- 'Words.'
write vault/Private/dated.md --- 'date: 2020-01-01' --- 'Words.'
write vault/2020-02-03-day.md 'Words.'
write vault/page.md --- 'kind: page' --- 'Words.'
runs 'a folder of notes is imported' import markdown vault
is 'only dated texts become articles' "2020-02-03-day.md article published public 2020-02-03
Private/dated.md article draft public 2020-01-01
endless.md article draft public 2020-01-01
listed.md article draft public $today
page.md page published public $today
post.md article published public 2020-01-01" "$(states vault)"
has 'the other notes are reported' "$out" '4 skipped' '2 × note without date and front matter, among posts that have a date' 'note.md' 'deep/er/note.md' \
	'1 × README, licence or similar file about the folder' 'README.md' '.obsidian' 'Private/dated.md Private' \
	'endless.md:7' 'private comment without an end; the post became a draft' 'post.md:5' 'post.md:7'
is 'no text, summary or version contains a private comment' 0 "$(sql "SELECT count(*) FROM post AS p JOIN post_text AS t ON t.post_id = p.id
	JOIN revision AS r ON r.post_id = p.id WHERE slug = 'post'
	AND t.markdown || open_xhtml || full_xhtml || open_plain || closed_plain || p.summary || r.markdown || r.summary LIKE '%unseen%'")"
has 'code stays' "$(of vault/post.md open_xhtml)" '<code>%%code%%</code>'
run import markdown vault
has 'a second import changes nothing' "$out" '0 added, 0 updated, 6 unchanged'
new_site garden-site
write garden/a.md --- 'publish: true' 'date: 2020-01-01' --- 'Words.'
write garden/b.md --- 'date: 2020-01-01' --- 'Words.'
write garden/c.md --- 'date: 2020-01-01' 'draft: false' --- 'Words.'
runs 'a folder with "publish: true" in some texts is imported' import markdown garden
is 'texts without it become drafts' 'a.md article published public 2020-01-01
b.md article draft public 2020-01-01
c.md article published public 2020-01-01' "$(states garden)"
has 'they are reported' "$out" '1 × without "publish: true", which others have; it became a draft' 'b.md'

# --- other sources of restrictions
new_site places-site
write drafts/a.md --- 'date: 2020-01-01' --- 'Words.'
runs 'a folder of drafts is imported' import markdown drafts
is 'its posts are drafts' draft "$(of drafts/a.md state)"
write places/a.draft.md --- 'date: 2020-01-01' --- 'Words.'
write places/b.md 'Words.'
write places/b.meta '.. status: private'
write places/c/c.json '{ "eleventyExcludeFromCollections": true }'
write places/c/c.md --- 'date: 2020-01-01' --- 'Words.'
write places/d/_index.md --- 'cascade:' '  draft: true' ---
write places/d/d.md --- 'date: 2020-01-01' --- 'Words.'
write places/2100-01-01-e.md 'Words.'
write places/f.md --- 'date: 2020-01-01' 'visibility: paid' --- 'Unseen beginning.' '' '<!-- more -->' '' 'Words.'
write places/g.md --- 'date: 2020-01-01' 'access: paid' --- 'Seen beginning.' '' '<!-- more -->' '' 'Words.'
new_site places-site
runs 'texts with other sources of restrictions are imported' import markdown places
is 'each source is applied' '2100-01-01-e.md article published public 2100-01-01
a.draft.md article draft public 2020-01-01
b.md article draft public '"$today"'
c/c.md article draft public 2020-01-01
d/d.md article draft public 2020-01-01
f.md article published paid 2020-01-01
g.md article published paid 2020-01-01' "$(states places)"
has 'each source is reported' "$out" 'a.draft.md a.draft.md' 'b.md b.meta' 'c/c.md:1 eleventyExcludeFromCollections: true (c/c.json)' \
	'd/d.md:3 draft: true (d/_index.md)' '2100-01-01-e.md e'
is 'the beginning of a restricted post is public only if it was public before' '|Seen beginning.' "$(of places/f.md open_plain)|$(of places/g.md open_plain)"
is 'the summary does not contain it' '' "$(of places/f.md post.summary)"

new_site plain-site
write plain/a.md 'Words.'
write plain/b/README.md '# B' '' 'Words.'
write plain/README.md '# All' '' 'Words.'
runs 'a folder without any date is imported' import markdown plain
is "the file's modification time becomes the publish date" "a.md article published public $today
b/README.md article published public $today" "$(states plain)"
finish
