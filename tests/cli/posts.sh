#!/bin/sh
# renown post, render: what is there, and its state.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir notes
printf -- '---\ntitle: One\ndate: 2020-01-01\ntags: [a, b]\n---\nOne **bold**.\n' >notes/one.md
printf -- '---\ntitle: 二\ndate: 2020-01-02\naccess: members\n---\n二\n' >notes/two.md
printf -- '---\ntitle: Three\ndate: 2020-01-03\ndraft: true\n---\nThree\n' >notes/three.md
printf -- '---\ntitle: Four\ndate: 2100-01-04\n---\nFour\n' >notes/four.md
printf -- '---\ntitle: Page\ndate: 2020-01-05\nkind: page\n---\nPage\n' >notes/page.md
new_site site
runs 'posts come in' import markdown notes

runs 'list' post list
is 'all of them' 'four	due	2100-01-04 00:00	en	article	public	Four
one	published	2020-01-01 00:00	en	article	public	One
page	published	2020-01-05 00:00	en	page	public	Page
three	draft	2020-01-03 00:00	en	article	public	Three
two	published	2020-01-02 00:00	zh	article	members	二' "$out"
slugs() {
	run post list "$@"
	printf '%s' "$out" | cut -f 1 | tr '\n' ' '
}
is 'by state' 'three ' "$(slugs --state draft)"
is 'by kind' 'page ' "$(slugs --kind page)"
is 'by language' 'two ' "$(slugs --lang zh)"
is 'some of them' 'four one ' "$(slugs --limit 2)"
refuses 'a state that is none' 2 '--state must be' post list --state secret
refuses 'a kind that is none' 2 '--kind must be' post list --kind song

runs 'show' post show one
has 'it says everything' "$out" 'title: One' 'state: published' 'tags: a, b' 'One **bold**.'
refuses 'no such post' 1 'There is no post "x"' post show x

runs 'a draft is published' post publish three
is 'and is' published "$(sql "SELECT state FROM post WHERE slug = 'three'")"
is 'at its own time' 1578009600 "$(sql "SELECT published FROM post WHERE slug = 'three'")"
is 'search knows it' 5 "$(sql 'SELECT count(*) FROM post_search_docsize')"
runs 'one that was to come is published now' post publish four
is 'and is' 1 "$(sql "SELECT published <= strftime('%s') FROM post WHERE slug = 'four'")"
run post publish four
has 'twice is once' "$out" 'already'
runs 'withdraw' post unpublish one
is 'and it is gone' unpublished "$(sql "SELECT state FROM post WHERE slug = 'one'")"
is 'its tags count it no more' '0 0' "$(sql 'SELECT posts FROM tag_count' | tr '\n' ' ' | sed 's/ $//')"
runs 'and published again' post publish one
is 'they count it again' '1 1' "$(sql 'SELECT posts FROM tag_count' | tr '\n' ' ' | sed 's/ $//')"
is 'every change moves the pages on' 1 "$(sql 'SELECT counter > 4 FROM content_version')"
refuses 'nothing to publish' 1 'There is no post' post publish x
refuses 'nothing to withdraw' 1 'There is no post' post unpublish x

runs 'render finds nothing to do' render
has 'and says so' "$out" '0 posts were rendered'
runs 'render --all does every post' render --all
has 'and says so' "$out" '5 posts were rendered'
sql "UPDATE post_text SET renderer = 'old', open_xhtml = '<p>old</p>' WHERE post_id = 1"
run render
has 'what another renderer made is made anew' "$out" '1 post was rendered'
is 'and is right again' 0 "$(sql "SELECT count(*) FROM post_text WHERE open_xhtml = '<p>old</p>'")"
sed -i 's|^base_url.*|base_url = http://127.0.0.1:8080/sub|' "$site/renown.conf"
run render
has 'another path in base_url makes all anew' "$out" '5 posts were rendered'
refuses 'no other options' 2 'unknown' render --some
finish
