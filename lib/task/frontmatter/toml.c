/* Parses the part of TOML that front matter uses. Debian has no C library for TOML. */
#include "task/frontmatter/data_node.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

struct reading {
	struct arena *arena;
	const char *at, *end;
	int line;
	size_t nodes;
	struct data_node_problem *problem;
};

static enum status
refuse(struct reading *reading, const char *words)
{
	*reading->problem = (struct data_node_problem){ .line = reading->line, .words = N_("TOML parse error: %s"), .about = words };
	return INVALID;
}

/* The byte at this distance; 0 after the end. */
static char
peek(const struct reading *reading, size_t distance)
{
	return (size_t)(reading->end - reading->at) > distance ? reading->at[distance] : '\0';
}

static bool
looking_at(const struct reading *reading, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(reading->end - reading->at) >= length && memcmp(reading->at, word, length) == 0;
}

static void
skip(struct reading *reading, size_t count)
{
	for (; count > 0 && reading->at < reading->end; count--)
		reading->line += *reading->at++ == '\n';
}

static void
skip_blanks(struct reading *reading)
{
	while (peek(reading, 0) == ' ' || peek(reading, 0) == '\t')
		reading->at++;
}

static void
skip_comment(struct reading *reading)
{
	skip_blanks(reading);
	if (peek(reading, 0) == '#')
		while (reading->at < reading->end && *reading->at != '\n')
			reading->at++;
}

/* Skips blanks, comments and newlines, which may be between the items of an array. */
static void
skip_lines(struct reading *reading)
{
	for (;;) {
		skip_comment(reading);
		if (peek(reading, 0) != '\n')
			return;
		skip(reading, 1);
	}
}

static struct data_node *
new_node(struct reading *reading, enum data_node_type type)
{
	reading->nodes++;
	return data_node_new(reading->arena, type, reading->line);
}

/* --- strings ------------------------------------------------------------------- */

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *found = strchr(digits, c | 0x20);

	return c == '\0' || found == NULL ? -1 : (int)(found - digits);
}

/* Reads \u1234 or \U00012345. The position is after the letter. */
static enum status
add_code_point(struct reading *reading, struct str *text, size_t digits)
{
	char bytes[4], *accepted;
	int32_t value = 0;
	size_t length;

	for (size_t i = 0; i < digits; i++) {
		int digit = hex_digit(peek(reading, i));
		if (digit < 0 || value > 0x10ffff / 16)
			return refuse(reading, "an escape in a string is no character");
		value = value * 16 + digit;
	}
	skip(reading, digits);
	if (value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return refuse(reading, "an escape in a string is no character");
	length = text_put(value, bytes);
	/* A control character is left out, as in all other text. */
	if (text_accept(reading->arena, bytes, length, TEXT_RENDERED, &accepted))
		str_add(text, accepted);
	return OK;
}

static enum status
add_escape(struct reading *reading, struct str *text)
{
	static const char letters[] = "btnfr\"\\";
	static const char meanings[] = "\0\t\n\0\n\"\\";
	char letter = peek(reading, 1);
	const char *found = letter == '\0' ? NULL : strchr(letters, letter);

	if (letter == 'u' || letter == 'U') {
		skip(reading, 2);
		return add_code_point(reading, text, letter == 'u' ? 4 : 8);
	}
	if (letter == '\n') {
		/* A backslash at the end of a line joins it to the next word. */
		skip(reading, 2);
		while (peek(reading, 0) == ' ' || peek(reading, 0) == '\t' || peek(reading, 0) == '\n')
			skip(reading, 1);
		return OK;
	}
	if (found == NULL)
		return refuse(reading, "there is an unknown escape in a string");
	skip(reading, 2);
	if (meanings[found - letters] != '\0')
		str_add_char(text, meanings[found - letters]);
	return OK;
}

static enum status
read_string(struct reading *reading, const char **ret_text)
{
	char quote = peek(reading, 0);
	bool is_long = peek(reading, 1) == quote && peek(reading, 2) == quote;
	size_t width = is_long ? 3 : 1;
	struct str text = str_init(reading->arena);

	skip(reading, width);
	if (is_long && peek(reading, 0) == '\n')
		skip(reading, 1);
	while (reading->at < reading->end) {
		char c = *reading->at;
		if (c == quote && (!is_long || (peek(reading, 1) == quote && peek(reading, 2) == quote))) {
			skip(reading, width);
			*ret_text = text.bytes;
			return OK;
		}
		if (c == '\n' && !is_long)
			break;
		if (c == '\\' && quote == '"') {
			TRY(add_escape(reading, &text));
			continue;
		}
		str_add_char(&text, c);
		skip(reading, 1);
	}
	return refuse(reading, "a string does not end");
}

/* --- keys ---------------------------------------------------------------------- */

static bool
is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
		(unsigned char)c >= 0x80;
}

static enum status
read_key_part(struct reading *reading, const char **ret_key)
{
	const char *start = reading->at;

	if (peek(reading, 0) == '"' || peek(reading, 0) == '\'')
		return read_string(reading, ret_key);
	while (is_bare(peek(reading, 0)))
		reading->at++;
	if (reading->at == start)
		return refuse(reading, "expected: key = value");
	*ret_key = arena_bytes(reading->arena, start, (size_t)(reading->at - start));
	return OK;
}

/*
 * Reads a key. *ret_table is the table that contains it (a dotted key creates missing tables), *ret_key the last part
 * of the key.
 */
static enum status
read_key(struct reading *reading, struct data_node *table, struct data_node **ret_table, const char **ret_key)
{
	for (int depth = 0; depth < DATA_NODE_DEEPEST; depth++) {
		struct data_node *below;
		TRY(read_key_part(reading, ret_key));
		skip_blanks(reading);
		if (peek(reading, 0) != '.') {
			*ret_table = table;
			return OK;
		}
		reading->at++;
		skip_blanks(reading);
		below = data_node_get(table, *ret_key);
		if (below == NULL) {
			below = new_node(reading, DATA_NODE_MAP);
			(void)data_node_add(reading->arena, table, *ret_key, below);
		}
		if (below->type == DATA_NODE_LIST && below->count > 0)
			below = below->items[below->count - 1]; /* the last of an array of tables */
		if (below->type != DATA_NODE_MAP)
			return refuse(reading, arena_printf(reading->arena, "\"%s\" is not a table", *ret_key));
		table = below;
	}
	return refuse(reading, "a key has too many parts");
}

/* --- values -------------------------------------------------------------------- */

static enum status read_value(struct reading *reading, int depth, struct data_node **ret_node);

static enum status
read_pair(struct reading *reading, struct data_node *table, int depth)
{
	struct data_node *value;
	const char *key;

	TRY(read_key(reading, table, &table, &key));
	if (peek(reading, 0) != '=')
		return refuse(reading, "expected: key = value");
	reading->at++;
	skip_blanks(reading);
	TRY(read_value(reading, depth, &value));
	if (!data_node_add(reading->arena, table, key, value))
		return refuse(reading, arena_printf(reading->arena, "the key \"%s\" appears twice", key));
	return OK;
}

static enum status
read_array(struct reading *reading, int depth, struct data_node **ret_node)
{
	struct data_node *list = new_node(reading, DATA_NODE_LIST), *item;

	skip(reading, 1);
	for (;;) {
		skip_lines(reading);
		if (peek(reading, 0) == ']')
			break;
		TRY(read_value(reading, depth + 1, &item));
		(void)data_node_add(reading->arena, list, NULL, item);
		skip_lines(reading);
		if (peek(reading, 0) == ',')
			reading->at++;
		else if (peek(reading, 0) != ']')
			return refuse(reading, "an array does not end with ]");
	}
	skip(reading, 1);
	*ret_node = list;
	return OK;
}

static enum status
read_inline_table(struct reading *reading, int depth, struct data_node **ret_node)
{
	struct data_node *table = new_node(reading, DATA_NODE_MAP);

	skip(reading, 1);
	for (;;) {
		skip_blanks(reading);
		if (peek(reading, 0) == '}' && table->count == 0)
			break;
		TRY(read_pair(reading, table, depth + 1));
		skip_blanks(reading);
		if (peek(reading, 0) == '}')
			break;
		if (peek(reading, 0) != ',')
			return refuse(reading, "an inline table does not end with }");
		reading->at++;
	}
	skip(reading, 1);
	*ret_node = table;
	return OK;
}

/* Numbers, booleans and dates stay as they are written. There may be one space between a date and its time. */
static enum status
read_plain(struct reading *reading, struct data_node **ret_node)
{
	static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-_.:";
	const char *start = reading->at;
	struct data_node *node = new_node(reading, DATA_NODE_SCALAR);

	while (peek(reading, 0) != '\0' && strchr(allowed, peek(reading, 0)) != NULL)
		reading->at++;
	if (reading->at - start == 10 && peek(reading, 0) == ' ' && peek(reading, 1) >= '0' && peek(reading, 1) <= '9')
		for (reading->at++; peek(reading, 0) != '\0' && strchr(allowed, peek(reading, 0)) != NULL;)
			reading->at++;
	if (reading->at == start)
		return refuse(reading, "a value is missing");
	node->text = arena_bytes(reading->arena, start, (size_t)(reading->at - start));
	*ret_node = node;
	return OK;
}

static enum status
read_value(struct reading *reading, int depth, struct data_node **ret_node)
{
	char c = peek(reading, 0);

	if (depth >= DATA_NODE_DEEPEST)
		return refuse(reading, "the values are nested too deeply");
	if (reading->nodes > DATA_NODE_MAX)
		return refuse(reading, "too many values");
	if (c == '[')
		return read_array(reading, depth, ret_node);
	if (c == '{')
		return read_inline_table(reading, depth, ret_node);
	if (c == '"' || c == '\'') {
		struct data_node *node = new_node(reading, DATA_NODE_SCALAR);
		node->quoted = true;
		TRY(read_string(reading, &node->text));
		*ret_node = node;
		return OK;
	}
	return read_plain(reading, ret_node);
}

/* --- the document -------------------------------------------------------------- */

/* Reads [table] or [[table of an array]]. *ret_table is the table for the following pairs. */
static enum status
read_header(struct reading *reading, struct data_node *root, struct data_node **ret_table)
{
	bool is_array = looking_at(reading, "[[");
	struct data_node *parent, *found, *table = new_node(reading, DATA_NODE_MAP);
	const char *key;

	skip(reading, is_array ? 2 : 1);
	skip_blanks(reading);
	TRY(read_key(reading, root, &parent, &key));
	if (!looking_at(reading, is_array ? "]]" : "]"))
		return refuse(reading, "the name of a table does not end with ]");
	skip(reading, is_array ? 2 : 1);
	found = data_node_get(parent, key);
	if (is_array && found == NULL) {
		found = new_node(reading, DATA_NODE_LIST);
		(void)data_node_add(reading->arena, parent, key, found);
	}
	if (found == NULL)
		(void)data_node_add(reading->arena, parent, key, table);
	else if (is_array && found->type == DATA_NODE_LIST)
		(void)data_node_add(reading->arena, found, NULL, table);
	else if (!is_array && found->type == DATA_NODE_MAP)
		table = found;
	else
		return refuse(reading, arena_printf(reading->arena, "the key \"%s\" appears twice", key));
	*ret_table = table;
	return OK;
}

enum status
toml_read(struct arena *arena, const char *text, size_t length, int first_line, struct data_node **ret_node,
	struct data_node_problem *ret_problem)
{
	struct reading reading = { .arena = arena, .at = text, .end = text + length, .line = first_line,
		.problem = ret_problem };
	struct data_node *root = new_node(&reading, DATA_NODE_MAP), *table = root;

	for (skip_lines(&reading); reading.at < reading.end; skip_lines(&reading)) {
		if (reading.nodes > DATA_NODE_MAX)
			return refuse(&reading, "too many values");
		if (peek(&reading, 0) == '[')
			TRY(read_header(&reading, root, &table));
		else
			TRY(read_pair(&reading, table, 0));
		skip_comment(&reading);
		if (reading.at < reading.end && *reading.at != '\n')
			return refuse(&reading, "there is more on the line than one value");
	}
	*ret_node = root;
	return OK;
}
