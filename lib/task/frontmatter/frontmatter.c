/* Values of front matter. See frontmatter_date.c for dates and frontmatter_split.c for its start and end. */
#include "task/frontmatter/frontmatter.h"

#include <string.h>

#include "core/str.h"

/* --- values ------------------------------------------------------------------ */

static const char *
skip_unsaid(const char *name)
{
	return name + strspn(name, "-_ ?");
}

bool
frontmatter_same_name(const char *a, const char *b)
{
	for (;; a++, b++) {
		char first, second;
		a = skip_unsaid(a);
		b = skip_unsaid(b);
		first = (char)(*a >= 'A' && *a <= 'Z' ? *a | 0x20 : *a);
		second = (char)(*b >= 'A' && *b <= 'Z' ? *b | 0x20 : *b);
		if (first != second)
			return false;
		if (first == '\0')
			return true;
	}
}

/* The item of a map with this key, exactly or in another spelling. */
static const struct data_node *
get(const struct data_node *map, const char *name)
{
	const struct data_node *node = data_node_get(map, name);

	for (size_t i = 0; node == NULL && map != NULL && map->type == DATA_NODE_MAP && i < map->count; i++)
		if (frontmatter_same_name(map->keys[i], name))
			node = map->items[i];
	return node;
}

static const struct data_node *
find(const struct data_node *map, const char *name)
{
	const struct data_node *node = get(map, name);
	const char *dot = strchr(name, '.');
	char first[64];

	if (node != NULL || dot == NULL || (size_t)(dot - name) >= sizeof(first))
		return node;
	memcpy(first, name, (size_t)(dot - name));
	first[dot - name] = '\0';
	return get(get(map, first), dot + 1);
}

const struct data_node *
frontmatter_node(const struct frontmatter *front, const char *const *names)
{
	for (; *names != NULL; names++) {
		const struct data_node *node = find(front->values, *names);
		if (node != NULL)
			return node;
	}
	return NULL;
}

const char *
frontmatter_text(const struct frontmatter *front, const char *const *names, const struct data_node **ret_node)
{
	for (; *names != NULL; names++) {
		const struct data_node *node = find(front->values, *names);
		if (node != NULL && node->type == DATA_NODE_LIST && node->count > 0)
			node = node->items[0];
		if (node == NULL || node->type != DATA_NODE_SCALAR || node->text[0] == '\0')
			continue;
		if (ret_node != NULL)
			*ret_node = node;
		return node->text;
	}
	return NULL;
}

bool
frontmatter_flag(const char *text, bool *ret_flag)
{
	static const char *const words[2][8] = { { "false", "no", "off", "0", "n", "f", "否", "假" },
		{ "true", "yes", "on", "1", "y", "t", "是", "真" } };

	for (size_t value = 0; value < 2; value++)
		for (size_t i = 0; i < sizeof(words[0]) / sizeof(words[0][0]); i++)
			if (strcasecmp(text, words[value][i]) == 0) {
				*ret_flag = value == 1;
				return true;
			}
	return false;
}

/* A longer list is not a list of tags; the rest is ignored. */
enum { WORDS_MAX = 200 };

static void
add_word(struct arena *arena, const char **words, size_t *count, const char *word)
{
	char *trimmed = str_trim(arena, word);

	while (*trimmed == '#')
		trimmed++;
	if (*trimmed != '\0' && *count < WORDS_MAX)
		words[(*count)++] = trimmed;
}

/* The next separator and its length in bytes; NULL at the end. */
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
frontmatter_words(struct arena *arena, const struct data_node *node, bool cut_blanks, size_t *ret_count)
{
	const char **words = arena_array(arena, WORDS_MAX + 1, sizeof(*words));
	size_t count = 0;

	if (node != NULL && node->type == DATA_NODE_SCALAR)
		cut_words(arena, words, &count, node->text, cut_blanks);
	for (size_t i = 0; node != NULL && node->type == DATA_NODE_LIST && i < node->count; i++)
		if (node->items[i]->type == DATA_NODE_SCALAR)
			add_word(arena, words, &count, node->items[i]->text);
	*ret_count = count;
	return words;
}
