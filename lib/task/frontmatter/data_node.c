#include "task/frontmatter/data_node.h"

#include <string.h>

#include "core/str.h"

struct node *
node_new(struct arena *arena, enum node_type type, int line)
{
	struct node *node = arena_new_of(arena, struct node);

	node->type = type;
	node->line = line;
	node->text = "";
	return node;
}

static void
grow(struct arena *arena, struct node *node)
{
	size_t room = node->room == 0 ? 8 : node->room * 2;
	const char **keys = arena_array(arena, room, sizeof(*keys));
	struct node **items = arena_array(arena, room, sizeof(*items));

	if (node->count > 0) {
		memcpy(keys, node->keys, node->count * sizeof(*keys));
		memcpy(items, node->items, node->count * sizeof(*items));
	}
	node->keys = keys;
	node->items = items;
	node->room = room;
}

bool
node_add(struct arena *arena, struct node *parent, const char *key, struct node *item)
{
	if (key != NULL && node_get(parent, key) != NULL)
		return false;
	if (parent->count == parent->room)
		grow(arena, parent);
	parent->keys[parent->count] = key;
	parent->items[parent->count++] = item;
	return true;
}

struct node *
node_get(const struct node *node, const char *key)
{
	if (node == NULL || node->type != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < node->count; i++)
		if (strcmp(node->keys[i], key) == 0)
			return node->items[i];
	return NULL;
}

const char *
node_problem_text(struct arena *arena, const struct node_problem *problem)
{
	const char *place = strstr(problem->words, "%s");

	if (place == NULL || problem->about == NULL)
		return problem->words;
	return arena_printf(arena, "%.*s%s%s", (int)(place - problem->words), problem->words, problem->about, place + 2);
}

const char *
node_text(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node == NULL || node->type != NODE_SCALAR ? NULL : node->text;
}
