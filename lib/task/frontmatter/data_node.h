/*
 * A tree of maps, lists and scalars, the result of parsing YAML, TOML and JSON. All its text was checked
 * (core/text.h), because the whole file was.
 *
 * Limits for hostile files: DATA_NODE_MAX nodes, DATA_NODE_DEEPEST levels, no YAML aliases.
 */
#ifndef TASK_FRONTMATTER_DATA_NODE_H
#define TASK_FRONTMATTER_DATA_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

enum { DATA_NODE_MAX = 5000, DATA_NODE_DEEPEST = 12 };

enum data_node_type { DATA_NODE_SCALAR, DATA_NODE_LIST, DATA_NODE_MAP };

struct data_node {
	enum data_node_type type;
	int line;            /* its first line in the file, from 1 */
	bool quoted;         /* a scalar in quotes: never a boolean or null */
	const char *text;    /* of a scalar; "" for null */
	const char **keys;   /* of a map, one for each item; keys are unique */
	struct data_node **items; /* of a list or map */
	size_t count, room;
};

/* A parse error and its line. */
struct data_node_problem {
	int line;
	const char *words; /* a clause in English for lang_text(), such as "the key \"%s\" appears twice" */
	const char *about; /* the value for its "%s"; NULL: none */
};

/* The whole clause in English, in the arena or static. */
const char *data_node_problem_text(struct arena *arena, const struct data_node_problem *problem);

/*
 * Parses one YAML document (1.1, by libyaml). first_line is the line number of the text's first line. An
 * empty document is an empty map. INVALID with *ret_problem for a parse error or when a limit is exceeded.
 */
enum status yaml_read(struct arena *arena, const char *text, size_t length, int first_line,
	struct data_node **ret_node, struct data_node_problem *ret_problem);

/*
 * Parses the part of TOML (1.0) that front matter uses: key = value with bare, quoted and dotted keys;
 * strings of all four forms; numbers, booleans and dates, kept as text; arrays over several lines; inline
 * tables; [tables]. [[arrays of tables]] become lists of maps. Otherwise like yaml_read().
 */
enum status toml_read(struct arena *arena, const char *text, size_t length, int first_line,
	struct data_node **ret_node, struct data_node_problem *ret_problem);

/* Parses one JSON object (RFC 8259) with the YAML parser. Otherwise like yaml_read(). */
enum status json_read(struct arena *arena, const char *text, size_t length, int first_line,
	struct data_node **ret_node, struct data_node_problem *ret_problem);

/* The item of a map with this key, or NULL; also NULL when node is NULL or not a map. */
struct data_node *data_node_get(const struct data_node *node, const char *key);

/* The text of a scalar in a map, or NULL when there is none. */
const char *data_node_text(const struct data_node *map, const char *key);

/* --- for the parsers --------------------------------------------------------- */

/* An empty node, in the arena. */
struct data_node *data_node_new(struct arena *arena, enum data_node_type type, int line);
/* Adds an item to a list (key NULL) or map. False when the map already has the key. */
bool data_node_add(struct arena *arena, struct data_node *parent, const char *key, struct data_node *item);

#endif
