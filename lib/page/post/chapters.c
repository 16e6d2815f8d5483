#include "page/post/chapters.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "core/str.h"

/* Reads numbers separated by colons and moves *line behind them. All but the first must be below 60. */
static bool
read_time(const char **line, int64_t *ret_seconds)
{
	int64_t total = 0;
	const char *at = *line;

	for (int place = 0; place < 3; place++) {
		size_t digits = strspn(at, "0123456789");
		long number = strtol(at, NULL, 10);
		if (digits == 0 || digits > 4 || (place > 0 && (digits != 2 || number > 59)))
			return false;
		total = total * 60 + number;
		at += digits;
		if (*at != ':') {
			*line = at;
			*ret_seconds = total;
			return place > 0;
		}
		at++;
	}
	return false;
}

static bool
read_line(struct arena *arena, const char *line, struct chapter *chapter)
{
	if (!read_time(&line, &chapter->seconds) || (*line != ' ' && *line != '\t'))
		return false;
	chapter->title = str_trim(arena, line);
	return *chapter->title != '\0';
}

enum status
chapters_read(struct arena *arena, const char *text, struct chapter **ret_chapters, size_t *ret_count, int *ret_line)
{
	struct chapter *chapters = arena_array(arena, CHAPTERS_MAX, sizeof(*chapters));
	char *rest = arena_dup(arena, text), *line;
	size_t count = 0;
	int number = 0;

	while ((line = strsep(&rest, "\n")) != NULL) {
		number++;
		line = str_trim(arena, line);
		if (*line == '\0')
			continue;
		if (count == CHAPTERS_MAX || !read_line(arena, line, &chapters[count]) ||
			(count > 0 && chapters[count].seconds <= chapters[count - 1].seconds)) {
			*ret_line = number;
			return INVALID;
		}
		count++;
	}
	*ret_chapters = chapters;
	*ret_count = count;
	return OK;
}

const char *
chapters_time(struct arena *arena, int64_t seconds)
{
	long long hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;

	return hours > 0 ? arena_printf(arena, "%lld:%02lld:%02lld", hours, minutes, rest) : arena_printf(arena, "%lld:%02lld", minutes, rest);
}

char *
chapters_json(struct arena *arena, const char *title, const struct chapter *chapters, size_t count)
{
	json_t *list = json_array(), *json;
	char *text, *copy;

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:I, s:s}", "startTime", (json_int_t)chapters[i].seconds, "title", chapters[i].title));
	json = json_pack("{s:s, s:s, s:o}", "version", "1.2.0", "title", title, "chapters", list);
	text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
	if (text == NULL)
		abort(); /* out of memory: all text was checked when it entered */
	copy = arena_dup(arena, text);
	free(text);
	json_decref(json);
	return copy;
}
