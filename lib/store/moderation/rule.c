#include "store/moderation/rule.h"

#include <string.h>

#include "core/str.h"
#include "store/audit/audit.h"

#define N_(message) message /* translated where it is shown */

const struct field_choice rule_fields[] = {
	{ "word", N_("Words in the text") }, { "name", N_("Author's name") }, { "address", N_("Email or link address") }, { "host", N_("Website of a link") }, { 0 },
};

const struct field_choice rule_actions[] = {
	{ "hold", N_("Hold for moderation") }, { "spam", N_("Mark as spam") }, { "refuse", N_("Refuse") }, { 0 },
};

enum rule_field
rule_field_of(const char *field)
{
	for (int i = 0; rule_fields[i].value != NULL; i++)
		if (str_equal(rule_fields[i].value, field))
			return (enum rule_field)(RULE_WORD + i);
	return 0;
}

static const struct column rule_columns[] = {
	COLUMN_INT(struct rule, id),
	COLUMN_TEXT(struct rule, field),
	COLUMN_TEXT(struct rule, pattern),
	COLUMN_TEXT(struct rule, action),
	COLUMN_TEXT(struct rule, note),
	COLUMN_INT(struct rule, created),
	COLUMN_INT(struct rule, created_by),
	{ 0 },
};
static const struct row rule_row = { sizeof(struct rule), rule_columns };

QUERY_WITH(QUERY_SORTS, all_rules, "SELECT id, field, pattern, action, note, created, created_by FROM moderation_rule ORDER BY id LIMIT :most");

enum status
rule_list(struct db *db, struct arena *arena, struct rule **ret_rules, size_t *ret_count)
{
	return query_list(db, arena, all_rules, &rule_row, ret_rules, ret_count, BIND(INT("most", RULES_MAX)));
}

QUERY(one_rule, "SELECT id, field, pattern, action, note, created, created_by FROM moderation_rule WHERE id = :id");

enum status
rule_by_id(struct db *db, struct arena *arena, int64_t id, struct rule *ret_rule)
{
	return query_one(db, arena, one_rule, &rule_row, ret_rule, BIND(INT("id", id)));
}

static bool
is_choice(const struct field_choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (str_equal(choices->value, value))
			return true;
	return false;
}

QUERY_WITH(QUERY_SORTS, count_rules, "SELECT count(*) FROM moderation_rule");
QUERY(add_rule,
	"INSERT INTO moderation_rule (field, pattern, action, note, created, created_by)"
	" VALUES (:field, :pattern, :action, :note, :created, :by) RETURNING id");

enum status
rule_add(struct db *db, struct arena *arena, const struct rule *rule, int64_t *ret_id)
{
	const char *pattern = rule_pattern(arena, rule->pattern);
	int64_t count;

	if (!is_choice(rule_fields, rule->field) || !is_choice(rule_actions, rule->action) || !rule_pattern_is_valid(pattern))
		return INVALID;
	TRY(query_integer(db, count_rules, &count, BIND()));
	if (count >= RULES_MAX)
		return TOO_MANY;
	TRY(query_insert(db, add_rule, ret_id, BIND(TEXT("field", rule->field), TEXT("pattern", pattern), TEXT("action", rule->action),
		TEXT("note", rule->note), INT("created", rule->created), REFERENCE("by", rule->created_by))));
	return audit_add(db, AUDIT_RULE_ADDED, arena_printf(arena, "%s: %s", rule->field, pattern), NULL, rule->action);
}

QUERY(remove_rule, "DELETE FROM moderation_rule WHERE id = :id");

enum status
rule_remove(struct db *db, struct arena *arena, int64_t id)
{
	struct rule rule;

	TRY(rule_by_id(db, arena, id, &rule));
	TRY(query_run(db, remove_rule, BIND(INT("id", id))));
	return audit_add(db, AUDIT_RULE_REMOVED, arena_printf(arena, "%s: %s", rule.field, rule.pattern), rule.action, NULL);
}

/* --- trying a rule on stored comments ------------------------------------------------- */

struct tried_comment {
	int64_t id, created;
	const char *name, *link, *text, *state;
};
static const struct column tried_columns[] = {
	COLUMN_INT(struct tried_comment, id),
	COLUMN_INT(struct tried_comment, created),
	COLUMN_TEXT(struct tried_comment, name),
	COLUMN_TEXT(struct tried_comment, link),
	COLUMN_TEXT(struct tried_comment, text),
	COLUMN_TEXT(struct tried_comment, state),
	{ 0 },
};
static const struct row tried_row = { sizeof(struct tried_comment), tried_columns };

QUERY(newest_comments, "SELECT id, created, name, link, text, state FROM comment WHERE created > 0 ORDER BY created DESC, id DESC LIMIT :most");

struct trying {
	struct arena *arena; /* of the result */
	enum rule_field field;
	const char *pattern;
	struct rule_test *test;
};

static enum status
try_comment(void *context, struct arena *arena, void *row)
{
	struct trying *trying = context;
	struct rule_test *test = trying->test;
	const struct tried_comment *comment = row;
	struct rule_subject subject;

	test->read++;
	rule_subject_read(arena, comment->text, comment->name, "", comment->link, &subject);
	if (!rule_match(trying->field, trying->pattern, &subject))
		return OK;
	test->matches++;
	if (str_equal(comment->state, "shown"))
		test->shown++;
	else if (str_equal(comment->state, "held") || str_equal(comment->state, "hidden"))
		test->held++;
	else
		test->refused++;
	if (test->found_count < RULE_TEST_SHOWN)
		test->found[test->found_count++] = (struct rule_match_found){ .id = comment->id, .created = comment->created,
			.name = arena_dup(trying->arena, comment->name), .text = arena_dup(trying->arena, comment->text),
			.state = arena_dup(trying->arena, comment->state) };
	return OK;
}

enum status
rule_try(struct db *db, struct arena *arena, enum rule_field field, const char *pattern, struct rule_test *ret_test)
{
	struct trying trying = { arena, field, pattern, ret_test };

	*ret_test = (struct rule_test){ 0 };
	return query_each(db, newest_comments, &tried_row, try_comment, &trying, BIND(INT("most", RULE_TEST_COMMENTS)));
}
