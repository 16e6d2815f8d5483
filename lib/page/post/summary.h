/*
 * Summaries that are generated from a post's text. A generated summary is stored apart from a typed one (struct post).
 * Every rendering makes it again, and it contains only text from the part that everybody may read.
 */
#ifndef PAGE_POST_SUMMARY_H
#define PAGE_POST_SUMMARY_H

#include "core/conf.h"
#include "page/markdown/markdown.h"
#include "store/post/post.h"

/*
 * The summary of a rendered text whose open part is open_plain; "" when nothing is open. One line of at most 280
 * characters, in the arena.
 */
const char *summary_generate(struct arena *arena, const struct markdown *markdown, const char *open_plain);

/*
 * True when the summary of a prepared post begins like its text but continues after the cut. Exports by earlier
 * versions of renown contain generated summaries as if they had been typed, so an import omits such a summary.
 */
bool summary_reveals_cut(struct arena *arena, const struct post_save *save);

/* How a summary relates to a text. */
enum summary_origin {
	SUMMARY_TYPED,     /* the text does not begin like this */
	SUMMARY_UNKNOWN,   /* the text begins like this, but its generated summary is longer or shorter */
	SUMMARY_GENERATED, /* this is what summary_generate() makes, of all of the text or of its open part */
};

/*
 * How a stored summary relates to a rendered text. Only letters and digits are compared, because an earlier renderer
 * may have written punctuation and spaces differently.
 */
enum summary_origin summary_compare(struct arena *arena, const char *summary, const struct markdown *markdown);

/*
 * Decides which summaries from before migration 15 were typed (store/post/former_summary.h), by comparing them with all
 * versions of the post's text. Runs in a transaction of its own. *ret_decided: whether there were any.
 */
enum status summary_decide(struct db *db, struct arena *arena, int64_t post_id, bool *ret_decided);

/* Calls summary_decide() for every post that has such summaries. */
enum status summary_decide_all(struct db *db);

#endif
