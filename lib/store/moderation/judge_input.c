/* Reads what comment_judge() needs from the database. */
#include "core/str.h"
#include "core/text.h"
#include "store/comment/comment_flood.h"
#include "store/moderation/ban.h"
#include "store/moderation/classifier.h"
#include "store/moderation/comment_judge.h"
#include "store/moderation/trust_record.h"
#include "store/setting/setting.h"
#include "store/user/user.h"

enum { DUPLICATE_SECONDS = 24 * 3600, DUPLICATES_READ = 20, PERCENT = 10 };

/* --- the same text again -------------------------------------------------------------- */

struct earlier_text {
	int64_t id;
	const char *text;
};
static const struct column earlier_columns[] = { COLUMN_INT(struct earlier_text, id), COLUMN_TEXT(struct earlier_text, text), { 0 } };
static const struct row earlier_row = { sizeof(struct earlier_text), earlier_columns };

#define EARLIER(condition) \
	"SELECT few.id, few.text FROM (SELECT id, text, created FROM comment WHERE " condition " AND state = :state ORDER BY id DESC LIMIT :most) AS few" \
	" WHERE few.created > :since"
QUERY_WITH(QUERY_UNORDERED, earlier_of_user, EARLIER("user_id = :user"));
QUERY_WITH(QUERY_UNORDERED, earlier_of_person, EARLIER("person = :person AND person <> ''"));
QUERY(earlier_of_network,
	"SELECT id, text FROM comment WHERE network = :network AND network <> '' AND created > :since ORDER BY created DESC, id DESC LIMIT :most");

static bool
has_text(struct arena *arena, const struct earlier_text *texts, size_t count, const struct judge_request *request, const char *letters)
{
	for (size_t i = 0; i < count; i++)
		if (texts[i].id != request->comment_id && (str_equal(texts[i].text, request->text)
				|| (*letters != '\0' && str_equal(text_letters(arena, texts[i].text), letters))))
			return true;
	return false;
}

static enum status
read_duplicate(struct db *db, struct arena *arena, const struct judge_request *request, bool *ret_duplicate)
{
	static const char *const states[] = { "shown", "held", "rejected", "spam" };
	const char *letters = text_letters(arena, request->text);
	int64_t since = request->now - DUPLICATE_SECONDS;
	struct earlier_text *texts;
	size_t count;
	bool found = false;

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]) && !found; i++) {
		if (request->user != NULL)
			TRY(query_list(db, arena, earlier_of_user, &earlier_row, &texts, &count, BIND(INT("user", request->user->id), TEXT("state", states[i]),
				INT("since", since), INT("most", DUPLICATES_READ))));
		else
			TRY(query_list(db, arena, earlier_of_person, &earlier_row, &texts, &count, BIND(TEXT("person", request->person),
				TEXT("state", states[i]), INT("since", since), INT("most", DUPLICATES_READ))));
		found = has_text(arena, texts, count, request, letters);
	}
	if (!found && *request->network != '\0') {
		TRY(query_list(db, arena, earlier_of_network, &earlier_row, &texts, &count, BIND(TEXT("network", request->network), INT("since", since),
			INT("most", DUPLICATES_READ))));
		found = has_text(arena, texts, count, request, letters);
	}
	*ret_duplicate = found;
	return OK;
}

/* --- the rest ------------------------------------------------------------------------- */

/* The classifier's probability that this is spam, in thousandths. */
static enum status
classifier_score(struct db *db, struct arena *arena, const struct judge_request *request, int *ret_thousandths)
{
	const struct classifier_subject subject = { request->user == NULL, request->text, request->name, request->link };

	return classifier_read(db, arena, &subject, ret_thousandths, NULL);
}

static int64_t
number(const struct setting_values *values, const char *name)
{
	long long value;

	return str_to_integer(setting_value(values, name, ""), &value) && value >= 0 ? value : 0;
}

static enum judge_hold
hold_of(const char *value)
{
	return str_equal(value, "all") ? JUDGE_HOLD_ALL : str_equal(value, "first") ? JUDGE_HOLD_FIRST : JUDGE_HOLD_GUESTS;
}

enum status
judge_input_read(struct db *db, struct arena *arena, const struct setting_values *values, const struct judge_request *request,
	struct judge_input *ret_input)
{
	struct judge_input input = { .member = request->user != NULL };
	struct trust_person person = { .user_id = input.member ? request->user->id : 0, .person = request->person };
	struct trust_thresholds thresholds = trust_thresholds_read(values);
	struct trust_record record;
	struct rule *rules;
	int flood;

	input.staff = input.member && (user_may(request->user, RIGHT_MODERATE) || request->user->id == request->post_author_id);
	TRY(ban_holds(db, arena, person.user_id, request->network, request->name, request->now, &input.banned));
	TRY(trust_record_read(db, &person, &record));
	input.approved_before = record.approved > 0;
	input.trust = trust_level_of(&record, &thresholds, input.member, request->now);
	input.hold = hold_of(setting_value(values, "comments_hold", ""));
	TRY(rule_list(db, arena, &rules, &input.rule_count));
	input.rules = rules;
	rule_subject_read(arena, request->text, request->name, request->email, request->link, &input.subject);
	input.links = input.subject.link_count;
	input.links_max = (size_t)number(values, "comments_links");
	input.spam_hold = (int)number(values, "spam_hold") * PERCENT;
	input.spam_certain = (int)number(values, "spam_certain") * PERCENT;
	TRY(read_duplicate(db, arena, request, &input.duplicate));
	TRY(comment_flood_level(db, arena, values, request->now, &flood));
	input.flood = flood > 0;
	TRY(classifier_score(db, arena, request, &input.spam));
	*ret_input = input;
	return OK;
}
