#!/bin/sh
# renown import markdown: which posts are made from Hugo sites, Jekyll sites and plain folders.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# column NAME SLUG COLUMNS: columns of one post
post() {
	sql -separator ' | ' "SELECT $2 FROM post AS p JOIN post_text AS t ON t.post_id = p.id JOIN site_user AS a ON a.id = p.author_id
		LEFT JOIN media AS c ON c.id = cover_id LEFT JOIN media AS e ON e.id = enclosure_id WHERE p.slug = '$1'"
}
tags() {
	sql "SELECT group_concat(name, ',') FROM (SELECT name FROM tag JOIN post_tag ON tag_id = tag.id JOIN post ON post.id = post_id WHERE post.slug = '$1' ORDER BY position)"
}

# --- Hugo
mkdir -p hugo/content/posts/bundle hugo/content/posts/empty hugo/static/images hugo/archetypes hugo/themes/x hugo/content/posts/section
touch hugo/hugo.toml
echo '---' >hugo/archetypes/default.md
echo 'A theme.' >hugo/themes/x/README.md
picture hugo/content/posts/bundle/near.png near
picture hugo/static/images/far.png far
cat >hugo/content/posts/bundle/index.md <<'END'
+++
title = "A bundle"
date = 2020-01-02T10:00:00+08:00
lastmod = 2020-02-03
tags = ["paper", "ink"]
categories = ["Work", "Paper"]
description = "In one line."
aliases = ["/old/address/", "/another.html"]
draft = false
weight = 10
[cover]
image = "near.png"
alt = "Near"
+++

Words with a ![near](near.png "Caption") and a ![far](/images/far.png), a [link](../plain.md#part)
and [another]({{< relref "plain.md" >}}), a [pretty one](/posts/plain/), and [no one](gone.md).
{{< unknown x >}}
END
cat >hugo/content/posts/plain.md <<'END'
---
title: Plain
date: 2020-01-01
author: Ada Byron
---
Plain words, [back](./bundle/).

## part

More.
END
cat >hugo/content/posts/plain.zh.md <<'END'
---
title: 平常
date: 2020-01-01
---
平常的字。
END
printf -- '---\ntitle: Posts\n---\n' >hugo/content/posts/_index.md
printf -- '---\ntitle: Section\n---\nWith words.\n' >hugo/content/posts/section/_index.md
printf -- '---\ntitle: Soon\ndate: 2100-01-01\ndraft: true\nslug: Very-Soon\n---\nSoon.\n' >hugo/content/posts/later.md
printf -- '---\ntitle: About us\ntype: page\nurl: /about/\n---\nUs.\n' >hugo/content/about-us.md
new_site hugo-site
"$RENOWN" --site "$site" user add --name 'Ada Byron' --email ada@example.org --role author >/dev/null
runs 'a Hugo site is imported' import markdown hugo
has 'the report has counts' "$out" '6 added' '1 empty' '0 failed'
is 'only the content folder is read' 'about bundle plain plain-zh section very-soon ' "$(sql "SELECT slug FROM post ORDER BY slug" | tr '\n' ' ')"
is 'the metadata of a bundle with TOML front matter are imported' 'A bundle | article | published | 1577930400 | 1580688000 | In one line. | Near | image/png' \
	"$(post bundle 'title, kind, state, published, updated, summary, cover_alt, c.type')"
is 'tags and categories become tags without duplicates' 'paper,ink,Work' "$(tags bundle)"
is 'aliases become former addresses' 'address another ' "$(sql 'SELECT slug FROM post_slug ORDER BY created, slug DESC' | sort | tr '\n' ' ')"
text=$(post bundle open_xhtml)
has 'images from the bundle and from static are imported' "$text" 'src="/media/' 'Caption' 'width="3" height="2"'
is 'two images are stored' 2 "$(sql 'SELECT count(*) FROM media')"
has 'links lead to the posts, with their anchors' "$text" 'href="/blog/plain#part"' 'href="/blog/plain">another' 'a <a href="/blog/plain">pretty' 'href="gone.md"'
has 'a link from a subfolder leads to the post' "$(post plain open_xhtml)" 'href="/blog/bundle"'
is 'the other language becomes a translation' "$(post plain work_id)" "$(post plain-zh work_id)"
is 'it has its language' 'zh | 平常' "$(post plain-zh 'p.lang, p.title')"
is 'an author is found by name' ada@example.org "$(post plain email)"
is 'other posts belong to the owner' mo@example.org "$(post bundle email)"
is 'a draft has the slug of its front matter' 'draft | 4102444800' "$(post very-soon 'state, published')"
is 'a page is recognised by its type and address' 'page | About us' "$(post about 'kind, title')"
has 'metadata that cannot be imported is reported' "$out" '1 × unknown field: weight' 'posts/bundle/index.md:10' '1 × linked file not found in the folder' 'gone.md' \
	'shortcode left as is: unknown'
has 'the images are in the media folder' "$(cd "$site/media" && find . -type f | sort)" "$(sql "SELECT './' || substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media ORDER BY digest" | sort)"

# --- Jekyll
mkdir -p jekyll/_posts/sub jekyll/_drafts jekyll/_site jekyll/_includes jekyll/assets
touch jekyll/_config.yml
echo x >jekyll/_site/no.md
echo x >jekyll/_includes/no.md
picture jekyll/assets/a.png jekyll
cat >jekyll/_posts/2019-03-04-first-words.md <<'END'
---
layout: post
title:  "First: words"
categories: one two
tags: [x]
redirect_from: /2018/older/
---
![a]({{ site.baseurl }}/assets/a.png) See [next]({% post_url 2019-03-05-next %}) and [its address](/2019/03/05/next.html).

{% highlight ruby %}
puts "<b>"
{% endhighlight %}

{% include box.html %}
END
printf -- '---\ntitle: Next\npublished: false\ndate: 2019-03-05 10:00:00 +0800\n---\nNext.\n' >jekyll/_posts/sub/2019-03-05-next.md
printf 'No front matter at all.\n' >jekyll/_drafts/thought.md
printf -- '---\nlayout: page\ntitle: Contact\n---\nHere.\n' >jekyll/contact.md
new_site jekyll-site
runs 'a Jekyll site is imported' import markdown jekyll
is 'posts, drafts and pages have their kind and state' 'contact first-words next thought ' "$(sql "SELECT slug FROM post ORDER BY slug" | tr '\n' ' ')"
is 'the date comes from the file name' 1551657600 "$(post first-words published)"
is 'a date in the front matter takes precedence' 'draft | 1551751200' "$(post next 'state, published')"
is 'categories of Jekyll are split at spaces' 'x,one,two' "$(tags first-words)"
is 'a text in _drafts is a draft' draft "$(post thought state)"
is 'a page is imported as a page' page "$(post contact kind)"
text=$(post first-words open_xhtml)
has 'links and images lead to their targets' "$text" 'src="/media/' 'href="/blog/next">next' 'href="/blog/next">its address'
has 'a highlight block becomes a code listing' "$text" 'class="language-ruby"' 'puts "&lt;b&gt;"'
has 'a template tag that is not supported is reported' "$out" 'template tag left as is: include'

# --- plain files in two languages
mkdir -p notes/guide notes/zh/guide notes/deep/er
printf '# The *first* heading\n\nText under it.\n' >notes/one.md
printf 'Text without a heading.\n' >'notes/Two words_and-more.md'
touch -d 2021-07-08T09:10:11Z 'notes/Two words_and-more.md'
printf '品牌\n====\n\n正文。\n' >notes/个人品牌.md
printf 'Words.\n\n# A late heading\n\nMore.\n' >notes/late.md
printf '# Guide\n\nTo [install](install.md).\n' >notes/guide/README.md
printf '# Install\n\nDo.\n' >notes/guide/install.md
printf '# 安装\n\n做。[指南](README.md)\n' >notes/zh/guide/install.md
printf '# 指南\n\n看。\n' >notes/zh/guide/README.md
printf '# Other install\n\nDo.\n' >notes/deep/er/install.md
printf '# 第一课\n\n开始。\n' >notes/01.md
printf -- '---\n题目\n---\n\n正文\n' >notes/rule.md
printf '<h1 align="center">Centred</h1>\n\nText.\n' >notes/centred.md
printf -- '---\nlang: fr\ntitle: Bonjour\n---\nDu texte.\n' >notes/fr.md
ln -s /etc/passwd notes/outside.md
ln -s /etc notes/etc
mkdir notes/.git && echo x >notes/.git/no.md
new_site plain-site
runs 'plain files are imported' import markdown notes
is 'titles, slugs and languages are recognised' 'one.md | one | en | The first heading
Two words_and-more.md | two-words-and-more | en | Two words and more
个人品牌.md | 个人品牌 | zh | 品牌
late.md | late | en | A late heading
guide/README.md | guide | en | Guide
guide/install.md | guide-install | en | Install
zh/guide/install.md | install-zh | zh | 安装
zh/guide/README.md | guide-zh | zh | 指南
deep/er/install.md | install | en | Other install
01.md | 第一课 | zh | 第一课
centred.md | centred | en | Centred
fr.md | fr | en | Bonjour
rule.md | rule | zh | rule' "$(for file in one.md 'Two words_and-more.md' 个人品牌.md late.md guide/README.md guide/install.md \
	zh/guide/install.md zh/guide/README.md deep/er/install.md 01.md centred.md fr.md rule.md; do
	sql -separator ' | ' "SELECT substr(source, 16), slug, lang, title FROM post WHERE source = 'markdown:notes/$file'"
done)"
is 'the heading that became the title is removed from the text' '<p>Text under it.</p>' "$(post one open_xhtml)"
is 'a heading in the middle that became the title is removed, too' '<p>Words.</p><p>More.</p>' "$(post late open_xhtml | tr -d '\n')"
is "the publish date is the file's modification time" 1625735411 "$(post two-words-and-more published)"
is 'folders for languages make translations' "$(post guide-install work_id)" "$(post install-zh work_id)"
has 'a link stays in its language' "$(post install-zh open_xhtml)" 'href="/blog/guide-zh"'
has 'a rule at the beginning of a text is not front matter' "$(post rule open_xhtml)" '<hr/>' '题目'
has 'symbolic links are reported and not followed' "$out" '2 × symbolic link, skipped'
is 'no text from outside the folder is imported' 0 "$(sql "SELECT count(*) FROM post_text WHERE markdown LIKE '%root:%'")"
has 'an unsupported language is reported' "$out" 'unsupported language, detected automatically instead: fr'
is 'hidden folders are not read' 0 "$(sql "SELECT count(*) FROM post WHERE source LIKE '%.git%'")"

mkdir diary
printf '# A day\n\nText.\n' >diary/2021-05-06-one.md
printf '# 一天\n\n字。\n' >diary/2021-05-07-two.md
new_site diary-site
runs 'files with dates in their names are imported' import markdown diary
is 'the dates become publish dates, and are not part of the titles' '1620259200 | A day' "$(post one 'published, p.title')"

# --- every key
mkdir keys
picture keys/c.png keys
printf 'ID3\004\000\000\000\000\000\000' >keys/a.mp3
head -c 2000 /dev/zero >>keys/a.mp3
cat >keys/all.md <<'END'
---
title: "All 　 keys"
date: 2024/1/5 8:05
updated: 2024-02-01
slug: 我的 Slug
tags: 纸，墨、Ink, ink
lang: zh-CN
summary: |
  Two
  lines.
author: mo@example.org
access: paid
cover: ./c.png
cover_alt: A picture
audio: a.mp3
featured: yes
---
Open.

<!--paid-->

Closed.
END
printf -- '---\ntranslation_of: 我的-slug\nlang: en\ntitle: In English\n---\nText\n' >keys/en.md
new_site keys-site
runs 'a text with every key is imported' import markdown keys
is 'each key is applied' 'All keys | audio | published | paid | Two lines. | zh | A picture | 1704441900 | 1706745600 | 1 | image/png | audio/mpeg' \
	"$(post 我的-slug 'p.title, kind, state, access, summary, p.lang, cover_alt, published, updated, featured, c.type, e.type')"
is 'tags are split at separators of both languages' '纸,墨,Ink' "$(tags 我的-slug)"
is 'translation_of finds the original by its slug' "$(post 我的-slug work_id)" "$(post en work_id)"
has 'the public part ends at the cut' "$(post 我的-slug open_xhtml)" 'Open.'
hasnt 'the public part does not contain the rest' "$(post 我的-slug open_xhtml)" 'Closed.'
is 'nothing is reported' 1 "$(printf '%s\n' "$out" | wc -l)"
finish
