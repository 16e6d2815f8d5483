/* Builds nodes from the events of libyaml. */
#include "task/frontmatter/data_node.h"

#include <yaml.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

struct reading {
	struct arena *arena;
	yaml_parser_t parser;
	int first_line;
	size_t nodes;
	struct data_node_problem *problem;
};

static enum status
refuse(struct reading *reading, size_t line, const char *words, const char *about)
{
	*reading->problem = (struct data_node_problem){ .line = reading->first_line + (int)line, .words = words, .about = about };
	return INVALID;
}

/* libyaml reports the position of the problem, or sometimes only that of its context. */
static enum status
refuse_syntax(struct reading *reading)
{
	const yaml_parser_t *parser = &reading->parser;
	const char *words = parser->problem == NULL ? "not valid YAML" : parser->problem;
	size_t line = parser->problem_mark.line;

	if (parser->error == YAML_MEMORY_ERROR)
		abort();
	if (line == 0 && parser->context_mark.line > 0)
		line = parser->context_mark.line;
	return refuse(reading, line, N_("YAML parse error: %s"), arena_dup(reading->arena, words));
}

static enum status
next(struct reading *reading, yaml_event_t *event)
{
	if (!yaml_parser_parse(&reading->parser, event))
		return refuse_syntax(reading);
	if (event->type == YAML_ALIAS_EVENT) {
		size_t line = event->start_mark.line;
		yaml_event_delete(event);
		return refuse(reading, line, N_("YAML aliases (*name) are not supported; write the value out"), NULL);
	}
	return OK;
}

/* Unquoted "~" and "null" mean that there is no value. */
static bool
is_null(const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;

	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		(str_equal(text, "~") || str_equal(text, "null") || str_equal(text, "Null") || str_equal(text, "NULL"));
}

/* An escape in double quotes can produce characters that were refused in the file, so the value is checked again. */
static enum status
read_scalar(struct reading *reading, const yaml_event_t *event, struct data_node **ret_node)
{
	struct data_node *node = data_node_new(reading->arena, DATA_NODE_SCALAR,
		reading->first_line + (int)event->start_mark.line);
	char *text;

	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (!text_accept(reading->arena, (const char *)event->data.scalar.value, event->data.scalar.length,
		TEXT_BLOCK, &text))
		return refuse(reading, event->start_mark.line, N_("a value contains a control character"), NULL);
	if (!is_null(event))
		node->text = text;
	*ret_node = node;
	return OK;
}

static enum status read_value(struct reading *reading, yaml_event_t *event, int depth, struct data_node **ret_node);

static enum status
read_list(struct reading *reading, struct data_node *list, int depth)
{
	struct data_node *item;
	yaml_event_t event;

	for (;;) {
		TRY(next(reading, &event));
		if (event.type == YAML_SEQUENCE_END_EVENT) {
			yaml_event_delete(&event);
			return OK;
		}
		TRY(read_value(reading, &event, depth, &item));
		(void)data_node_add(reading->arena, list, NULL, item);
	}
}

static enum status
read_map(struct reading *reading, struct data_node *map, int depth)
{
	struct data_node *key, *item;
	yaml_event_t event;

	for (;;) {
		TRY(next(reading, &event));
		if (event.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&event);
			return OK;
		}
		TRY(read_value(reading, &event, depth, &key));
		if (key->type != DATA_NODE_SCALAR)
			return refuse(reading, (size_t)(key->line - reading->first_line), N_("a key must be a single word"), NULL);
		TRY(next(reading, &event));
		TRY(read_value(reading, &event, depth, &item));
		if (!data_node_add(reading->arena, map, key->text, item))
			return refuse(reading, (size_t)(key->line - reading->first_line), N_("the key \"%s\" appears twice"),
				text_shorten(reading->arena, key->text, 60));
	}
}

/* Frees the event. */
static enum status
read_value(struct reading *reading, yaml_event_t *event, int depth, struct data_node **ret_node)
{
	yaml_event_type_t type = event->type;
	size_t line = event->start_mark.line;
	enum status status = OK;

	if (type == YAML_SCALAR_EVENT)
		status = read_scalar(reading, event, ret_node);
	else
		*ret_node = data_node_new(reading->arena, type == YAML_SEQUENCE_START_EVENT ? DATA_NODE_LIST : DATA_NODE_MAP,
			reading->first_line + (int)line);
	yaml_event_delete(event);
	TRY(status);
	if (++reading->nodes > DATA_NODE_MAX)
		return refuse(reading, line, N_("too many values"), NULL);
	if (depth >= DATA_NODE_DEEPEST)
		return refuse(reading, line, N_("the values are nested too deeply"), NULL);
	if (type == YAML_SEQUENCE_START_EVENT)
		return read_list(reading, *ret_node, depth + 1);
	if (type == YAML_MAPPING_START_EVENT)
		return read_map(reading, *ret_node, depth + 1);
	return OK;
}

static enum status
read_document(struct reading *reading, struct data_node **ret_node)
{
	yaml_event_t event;

	*ret_node = data_node_new(reading->arena, DATA_NODE_MAP, reading->first_line);
	for (;;) {
		yaml_event_type_t type;
		TRY(next(reading, &event));
		type = event.type;
		if (type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) {
			TRY(read_value(reading, &event, 0, ret_node));
			continue;
		}
		yaml_event_delete(&event);
		/* Only the first document is read. */
		if (type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
			return OK;
	}
}

enum status
yaml_read(struct arena *arena, const char *text, size_t length, int first_line, struct data_node **ret_node,
	struct data_node_problem *ret_problem)
{
	struct reading reading = { .arena = arena, .first_line = first_line, .problem = ret_problem };
	struct data_node *node;
	enum status status;

	if (!yaml_parser_initialize(&reading.parser))
		abort();
	yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reading.parser, (const unsigned char *)text, length);
	status = read_document(&reading, &node);
	yaml_parser_delete(&reading.parser);
	if (status == OK)
		*ret_node = node;
	return status;
}
