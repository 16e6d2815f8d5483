#include "store/spam/spam_features.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/spam/spam_internal.h"

enum { LONG_NAME_WORDS = 4, NAME_BYTES = 200, LINK_BYTES = 500, NAME_WORDS_MAX = 64 };

/* Valid UTF-8 of at most so many bytes, cut between two characters. */
static const char *
accept(struct arena *arena, const char *text, size_t most)
{
	size_t length;

	if (text == NULL)
		return "";
	length = strlen(text);
	if (length > most) {
		length = most;
		while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
			length--;
		text = arena_bytes(arena, text, length);
	}
	return text_is_utf8(text) ? text : text_clean(arena, text, length, TEXT_BLOCK);
}

static void
add_text(struct spam_gather *gather, const char *text, struct spam_form *form, struct spam_words *words)
{
	spam_words_add(gather, "", spam_form_read(gather, text, form), words);
}

/* Reads all of a text, or the beginning and the end of a long one. */
static void
add_comment(struct spam_gather *gather, const char *text, struct spam_form *form, struct spam_words *words)
{
	size_t length = text == NULL ? 0 : strlen(text);
	const char *tail;

	if (length <= SPAM_TEXT_HEAD + SPAM_TEXT_TAIL) {
		add_text(gather, accept(gather->arena, text, length), form, words);
		return;
	}
	tail = text + length - SPAM_TEXT_TAIL;
	while (((unsigned char)*tail & 0xC0) == 0x80)
		tail++;
	gather->unknown_max = SPAM_UNKNOWN_MAX / 4 * 3;
	add_text(gather, accept(gather->arena, text, SPAM_TEXT_HEAD), form, words);
	gather->unknown_max = SPAM_UNKNOWN_MAX;
	add_text(gather, accept(gather->arena, tail, SPAM_TEXT_TAIL), form, words);
}

static void
add_author(struct spam_gather *gather, const struct spam_comment *comment)
{
	struct spam_form form = { 0 };
	struct spam_words words = { 0 };
	const char *name = spam_form_read(gather, accept(gather->arena, comment->name, NAME_BYTES), &form);

	/* A long text leaves no room for unknown words of the name. */
	gather->unknown_max = gather->unknown + NAME_WORDS_MAX;
	spam_words_add(gather, "name:", name, &words);
	if (form.links > 0)
		spam_gather_add(gather, "form:", "link in the name", false);
	if (words.words >= LONG_NAME_WORDS)
		spam_gather_add(gather, "form:", "long name", false);
	spam_form_site(gather, accept(gather->arena, comment->link, LINK_BYTES));
}

void
spam_features_take(struct arena *arena, const struct spam_comment *comment, struct spam_features *ret_features)
{
	struct spam_gather gather;
	struct spam_form form = { 0 };
	struct spam_words words = { 0 };

	spam_gather_begin(arena, &gather);
	add_comment(&gather, comment->text, &form, &words);
	spam_form_add(&gather, &form, &words);
	add_author(&gather, comment);
	spam_gather_end(&gather, ret_features);
}
