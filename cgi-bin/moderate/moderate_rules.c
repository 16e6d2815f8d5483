/* Moderation rules: the list, and a form that first tries a rule on the newest comments and then saves it. */
#include "moderate.h"

#include "core/str.h"
#include "page/doc/doc.h"
#include "page/lang/lang.h"
#include "store/moderation/rule.h"

#define RULE_FIELDS \
	{ .name = "field", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Compare with"), .choices = rule_fields }, \
	{ .name = "pattern", .type = FIELD_LINE, .max = RULE_PATTERN_MAX, .required = true, .label = N_("Pattern"), \
		.help = N_("Such as loan*, 赌场 or spam.example. * stands for any characters. Width, case and accents don't matter.") }, \
	{ .name = "action", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Action"), .choices = rule_actions }, \
	{ .name = "note", .type = FIELD_LINE, .max = RULE_NOTE_MAX, .required = true, .label = N_("Reason"), \
		.help = N_("For moderators. The author of a refused comment sees it, too.") }
const struct field rule_form_fields[] = { RULE_FIELDS, { 0 } };

/* The same in the address of a page that tries a rule. */
const struct field try_fields[] = {
	{ .name = "field", .type = FIELD_LINE, .max = 10 },
	{ .name = "pattern", .type = FIELD_LINE, .max = RULE_PATTERN_MAX },
	{ .name = "action", .type = FIELD_LINE, .max = 10 },
	{ .name = "note", .type = FIELD_LINE, .max = RULE_NOTE_MAX },
	{ 0 },
};

/* Adds what the rule would have done: how many of the newest comments match, which, and how they were decided. */
static enum status
add_trial(struct request *req, const char *field, const char *pattern)
{
	struct rule_test *test = arena_new_of(req->arena, struct rule_test);
	xmlNodePtr element;

	TRY(rule_try(req->db, req->arena, rule_field_of(field), pattern, test));
	element = page_element(req->page->root, "rule-test");
	page_attr(element, "text", test->matches == 0
		? lang_count(req->arena, "The rule matches none of the newest %lld comment.", "The rule matches none of the newest %lld comments.", (long long)test->read)
		: arena_printf(req->arena, _("The rule matches %zu of the newest %zu comments. Shown: %zu. Waiting or hidden: %zu. Rejected or spam: %zu."),
			test->matches, test->read, test->shown, test->held, test->refused));
	for (size_t i = 0; i < test->found_count; i++) {
		xmlNodePtr entry = page_element(element, "entry");
		page_attr_int(entry, "id", test->found[i].id);
		page_attr(entry, "name", moderate_name(test->found[i].name));
		page_attr(entry, "state", test->found[i].state);
		page_attr(entry, "state-text", moderate_state_text(test->found[i].state));
		page_date(req->page, entry, "created", test->found[i].created);
		page_href(req->page, entry, "href", moderate_comment_path(req, test->found[i].id));
		(void)page_text(entry, "text", moderate_excerpt(req, test->found[i].text));
	}
	return OK;
}

static const char *
label_of(const struct field_choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (str_equal(choices->value, value))
			return lang_text(choices->label);
	return value;
}

static enum status
add_rules(struct request *req)
{
	struct rule *rules;
	size_t count;
	xmlNodePtr list = page_element(req->page->root, "rules");

	TRY(rule_list(req->db, req->arena, &rules, &count));
	for (size_t i = 0; i < count; i++) {
		struct form remove = { .name = "remove", .path = moderate_path(req, "/rules/remove"), .fields = id_fields, .button = _("Remove") };
		xmlNodePtr element = page_element(list, "rule");
		page_attr(element, "field-text", label_of(rule_fields, rules[i].field));
		page_attr(element, "pattern", rules[i].pattern);
		page_attr(element, "action-text", label_of(rule_actions, rules[i].action));
		page_date(req->page, element, "created", rules[i].created);
		(void)page_text(element, "note", rules[i].note);
		TRY(form_add(req, element, &remove, (const char *[]){ "row", arena_printf(req->arena, "%lld", (long long)rules[i].id), NULL }));
	}
	return OK;
}

/* GET /moderate/rules; with a rule in the address it is tried. Also shows a rejected form again. */
enum status
show_rules(struct request *req)
{
	const char *field = request_field(req, "field"), *typed = request_field(req, "pattern"), *pattern;
	struct form form = { .name = "rule", .path = moderate_path(req, "/rules"), .fields = rule_form_fields, .button = _("Save rule") };
	xmlNodePtr try;

	TRY(moderate_page(req, "moderate-rules", _("Moderation rules")));
	TRY(add_rules(req));
	try = page_element(req->page->root, "try");
	page_href(req->page, try, "href", moderate_path(req, "/rules"));
	for (const struct field *one = rule_form_fields; one->name != NULL; one++) {
		xmlNodePtr element = page_element(try, "field");
		const char *value = request_field(req, one->name);
		page_attr(element, "name", one->name);
		page_attr(element, "label", lang_text(one->label));
		page_attr_int(element, "max", (int64_t)one->max);
		page_attr(element, "help", one->help == NULL ? NULL : lang_text(one->help));
		page_attr(element, "value", value == NULL ? "" : value);
		for (const struct field_choice *choice = one->choices; choice != NULL && choice->value != NULL; choice++) {
			xmlNodePtr option = page_text(element, "choice", lang_text(choice->label));
			page_attr(option, "value", choice->value);
			if (str_equal(choice->value, value))
				page_attr(option, "chosen", "yes");
		}
	}
	pattern = rule_pattern(req->arena, typed == NULL ? "" : typed);
	if (*pattern == '\0')
		return OK;
	if (!rule_pattern_is_valid(pattern) || rule_field_of(field) == 0) {
		page_attr(try, "problem", _("Enter at least one character that isn't a space or *, and at most eight *."));
		return OK;
	}
	TRY(add_trial(req, field, pattern));
	return form_add(req, req->page->root, &form, (const char *[]){ "field", field, "pattern", typed, "action", request_field(req, "action"), "note",
		request_field(req, "note"), NULL });
}

/* POST /moderate/rules */
enum status
take_rule(struct request *req)
{
	struct rule rule = { .field = request_field(req, "field"), .pattern = request_field(req, "pattern"), .action = request_field(req, "action"),
		.note = request_field(req, "note"), .created = req->viewer.now, .created_by = req->viewer.user->id };
	enum status status;
	int64_t id;

	if (!rule_pattern_is_valid(rule_pattern(req->arena, rule.pattern)))
		return form_wrong(req, "pattern", _("Enter at least one character that isn't a space or *, and at most eight *."));
	TRY(request_write(req, true));
	status = rule_add(req->db, req->arena, &rule, &id);
	if (status == CONFLICT)
		return form_wrong(req, "pattern", _("There is already a rule with this pattern."));
	if (status == TOO_MANY)
		return form_wrong(req, "", _("A site can have 500 rules. Remove some that are no longer needed."));
	TRY(status);
	return request_see(req, moderate_path(req, "/rules"));
}

/* POST /moderate/rules/remove. A rule that somebody else removed first is gone all the same. */
enum status
take_rule_removal(struct request *req)
{
	enum status status;
	long long id;

	if (!str_to_integer(request_field(req, "row"), &id))
		return INVALID;
	TRY(request_write(req, true));
	status = rule_remove(req->db, req->arena, id);
	if (status != NOT_FOUND)
		TRY(status);
	return request_see(req, moderate_path(req, "/rules"));
}
