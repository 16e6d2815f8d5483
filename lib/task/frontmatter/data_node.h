/*
 * A tree of maps, lists and scalars, as YAML, TOML and JSON are read into. All text in it has passed
 * the gate before (core/text.h), since the whole file has.
 *
 * Limits, so that a hostile file costs little: DATA_NODE_MOST nodes, DATA_NODE_DEEPEST levels, no YAML aliases.
 */
#ifndef TASK_FRONTMATTER_DATA_NODE_H
#define TASK_FRONTMATTER_DATA_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

enum { DATA_NODE_MOST = 5000, DATA_NODE_DEEPEST = 12 };

enum data_node_type { DATA_NODE_SCALAR, DATA_NODE_LIST, DATA_NODE_MAP };

struct data_node {
	enum data_node_type type;
	int line;            /* where it begins, from 1 */
	bool quoted;         /* a scalar in quotes: never a boolean or null */
	const char *text;    /* of a scalar; "" for null */
	const char **keys;   /* of a map, one for each item; no key twice */
	struct data_node **items; /* of a list or map */
	size_t count, room;
};

/* What is wrong with a text, and where. */
struct data_node_problem {
	int line;
	const char *words; /* a clause in English for lang_text(), such as "the key \"%s\" appears twice" */
	const char *about; /* what stands in the place of its "%s"; NULL: it has none */
};

/* All of the clause, in English. */
const char *data_node_problem_text(struct arena *arena, const struct data_node_problem *problem);

/*
 * Reads one YAML document (1.1, by libyaml). first_line is the line number of the text's first line. An
 * empty document is an empty map. INVALID with *ret_problem.
 */
enum status yaml_read(struct arena *arena, const char *text, size_t length, int first_line,
	struct data_node **ret_node, struct data_node_problem *ret_problem);

/*
 * Reads the part of TOML (1.0) that front matter uses: key = value with bare, quoted and dotted
 * keys, strings of all four forms, numbers, booleans and dates as their text, arrays over several lines,
 * inline tables, [tables]; [[arrays of tables]] become lists of maps. The same contract.
 */
enum status toml_read(struct arena *arena, const char *text, size_t length, int first_line,
	struct data_node **ret_node, struct data_node_problem *ret_problem);

/* Reads one JSON object (RFC 8259), by the reader of YAML. The same contract. */
enum status json_read(struct arena *arena, const char *text, size_t length, int first_line,
	struct data_node **ret_node, struct data_node_problem *ret_problem);

/* The item of a map with that key, or NULL; also when node is NULL or no map. */
struct data_node *data_node_get(const struct data_node *node, const char *key);

/* The text of a scalar below a map, or NULL when there is none. */
const char *data_node_text(const struct data_node *map, const char *key);

/* --- for the readers --------------------------------------------------------- */

struct data_node *data_node_new(struct arena *arena, enum data_node_type type, int line);
/* Adds to a list (key NULL) or map. False when the map has that key. */
bool data_node_add(struct arena *arena, struct data_node *parent, const char *key, struct data_node *item);

#endif
