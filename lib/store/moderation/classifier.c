#include "store/moderation/classifier.h"

#include "core/str.h"
#include "store/comment/comment_learned.h"
#include "store/moderation/decision.h"
#include "store/spam/spam_count.h"
#include "store/spam/spam_features.h"
#include "store/spam/spam_score.h"

enum { THOUSAND = 1000 };

static void
take(struct arena *arena, const struct classifier_subject *subject, struct spam_features *ret_features)
{
	struct spam_comment comment = { .text = subject->text };

	if (subject->guest) {
		comment.name = subject->name;
		comment.link = subject->link;
	}
	spam_features_take(arena, &comment, ret_features);
}

enum status
classifier_read(struct db *db, struct arena *arena, const struct classifier_subject *subject, int *ret_thousandths,
	struct spam_features *ret_features)
{
	struct spam_features features;
	struct spam_total total;

	take(arena, subject, &features);
	TRY(spam_count_read(db, arena, &features, &total));
	*ret_thousandths = (int)(spam_score_probability(spam_score(&features, &total)) * THOUSAND);
	if (ret_features != NULL)
		*ret_features = features;
	return OK;
}

/* --- learning ------------------------------------------------------------------------------- */

static enum spam_label
label_of(const char *code)
{
	return str_equal(code, "spam") ? SPAM_LABEL_SPAM : str_equal(code, "ham") ? SPAM_LABEL_HAM : SPAM_LABEL_NONE;
}

/* Learns text as label instead of previous. */
static enum status
learn_text(struct db *db, struct arena *arena, const struct comment *comment, const char *text, const char *label, const char *previous,
	int64_t now)
{
	/* A member whose account was deleted has no name and no link left, so the features are those of before. */
	const struct classifier_subject subject = { comment->user_id == 0, text, comment->name, comment->link };
	struct spam_features features;

	take(arena, &subject, &features);
	return spam_count_learn(db, arena, &features, label_of(label), label_of(previous), now);
}

static enum status
learn_comment(struct db *db, struct arena *arena, int64_t id, int64_t now)
{
	const char *label, *text;
	struct comment comment;
	enum status status = comment_by_id(db, arena, id, &comment);

	if (status == NOT_FOUND || (status == OK && str_equal(comment.state, "deleted")))
		return OK; /* its text is gone: what was learned stays */
	TRY(status);
	TRY(decision_label(db, id, &label));
	TRY(comment_learned_text(db, arena, &comment, &text));
	if (str_equal(text, comment.text)) {
		TRY(learn_text(db, arena, &comment, text, label, comment.learned, now));
	} else {
		TRY(learn_text(db, arena, &comment, text, "", comment.learned, now));
		TRY(learn_text(db, arena, &comment, comment.text, label, "", now));
	}
	return comment_learned_set(db, id, label);
}

enum status
classifier_learn(struct db *db, struct arena *arena, size_t most, int64_t now)
{
	int64_t id;

	for (size_t i = 0; i < most; i++) {
		TRY(lesson_next(db, &id));
		TRY(learn_comment(db, arena, id, now));
		TRY(lesson_done(db, id));
	}
	return OK;
}
