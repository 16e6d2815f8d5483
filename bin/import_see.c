/* Who may see a text: what is gathered about it, and what is told of it. */
#include "import.h"

#include "core/str.h"
#include "page/lang.h"

void
import_see(const struct import *import, const struct import_file *file, struct arena *arena, const struct import_source *source,
	struct import_values *values)
{
	struct visibility *visibility = &values->visibility;

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
}

/* --- what is told of who may see it --------------------------------------------------------- */

static void
tell(struct import *import, const struct import_file *file, const char *words, int line, const char *detail)
{
	losses_add_to(import->losses, LOSSES_RESTRICTED, words, file->path, line, detail);
}

/* Of a note only what holds for the post as it is kept: on the site somebody may have decided otherwise. */
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
import_tell_visibility(struct import *import, const struct import_file *file, const struct visibility *visibility, const struct post *post)
{
	for (size_t i = 0; i < visibility->note_count; i++)
		if (holds(&visibility->notes[i], post))
			tell(import, file, visibility->notes[i].words, visibility->notes[i].line, visibility->notes[i].detail);
	if (file->why_draft != NULL && !visibility->hidden && str_equal(post->state, "draft"))
		tell(import, file, file->why_draft, 0, NULL);
	if (file->why_page != NULL && str_equal(post->kind, "page"))
		losses_add(import->losses, file->why_page, file->path, 0, NULL);
}
