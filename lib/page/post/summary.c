#include "page/post/summary.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "store/post/former_summary.h"

enum { SUMMARY_MAX = 280, POSTS_AT_ONCE = 100 };

/*
 * The renderer's summary may reach beyond the open part, for example when the first paragraph is after the cut. Then
 * the beginning of the open part is used.
 */
const char *
summary_generate(struct arena *arena, const struct markdown *markdown, const char *open_plain)
{
	const char *open = text_collapse(arena, open_plain);
	const char *wanted = text_collapse(arena, fragment_plain(arena, markdown->summary));

	return text_shorten(arena, *wanted != '\0' && str_starts(open, wanted) ? wanted : open, SUMMARY_MAX);
}

bool
summary_reveals_cut(struct arena *arena, const struct post_save *save)
{
	const char *letters = text_letters(arena, save->post.summary), *open = text_letters(arena, save->text.open_plain);
	const char *all = arena_printf(arena, "%s%s", open, text_letters(arena, save->text.closed_plain));

	return *letters != '\0' && str_starts(all, letters) && !str_starts(open, letters);
}

/* --- which stored summaries were typed ------------------------------------------------- */

enum summary_origin
summary_compare(struct arena *arena, const char *summary, const struct markdown *markdown)
{
	const char *full = fragment_plain(arena, markdown->full), *open = fragment_plain(arena, markdown->open);
	const char *letters = text_letters(arena, summary), *of_full = text_letters(arena, full);

	if (*letters == '\0') /* for example only an emoji: compared as it is */
		return str_equal(summary, summary_generate(arena, markdown, full)) || str_equal(summary, summary_generate(arena, markdown, open))
			? SUMMARY_GENERATED : SUMMARY_TYPED;
	if (str_equal(letters, text_letters(arena, summary_generate(arena, markdown, full)))
		|| str_equal(letters, text_letters(arena, summary_generate(arena, markdown, open))))
		return SUMMARY_GENERATED;
	if (!str_starts(of_full, letters))
		return SUMMARY_TYPED;
	/* Nobody types the beginning of a text with "…" after it. */
	return str_ends(summary, "…") ? SUMMARY_GENERATED : SUMMARY_UNKNOWN;
}

struct decision {
	struct former_summary *rows;
	enum summary_origin *origins;
	size_t count;
};

/* Compares all summaries with one version of the text. The version that is closest to a summary decides. */
static enum status
compare_version(void *context, struct arena *arena, void *row)
{
	static const struct markdown_callbacks callbacks = { 0 };
	const struct decision *decision = context;
	const struct former_text *text = row;
	const char *problem;
	struct markdown *markdown;
	enum status status = markdown_render(arena, text->markdown, MARKDOWN_ARTICLE, "", &callbacks, &markdown, &problem);

	if (status != TOO_LARGE)
		TRY(status);
	for (size_t i = 0; i < decision->count; i++) {
		enum summary_origin origin = status == TOO_LARGE ? SUMMARY_UNKNOWN
			: summary_compare(arena, decision->rows[i].summary, markdown);
		if (origin > decision->origins[i])
			decision->origins[i] = origin;
	}
	return OK;
}

/*
 * If a summary may be typed or generated, it is shown only if everybody may read its words anyway, judged by the
 * current text.
 */
static enum status
decide_unknown(struct db *db, struct arena *arena, int64_t post_id, const struct decision *decision)
{
	static const char *const names[] = { "typed", "unknown", "generated" };
	struct post_text text;
	const char *open;

	TRY(post_text(db, arena, post_id, &text));
	open = text_letters(arena, text.open_plain);
	for (size_t i = 0; i < decision->count; i++) {
		struct former_summary *row = &decision->rows[i];
		row->origin = names[decision->origins[i]];
		row->shown = decision->origins[i] == SUMMARY_UNKNOWN && str_starts(open, text_letters(arena, row->summary));
	}
	return OK;
}

enum status
summary_decide(struct db *db, struct arena *arena, int64_t post_id, bool *ret_decided)
{
	struct decision decision;
	enum status status;

	TRY(former_summary_list(db, arena, post_id, &decision.rows, &decision.count));
	*ret_decided = decision.count > 0;
	if (decision.count == 0)
		return OK;
	decision.origins = arena_array(arena, decision.count, sizeof(*decision.origins));
	TRY(former_text_each(db, post_id, compare_version, &decision));
	TRY(decide_unknown(db, arena, post_id, &decision));
	status = db_begin_write(db);
	if (status == OK)
		status = former_summary_decide(db, post_id, decision.rows, decision.count, clock_now());
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	return status;
}

enum status
summary_decide_all(struct db *db)
{
	struct arena *arena = arena_new();
	enum status status = OK;
	size_t count = POSTS_AT_ONCE;
	int64_t *ids, after = 0;

	while (status == OK && count == POSTS_AT_ONCE) {
		arena_reset(arena);
		status = former_summary_posts(db, arena, after, POSTS_AT_ONCE, &ids, &count);
		for (size_t i = 0; status == OK && i < count; i++) {
			struct arena *own = arena_new();
			bool decided;
			status = summary_decide(db, own, after = ids[i], &decided);
			arena_free(own);
		}
	}
	arena_free(arena);
	return status;
}
