#include "store/moderation/flag.h"

#include <math.h>

#include "core/str.h"
#include "store/comment/comment.h"

#define N_(message) message /* translated where it is shown */

enum { ACCURACY_MAX = 1000, DECIDED_MIN = 5, FLAGS_LISTED = 50 };

const struct field_choice flag_reasons[] = {
	{ "spam", N_("Spam or advertising") },
	{ "rude", N_("Insulting or hateful") },
	{ "off-topic", N_("Not about this post") },
	{ "other", N_("Another reason") },
	{ 0 },
};

int64_t
flag_weight(enum trust_level level, bool staff, int64_t upheld, int64_t declined)
{
	double number = (double)(upheld + declined), share, bonus = 0;
	int64_t base = staff ? FLAG_STAFF : FLAG_ONE + FLAG_ONE * (int64_t)level;

	if (upheld + declined > DECIDED_MIN) {
		share = (double)upheld / number;
		bonus = (share - 0.7) / (share >= 0.7 ? 0.3 : 0.7) * (log(number) / log(4)) * 5;
	}
	base += (int64_t)lround(bonus * FLAG_ONE);
	return base < 0 ? 0 : base;
}

QUERY(count_flags, "SELECT count(*) FROM (SELECT 1 FROM comment_flag WHERE user_id = :user AND outcome = :outcome LIMIT :most) AS few");

enum status
flag_accuracy(struct db *db, int64_t user_id, int64_t *ret_upheld, int64_t *ret_declined)
{
	int64_t upheld;

	TRY(query_integer(db, count_flags, &upheld, BIND(INT("user", user_id), TEXT("outcome", "upheld"), INT("most", ACCURACY_MAX))));
	TRY(query_integer(db, count_flags, ret_declined, BIND(INT("user", user_id), TEXT("outcome", "declined"), INT("most", ACCURACY_MAX))));
	*ret_upheld = upheld;
	return OK;
}

QUERY(count_of_comment, "SELECT count(*) FROM (SELECT 1 FROM comment_flag WHERE comment_id = :comment LIMIT :most) AS few");
QUERY(add_flag,
	"INSERT INTO comment_flag (comment_id, user_id, reason, note, weight, created) VALUES (:comment, :user, :reason, :note, :weight, :now)"
	" ON CONFLICT (comment_id, user_id) DO NOTHING RETURNING id");
QUERY(add_weight, "UPDATE comment SET flags = flags + :weight WHERE id = :comment");

enum status
flag_add(struct db *db, struct arena *arena, const struct flag *flag, int64_t threshold)
{
	struct comment comment;
	int64_t count, id;

	TRY(comment_by_id(db, arena, flag->comment_id, &comment));
	if (!str_equal(comment.state, "shown"))
		return NOT_FOUND;
	if (comment.user_id == flag->user_id)
		return FORBIDDEN;
	TRY(query_integer(db, count_of_comment, &count, BIND(INT("comment", comment.id), INT("most", FLAGS_MAX))));
	if (count >= FLAGS_MAX)
		return OK;
	TRY(query_insert(db, add_flag, &id, BIND(INT("comment", comment.id), INT("user", flag->user_id), TEXT("reason", flag->reason),
		TEXT("note", flag->note), INT("weight", flag->weight), INT("now", flag->created))));
	/* A flag without weight still puts the comment into the queue. */
	TRY(query_run(db, add_weight, BIND(INT("comment", comment.id), INT("weight", flag->weight == 0 ? 1 : flag->weight))));
	if (threshold == 0 || comment.decided != 0 || comment.flags + flag->weight < threshold)
		return OK;
	return comment_set_state(db, arena, comment.id, comment.version,
		&(struct comment_decision){ .state = "hidden", .reason = "flags", .reason_note = "" });
}

static const struct column flag_columns[] = {
	COLUMN_INT(struct flag, id),
	COLUMN_INT(struct flag, comment_id),
	COLUMN_INT(struct flag, user_id),
	COLUMN_TEXT(struct flag, reason),
	COLUMN_TEXT(struct flag, note),
	COLUMN_TEXT(struct flag, name),
	COLUMN_INT(struct flag, weight),
	COLUMN_INT(struct flag, created),
	{ 0 },
};
static const struct row flag_row = { sizeof(struct flag), flag_columns };

QUERY_WITH(QUERY_SORTS, open_flags,
	"SELECT f.id, f.comment_id, f.user_id, f.reason, f.note, u.name, f.weight, f.created"
	" FROM comment_flag AS f JOIN site_user AS u ON u.id = f.user_id WHERE f.comment_id = :comment AND f.outcome = '' ORDER BY f.id LIMIT :most");

enum status
flag_list(struct db *db, struct arena *arena, int64_t comment_id, struct flag **ret_flags, size_t *ret_count)
{
	return query_list(db, arena, open_flags, &flag_row, ret_flags, ret_count, BIND(INT("comment", comment_id), INT("most", FLAGS_LISTED)));
}

QUERY(decide_flags, "UPDATE comment_flag SET outcome = :outcome, decision_id = :decision WHERE comment_id = :comment AND outcome = ''");
QUERY(reopen_flags, "UPDATE comment_flag SET outcome = '', decision_id = NULL WHERE decision_id = :decision");
QUERY(set_weight, "UPDATE comment SET flags = :weight WHERE id = :comment");

enum status
flag_decide(struct db *db, int64_t comment_id, int64_t decision_id, bool upheld)
{
	TRY(query_run(db, decide_flags, BIND(TEXT("outcome", upheld ? "upheld" : "declined"), INT("decision", decision_id), INT("comment", comment_id))));
	return query_run(db, set_weight, BIND(INT("weight", 0), INT("comment", comment_id)));
}

enum status
flag_reopen(struct db *db, int64_t comment_id, int64_t decision_id, int64_t weight)
{
	TRY(query_run(db, reopen_flags, BIND(INT("decision", decision_id))));
	return query_run(db, set_weight, BIND(INT("weight", weight), INT("comment", comment_id)));
}
