/* Finds the start and end of front matter. */
#include "task/frontmatter/frontmatter.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"

struct splitting {
	struct arena *arena;
	const char *head;  /* the text without leading blank lines */
	int line;          /* the number of the head's first line */
	struct frontmatter *front;
	struct data_node_problem *problem;
};

enum { HEAD_LINES = 200 };

static enum status
refuse(const struct splitting *splitting, const char *words, const char *about)
{
	*splitting->problem = (struct data_node_problem){ .line = splitting->line, .words = words, .about = about };
	return INVALID;
}

/* --- lines ----------------------------------------------------------------------- */

static const char *
line_end(const char *text)
{
	return text + strcspn(text, "\n");
}

static const char *
next_line(const char *text)
{
	text = line_end(text);
	return *text == '\n' ? text + 1 : text;
}

static bool
is_blank(const char *line)
{
	line += strspn(line, " \t");
	return *line == '\n' || *line == '\0';
}

/* The number of repetitions of a character if the line contains nothing else, except spaces at its end. Otherwise 0. */
static size_t
rule_width(const char *line, const char *character)
{
	size_t width = strspn(line, character);

	return is_blank(line + width) ? width : 0;
}

/* The end of the first paragraph at text. */
static const char *
paragraph_end(const char *text)
{
	while (is_blank(text) && *text != '\0')
		text = next_line(text);
	while (!is_blank(text))
		text = next_line(text);
	return text;
}

static int
lines_between(const char *from, const char *to)
{
	int lines = 0;

	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

static enum status
take(const struct splitting *splitting, const struct data_node *values, const char *body)
{
	struct frontmatter *front = splitting->front;

	front->values = values;
	front->body = body;
	front->body_line = splitting->line + lines_between(splitting->head, body);
	front->present = true;
	return OK;
}

/* --- between fences ----------------------------------------------------------------- */

enum form { FORM_NONE, FORM_YAML, FORM_TOML, FORM_JSON, FORM_MEMBERS, FORM_OTHER };

/* The form that an opening line announces. */
static enum form
form_of_fence(const char *line)
{
	static const struct { const char *word; enum form form; } words[] = { { "yaml", FORM_YAML }, { "yml", FORM_YAML },
		{ "toml", FORM_TOML }, { "json", FORM_JSON }, { "js", FORM_OTHER }, { "javascript", FORM_OTHER },
		{ "coffee", FORM_OTHER }, { "cson", FORM_OTHER }, { "ini", FORM_OTHER }, { "lua", FORM_OTHER } };

	if (rule_width(line, "+") == 3)
		return FORM_TOML;
	if (rule_width(line, ";") >= 3)
		return FORM_MEMBERS;
	if (rule_width(line, "-") >= 3)
		return FORM_YAML;
	for (size_t i = 0; strncmp(line, "---", 3) == 0 && i < sizeof(words) / sizeof(*words); i++)
		if (strncmp(line + 3, words[i].word, strlen(words[i].word)) == 0 && is_blank(line + 3 + strlen(words[i].word)))
			return words[i].form;
	return FORM_NONE;
}

/* The closing line for an opening line, or NULL. */
static const char *
find_end(const char *opening)
{
	const char sign[] = { *opening, '\0' }, *start = next_line(opening);

	for (const char *line = start; *line != '\0' && line - start <= FRONTMATTER_MAX; line = next_line(line))
		if (rule_width(line, sign) >= 3 || (*sign == '-' && rule_width(line, ".") == 3))
			return line;
	return NULL;
}

static enum status
read_form(const struct splitting *splitting, enum form form, const char *start, const char *end, struct data_node **ret_node)
{
	struct arena *arena = splitting->arena;
	int line = splitting->line + lines_between(splitting->head, start);
	const char *members;

	switch (form) {
	case FORM_TOML:
		return toml_read(arena, start, (size_t)(end - start), line, ret_node, splitting->problem);
	case FORM_JSON:
		return json_read(arena, start, (size_t)(end - start), line, ret_node, splitting->problem);
	case FORM_MEMBERS:
		members = arena_printf(arena, "{%s}", str_trim(arena, arena_bytes(arena, start, (size_t)(end - start))));
		return json_read(arena, members, strlen(members), line, ret_node, splitting->problem);
	case FORM_YAML:
	case FORM_NONE:
	case FORM_OTHER:
		break;
	}
	return yaml_read(arena, start, (size_t)(end - start), line, ret_node, splitting->problem);
}

static enum status
read_fenced(const struct splitting *splitting, enum form form)
{
	const char *start = next_line(splitting->head), *end = find_end(splitting->head);
	bool is_rule = form == FORM_YAML && rule_width(splitting->head, "-") > 3;
	struct data_node *values;

	if (form == FORM_OTHER)
		return refuse(splitting, N_("the front matter is in a language that cannot be read"), NULL);
	if (end == NULL) {
		if (frontmatter_has_key(start, paragraph_end(start)))
			return refuse(splitting, N_("the front matter does not end"), NULL);
		return OK;
	}
	/* More than three dashes are usually a thematic break. */
	if (is_rule && !frontmatter_has_key(start, end))
		return OK;
	TRY(read_form(splitting, form, start, end, &values));
	if (values->type == DATA_NODE_MAP)
		return take(splitting, values, next_line(end));
	/* Two thematic breaks with a sentence between them are not front matter. */
	if (frontmatter_has_key(start, end))
		return refuse(splitting, N_("the front matter is not a list of keys and values"), NULL);
	return OK;
}

/* --- an object ------------------------------------------------------------------------ */

/* The position after the brace that closes the one at text, or NULL. */
static const char *
object_end(const char *text)
{
	const char *start = text;
	bool quoted = false;
	int depth = 0;

	for (; *text != '\0' && text - start <= FRONTMATTER_MAX; text++) {
		if (quoted && *text == '\\' && text[1] != '\0')
			text++;
		else if (*text == '"')
			quoted = !quoted;
		else if (!quoted && (*text == '{' || *text == '['))
			depth++;
		else if (!quoted && (*text == '}' || *text == ']') && --depth == 0)
			return text + 1;
	}
	return NULL;
}

static enum status
read_object(const struct splitting *splitting)
{
	const char *head = splitting->head, *first = head + 1 + strspn(head + 1, " \t\n"), *end = object_end(head);
	struct data_node *values;

	/* "{{", "{%" and "{:" do not begin an object. */
	if (*first != '"' && *first != '}')
		return OK;
	if (end == NULL || !is_blank(end)) {
		if (frontmatter_has_key(first, paragraph_end(first)))
			return refuse(splitting, N_("the front matter does not end"), NULL);
		return OK;
	}
	TRY(read_form(splitting, FORM_JSON, head, end, &values));
	return frontmatter_is_known(values) ? take(splitting, values, next_line(end)) : OK;
}

/* --- without fences -------------------------------------------------------------------- */

/*
 * Front matter without the first fence: "title: x", then "---" or ";;;" (Hexo). *ret_taken stays false when it cannot
 * be parsed.
 */
static enum status
read_half_fenced(const struct splitting *splitting, bool *ret_taken)
{
	const char *head = splitting->head, *line = head;
	struct data_node_problem problem;
	struct data_node *values;
	enum form form = FORM_NONE;

	for (int lines = 0; form == FORM_NONE && *line != '\0' && lines < HEAD_LINES; lines++) {
		if (rule_width(line, "-") >= 3)
			form = FORM_YAML;
		else if (rule_width(line, ";") >= 3)
			form = FORM_MEMBERS;
		else
			line = next_line(line);
	}
	if (form == FORM_NONE || line - head > FRONTMATTER_MAX)
		return OK;
	problem = *splitting->problem;
	if (read_form(splitting, form, head, line, &values) != OK || values->type != DATA_NODE_MAP || !frontmatter_is_known(values)) {
		*splitting->problem = problem;
		return OK;
	}
	*ret_taken = true;
	return take(splitting, values, next_line(line));
}

static bool
is_described(const struct data_node *values)
{
	return values->type == DATA_NODE_MAP && frontmatter_is_known(values) &&
		(values->count > 1 || frontmatter_same_name(values->keys[0], "title") || frontmatter_same_name(values->keys[0], "date"));
}

/* Front matter as a first paragraph of keys and values. */
static enum status
read_unfenced(const struct splitting *splitting)
{
	const char *head = splitting->head, *end = paragraph_end(head);
	struct data_node_problem problem = *splitting->problem;
	struct data_node *values;
	bool taken = false;

	if (end - head > FRONTMATTER_MAX)
		return OK;
	/* A fence with a mistake: "--- #", "--", "***". */
	if (*head != '\0' && strchr("-+*=~;%", *head) != NULL && head[1] == *head && frontmatter_has_hiding_key(next_line(head), end))
		return refuse(splitting, N_("it looks like front matter but cannot be read"), NULL);
	if (!frontmatter_has_key(head, line_end(head)))
		return OK;
	TRY(read_half_fenced(splitting, &taken));
	if (taken)
		return OK;
	if (yaml_read(splitting->arena, head, (size_t)(end - head), splitting->line, &values, splitting->problem) == OK &&
		is_described(values))
		return take(splitting, values, end);
	*splitting->problem = problem;
	if (frontmatter_read_lines(splitting->arena, head, end, splitting->line, &values) &&
		(is_described(values) || strstr(arena_bytes(splitting->arena, head, (size_t)(end - head)), "::") != NULL))
		return take(splitting, values, end);
	if (frontmatter_has_hiding_key(head, end) || frontmatter_has_key(next_line(head), end))
		return refuse(splitting, N_("it looks like front matter but cannot be read"), NULL);
	return OK;
}

/* Front matter in a comment at the start of the text (Nikola). */
static enum status
read_comment(const struct splitting *splitting)
{
	const char *start = next_line(splitting->head), *end = strstr(start, "-->");
	struct data_node *values;

	if (end == NULL || end - start > FRONTMATTER_MAX || !frontmatter_has_key(start, end))
		return OK;
	if (!frontmatter_read_lines(splitting->arena, start, end, splitting->line + 1, &values))
		return refuse(splitting, N_("it looks like front matter but cannot be read"), NULL);
	return take(splitting, values, next_line(end));
}

/* --- the whole text ----------------------------------------------------------------------- */

enum status
frontmatter_read(struct arena *arena, const char *text, struct frontmatter *ret_front,
	struct data_node_problem *ret_problem)
{
	struct frontmatter front = { .values = data_node_new(arena, DATA_NODE_MAP, 1), .body = text, .body_line = 1 };
	struct splitting splitting = { .arena = arena, .line = 1, .front = &front, .problem = ret_problem };
	enum form form;

	splitting.head = text + strspn(text, " \t\n");
	splitting.line += lines_between(text, splitting.head);
	form = form_of_fence(splitting.head);
	if (form != FORM_NONE)
		TRY(read_fenced(&splitting, form));
	else if (*splitting.head == '{')
		TRY(read_object(&splitting));
	else if (strncmp(splitting.head, "<!--", 4) == 0 && is_blank(splitting.head + 4))
		TRY(read_comment(&splitting));
	else if (*splitting.head != '#')
		TRY(read_unfenced(&splitting));
	*ret_front = front;
	return OK;
}
