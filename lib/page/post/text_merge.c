#include "page/post/text_merge.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <git2.h>

#include "core/log.h"
#include "core/str.h"
#include "core/text.h"

enum { MARKER_MIN = 7, MARKER_MAX = 4096 };

/* Initialises libgit2 once per process. Nothing needs to be released before its end. */
static enum status
need_library(void)
{
	static bool ready;

	if (!ready && git_libgit2_init() < 0)
		return FAULT;
	ready = true;
	return OK;
}

static enum status
fault(const char *doing)
{
	const git_error *error = git_error_last();

	log_line(LOG_ERROR, "merge", "%s: %s", doing, error == NULL ? "unknown error" : error->message);
	return FAULT;
}

/* --- merging ---------------------------------------------------------------------- */

/* The longest run of a libgit2 marker character at the start of a line, or longest if that is more. */
static size_t
longest_marker(const char *text, size_t longest)
{
	for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
		size_t length = 0;
		line += *line == '\n';
		if (*line != '\0' && strchr("<|=>", *line) != NULL)
			while (line[length] == line[0])
				length++;
		if (length > longest)
			longest = length;
	}
	return longest;
}

/* A text that ends with a newline. Otherwise a last line that only one side changed would count as changed by both. */
static git_merge_file_input
input_of(struct arena *arena, const char *text)
{
	git_merge_file_input input = { .version = GIT_MERGE_FILE_INPUT_VERSION };
	size_t length = strlen(text);

	if (length > 0 && text[length - 1] != '\n') {
		text = arena_printf(arena, "%s\n", text);
		length++;
	}
	input.ptr = text;
	input.size = length;
	return input;
}

static void
add_mark(struct str *text, const char *mark)
{
	while (text->length > 0 && text->bytes[text->length - 1] == '\n')
		text->bytes[--text->length] = '\0';
	str_printf(text, "%s%s\n\n", text->length == 0 ? "" : "\n\n", mark);
}

/* True for a line that libgit2 wrote: a run of exactly this length, followed by nothing or by its label. */
static bool
is_marker(const char *line, size_t length, char sign, size_t size)
{
	if (length < size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (line[i] != sign)
			return false;
	return length == size || line[size] == ' ';
}

static bool
is_any_marker(const char *line, size_t length, size_t size)
{
	return is_marker(line, length, '<', size) || is_marker(line, length, '=', size) || is_marker(line, length, '>', size);
}

/* Replaces libgit2's markers, which Markdown would take for a heading, by the given sentences. */
static char *
in_words(struct arena *arena, const char *merged, size_t merged_length, size_t size, const struct text_merge_marks *marks,
	size_t *ret_conflicts)
{
	struct str text = str_init(arena);
	size_t conflicts = 0;
	bool marked = false; /* an empty line was already written */

	for (const char *line = merged, *end = merged + merged_length; line < end;) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t length = stop == NULL ? (size_t)(end - line) : (size_t)(stop - line);
		if (is_marker(line, length, '<', size)) {
			add_mark(&text, marks->mine);
			conflicts++;
		} else if (is_marker(line, length, '=', size)) {
			add_mark(&text, marks->theirs);
		} else if (is_marker(line, length, '>', size)) {
			add_mark(&text, marks->end);
		} else if (length > 0 || !marked) {
			str_add_bytes(&text, line, length);
			str_add_char(&text, '\n');
		}
		marked = is_any_marker(line, length, size) || (marked && length == 0);
		line += length + 1;
	}
	*ret_conflicts = conflicts;
	return text.bytes;
}

enum status
text_merge_lines(struct arena *arena, const char *base, const char *mine, const char *theirs, const struct text_merge_marks *marks,
	char **ret_text, size_t *ret_conflicts)
{
	git_merge_file_input inputs[] = { input_of(arena, base), input_of(arena, mine), input_of(arena, theirs) };
	git_merge_file_options options = { .version = GIT_MERGE_FILE_OPTIONS_VERSION };
	git_merge_file_result result = { 0 };
	size_t size = MARKER_MIN, length;
	char *text;

	TRY(need_library());
	size = longest_marker(base, longest_marker(mine, longest_marker(theirs, size))) + 1;
	/* If a text has lines of thousands of such characters, libgit2's own markers may be mistaken. */
	options.marker_size = (unsigned short)(size > MARKER_MAX ? MARKER_MAX : size);
	options.our_label = options.their_label = options.ancestor_label = "";
	if (git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options) != 0)
		return fault("merging two texts");
	text = in_words(arena, result.ptr, result.len, options.marker_size, marks, ret_conflicts);
	git_merge_file_result_free(&result);
	/* Removes the final newline again if neither text had one. */
	length = strlen(text);
	if (length > 0 && !str_ends(mine, "\n") && !str_ends(theirs, "\n"))
		text[length - 1] = '\0';
	*ret_text = text;
	return OK;
}

/* --- comparing ------------------------------------------------------------------ */

/* The words of a text, and the same text with one word per line, which libgit2 compares. */
struct words {
	struct str lines;
	const char *text;
	size_t *starts; /* offset of each word in text, and the end of the last */
	size_t count, room;
};

enum kind_of_character { BLANK = 1, LETTER, ALONE };

static enum kind_of_character
kind_of(int32_t code_point)
{
	if (code_point == ' ' || code_point == '\n' || code_point == '\t')
		return BLANK;
	if (text_is_cjk(code_point))
		return ALONE;
	if (code_point >= 0x80)
		return LETTER;
	return (code_point >= '0' && code_point <= '9') || (code_point >= 'a' && code_point <= 'z') ||
		(code_point >= 'A' && code_point <= 'Z') || code_point == '\'' ? LETTER : ALONE;
}

static void
add_word(struct arena *arena, struct words *words, size_t start, size_t length)
{
	if (words->count + 1 >= words->room) {
		size_t *more = arena_array(arena, words->room * 2, sizeof(*more));
		memcpy(more, words->starts, words->count * sizeof(*more));
		words->starts = more;
		words->room *= 2;
	}
	words->starts[words->count++] = start;
	words->starts[words->count] = start + length;
	/* Newlines are written as a character that no text contains. */
	for (size_t i = 0; i < length; i++)
		str_add_char(&words->lines, words->text[start + i] == '\n' ? '\x01' : words->text[start + i]);
	str_add_char(&words->lines, '\n');
}

static struct words
split(struct arena *arena, const char *text)
{
	struct words words = { .lines = str_init(arena), .text = text, .room = 256 };
	const char *rest = text, *start = text;
	enum kind_of_character before = 0;

	words.starts = arena_array(arena, words.room, sizeof(*words.starts));
	while (*rest != '\0') {
		const char *here = rest;
		enum kind_of_character kind = kind_of(text_next(&rest));
		if (here > start && (kind != before || kind == ALONE)) {
			add_word(arena, &words, (size_t)(start - text), (size_t)(here - start));
			start = here;
		}
		before = kind;
	}
	if (rest > start)
		add_word(arena, &words, (size_t)(start - text), (size_t)(rest - start));
	return words;
}

struct comparing {
	struct arena *arena;
	struct words before, after;
	size_t at_before, at_after; /* index of the next word of each */
	struct change_piece *pieces;
	size_t count, room;
};

static void
add_piece(struct comparing *comparing, enum text_merge_change change, const struct words *words, size_t from, size_t until)
{
	if (from >= until)
		return;
	if (comparing->count == comparing->room) {
		struct change_piece *more = arena_array(comparing->arena, comparing->room * 2, sizeof(*more));
		memcpy(more, comparing->pieces, comparing->count * sizeof(*more));
		comparing->pieces = more;
		comparing->room *= 2;
	}
	comparing->pieces[comparing->count++] = (struct change_piece){ change,
		arena_bytes(comparing->arena, words->text + words->starts[from], words->starts[until] - words->starts[from]) };
}

/* Adds one difference. If nothing is removed or added, libgit2 gives the number of the previous line. */
static int
take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context)
{
	struct comparing *comparing = context;
	size_t out = (size_t)hunk->old_lines, in = (size_t)hunk->new_lines;
	size_t before = (size_t)hunk->old_start - (out > 0), after = (size_t)hunk->new_start - (in > 0);

	(void)delta;
	if (before < comparing->at_before || before + out > comparing->before.count || after + in > comparing->after.count)
		return GIT_EINVALID;
	add_piece(comparing, CHANGE_SAME, &comparing->before, comparing->at_before, before);
	add_piece(comparing, CHANGE_OUT, &comparing->before, before, before + out);
	add_piece(comparing, CHANGE_IN, &comparing->after, after, after + in);
	comparing->at_before = before + out;
	comparing->at_after = after + in;
	return 0;
}

enum status
text_merge_compare(struct arena *arena, const char *before, const char *after, struct change_piece **ret_pieces, size_t *ret_count)
{
	struct comparing comparing = { .arena = arena, .before = split(arena, before), .after = split(arena, after), .room = 16 };
	git_diff_options options;

	TRY(need_library());
	comparing.pieces = arena_array(arena, comparing.room, sizeof(*comparing.pieces));
	if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) != 0)
		return fault("comparing two texts");
	options.flags = GIT_DIFF_FORCE_TEXT;
	options.context_lines = 0;
	if (git_diff_buffers(comparing.before.lines.bytes, comparing.before.lines.length, NULL, comparing.after.lines.bytes,
			comparing.after.lines.length, NULL, &options, NULL, NULL, take_hunk, NULL, &comparing) != 0)
		return fault("comparing two texts");
	add_piece(&comparing, CHANGE_SAME, &comparing.before, comparing.at_before, comparing.before.count);
	*ret_pieces = comparing.pieces;
	*ret_count = comparing.count;
	return OK;
}
