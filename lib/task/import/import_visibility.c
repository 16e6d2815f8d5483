/* Collects what restricts the visibility of a text, and reports it. */
#include "task/import/import.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "page/lang/lang.h"

/* The beginning of a restricted post stays private, because its system did not open it up to <!--more-->. */
static const char *
close_beginning(struct arena *arena, const char *body)
{
	char *closed = arena_dup(arena, body);

	for (char *mark = closed; (mark = strstr(mark, "<!--")) != NULL; mark += strlen("<!--")) {
		const char *word = mark + strlen("<!--") + strspn(mark + strlen("<!--"), " \t");
		const char *end = strncasecmp(word, "more", 4) == 0 ? word + 4 + strspn(word + 4, " \t") : NULL;
		if (end != NULL && strncmp(end, "-->", 3) == 0)
			memset(mark, ' ', (size_t)(end + 3 - mark));
	}
	return closed;
}

/* A metadata file beside the text (Nikola). */
static const char *
metadata_beside(const struct import *import, const struct import_file *file, struct arena *arena)
{
	const char *path = arena_printf(arena, "%.*s.meta", (int)(strrchr(file->path, '.') - file->path), file->path);

	return map_get(import->others, path) == NULL ? NULL : path;
}

void
import_visibility_read(const struct import *import, const struct import_file *file, struct arena *arena, struct import_text *source,
	struct import_values *values)
{
	struct visibility *visibility = &values->visibility;
	const char *beside = source->front.present ? NULL : metadata_beside(import, file, arena);

	import_defaults_apply(import, file, arena, visibility);
	if (file->hiding != NULL)
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("in a folder of drafts, or named like a draft; it became a draft"), 0,
			file->hiding);
	if (source->unclear != NULL) {
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("front matter that cannot be read; the whole file became a draft"),
			source->unclear->line, NULL);
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, source->unclear->words, source->unclear->line, source->unclear->about);
	}
	if (source->open_comment > 0)
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("private comment that does not end; the post became a draft"),
			source->open_comment, NULL);
	if (source->part != NULL)
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("part that only some readers could see; the post became a draft"),
			source->part_line, source->part);
	if (beside != NULL)
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("described in another file, which is not read; it became a draft"), 0, beside);
	if (values->published == 0 && file->named_date > import->now)
		visibility_add(arena, visibility, VISIBILITY_LATER, N_("date in the future; it is published then"), 0, file->name);
	if (visibility->is_foreign)
		source->body = close_beginning(arena, source->body);
}

static void
warn(struct import *import, const struct import_file *file, const char *words, int line, const char *detail)
{
	conversion_warnings_add_to(import->warnings, CONVERSION_WARNINGS_RESTRICTED, words, file->path, line, detail);
}

/* True when a note applies to the post as it is saved; somebody may have decided otherwise on the site. */
static bool
holds(const struct visibility_note *note, const struct post *post)
{
	bool is_published = str_equal(post->state, "published");

	switch (note->kind) {
	case VISIBILITY_HIDDEN:
	case VISIBILITY_ENDED:
		return !is_published;
	case VISIBILITY_ACCESS:
		return !str_equal(post->access, "public");
	case VISIBILITY_LATER:
	case VISIBILITY_ENDS:
		break;
	}
	return is_published;
}

void
import_note_visibility(struct import *import, const struct import_file *file, const struct visibility *visibility, const struct post *post)
{
	for (size_t i = 0; i < visibility->note_count; i++)
		if (holds(&visibility->notes[i], post))
			warn(import, file, visibility->notes[i].words, visibility->notes[i].line, visibility->notes[i].detail);
	if (file->why_draft != NULL && !visibility->hidden && str_equal(post->state, "draft"))
		warn(import, file, file->why_draft, 0, NULL);
	if (file->why_page != NULL && str_equal(post->kind, "page"))
		conversion_warnings_add(import->warnings, file->why_page, file->path, 0, NULL);
}
