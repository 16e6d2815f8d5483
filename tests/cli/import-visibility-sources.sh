#!/bin/sh
# renown import markdown: other places that restrict access: data files, configuration, parts of the text.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# write FILE LINE...: writes a file of these lines
write() {
	write_file=$1
	shift
	mkdir -p "$(dirname "$write_file")"
	printf '%s\n' "$@" >"$write_file"
}
# states PREFIX: "path state access date" of every post, without the label
states() {
	sql -separator ' ' "SELECT substr(source, length('markdown:$1/') + 1), state, access, date(published, 'unixepoch') FROM post ORDER BY source"
}
# of FILE COLUMNS: columns of the post that was made from the file
of() {
	sql -separator ' ' "SELECT $2 FROM post JOIN post_text ON post_id = id WHERE source = 'markdown:$1'"
}

# --- Eleventy: data files beside a text, also in JavaScript, and ignored files
new_site eleventy-site
write eleventy/eleventy.config.js 'export default {}'
write eleventy/.eleventyignore '# not built' 'ignored/' './alone.md' '**/*.old.md' '!kept.md'
write eleventy/.gitignore 'never/'
write eleventy/posts/posts.11tydata.js 'export default { layout: "post.njk", tags: ["posts"] };'
for name in open one two three old.old; do
	write "eleventy/posts/$name.md" --- 'date: 2020-01-01' --- 'Words.'
done
write eleventy/posts/one.11tydata.json '{ "draft": true }'
write eleventy/posts/two.json '{ "permalink": false }'
write eleventy/posts/three.11tydata.cjs 'module.exports = { draft: true };'
for name in wip/a.md ignored/a.md never/a.md alone.md kept.md; do
	write "eleventy/$name" --- 'date: 2020-01-01' --- 'Words.'
done
write eleventy/wip/wip.11tydata.js 'module.exports = { eleventyExcludeFromCollections: true };'
runs 'an Eleventy site is imported' import markdown eleventy
is 'its posts keep their restrictions' 'alone.md draft public 2020-01-01
ignored/a.md draft public 2020-01-01
kept.md published public 2020-01-01
never/a.md draft public 2020-01-01
posts/old.old.md draft public 2020-01-01
posts/one.md draft public 2020-01-01
posts/open.md published public 2020-01-01
posts/three.md draft public 2020-01-01
posts/two.md draft public 2020-01-01
wip/a.md draft public 2020-01-01' "$(states eleventy)"
has 'the report names the source of each restriction' "$out" 'posts/one.md:1 draft: true (posts/one.11tydata.json)' 'posts/two.md:1 permalink: false (posts/two.json)' \
	'posts/three.md posts/three.11tydata.cjs' 'wip/a.md wip/wip.11tydata.js' 'ignored/a.md exclude: ignored/ (.eleventyignore)' \
	'alone.md exclude: ./alone.md (.eleventyignore)' 'never/a.md exclude: never/ (.gitignore)' 'posts/old.old.md exclude: **/*.old.md (.eleventyignore)'

# --- Jekyll: patterns
new_site jekyll-site
write jekyll/_config.yml 'exclude: ["*.old.md", "/notes/*.md", "tmp"]'
write jekyll/_posts/2020-01-01-a.md --- 'title: A' --- 'Words.'
write jekyll/_posts/2020-01-02-b.old.md --- 'title: B' --- 'Words.'
write jekyll/notes/c.md --- 'title: C' --- 'Words.'
write jekyll/tmp.md --- 'title: D' --- 'Words.'
runs 'a Jekyll site with patterns is imported' import markdown jekyll
is 'files that match the patterns are left out' '_posts/2020-01-01-a.md published
_posts/2020-01-02-b.old.md draft
notes/c.md draft
tmp.md published' "$(sql -separator ' ' "SELECT substr(source, 17), state FROM post ORDER BY source")"

# --- Zola: a draft section with all its pages
new_site zola-site
write zola/config.toml 'base_url = "https://example.org"'
write zola/content/blog/_index.md +++ 'title = "Blog"' +++
write zola/content/blog/a.md +++ 'date = 2020-01-01' +++ 'Words.'
write zola/content/lab/_index.md +++ 'draft = true' +++
write zola/content/lab/a.md +++ 'date = 2020-01-01' +++ 'Words.'
write zola/content/lab/deep/A.md +++ 'date = 2020-01-01' +++ 'Words.'
runs 'a Zola site is imported' import markdown zola
is 'a draft section makes its pages drafts' 'content/blog/a.md published public 2020-01-01
content/lab/a.md draft public 2020-01-01
content/lab/deep/A.md draft public 2020-01-01' "$(states zola)"
has 'the report names the section' "$out" 'content/lab/a.md:2 draft: true (content/lab/_index.md)'

# --- files that Hugo, Zola and Hexo do not build
new_site unbuilt-hugo
write unbuilt-hugo/hugo.toml 'ignoreFiles = ["\\.wip\\.md$", "/lab/", "("]'
for name in a b.wip lab/c; do
	write "unbuilt-hugo/content/$name.md" --- 'date: 2020-01-01' --- 'Words.'
done
runs 'a Hugo site that ignores files is imported' import markdown unbuilt-hugo
is 'ignored files become drafts' 'content/a.md published content/b.wip.md draft content/lab/c.md draft' "$(sql -separator ' ' "SELECT substr(source, 23), state FROM post ORDER BY source" | tr '\n' ' ' | sed 's/ $//')"
has 'the report names them' "$out" 'content/b.wip.md exclude: \.wip\.md$ (hugo.toml)' 'configuration that cannot be read; it may say that posts are not public' 'hugo.toml'
# shellcheck disable=SC2016 # a pattern that would take very long to match
write unbuilt-hugo/hugo.toml 'ignoreFiles = ["(a*)*\\1$", "(((a*){99}){99}){99}"]'
write "unbuilt-hugo/content/$(printf '%0200d' 0 | tr 0 a).md" --- 'date: 2020-01-01' --- 'Words.'
runs 'hostile patterns do not stop the import' import markdown unbuilt-hugo
new_site slow-site
write slow/eleventy.config.js 'export default {}'
write slow/.eleventyignore '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b'
write "slow/$(printf '%0200d' 0 | tr 0 a).md" --- 'date: 2020-01-01' --- 'Words.'
runs 'a pattern with many stars is imported' import markdown slow
is 'it matches more files than it should, never fewer' draft "$(sql 'SELECT state FROM post')"
new_site unbuilt-zola
write unbuilt-zola/config.toml 'base_url = "https://example.org"' 'ignored_content = ["*.wip.md"]'
for name in a b.wip; do
	write "unbuilt-zola/content/$name.md" --- 'date: 2020-01-01' --- 'Words.'
done
runs 'a Zola site that ignores files is imported' import markdown unbuilt-zola
is 'ignored files become drafts' draft "$(of unbuilt-zola/content/b.wip.md state)"
new_site unbuilt-hexo
write unbuilt-hexo/_config.yml 'exclude:' '  - "_posts/old/*"' 'ignore: ["**/secret.md"]'
for name in a old/b c/secret; do
	write "unbuilt-hexo/source/_posts/$name.md" --- 'date: 2020-01-01' --- 'Words.'
done
runs 'a Hexo site that ignores files is imported' import markdown unbuilt-hexo
is 'ignored files become drafts' 'a.md published c/secret.md draft old/b.md draft' "$(sql -separator ' ' "SELECT substr(source, 37), state FROM post ORDER BY source" | tr '\n' ' ' | sed 's/ $//')"

# --- several sites in one folder, as when two archives are uploaded together
new_site many-sites
mkdir sites
cp -r eleventy jekyll zola sites/
write sites/hugo/hugo.toml '[cascade]' 'draft = true'
write sites/hugo/content/a.md --- 'date: 2020-01-01' --- 'Words.'
write sites/jekyll/_config.yml 'exclude: [tmp]' 'defaults:' '- scope: { path: "_posts/quiet" }' '  values: { sitemap: false }' '- scope: { path: "", type: posts }' \
	'  values: { access: members }'
write sites/jekyll/_posts/quiet/2020-01-04-d.md --- 'title: D' --- 'Words.'
write sites/jekyll/tmp/t.md --- 'date: 2020-01-01' --- 'Words.'
write sites/never/a.md --- 'date: 2020-01-01' --- 'Words.'
runs 'a folder of several sites is imported' import markdown sites
is 'each site keeps its restrictions' 'eleventy/kept.md public
eleventy/posts/open.md public
jekyll/_posts/2020-01-01-a.md members
jekyll/_posts/2020-01-02-b.old.md members
never/a.md public
zola/content/blog/a.md public' "$(sql -separator ' ' "SELECT substr(source, 16), access FROM post WHERE state = 'published' ORDER BY source")"
has 'the report names the reasons' "$out" 'exclude: tmp (jekyll/_config.yml)' 'draft: true (hugo/hugo.toml)' 'exclude: ignored/ (eleventy/.eleventyignore)'

# --- Notion: properties below the title, and a number in the name
new_site notion-site
id=1f1d2c3b4a5968778695a4b3c2d1e0f9
write "notion/Open post $id.md" '# Open post' '' 'Date: January 5, 2024' 'Status: Published' 'Tags: ink, paper' '' 'Words.'
write "notion/Draft $id.md" '# Draft' '' 'Status: In progress' 'Date: January 5, 2024' '' 'Words.'
write "notion/Odd $id.md" '# Odd' '' 'Status: Seedling' 'Date: January 5, 2024' '' 'Words.'
write "notion/No $id.md" '# No' '' 'Date: January 5, 2024' 'Published: No' '' 'Words.'
write "notion/Later $id.md" '# Later' '' 'Publish Date: January 5, 2099' 'Tags: x' '' 'Words.'
write "notion/Words $id.md" '# Words' '' 'Note: this is a sentence.' '' 'Words.' '' 'See [it](Open%20post%20'"$id.md)."
runs 'a Notion export is imported' import markdown notion
is 'its posts keep their restrictions' "Draft $id.md draft public 2024-01-05
Later $id.md published public 2099-01-05
No $id.md draft public 2024-01-05
Odd $id.md draft public 2024-01-05
Open post $id.md published public 2024-01-05" "$(states notion | grep -v '^Words')"
is 'properties are not part of the text' '<p>Words.</p>' "$(of "notion/Open post $id.md" open_xhtml)"
is 'the number is not part of the slug' 'open-post Open post' "$(of "notion/Open post $id.md" 'slug, title')"
is 'tags are imported' 'ink paper ' "$(sql "SELECT name FROM tag JOIN post_tag ON tag_id = tag.id JOIN post ON post.id = post_id WHERE post.slug = 'open-post' ORDER BY position" | tr '\n' ' ')"

# --- parts that only some readers could see
new_site parts-site
write parts/open.md --- 'date: 2020-01-01' --- 'A [hide] alone, a [login](https://example.org) and [hide]: a word.'
write parts/typecho.md --- 'date: 2020-01-01' --- 'Seen.' '' '[hide]unseen[/hide]'
write parts/login.md --- 'date: 2020-01-01' --- 'Seen.' '' '[login]' 'unseen' '[/login]'
write parts/joe.md --- 'date: 2020-01-01' --- '{hide}unseen{/hide}'
write parts/wordpress.md --- 'date: 2020-01-01' --- '[restrict role="member"]unseen[/restrict]'
write parts/reply.md --- 'date: 2020-01-01' --- '<!--reply start-->unseen<!--reply end-->'
write parts/hugo.md --- 'date: 2020-01-01' --- '{{% hugo-encryptor "PASSWORD" %}}' 'unseen' '{{% /hugo-encryptor %}}'
write parts/ghost.md --- 'date: 2020-01-01' --- 'Seen.' '' '<!--members-only-->' '' 'unseen'
runs 'texts with parts for some readers are imported' import markdown parts
is 'their posts become drafts' 'open.md ' "$(sql "SELECT substr(source, 16) FROM post WHERE state = 'published'" | tr '\n' ' ')"
has 'the parts are reported' "$out" '7 × part that only some readers could see; the post became a draft' 'typecho.md:6 [hide]' 'login.md:6 [login]' 'joe.md:4 {hide}' \
	'wordpress.md:4 [restrict]' 'reply.md:4 <!--reply' 'hugo.md:4 {{% hugo-encryptor' 'ghost.md:6 <!--members-only'
hasnt 'the report contains no password' "$out" PASSWORD

# --- unknown keys with a known value
new_site words-site
write words/a.md --- 'date: 2020-01-01' 'circle: private' --- 'Words.'
write words/b.md --- 'date: 2020-01-01' 'series: 草稿' --- 'Words.'
write words/c.md --- 'date: 2020-01-01' 'series: Hidden paths' --- 'Words.'
runs 'texts with an unknown key are imported' import markdown words
is 'a value that means "not public" makes a draft' 'a.md draft public 2020-01-01
b.md draft public 2020-01-01
c.md published public 2020-01-01' "$(states words)"
has 'it is reported' "$out" '2 × unknown value that may mean "not public"; it became a draft' 'a.md:3 circle: private'

# --- the report names every restricted or omitted text
new_site many-site
for i in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35; do
	write "many/$i.md" --- "date: 2020-01-01" 'draft: true' --- 'Words.'
	write "many/$i.html" '<p>Words.</p>'
done
runs 'many drafts are imported' import markdown many
is 'the report has a line for each' 52 "$(printf '%s\n' "$out" | grep -c '^      [0-9][0-9]\.\(md:3 draft: true\|html\)$')"
finish
