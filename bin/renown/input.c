#include "input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"

const char *
input_read(struct arena *arena, size_t most, size_t *ret_length)
{
	struct str text = str_init(arena);
	char buffer[4096];
	ssize_t got;

	while ((got = read(STDIN_FILENO, buffer, sizeof(buffer))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return NULL;
		str_add_bytes(&text, buffer, (size_t)got);
		if (text.length > most)
			return NULL;
	}
	while (text.length > 0 && (text.bytes[text.length - 1] == '\n' || text.bytes[text.length - 1] == '\r'))
		text.bytes[--text.length] = '\0';
	*ret_length = text.length;
	return text.bytes;
}

const char *
input_text(struct arena *arena, const char *word, enum text_kind kind, size_t most)
{
	size_t length = strlen(word);
	const char *bytes = str_equal(word, "-") ? input_read(arena, most, &length) : word;
	char *text;

	return bytes != NULL && text_accept(arena, bytes, length, kind, &text) ? text : NULL;
}
