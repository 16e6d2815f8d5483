#!/bin/sh
# renown post and renown render: lists, states, publishing and rendering.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir notes
printf -- '---\ntitle: One\ndate: 2020-01-01\ntags: [a, b]\n---\nOne **bold**.\n' >notes/one.md
printf -- '---\ntitle: 二\ndate: 2020-01-02\naccess: members\n---\n二\n' >notes/two.md
printf -- '---\ntitle: Three\ndate: 2020-01-03\ndraft: true\n---\nThree\n' >notes/three.md
printf -- '---\ntitle: Four\ndate: 2100-01-04\n---\nFour\n' >notes/four.md
printf -- '---\ntitle: Page\ndate: 2020-01-05\nkind: page\n---\nPage\n' >notes/page.md
new_site site
runs 'posts are imported' import markdown notes

runs 'post list succeeds' post list
is 'all posts are listed' 'four	due	2100-01-04 00:00	en	article	public	Four
one	published	2020-01-01 00:00	en	article	public	One
page	published	2020-01-05 00:00	en	page	public	Page
three	draft	2020-01-03 00:00	en	article	public	Three
two	published	2020-01-02 00:00	zh	article	members	二' "$out"
slugs() {
	run post list "$@"
	printf '%s' "$out" | cut -f 1 | tr '\n' ' '
}
is 'posts are filtered by state' 'three ' "$(slugs --state draft)"
is 'posts are filtered by kind' 'page ' "$(slugs --kind page)"
is 'posts are filtered by language' 'two ' "$(slugs --lang zh)"
is '--limit limits the list' 'four one ' "$(slugs --limit 2)"
refuses 'an unknown state is refused' 2 '--state must be' post list --state secret
refuses 'an unknown kind is refused' 2 '--kind must be' post list --kind song

runs 'post show succeeds' post show one
has 'post show prints all properties and the text' "$out" 'title: One' 'state: published' 'tags: a, b' 'One **bold**.'
refuses 'an unknown post is refused' 1 'There is no post "x"' post show x

runs 'a draft is published' post publish three
is 'its state is published' published "$(sql "SELECT state FROM post WHERE slug = 'three'")"
is 'it keeps its publish date' 1578009600 "$(sql "SELECT published FROM post WHERE slug = 'three'")"
is 'it is in the search index' 5 "$(sql 'SELECT count(*) FROM post_search_docsize')"
runs 'a scheduled post is published now' post publish four
is 'its publish date is not in the future' 1 "$(sql "SELECT published <= strftime('%s') FROM post WHERE slug = 'four'")"
run post publish four
has 'publishing a published post changes nothing and says so' "$out" 'already'
runs 'a post is unpublished' post unpublish one
is 'its state is unpublished' unpublished "$(sql "SELECT state FROM post WHERE slug = 'one'")"
is 'its tags no longer count it' '0 0' "$(sql 'SELECT posts FROM tag_count' | tr '\n' ' ' | sed 's/ $//')"
runs 'it is published again' post publish one
is 'its tags count it again' '1 1' "$(sql 'SELECT posts FROM tag_count' | tr '\n' ' ' | sed 's/ $//')"
is 'every change increases the change counter' 1 "$(sql 'SELECT counter > 4 FROM content_version')"
refuses 'publish refuses an unknown post' 1 'There is no post' post publish x
refuses 'unpublish refuses an unknown post' 1 'There is no post' post unpublish x

runs 'render succeeds when nothing is to do' render
has 'render reports no post' "$out" '0 posts were rendered'
runs 'render --all succeeds' render --all
has 'render --all reports all posts' "$out" '5 posts were rendered'
sql "UPDATE post_text SET renderer = 'old', open_xhtml = '<p>old</p>' WHERE post_id = 1"
run render
has 'posts of another renderer version are rendered again' "$out" '1 post was rendered'
is 'the rendered text is correct again' 0 "$(sql "SELECT count(*) FROM post_text WHERE open_xhtml = '<p>old</p>'")"
sed -i 's|^base_url.*|base_url = http://127.0.0.1:8080/sub|' "$site/renown.conf"
run render
has 'another path in base_url renders all posts again' "$out" '5 posts were rendered'
refuses 'another option is refused' 2 'unknown' render --some
finish
