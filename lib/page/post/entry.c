#include "page/post/entry.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/image.h"

const char *
page_encode_path(struct arena *arena, const char *path)
{
	struct str encoded = str_init(arena);

	while (*path != '\0') {
		size_t length = strcspn(path, "/");
		str_add(&encoded, page_encode(arena, arena_bytes(arena, path, length)));
		path += length;
		if (*path == '/') {
			str_add_char(&encoded, '/');
			path++;
		}
	}
	return encoded.bytes;
}

const char *
entry_path(struct arena *arena, const struct post *post)
{
	if (!str_equal(post->kind, "page"))
		return arena_printf(arena, "/blog/%s", page_encode(arena, post->slug));
	if (str_equal(post->slug, "about"))
		return "/about";
	if (str_starts(post->slug, "about-") && language_is(post->slug + strlen("about-")))
		return arena_printf(arena, "/%s/about", post->slug + strlen("about-"));
	return arena_printf(arena, "/page/%s", page_encode(arena, post->slug));
}

const char *
entry_kind_text(const char *kind)
{
	return str_equal(kind, "audio") ? _("Audio") : str_equal(kind, "video") ? _("Video") : "";
}

const char *
entry_access_text(const char *access)
{
	return str_equal(access, "members") ? _("For members") : str_equal(access, "paid") ? _("For subscribers") : "";
}

static void
add_author(struct page *page, xmlNodePtr entry, const struct post *post, const char *prefix)
{
	xmlNodePtr author = page_element(entry, "author");

	page_attr(author, "name", post->author_name);
	page_href(page, author, "href",
		arena_printf(page->arena, "%s/author/%s", prefix, page_encode(page->arena, post->author_slug)));
}

static void
add_tags(struct page *page, xmlNodePtr entry, const struct post *post, const char *prefix)
{
	for (size_t i = 0; i < post->tag_count; i++) {
		xmlNodePtr tag = page_element(entry, "tag");
		page_attr(tag, "name", post->tags[i].name);
		page_href(page, tag, "href",
			arena_printf(page->arena, "%s/tag/%s", prefix, page_encode(page->arena, post->tags[i].slug)));
	}
}

static void
add_cover(struct page *page, xmlNodePtr entry, const struct post *post)
{
	xmlNodePtr cover;

	if (str_empty(post->cover_path))
		return;
	cover = page_element(entry, "cover");
	page_href(page, cover, "src", arena_printf(page->arena, "/media/%s", post->cover_path));
	if (post->cover_width > 0) {
		page_attr_int(cover, "width", post->cover_width);
		page_attr_int(cover, "height", post->cover_height);
	}
	page_attr(cover, "srcset", image_srcset(page->arena, page->base_path, post->cover_path, post->cover_widths, post->cover_width));
	page_attr(cover, "alt", post->cover_alt);
}

xmlNodePtr
entry_add(struct page *page, xmlNodePtr parent, const struct post *post, const struct viewer *viewer,
	const char *prefix)
{
	xmlNodePtr entry = page_element(parent, "post");

	/* In a list of another language, tags and author link to pages in the language of the post. */
	if (!str_equal(post->lang, page->lang))
		prefix = "";
	page_href(page, entry, "href", entry_path(page->arena, post));
	page_attr(entry, "lang", post->lang);
	page_attr(entry, "lang-name", language_name(post->lang));
	page_attr(entry, "kind", post->kind);
	if (!str_equal(post->kind, "article"))
		page_attr(entry, "kind-text", entry_kind_text(post->kind));
	page_attr(entry, "access", post->access);
	if (!str_equal(post->access, "public"))
		page_attr(entry, "access-text", entry_access_text(post->access));
	if (viewer_may(viewer, post) != VIEW_FULL)
		page_attr(entry, "locked", "yes");
	page_date(page, entry, "published", post->published);
	if (post->updated > post->published + 24 * 3600)
		page_date(page, entry, "updated", post->updated);
	page_attr_int(entry, "minutes", post->reading_minutes);
	page_attr(entry, "minutes-text",
		lang_count(page->arena, "%lld min read", "%lld min read", post->reading_minutes));
	if (post->featured)
		page_attr(entry, "featured", "yes");
	(void)page_text(entry, "title", post->title);
	(void)page_text(entry, "summary", post_summary(post));
	add_author(page, entry, post, prefix);
	add_tags(page, entry, post, prefix);
	add_cover(page, entry, post);
	return entry;
}

void
entry_add_comments(xmlNodePtr entry, struct page *page, const struct post *post, bool readable)
{
	/* From five on the number is rounded down. */
	const bool exact = post->comment_step < 5;

	if (!readable || post->comment_step == 0)
		return;
	page_attr_int(entry, "comments", post->comment_step);
	page_attr(entry, "comments-text", exact ? lang_count(page->arena, "%lld comment", "%lld comments", post->comment_step) :
		arena_printf(page->arena, _("%lld+ comments"), (long long)post->comment_step));
}

void
entry_add_all(struct page *page, xmlNodePtr parent, const struct post *posts, size_t count,
	const struct viewer *viewer, const char *prefix)
{
	for (size_t i = 0; i < count; i++)
		if (viewer_may(viewer, &posts[i]) != VIEW_NONE)
			(void)entry_add(page, parent, &posts[i], viewer, prefix);
}
