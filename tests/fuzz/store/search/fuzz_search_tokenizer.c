/*
 * The segmenter on any text: FTS5 accepts its query, the query finds the text that it was made from, and the text can
 * be restored without loss.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/index/search_tokenizer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static sqlite3_stmt *remove_all, *insert, *match;

static void
open_index(void)
{
	sqlite3 *handle;

	if (sqlite3_open(":memory:", &handle) != SQLITE_OK
		|| sqlite3_exec(handle, "CREATE VIRTUAL TABLE words USING fts5"
			" (text, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1')", NULL, NULL, NULL) != SQLITE_OK
		|| sqlite3_prepare_v2(handle, "DELETE FROM words", -1, &remove_all, NULL) != SQLITE_OK
		|| sqlite3_prepare_v2(handle, "INSERT INTO words (text) VALUES (?)", -1, &insert, NULL) != SQLITE_OK
		|| sqlite3_prepare_v2(handle, "SELECT 1 FROM words WHERE words MATCH ?", -1, &match, NULL) != SQLITE_OK)
		abort();
}

static int
run(sqlite3_stmt *stmt, const char *text)
{
	int code;

	if (text != NULL && sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC) != SQLITE_OK)
		abort();
	code = sqlite3_step(stmt);
	if (code != SQLITE_DONE && code != SQLITE_ROW)
		abort();
	(void)sqlite3_reset(stmt);
	return code;
}

/* True for a text that certainly has a word: FTS5 does not know every letter of Unicode. */
static bool
has_word(const char *text)
{
	for (int32_t c; (c = text_next(&text)) != 0;)
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0x4E00 && c <= 0x9FA5))
			return true;
	return false;
}

/* Marks never nest, and each one is closed. */
static void
check_marks(const char *text)
{
	bool open = false;

	for (; *text != '\0'; text++)
		if (*text == '\x01' || *text == '\x02') {
			if (open == (*text == '\x01'))
				abort();
			open = !open;
		}
	if (open)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	char *text = text_clean(arena, (const char *)bytes, length < 4096 ? length : 4096, TEXT_BLOCK);
	char *query = search_token_query(arena, text), *once, *twice;

	if (match == NULL)
		open_index();
	(void)run(remove_all, NULL);
	(void)run(insert, search_token_text(arena, text));
	if (query == NULL ? has_word(text) : run(match, query) != SQLITE_ROW && has_word(text))
		abort();
	once = search_token_restore(arena, search_token_text(arena, text));
	twice = search_token_restore(arena, search_token_text(arena, once));
	if (strcmp(once, twice) != 0)
		abort();
	for (char *c = text; *c != '\0'; c++)
		*c = *c == '[' ? '\x01' : *c == ']' ? '\x02' : *c;
	check_marks(search_token_restore(arena, search_token_text(arena, text)));
	check_marks(search_token_restore(arena, text));
	arena_free(arena);
	return 0;
}
