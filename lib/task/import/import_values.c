/* Reads the front matter of Hugo, Jekyll and similar systems. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/str.h"
#include "store/comment/comment_access.h"
#include "core/text.h"
#include "page/lang/lang.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

enum { TITLE_MAX = POST_TITLE_MAX, SUMMARY_MAX = POST_SUMMARY_MAX, DETAIL_MAX = 80 };

/* Keys that are read, or that have no meaning for this site. See also visibility_keys.c. */
static const char *const known_keys[] = { "title", "date", "created", "createdat", "updated", "updatedat", "lastmod", "lastupdated", "modified",
	"lastmodifiedat", "slug", "tags", "tag", "categories", "category", "taxonomies", "lang", "language", "locale", "summary",
	"description", "excerpt", "author", "authors", "cover", "coveralt", "image", "featuredimage", "thumbnail", "banner", "audio",
	"video", "kind", "featured", "translationof", "translationkey", "comments", "canonical", "canonicalurl", "aliases",
	"redirectfrom", "cascade", NULL };

/* Text as one line of at most `most` characters; NULL for NULL. */
static const char *
line_of(struct arena *arena, const char *text, size_t most)
{
	if (text == NULL)
		return NULL;
	text = text_clean(arena, text, strlen(text), TEXT_BLOCK);
	text = text_collapse(arena, text);
	text = text_collapse(arena, text_clean(arena, text, strlen(text), TEXT_LINE));
	return text_shorten(arena, text, most);
}

/* "key: value" for the report. */
static const char *
detail_of(struct arena *arena, const char *key, const char *value)
{
	return line_of(arena, arena_printf(arena, "%s: %s", key, value), DETAIL_MAX);
}

/* Adds a warning for a value that has no meaning here and can be ignored safely. */
static void
lose(struct arena *arena, struct conversion_warnings *warnings, const char *path, const struct data_node *node, const char *key, const char *value)
{
	if (warnings != NULL)
		conversion_warnings_add(warnings, N_("unknown value"), path, node->line, detail_of(arena, key, value));
}

/* --- times and states ------------------------------------------------------------ */

/*
 * Reads the publish date from the first of several keys that contains one. If "date" is present but is not a date, the
 * text may have been held back, so it is not public.
 */
static void
read_date(struct arena *arena, const struct frontmatter *front, int64_t now, struct import_values *values)
{
	static const char *const names[] = { "date", "publishDate", "pubDate", "pubDatetime", "publishedAt", "datePublished", "published",
		"发布时间", "发布日期", "日期", "created", "createdAt", "dateCreated", "创建时间", NULL };

	for (size_t i = 0; names[i] != NULL && values->published == 0; i++) {
		const struct data_node *node = frontmatter_node(front, NAMES(names[i]));
		const char *text = frontmatter_text(front, NAMES(names[i]), &node);
		if (node == NULL || (node->type != DATA_NODE_MAP && str_empty(text)))
			continue;
		if (text != NULL && frontmatter_date(arena, text, &values->published)) {
			if (values->published > now && i == 0)
				visibility_add(arena, &values->visibility, VISIBILITY_LATER, N_("date in the future; it is published then"), node->line,
					detail_of(arena, names[i], text));
		} else if (i == 0) {
			visibility_add(arena, &values->visibility, VISIBILITY_HIDDEN,
				N_("date that cannot be read (write 2026-11-24 or 2026-11-24T08:00:00+08:00); it became a draft"), node->line,
				detail_of(arena, names[i], text == NULL ? "…" : text));
		}
	}
	/* The later time counts: a text with a date is not published before its publishDate. */
	if (values->visibility.from > values->published)
		values->published = values->visibility.from;
}

static void
read_times(struct arena *arena, const struct frontmatter *front, const char *path, struct conversion_warnings *warnings, int64_t now,
	struct import_values *values)
{
	static const char *const updated[] = { "updated", "lastmod", "modified", "last_modified_at", "lastUpdated", "updatedAt", NULL };
	const struct data_node *node = NULL;
	const char *text = frontmatter_text(front, updated, &node);

	visibility_read(arena, front->values, NULL, now, &values->visibility);
	read_date(arena, front, now, values);
	if (text != NULL && !frontmatter_date(arena, text, &values->updated))
		lose(arena, warnings, path, node, "updated", text);
	text = frontmatter_text(front, NAMES("featured"), &node);
	if (text != NULL && !frontmatter_flag(text, &values->featured))
		lose(arena, warnings, path, node, "featured", text);
}

/*
 * Comments: who may write them, or true or false as in other systems; without a value the setting decides. A canonical
 * URL must be a whole https URL.
 */
static void
read_talk(const struct frontmatter *front, struct import_values *values)
{
	const char *comments = frontmatter_text(front, NAMES("comments"), NULL), *canonical = frontmatter_text(front, NAMES("canonical", "canonicalURL"), NULL);
	bool open = true;

	if (comments != NULL && comment_access_is_valid(comments))
		values->comment_access = comments;
	else if (comments != NULL && frontmatter_flag(comments, &open))
		values->comment_access = open ? "open" : "closed";
	if (canonical != NULL && str_starts(canonical, "https://") && strcspn(canonical, " \"<>") == strlen(canonical))
		values->canonical_url = canonical;
}

/* --- kind, access, language -------------------------------------------------------- */

static void
read_kind(struct arena *arena, const struct frontmatter *front, struct import_values *values)
{
	static const char *const kinds[] = { "article", "audio", "video", "page", NULL };
	const struct data_node *node = NULL;
	const char *kind = frontmatter_text(front, NAMES("kind"), &node), *layout = frontmatter_text(front, NAMES("layout", "type"), NULL);

	for (size_t i = 0; kind != NULL && kinds[i] != NULL; i++)
		if (strcasecmp(kind, kinds[i]) == 0)
			values->kind = kinds[i];
	if (kind != NULL && values->kind == NULL)
		visibility_add(arena, &values->visibility, VISIBILITY_HIDDEN,
			N_("unknown kind (write article, audio, video or page); it became a draft article"), node->line,
			detail_of(arena, "kind", kind));
	if (values->kind == NULL && (str_equal(layout, "page") || str_equal(layout, "about")))
		values->kind = "page";
	values->has_kind = values->kind != NULL;
}

static void
read_language(struct arena *arena, const struct frontmatter *front, const char *path, struct conversion_warnings *warnings, struct import_values *values)
{
	const struct data_node *node = NULL;
	const char *lang = frontmatter_text(front, NAMES("lang", "language", "locale"), &node);

	values->lang = import_language(lang);
	if (lang != NULL && values->lang == NULL && warnings != NULL)
		conversion_warnings_add(warnings, arena_printf(arena, "%s: %s", N_("unsupported language, detected automatically instead"), lang),
			path, node->line, NULL);
}

/* --- files ---------------------------------------------------------------------- */

static void
read_files(struct arena *arena, const struct frontmatter *front, struct import_values *values)
{
	const struct data_node *node = NULL;

	values->cover = frontmatter_text(front, NAMES("cover", "cover.image", "image", "cover.src", "image.path", "image.src",
		"featured_image", "featuredImage", "thumbnail", "banner"), &node);
	values->cover_line = node == NULL ? 0 : node->line;
	values->cover_alt = line_of(arena, frontmatter_text(front, NAMES("cover_alt", "cover.alt", "image.alt"), NULL), TITLE_MAX);
	values->recording = frontmatter_text(front, NAMES("audio", "audio.src"), &node);
	if (values->recording == NULL) {
		values->recording = frontmatter_text(front, NAMES("video", "video.src"), &node);
		values->is_video = values->recording != NULL;
	}
	values->recording_line = node == NULL ? 0 : node->line;
	if (values->kind == NULL && values->recording != NULL)
		values->kind = values->is_video ? "video" : "audio";
}

/* --- tags, former URLs ------------------------------------------------------------ */

static void
add_tag(struct arena *arena, struct import_values *values, const char *word)
{
	const char *tag = line_of(arena, word, POST_TAG_MAX);

	for (size_t other = 0; other < values->tag_count; other++)
		if (strcasecmp(values->tags[other], tag) == 0)
			return;
	if (values->tag_count < POST_TAGS_MAX && *text_slug(arena, tag) != '\0')
		values->tags[values->tag_count++] = tag;
}

/* A name with a comma becomes several tags, because commas separate tags in the editor. */
static void
add_tags(struct arena *arena, struct import_values *values, const struct data_node *node, bool cut_blanks)
{
	size_t count;
	const char **words = frontmatter_words(arena, node, cut_blanks, &count);

	for (size_t i = 0; i < count; i++) {
		const char *rest = words[i], *tag;
		while ((tag = text_list_next(arena, &rest)) != NULL)
			add_tag(arena, values, tag);
	}
}

static void
read_lists(struct arena *arena, const struct frontmatter *front, enum layout layout, struct import_values *values)
{
	bool cut_blanks = layout == LAYOUT_JEKYLL;

	values->tags = arena_array(arena, POST_TAGS_MAX + 1, sizeof(*values->tags));
	add_tags(arena, values, frontmatter_node(front, NAMES("tags", "taxonomies.tags")), cut_blanks);
	add_tags(arena, values, frontmatter_node(front, NAMES("tag")), false);
	add_tags(arena, values, frontmatter_node(front, NAMES("categories", "taxonomies.categories")), cut_blanks);
	add_tags(arena, values, frontmatter_node(front, NAMES("category")), false);
	values->aliases = frontmatter_words(arena, frontmatter_node(front, NAMES("aliases", "redirect_from")), false,
		&values->alias_count);
}

/* --- all values ------------------------------------------------------------------- */

static void
read_unknown(struct arena *arena, const struct frontmatter *front, const char *path, struct conversion_warnings *warnings, struct import_values *values)
{
	for (size_t i = 0; i < front->values->count; i++) {
		const char *key = front->values->keys[i];
		bool known = visibility_knows(key);
		for (size_t name = 0; known_keys[name] != NULL && !known; name++)
			known = frontmatter_same_name(known_keys[name], key);
		if (!known)
			visibility_read_unknown(arena, key, front->values->items[i], &values->visibility);
		if (!known && warnings != NULL)
			conversion_warnings_add(warnings, arena_printf(arena, "%s: %s", N_("unknown field"), key), path, front->values->items[i]->line,
				NULL);
	}
}

/* The last part of an address: "/2020/01/old-name.html" gives "old-name". */
static const char *
last_part(struct arena *arena, const char *address)
{
	char *copy = arena_bytes(arena, address, strcspn(address, "?#")), *slash;
	size_t length = strlen(copy);

	while (length > 0 && copy[length - 1] == '/')
		copy[--length] = '\0';
	slash = strrchr(copy, '/');
	if (str_ends(copy, ".html"))
		copy[length - strlen(".html")] = '\0';
	return slash == NULL ? copy : slash + 1;
}

/* "permalink: false" is not an address, and neither is a pattern such as /:year/:title/. */
static const char *
address_of(const struct frontmatter *front)
{
	const char *address = frontmatter_text(front, NAMES("url", "permalink"), NULL);

	return address == NULL || strcasecmp(address, "false") == 0 || strchr(address, ':') != NULL ? NULL : address;
}

void
import_values(struct arena *arena, const struct frontmatter *front, enum layout layout, int64_t now, const char *path,
	struct conversion_warnings *warnings, struct import_values *ret_values)
{
	struct import_values values = { .visibility = visibility_init() };
	const struct data_node *authors = frontmatter_node(front, NAMES("authors", "author"));
	const char *slug = frontmatter_text(front, NAMES("slug"), NULL);

	read_unknown(arena, front, path, warnings, &values);
	read_times(arena, front, path, warnings, now, &values);
	read_kind(arena, front, &values);
	read_language(arena, front, path, warnings, &values);
	read_files(arena, front, &values);
	read_talk(front, &values);
	read_lists(arena, front, layout, &values);
	values.address = address_of(front);
	if (slug == NULL && values.address != NULL)
		slug = last_part(arena, values.address);
	if (slug != NULL)
		values.slug = text_slug(arena, slug);
	if (str_empty(values.slug))
		values.slug = NULL;
	values.summary = line_of(arena, frontmatter_text(front, NAMES("summary", "description", "excerpt"), NULL), SUMMARY_MAX);
	values.author = line_of(arena, frontmatter_text(front, NAMES("author", "authors", "author.name"), NULL), TITLE_MAX);
	if (authors != NULL && authors->type == DATA_NODE_LIST && authors->count > 1 && warnings != NULL)
		conversion_warnings_count(warnings, N_("additional author ignored; a post has one author"), path, authors->line, NULL, (int64_t)authors->count - 1);
	values.translation_of = frontmatter_text(front, NAMES("translation_of"), NULL);
	values.translation_key = frontmatter_text(front, NAMES("translationKey"), NULL);
	*ret_values = values;
}
