/* Front matter of any bytes: no crash, and no value that the gate for text would not have let in. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "task/frontmatter/frontmatter.h"
#include "task/import/visibility.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
check(struct arena *arena, const struct data_node *node, int depth)
{
	char *accepted;

	if (depth > DATA_NODE_DEEPEST * 2)
		abort();
	if (node->type == DATA_NODE_SCALAR && !text_accept(arena, node->text, strlen(node->text), TEXT_BLOCK, &accepted))
		abort();
	for (size_t i = 0; i < node->count; i++)
		check(arena, node->items[i], depth + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	char *text = text_clean(arena, (const char *)bytes, length, TEXT_BLOCK);
	struct frontmatter front;
	struct data_node_problem problem = { 0 };
	struct visibility visibility = visibility_init();
	int64_t time;
	size_t count;

	if (frontmatter_read(arena, text, &front, &problem) == OK) {
		check(arena, front.values, 0);
		if (front.body < text || front.body > text + strlen(text) || front.body_line < 1)
			abort();
		visibility_read(arena, front.values, "x.md", 1795478400, &visibility);
		for (size_t i = 0; i < visibility.note_count; i++)
			if (visibility.notes[i].line < 1 || strchr(visibility.notes[i].detail, '\n') != NULL)
				abort();
		for (size_t i = 0; i < front.values->count; i++) {
			(void)frontmatter_words(arena, front.values->items[i], true, &count);
			(void)frontmatter_date(arena, front.values->items[i]->text, &time);
		}
	} else if (problem.words == NULL || problem.line < 1) {
		abort();
	}
	arena_free(arena);
	return 0;
}
