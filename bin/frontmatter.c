#include "frontmatter.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"

/* --- splitting ----------------------------------------------------------------- */

/* The line at text, without blanks at its end, is that word. */
static bool
line_is(const char *text, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(text, word, length) != 0)
		return false;
	text += length;
	text += strspn(text, " \t");
	return *text == '\n' || *text == '\0';
}

static const char *
next_line(const char *text)
{
	const char *end = strchr(text, '\n');

	return end == NULL ? text + strlen(text) : end + 1;
}

/* The closing line, or NULL; *ret_lines: how many lines stand before it, the opening one among them. */
static const char *
find_end(const char *text, bool toml, int *ret_lines)
{
	int lines = 1;

	for (const char *line = next_line(text); *line != '\0'; line = next_line(line), lines++) {
		if (line - text > FRONTMATTER_MOST)
			return NULL;
		if (line_is(line, toml ? "+++" : "---") || (!toml && line_is(line, "..."))) {
			*ret_lines = lines;
			return line;
		}
	}
	return NULL;
}

enum status
frontmatter_read(struct arena *arena, const char *text, struct frontmatter *ret_front,
	struct node_problem *ret_problem)
{
	struct frontmatter front = { .values = node_new(arena, NODE_MAP, 1), .body = text, .body_line = 1 };
	bool toml = line_is(text, "+++");
	struct node *values;
	const char *start, *end = NULL;
	int lines;

	if (toml || line_is(text, "---"))
		end = find_end(text, toml, &lines);
	if (end != NULL) {
		start = next_line(text);
		TRY((toml ? toml_read : yaml_read)(arena, start, (size_t)(end - start), 2, &values, ret_problem));
		/* Two rules with a sentence between them are no front matter. */
		if (values->type == NODE_MAP) {
			front.values = values;
			front.body = next_line(end);
			front.body_line = lines + 2;
			front.present = true;
		}
	}
	*ret_front = front;
	return OK;
}

/* --- values ------------------------------------------------------------------ */

static const struct node *
find(const struct node *map, const char *name)
{
	const struct node *node = node_get(map, name);
	const char *dot = strchr(name, '.');
	char first[64];

	if (node != NULL || dot == NULL || (size_t)(dot - name) >= sizeof(first))
		return node;
	memcpy(first, name, (size_t)(dot - name));
	first[dot - name] = '\0';
	return node_get(node_get(map, first), dot + 1);
}

const struct node *
front_node(const struct frontmatter *front, const char *const *names)
{
	for (; *names != NULL; names++) {
		const struct node *node = find(front->values, *names);
		if (node != NULL)
			return node;
	}
	return NULL;
}

const char *
front_text(const struct frontmatter *front, const char *const *names, const struct node **ret_node)
{
	for (; *names != NULL; names++) {
		const struct node *node = find(front->values, *names);
		if (node != NULL && node->type == NODE_LIST && node->count > 0)
			node = node->items[0];
		if (node == NULL || node->type != NODE_SCALAR || node->text[0] == '\0')
			continue;
		if (ret_node != NULL)
			*ret_node = node;
		return node->text;
	}
	return NULL;
}

bool
front_flag(const char *text, bool *ret_flag)
{
	static const char *const words[2][3] = { { "false", "no", "off" }, { "true", "yes", "on" } };

	for (size_t value = 0; value < 2; value++)
		for (size_t i = 0; i < 3; i++)
			if (strcasecmp(text, words[value][i]) == 0) {
				*ret_flag = value == 1;
				return true;
			}
	return false;
}

/* A number of one to most digits, padded to two. False when there is no digit. */
static bool
add_number(struct str *out, const char **text, size_t most)
{
	size_t digits = strspn(*text, "0123456789");

	if (digits == 0 || digits > most)
		return false;
	if (digits == 1)
		str_add_char(out, '0');
	str_add_bytes(out, *text, digits);
	*text += digits;
	return true;
}

bool
front_date(struct arena *arena, const char *text, int64_t *ret_time)
{
	struct str out = str_init(arena);
	char separator;

	text = str_trim(arena, text);
	if (strspn(text, "0123456789") != 4 || !add_number(&out, &text, 4))
		return false;
	separator = *text;
	if (separator != '-' && separator != '/' && separator != '.')
		return false;
	for (int part = 0; part < 2; part++) {
		if (*text++ != separator)
			return false;
		str_add_char(&out, '-');
		if (!add_number(&out, &text, 2))
			return false;
	}
	if (*text == ' ' || *text == 'T' || *text == 't') {
		text += *text == ' ' ? strspn(text, " ") : 1;
		str_add_char(&out, 'T');
		if (!add_number(&out, &text, 2))
			return false;
	}
	if (str_ends(text, " UTC") || str_ends(text, " GMT"))
		text = arena_printf(arena, "%.*sZ", (int)strlen(text) - 4, text);
	str_add(&out, text);
	return clock_parse_date(out.bytes, ret_time);
}

/* Adds a word; a list of more than that is no list of tags. */
enum { WORDS_MOST = 200 };

static void
add_word(struct arena *arena, const char **words, size_t *count, const char *word)
{
	char *trimmed = str_trim(arena, word);

	while (*trimmed == '#')
		trimmed++;
	if (*trimmed != '\0' && *count < WORDS_MOST)
		words[(*count)++] = trimmed;
}

/* The place of the next separator, and its length; NULL at the end. */
static const char *
find_separator(const char *text, bool blanks, size_t *ret_length)
{
	for (; *text != '\0'; text++) {
		*ret_length = *text == ',' || (blanks && *text == ' ') ? 1 : 0;
		if (strncmp(text, "，", strlen("，")) == 0 || strncmp(text, "、", strlen("、")) == 0)
			*ret_length = strlen("，");
		if (*ret_length != 0)
			return text;
	}
	return NULL;
}

static void
cut_words(struct arena *arena, const char **words, size_t *count, const char *text, bool cut_blanks)
{
	size_t length;
	const char *end = find_separator(text, false, &length);
	bool blanks = cut_blanks && end == NULL;

	while ((end = find_separator(text, blanks, &length)) != NULL) {
		add_word(arena, words, count, arena_bytes(arena, text, (size_t)(end - text)));
		text = end + length;
	}
	add_word(arena, words, count, text);
}

const char **
front_words(struct arena *arena, const struct node *node, bool cut_blanks, size_t *ret_count)
{
	const char **words = arena_array(arena, WORDS_MOST + 1, sizeof(*words));
	size_t count = 0;

	if (node != NULL && node->type == NODE_SCALAR)
		cut_words(arena, words, &count, node->text, cut_blanks);
	for (size_t i = 0; node != NULL && node->type == NODE_LIST && i < node->count; i++)
		if (node->items[i]->type == NODE_SCALAR)
			add_word(arena, words, &count, node->items[i]->text);
	*ret_count = count;
	return words;
}
