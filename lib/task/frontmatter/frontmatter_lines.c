/* Front matter without fences, and the keys by which it is recognised. */
#include "task/frontmatter/frontmatter.h"

#include <string.h>

#include "core/str.h"

enum { KEY_MAX = 40, LINES_MAX = 300 };

/* Keys that describe a text. */
static const char *const describing[] = { "title", "date", "updated", "modified", "lastmod", "created", "slug", "tags", "tag",
	"categories", "category", "keywords", "description", "summary", "excerpt", "author", "authors", "lang", "language", "layout",
	"permalink", "aliases", "cover", "type", "id", "标题", "日期", "标签", "分类", "作者", NULL };

/* Keys that may say that a text is not public. */
static const char *const hiding[] = { "draft", "published", "publish", "public", "private", "hidden", "unlisted", "status",
	"visibility", "access", "password", "publishdate", "expirydate", "expires", "草稿", "公开", "私密", "密码", "状态", NULL };

static bool
is_one_of(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (frontmatter_same_name(*names, name))
			return true;
	return false;
}

/* --- single lines --------------------------------------------------------------- */

static const char *
line_end(const char *line, const char *end)
{
	const char *found = memchr(line, '\n', (size_t)(end - line));

	return found == NULL ? end : found;
}

static const char *
skip_blanks(const char *text, const char *end)
{
	while (text < end && (*text == ' ' || *text == '\t'))
		text++;
	return text;
}

/* The full-width colon, which Chinese keyboards produce. */
#define WIDE_COLON "："

static bool
is_wide_colon(const char *text, const char *end)
{
	return (size_t)(end - text) >= strlen(WIDE_COLON) && memcmp(text, WIDE_COLON, strlen(WIDE_COLON)) == 0;
}

/* The key of a line; *ret_value is the text after its colon (or '='). False when there is none. */
static bool
key_of(const char *line, const char *end, char key[KEY_MAX + 1], const char **ret_value)
{
	size_t length;
	char quote;

	line = skip_blanks(line, end);
	if (end - line > 3 && strncmp(line, ".. ", 3) == 0)
		line = skip_blanks(line + 3, end);
	if (line < end && (*line == '-' || *line == '+'))
		return false; /* a list item */
	quote = line < end && (*line == '"' || *line == '\'') ? *line++ : '\0';
	for (length = 0; line + length < end && strchr(":=\"'#>[{(*|<", line[length]) == NULL && !is_wide_colon(line + length, end); length++)
		if (length == KEY_MAX)
			return false;
	memcpy(key, line, length);
	line += length;
	while (length > 0 && (key[length - 1] == ' ' || key[length - 1] == '\t'))
		length--;
	key[length] = '\0';
	if (quote != '\0' && (line >= end || *line++ != quote))
		return false;
	line = skip_blanks(line, end);
	if (length == 0 || line >= end || (*line != ':' && *line != '=' && !is_wide_colon(line, end)))
		return false;
	line += is_wide_colon(line, end) ? strlen(WIDE_COLON) : 1;
	*ret_value = skip_blanks(line < end && *line == ':' ? line + 1 : line, end);
	return true;
}

static bool
has_key_of(const char *const *names, const char *text, const char *end)
{
	char key[KEY_MAX + 1];
	const char *value;

	for (; text < end; text = line_end(text, end) + 1)
		if (key_of(text, line_end(text, end), key, &value) && is_one_of(names, key))
			return true;
	return false;
}

bool
frontmatter_has_hiding_key(const char *text, const char *end)
{
	return has_key_of(hiding, text, end);
}

bool
frontmatter_has_key(const char *text, const char *end)
{
	return has_key_of(describing, text, end) || has_key_of(hiding, text, end);
}

bool
frontmatter_is_known(const struct data_node *values)
{
	for (size_t i = 0; i < values->count; i++)
		if (is_one_of(describing, values->keys[i]) || is_one_of(hiding, values->keys[i]))
			return true;
	return false;
}

/* --- the whole block -------------------------------------------------------------- */

bool
frontmatter_read_lines(struct arena *arena, const char *text, const char *end, int first_line, struct data_node **ret_node)
{
	struct data_node *map = data_node_new(arena, DATA_NODE_MAP, first_line), *last = NULL;
	char key[KEY_MAX + 1];
	int lines = 0;

	for (; text < end; text = line_end(text, end) + 1, first_line++) {
		const char *stop = line_end(text, end), *value, *start = skip_blanks(text, stop);
		struct data_node *item;
		if (++lines > LINES_MAX)
			return false;
		if (start == stop)
			continue;
		if (start > text && last != NULL) {
			last->text = arena_printf(arena, "%s %.*s", last->text, (int)(stop - start), start);
			continue;
		}
		if (!key_of(text, stop, key, &value))
			return false;
		item = data_node_new(arena, DATA_NODE_SCALAR, first_line);
		item->text = str_trim(arena, arena_bytes(arena, value, (size_t)(stop - value)));
		if (!data_node_add(arena, map, arena_dup(arena, key), item))
			return false;
		last = item;
	}
	*ret_node = map;
	return map->count > 0;
}
