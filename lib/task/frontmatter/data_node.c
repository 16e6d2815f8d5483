#include "task/frontmatter/data_node.h"

#include <string.h>

#include "core/str.h"

struct data_node *
data_node_new(struct arena *arena, enum data_node_type type, int line)
{
	struct data_node *node = arena_new_of(arena, struct data_node);

	node->type = type;
	node->line = line;
	node->text = "";
	return node;
}

static void
grow(struct arena *arena, struct data_node *node)
{
	size_t room = node->room == 0 ? 8 : node->room * 2;
	const char **keys = arena_array(arena, room, sizeof(*keys));
	struct data_node **items = arena_array(arena, room, sizeof(*items));

	if (node->count > 0) {
		memcpy(keys, node->keys, node->count * sizeof(*keys));
		memcpy(items, node->items, node->count * sizeof(*items));
	}
	node->keys = keys;
	node->items = items;
	node->room = room;
}

bool
data_node_add(struct arena *arena, struct data_node *parent, const char *key, struct data_node *item)
{
	if (key != NULL && data_node_get(parent, key) != NULL)
		return false;
	if (parent->count == parent->room)
		grow(arena, parent);
	parent->keys[parent->count] = key;
	parent->items[parent->count++] = item;
	return true;
}

struct data_node *
data_node_get(const struct data_node *node, const char *key)
{
	if (node == NULL || node->type != DATA_NODE_MAP)
		return NULL;
	for (size_t i = 0; i < node->count; i++)
		if (strcmp(node->keys[i], key) == 0)
			return node->items[i];
	return NULL;
}

const char *
data_node_problem_text(struct arena *arena, const struct data_node_problem *problem)
{
	const char *place = strstr(problem->words, "%s");

	if (place == NULL || problem->about == NULL)
		return problem->words;
	return arena_printf(arena, "%.*s%s%s", (int)(place - problem->words), problem->words, problem->about, place + 2);
}

const char *
data_node_text(const struct data_node *map, const char *key)
{
	const struct data_node *node = data_node_get(map, key);

	return node == NULL || node->type != DATA_NODE_SCALAR ? NULL : node->text;
}
