#include "page/markdown/markdown_build.h"

#include <string.h>

#include "core/text.h"
#include "page/markdown/markdown_address.h"
#include "page/markdown/markdown_guard.h"

/* The maximum nesting of tags that are kept, such as <mark><kbd><sub>. */
enum { TAGS_MAX = 4 };

/* Its address, as user data of a node, marks a tag that has a partner. */
static char matched_tag;

static const char *const tags[] = { "kbd", "mark", "sub", "sup" };

/* The index in tags[] of an HTML tag without attributes, or -1. */
static int
tag_of(const char *html, bool *ret_closes)
{
	size_t length;

	*ret_closes = html[1] == '/';
	html += *ret_closes ? 2 : 1;
	length = strcspn(html, " >");
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strlen(tags[i]) == length && strncmp(html, tags[i], length) == 0
			&& strcmp(html + length + strspn(html + length, " "), ">") == 0)
			return (int)i;
	return -1;
}

static bool
is_break(const char *html)
{
	return strcmp(html, "<br>") == 0 || strcmp(html, "<br/>") == 0 || strcmp(html, "<br />") == 0;
}

void
inline_match_tags(cmark_node *parent)
{
	cmark_node *open[TAGS_MAX];
	int names[TAGS_MAX], depth = 0, tag;
	bool closes;

	for (cmark_node *node = cmark_node_first_child(parent); node != NULL; node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE)
			continue;
		tag = tag_of(cmark_node_get_literal(node), &closes);
		if (tag < 0)
			continue;
		if (!closes && depth < TAGS_MAX) {
			open[depth] = node;
			names[depth++] = tag;
		} else if (closes && depth > 0 && names[depth - 1] == tag) {
			depth--;
			(void)cmark_node_set_user_data(open[depth], &matched_tag);
			(void)cmark_node_set_user_data(node, &matched_tag);
		}
	}
}

static void
build_link_to(struct build *build, const char *address, const char *title)
{
	(void)build_open(build, "a");
	build_attribute(build, "href", address);
	if (!str_empty(title))
		build_attribute(build, "title", title);
	if (markdown_address_is_absolute(address))
		build_attribute(build, "rel", build->flavour == MARKDOWN_COMMENT ? "nofollow ugc noopener" : "noopener");
	build->in_link = true;
}

bool
build_open_link(struct build *build, const char *guarded_address, const char *guarded_title)
{
	const char *typed = build_literal(build, guarded_address), *address = NULL;
	int width = 0, height = 0;

	if (build->callbacks != NULL && build->callbacks->resolve != NULL)
		address = build->callbacks->resolve(build->callbacks->context, build->arena, typed, false, &width, &height);
	address = markdown_address_clean(build->arena, address == NULL ? typed : address, false);
	if (address == NULL) {
		build_warn(build, N_("a link was converted to plain text because its address can't be used"), typed);
		return false;
	}
	build_link_to(build, address, build_literal(build, guarded_title));
	return true;
}

static void
build_link(struct build *build, cmark_node *node)
{
	bool open = !build->in_link
		&& build_open_link(build, cmark_node_get_url(node), cmark_node_get_title(node));

	build_inlines(build, node);
	if (!open)
		return;
	build->in_link = false;
	if (build->parent->children == NULL && build->text.length == 0)
		build_text(build, (const char *)build->parent->properties->children->content);
	build_close(build);
}

static void
build_slice(struct build *build, const char *guarded, size_t length)
{
	build_text(build, build_literal(build, arena_bytes(build->arena, guarded, length)));
}

/*
 * Adds text in which bare URLs become links. They are searched before the text is restored, so that none is
 * found in a TeX formula, whose colons and slashes are still replaced.
 */
static void
build_plain(struct build *build, const char *guarded)
{
	size_t start, length;

	while (!build->in_link && markdown_address_find(guarded, &start, &length)) {
		const char *found = arena_bytes(build->arena, guarded + start, length);
		const char *address = markdown_address_clean(build->arena, found, false);

		build_slice(build, guarded, start);
		if (address != NULL)
			build_link_to(build, address, NULL);
		build_text(build, found);
		if (address != NULL)
			build_close(build);
		build->in_link = false;
		guarded += start + length;
	}
	build_text(build, build_literal(build, guarded));
}

/* The first visible character of this node or its children; 0 when it is not text. */
static int32_t
first_character(cmark_node *node)
{
	while (node != NULL) {
		cmark_node_type type = cmark_node_get_type(node);

		if (type == CMARK_NODE_TEXT)
			return markdown_guard_first(cmark_node_get_literal(node));
		if (type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_IMAGE)
			return 0;
		node = cmark_node_first_child(node);
	}
	return 0;
}

static bool
is_wide(int32_t c)
{
	bool hangul = (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3130 && c <= 0x318F)
		|| (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF);

	return text_is_cjk(c) && !hangul;
}

/* Punctuation that Chinese and English share. */
static bool
is_shared(int32_t c)
{
	return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2014 || c == 0x2026;
}

/* A line break in the source is a space, except between Chinese characters. */
static void
build_soft_break(struct build *build, cmark_node *node)
{
	int32_t before = build->last, after = first_character(cmark_node_next(node));

	if ((is_wide(before) && (is_wide(after) || is_shared(after))) || (is_shared(before) && is_wide(after)))
		return;
	build_text(build, "\n");
}

static void
build_hard_break(struct build *build)
{
	(void)build_open(build, "br");
	build_close(build);
	build->last = 0;
}

static void
build_wrapped(struct build *build, cmark_node *node, const char *name)
{
	(void)build_open(build, name);
	build_inlines(build, node);
	build_close_or_drop(build);
}

static void
build_code(struct build *build, cmark_node *node)
{
	(void)build_open(build, "code");
	build_text(build, build_literal(build, cmark_node_get_literal(node)));
	build_close(build);
	build->last = 0;
}

static void
build_html_inline(struct build *build, cmark_node *node)
{
	const char *html = cmark_node_get_literal(node);
	bool closes;
	int tag = tag_of(html, &closes);

	if (str_starts(html, "<!--")) {
		build_misplaced_marker(build, marker_of(html, strlen(html)));
	} else if (build->flavour == MARKDOWN_ARTICLE && is_break(html)) {
		build_hard_break(build);
	} else if (build->flavour == MARKDOWN_ARTICLE && tag >= 0 && cmark_node_get_user_data(node) == &matched_tag) {
		if (closes)
			build_close(build);
		else
			(void)build_open(build, tags[tag]);
	} else {
		build_text(build, build_literal(build, html));
		build_warn(build, N_("HTML was converted to plain text"), build->literal.bytes);
	}
}

/* Node types of extensions are known only at run time. */
static void
build_extension(struct build *build, cmark_node *node)
{
	if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
		build_wrapped(build, node, "del");
	else
		build_inlines(build, node);
}

void
build_inline(struct build *build, cmark_node *node)
{
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		build_plain(build, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_SOFTBREAK:
		build_soft_break(build, node);
		break;
	case CMARK_NODE_LINEBREAK:
		build_hard_break(build);
		break;
	case CMARK_NODE_CODE:
		build_code(build, node);
		break;
	case CMARK_NODE_HTML_INLINE:
		build_html_inline(build, node);
		break;
	case CMARK_NODE_EMPH:
		build_wrapped(build, node, "em");
		break;
	case CMARK_NODE_STRONG:
		build_wrapped(build, node, "strong");
		break;
	case CMARK_NODE_LINK:
		build_link(build, node);
		break;
	case CMARK_NODE_IMAGE:
		build_image(build, node);
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		build_note_reference(build, node);
		break;
	default:
		build_extension(build, node);
	}
}

void
build_inlines(struct build *build, cmark_node *parent)
{
	inline_match_tags(parent);
	for (cmark_node *node = cmark_node_first_child(parent); node != NULL; node = cmark_node_next(node))
		build_inline(build, node);
}

static void
add_plain(struct build *build, struct str *out, cmark_node *parent)
{
	for (cmark_node *node = cmark_node_first_child(parent); node != NULL; node = cmark_node_next(node)) {
		cmark_node_type type = cmark_node_get_type(node);

		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			str_add(out, build_literal(build, cmark_node_get_literal(node)));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			str_add_char(out, ' ');
		else if (type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_FOOTNOTE_REFERENCE)
			add_plain(build, out, node);
	}
}

char *
inline_plain(struct build *build, cmark_node *parent)
{
	struct str out = str_init(build->arena);

	add_plain(build, &out, parent);
	return text_collapse(build->arena, out.bytes);
}
