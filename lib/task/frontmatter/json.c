/* Parses JSON front matter. JSON is YAML except for two escapes (YAML 1.2, 1.3), which are replaced first. */
#include "task/frontmatter/data_node.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

/* The number of an escape such as "\uD83D", or -1. */
static int32_t
unit_of(const char *text, const char *end)
{
	static const char digits[] = "0123456789abcdef";
	int32_t value = 0;

	if (end - text < 6 || text[0] != '\\' || text[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		const char *found = memchr(digits, text[i] | 0x20, sizeof(digits) - 1);
		if (found == NULL)
			return -1;
		value = value * 16 + (int32_t)(found - digits);
	}
	return value;
}

/* Replaces a surrogate pair by its character, and "\/" by a slash. */
static const char *
plain_escapes(struct arena *arena, const char *text, size_t length, size_t *ret_length)
{
	const char *end = text + length;
	struct str out = str_init(arena);

	while (text < end) {
		int32_t high = unit_of(text, end), low = high < 0xd800 || high > 0xdbff ? -1 : unit_of(text + 6, end);
		char bytes[4];
		if (low >= 0xdc00 && low <= 0xdfff) {
			str_add_bytes(&out, bytes, text_put(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), bytes));
			text += 12;
		} else if (*text == '\\' && end - text > 1 && text[1] == '/') {
			str_add_char(&out, '/');
			text += 2;
		} else {
			size_t width = *text == '\\' && end - text > 1 ? 2 : 1;
			str_add_bytes(&out, text, width);
			text += width;
		}
	}
	*ret_length = out.length;
	return out.bytes;
}

enum status
json_read(struct arena *arena, const char *text, size_t length, int first_line, struct data_node **ret_node,
	struct data_node_problem *ret_problem)
{
	struct data_node *node;
	enum status status;

	text = plain_escapes(arena, text, length, &length);
	status = yaml_read(arena, text, length, first_line, &node, ret_problem);
	if (status == INVALID && strncmp(ret_problem->words, "YAML parse error", strlen("YAML parse error")) == 0)
		ret_problem->words = N_("JSON parse error: %s");
	if (status == OK && node->type != DATA_NODE_MAP) {
		*ret_problem = (struct data_node_problem){ .line = first_line, .words = N_("the front matter is not a list of keys and values") };
		return INVALID;
	}
	if (status == OK)
		*ret_node = node;
	return status;
}
