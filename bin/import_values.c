/* What front matter says, in the words of Hugo, Jekyll and their like. */
#include "import.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

enum { TITLE_MOST = 300, SUMMARY_MOST = 1000, TAGS_MOST = 50, TAG_MOST = 60 };

/* Keys that are read somewhere, or say nothing that this site must be told. */
static const char *const known_keys[] = { "title", "date", "publishdate", "publishDate", "pubDate", "published", "created",
	"updated", "lastmod", "modified", "last_modified_at", "slug", "url", "permalink", "tags", "tag",
	"categories", "category", "taxonomies", "lang", "language", "locale", "summary", "description",
	"excerpt", "author", "authors", "access", "draft", "cover", "cover_alt", "image", "featured_image",
	"featuredImage", "thumbnail", "banner", "audio", "video", "kind", "featured", "translation_of",
	"translationKey", "comments", "canonical", "canonicalURL", "aliases", "redirect_from", "layout", "type", NULL };

static enum status
refuse(struct arena *arena, const struct node *node, struct node_problem *problem, const char *advice, const char *text)
{
	*problem = (struct node_problem){ .line = node == NULL ? 0 : node->line, .words = advice, .about = text_shorten(arena, text, 60) };
	return INVALID;
}

/* One line, at most that long; NULL for NULL. */
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

/* One of a closed list of words; INVALID for another. */
static enum status
word_of(struct arena *arena, const struct frontmatter *front, const char *const *names, const char *const *words,
	const char *advice, const char **ret_word, struct node_problem *problem)
{
	const struct node *node = NULL;
	const char *text = front_text(front, names, &node);

	if (text == NULL)
		return OK;
	for (size_t i = 0; words[i] != NULL; i++)
		if (strcasecmp(text, words[i]) == 0) {
			*ret_word = words[i];
			return OK;
		}
	return refuse(arena, node, problem, advice, text);
}

static enum status
date_of(struct arena *arena, const struct frontmatter *front, const char *const *names, int64_t *ret_time,
	struct node_problem *problem)
{
	const struct node *node = NULL;
	const char *text = front_text(front, names, &node);

	if (text == NULL || front_date(arena, text, ret_time))
		return OK;
	return refuse(arena, node, problem, N_("\"%s\" is no date such as 2026-11-24 or 2026-11-24T08:00:00+08:00"), text);
}

/* --- times and states ------------------------------------------------------------ */

/* "published: false" is Jekyll's draft; "published: 2020-01-02" is a date. */
static enum status
read_times(struct arena *arena, const struct frontmatter *front, struct import_values *values,
	struct node_problem *problem)
{
	const char *published = front_text(front, NAMES("published"), NULL), *draft;
	const struct node *node = NULL;
	bool flag = true;

	TRY(date_of(arena, front, NAMES("date", "publishDate", "publishdate", "pubDate", "created"), &values->published,
		problem));
	TRY(date_of(arena, front, NAMES("updated", "lastmod", "modified", "last_modified_at"), &values->updated, problem));
	if (published != NULL && !front_flag(published, &flag))
		TRY(date_of(arena, front, NAMES("published"), &values->published, problem));
	draft = front_text(front, NAMES("draft"), &node);
	values->draft = !flag;
	if (draft != NULL && front_flag(draft, &flag))
		values->draft = flag;
	else if (draft != NULL)
		return refuse(arena, node, problem, N_("draft must be true or false, not \"%s\""), draft);
	draft = front_text(front, NAMES("featured"), &node);
	if (draft != NULL && !front_flag(draft, &values->featured))
		return refuse(arena, node, problem, N_("featured must be true or false, not \"%s\""), draft);
	return OK;
}

/* Comments are open unless they are closed; an address where it stood before must be whole. */
static void
read_talk(const struct frontmatter *front, struct import_values *values)
{
	const char *comments = front_text(front, NAMES("comments"), NULL), *canonical = front_text(front, NAMES("canonical", "canonicalURL"), NULL);
	bool open = true;

	if (comments != NULL && front_flag(comments, &open))
		values->comments_closed = !open;
	if (canonical != NULL && str_starts(canonical, "https://") && strcspn(canonical, " \"<>") == strlen(canonical))
		values->canonical = canonical;
}

/* --- kind, access, language -------------------------------------------------------- */

static enum status
read_choices(struct arena *arena, const struct frontmatter *front, const char *path, struct losses *losses,
	struct import_values *values, struct node_problem *problem)
{
	static const char *const kinds[] = { "article", "audio", "video", "page", NULL };
	static const char *const accesses[] = { "public", "members", "paid", NULL };
	const struct node *node = NULL;
	const char *lang = front_text(front, NAMES("lang", "language", "locale"), &node);
	const char *layout = front_text(front, NAMES("layout", "type"), NULL);

	TRY(word_of(arena, front, NAMES("kind"), kinds, N_("kind must be article, audio, video or page, not \"%s\""),
		&values->kind, problem));
	TRY(word_of(arena, front, NAMES("access"), accesses, N_("access must be public, members or paid, not \"%s\""),
		&values->access, problem));
	if (values->kind == NULL && (str_equal(layout, "page") || str_equal(layout, "about")))
		values->kind = "page";
	values->lang = import_language(lang);
	if (lang != NULL && values->lang == NULL && losses != NULL)
		losses_add(losses, arena_printf(arena, "%s: %s", N_("language that the site does not speak, guessed instead"), lang),
			path, node->line, NULL);
	return OK;
}

/* --- files ---------------------------------------------------------------------- */

static void
read_files(struct arena *arena, const struct frontmatter *front, struct import_values *values)
{
	const struct node *node = NULL;

	values->cover = front_text(front, NAMES("cover", "cover.image", "image", "cover.src", "image.path", "image.src",
		"featured_image", "featuredImage", "thumbnail", "banner"), &node);
	values->cover_line = node == NULL ? 0 : node->line;
	values->cover_alt = line_of(arena, front_text(front, NAMES("cover_alt", "cover.alt", "image.alt"), NULL), TITLE_MOST);
	values->recording = front_text(front, NAMES("audio", "audio.src"), &node);
	if (values->recording == NULL) {
		values->recording = front_text(front, NAMES("video", "video.src"), &node);
		values->is_video = values->recording != NULL;
	}
	values->recording_line = node == NULL ? 0 : node->line;
	if (values->kind == NULL && values->recording != NULL)
		values->kind = values->is_video ? "video" : "audio";
}

/* --- tags, former addresses ------------------------------------------------------- */

static void
add_tags(struct arena *arena, struct import_values *values, const struct node *node, bool cut_blanks)
{
	size_t count;
	const char **words = front_words(arena, node, cut_blanks, &count);

	for (size_t i = 0; i < count && values->tag_count < TAGS_MOST; i++) {
		const char *tag = line_of(arena, words[i], TAG_MOST);
		bool known = false;
		for (size_t other = 0; other < values->tag_count; other++)
			known = known || strcasecmp(values->tags[other], tag) == 0;
		if (!known && *text_slug(arena, tag) != '\0')
			values->tags[values->tag_count++] = tag;
	}
}

static void
read_lists(struct arena *arena, const struct frontmatter *front, enum layout layout, struct import_values *values)
{
	bool cut_blanks = layout == LAYOUT_JEKYLL;

	values->tags = arena_array(arena, TAGS_MOST + 1, sizeof(*values->tags));
	add_tags(arena, values, front_node(front, NAMES("tags", "taxonomies.tags")), cut_blanks);
	add_tags(arena, values, front_node(front, NAMES("tag")), false);
	add_tags(arena, values, front_node(front, NAMES("categories", "taxonomies.categories")), cut_blanks);
	add_tags(arena, values, front_node(front, NAMES("category")), false);
	values->aliases = front_words(arena, front_node(front, NAMES("aliases", "redirect_from")), false,
		&values->alias_count);
}

/* --- all -------------------------------------------------------------------------- */

static void
report_unknown(struct arena *arena, const struct frontmatter *front, const char *path, struct losses *losses)
{
	for (size_t i = 0; losses != NULL && i < front->values->count; i++) {
		const char *key = front->values->keys[i];
		bool known = false;
		for (size_t name = 0; known_keys[name] != NULL && !known; name++)
			known = str_equal(known_keys[name], key);
		if (!known)
			losses_add(losses, arena_printf(arena, "%s: %s", N_("unknown key"), key), path, front->values->items[i]->line,
				NULL);
	}
}

/* The last part of an address: "/2020/01/old-name.html" gives old-name. */
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

enum status
import_values(struct arena *arena, const struct frontmatter *front, enum layout layout, const char *path,
	struct losses *losses, struct import_values *ret_values, struct node_problem *ret_problem)
{
	struct import_values values = { .access = "public" };
	const struct node *authors = front_node(front, NAMES("authors", "author"));
	const char *slug = front_text(front, NAMES("slug"), NULL), *address;

	report_unknown(arena, front, path, losses);
	TRY(read_times(arena, front, &values, ret_problem));
	TRY(read_choices(arena, front, path, losses, &values, ret_problem));
	read_files(arena, front, &values);
	read_talk(front, &values);
	read_lists(arena, front, layout, &values);
	address = front_text(front, NAMES("url", "permalink"), NULL);
	if (slug == NULL && address != NULL && strchr(address, ':') == NULL)
		slug = last_part(arena, address); /* a pattern such as /:year/:title/ names no address */
	if (slug != NULL)
		values.slug = text_slug(arena, slug);
	if (str_empty(values.slug))
		values.slug = NULL;
	values.summary = line_of(arena, front_text(front, NAMES("summary", "description", "excerpt"), NULL), SUMMARY_MOST);
	values.author = line_of(arena, front_text(front, NAMES("author", "authors", "author.name"), NULL), TITLE_MOST);
	if (authors != NULL && authors->type == NODE_LIST && authors->count > 1 && losses != NULL)
		losses_count(losses, N_("further author; a post has one"), path, authors->line, NULL, (int64_t)authors->count - 1);
	values.translation_of = front_text(front, NAMES("translation_of"), NULL);
	values.translation_key = front_text(front, NAMES("translationKey"), NULL);
	*ret_values = values;
	return OK;
}
