#include "store/moderation/comment_judge.h"

#include <stdlib.h>

#include "core/str.h"

#define N_(message) message /* translated where it is shown */

/* --- the steps ---------------------------------------------------------------------- */

/* What one step says; 0: nothing, the next step is asked. */
typedef enum judge_action step_function(const struct judge_input *input, struct judge_verdict *verdict);

static enum judge_action
step_staff(const struct judge_input *input, struct judge_verdict *verdict)
{
	(void)verdict;
	return input->staff ? JUDGE_SHOW : 0;
}

static enum judge_action
step_banned(const struct judge_input *input, struct judge_verdict *verdict)
{
	(void)verdict;
	return input->banned ? JUDGE_REFUSE : 0;
}

static enum judge_action
step_duplicate(const struct judge_input *input, struct judge_verdict *verdict)
{
	(void)verdict;
	return input->duplicate ? JUDGE_REFUSE : 0;
}

static enum judge_action
step_flood(const struct judge_input *input, struct judge_verdict *verdict)
{
	if (!input->flood || input->member)
		return 0;
	verdict->quiet = true;
	return JUDGE_HOLD;
}

/* The strictest matching rule; of equally strict ones the oldest. */
static enum judge_action
step_rules(const struct judge_input *input, struct judge_verdict *verdict)
{
	enum judge_action strictest = 0;

	for (size_t i = 0; i < input->rule_count; i++) {
		const struct rule *rule = &input->rules[i];
		enum judge_action action = str_equal(rule->action, "refuse") ? JUDGE_REFUSE : str_equal(rule->action, "spam") ? JUDGE_SPAM : JUDGE_HOLD;
		if (action > strictest && rule_match(rule_field_of(rule->field), rule->pattern, &input->subject)) {
			strictest = action;
			verdict->note = rule->note;
		}
	}
	return strictest;
}

static enum judge_action
step_links(const struct judge_input *input, struct judge_verdict *verdict)
{
	(void)verdict;
	return input->links > input->links_max && !trust_is_exempt(input->trust, TRUST_EXEMPT_LINKS) ? JUDGE_HOLD : 0;
}

static enum judge_action
step_first(const struct judge_input *input, struct judge_verdict *verdict)
{
	bool known = input->approved_before || trust_is_exempt(input->trust, TRUST_EXEMPT_HOLD);

	(void)verdict;
	if (input->hold == JUDGE_HOLD_ALL)
		return JUDGE_HOLD;
	return !known && (!input->member || input->hold == JUDGE_HOLD_FIRST) ? JUDGE_HOLD : 0;
}

static enum judge_action
step_classifier(const struct judge_input *input, struct judge_verdict *verdict)
{
	(void)verdict;
	if (trust_is_exempt(input->trust, TRUST_EXEMPT_HOLD))
		return 0;
	if (input->spam_certain > 0 && input->spam >= input->spam_certain)
		return JUDGE_SPAM;
	return input->spam_hold > 0 && input->spam >= input->spam_hold ? JUDGE_HOLD : 0;
}

/* Codes are stored in comment.reason. */
static const struct step {
	step_function *ask;
	struct judge_reason reason;
	enum status status; /* when this step refuses */
} steps[] = {
	{ step_staff, { "staff", N_("Written by the author of the post or a moderator"), NULL }, OK },
	{ step_banned, { "banned", N_("The author is banned"), N_("You can't comment on this site at the moment.") }, FORBIDDEN },
	{ step_duplicate, { "duplicate", N_("The same text was sent before"), N_("You have already sent this comment.") }, CONFLICT },
	{ step_flood, { "flood", N_("Very many comments arrived within an hour"), NULL }, OK },
	{ step_rules, { "rule", N_("Matches a moderation rule"), N_("This comment isn't allowed here.") }, INVALID },
	{ step_links, { "links", N_("Contains many links"), NULL }, OK },
	{ step_first, { "first", N_("The author has no approved comment yet"), NULL }, OK },
	{ step_classifier, { "classifier", N_("Looks like spam"), NULL }, OK },
};
enum { STEPS = sizeof(steps) / sizeof(steps[0]) };

/* Reasons that are given after a comment was shown. */
static const struct judge_reason later_reasons[] = {
	{ "flags", N_("Members flagged it"), NULL },
	{ "edited", N_("Edited by its author"), NULL },
};

void
comment_judge(const struct judge_input *input, struct judge_verdict *ret_verdict)
{
	struct judge_verdict verdict = { .action = JUDGE_SHOW, .code = "", .note = "", .status = OK };

	for (size_t i = 0; i < STEPS; i++) {
		struct judge_verdict step = { .note = "", .quiet = verdict.quiet };
		step.action = steps[i].ask(input, &step);
		verdict.quiet = step.quiet;
		if (step.action <= verdict.action && step.action != JUDGE_SHOW)
			continue;
		step.code = steps[i].reason.code;
		step.status = step.action == JUDGE_REFUSE ? steps[i].status : OK;
		verdict = step;
		if (step.action == JUDGE_SHOW || step.action == JUDGE_REFUSE)
			break;
	}
	*ret_verdict = verdict;
}

const char *
judge_state(enum judge_action action)
{
	switch (action) {
	case JUDGE_SHOW:
		return "shown";
	case JUDGE_HOLD:
		return "held";
	case JUDGE_SPAM:
		return "spam";
	case JUDGE_REFUSE:
		break;
	}
	abort(); /* a refused comment is not stored */
}

const struct judge_reason *
judge_reason_of(const char *code)
{
	for (size_t i = 0; i < STEPS; i++)
		if (str_equal(steps[i].reason.code, code))
			return &steps[i].reason;
	for (size_t i = 0; i < sizeof(later_reasons) / sizeof(later_reasons[0]); i++)
		if (str_equal(later_reasons[i].code, code))
			return &later_reasons[i];
	return NULL;
}
