#include "http/form.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "http/form_merge.h"
#include "http/reply.h"
#include "http/serve.h"
#include "page/entry.h"
#include "page/lang.h"
#include "store/secret.h"

enum { STAMP_SECONDS = 24 * 3600 };

static const char proof_name[] = "proof";

const struct field *
form_fields(struct arena *arena, const struct field *fields)
{
	size_t count = 0;
	struct field *all;

	while (fields != NULL && fields[count].name != NULL)
		count++;
	all = arena_array(arena, 2 * count + 2, sizeof(*all));
	for (size_t i = 0; i < count; i++)
		all[i] = fields[i];
	count += merge_choice_fields(arena, fields, all + count);
	all[count] = (struct field){ .name = proof_name, .type = FIELD_HIDDEN, .max = 100 };
	return all;
}

/* --- proofs ---------------------------------------------------------------------- */

/* What only a page made for this session, about this address, can hold. */
static const char *
session_proof(struct request *req, const char *path)
{
	return digest_keyed(req->arena, req->token, arena_printf(req->arena, "form %s", path));
}

static enum status
stamp(struct request *req, const char *path, int64_t time, const char **ret_stamp)
{
	const char *signature;

	TRY(secret_sign(req->db, req->arena, "form", arena_printf(req->arena, "%lld %s", (long long)time, path), &signature));
	*ret_stamp = arena_printf(req->arena, "%lld-%s", (long long)time, signature);
	return OK;
}

static enum status
make_proof(struct request *req, enum proof proof, const char *path, const char **ret_proof)
{
	if (proof == FORM_STAMP)
		return stamp(req, path, req->viewer.now, ret_proof);
	if (req->viewer.user == NULL)
		return FORBIDDEN;
	*ret_proof = session_proof(req, path);
	return OK;
}

/* Whether the browser says that the form stands on another site. One that says nothing is too old for it. */
static bool
is_foreign(const struct request *req)
{
	if (!str_empty(req->fetch_site))
		return !str_equal(req->fetch_site, "same-origin") && !str_equal(req->fetch_site, "none");
	return !str_empty(req->origin) && !str_equal(req->origin, req->conf->origin);
}

enum status
form_proof(struct request *req)
{
	const char *given = request_field(req, proof_name), *path = page_encode_path(req->arena, arena_printf(req->arena, "%s%s", req->prefix, req->path));
	const char *dash = given == NULL ? NULL : strchr(given, '-'), *expected;
	long long time;

	if (is_foreign(req) || str_empty(given))
		return FORBIDDEN;
	if (req->route->proof == SESSION_TOKEN)
		return req->viewer.user != NULL && token_is_same(given, session_proof(req, path)) ? OK : FORBIDDEN;
	if (dash == NULL || !str_to_integer(arena_bytes(req->arena, given, (size_t)(dash - given)), &time) ||
		time > req->viewer.now || time < req->viewer.now - STAMP_SECONDS)
		return FORBIDDEN;
	TRY(stamp(req, path, time, &expected));
	return token_is_same(given, expected) ? OK : FORBIDDEN;
}

/* --- forms ------------------------------------------------------------------------ */

enum status
form_wrong(struct request *req, const char *field, const char *sentence)
{
	struct form_problem *problem = arena_new_of(req->arena, struct form_problem);

	problem->field = field;
	problem->sentence = sentence;
	problem->next = req->problems;
	req->problems = problem;
	return INVALID;
}

static const char *
problem_of(const struct request *req, const char *field)
{
	for (const struct form_problem *problem = req->problems; problem != NULL; problem = problem->next)
		if (str_equal(problem->field, field))
			return problem->sentence;
	return NULL;
}

static const char *
type_of(const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT: return "textarea";
	case FIELD_EMAIL: return "email";
	case FIELD_SECRET: return "password";
	case FIELD_HIDDEN:
	case FIELD_CURRENT:
	case FIELD_BASE: return "hidden";
	case FIELD_CHOICE: return "select";
	case FIELD_FILE: return "file";
	case FIELD_LINE:
	case FIELD_CURSOR: break;
	}
	return "text";
}

static const char *
standard_value(const char *const *values, const char *name)
{
	for (; values != NULL && values[0] != NULL; values += 2)
		if (str_equal(values[0], name))
			return values[1];
	return NULL;
}

/* Whether the form that is made is the one that was sent. */
static bool
is_sent(const struct request *req, const struct form *form)
{
	const char *path = page_encode_path(req->arena, arena_printf(req->arena, "%s%s", req->prefix, req->path));

	return str_equal(req->method, "POST") && req->fields != NULL && str_equal(path, form->path);
}

static void
add_choices(xmlNodePtr parent, const char *name, const struct field_choice *choices, const char *chosen)
{
	for (; choices != NULL && choices->value != NULL; choices++) {
		xmlNodePtr element = page_text(parent, name, lang_text(choices->label));
		page_attr(element, "value", choices->value);
		if (str_equal(choices->value, chosen))
			page_attr(element, "chosen", "yes");
	}
}

/* A form with what is shown in it. */
struct shown {
	const struct form *form;
	const char *const *values;
	bool sent;           /* it is the one that was sent */
	struct merge *merge; /* or NULL */
};

/* What stands in a field when no other save is in the way. */
static const char *
value_of(const struct request *req, const struct shown *shown, const struct field *field)
{
	const char *standard = standard_value(shown->values, field->name), *instead = standard_value(shown->form->instead, field->name);
	bool current = field->type == FIELD_CURRENT || field->type == FIELD_BASE;

	if (instead != NULL)
		return instead;
	/* When no page shows the form again, the current value is unknown, so the submitted value is repeated. */
	return shown->sent && (!current || standard == NULL || shown->form->repeat) ? request_field(req, field->name) : standard;
}

static void
add_problem(const struct request *req, xmlNodePtr element, const struct field *field, const char *value)
{
	const char *problem = problem_of(req, field->name);

	if (problem == NULL && field->required && str_empty(value) && field->type != FIELD_HIDDEN && field->type != FIELD_FILE)
		problem = _("This is needed.");
	else if (problem == NULL && field_refused(req->fields, field->name))
		problem = lang_text_fault(req->arena, field_fault(req->fields, field->name));
	page_attr(element, "problem", problem);
}

static enum status
add_field(struct request *req, xmlNodePtr parent, const struct field *field, const struct shown *shown)
{
	xmlNodePtr element = page_element(parent, "field");
	const char *value = value_of(req, shown, field);

	if (field->type == FIELD_BASE && shown->merge != NULL && standard_value(shown->form->instead, field->name) == NULL)
		value = merge_end(shown->merge, parent);
	page_attr(element, "name", field->name);
	page_attr(element, "type", type_of(field));
	if (field->label != NULL)
		page_attr(element, "label", lang_text(field->label));
	if (field->help != NULL)
		page_attr(element, "help", lang_text(field->help));
	if (shown->merge != NULL && standard_value(shown->form->instead, field->name) == NULL)
		TRY(merge_field(shown->merge, field, element, &value));
	if (field->type != FIELD_SECRET && field->type != FIELD_FILE && !str_empty(value))
		page_attr(element, "value", value);
	page_attr_int(element, "max", (int64_t)field->max);
	if (field->required)
		page_attr(element, "required", "yes");
	page_attr(element, "autocomplete", field->autocomplete);
	page_attr(element, "accept", field->accept);
	if (field->many > 1)
		page_attr(element, "many", "yes");
	if (shown->sent)
		add_problem(req, element, field, value);
	add_choices(element, "choice", field->choices, value);
	return OK;
}

enum status
form_add(struct request *req, xmlNodePtr parent, const struct form *form, const char *const *values)
{
	struct shown shown = { .form = form, .values = values, .sent = is_sent(req, form) };
	const char *proof;
	xmlNodePtr element;

	TRY(make_proof(req, form->proof, form->path, &proof));
	TRY(merge_begin(req, form, values, shown.sent, &shown.merge));
	req->no_store = true;
	element = page_element(parent, "form");
	page_attr(element, "name", form->name);
	page_href(req->page, element, "action", form->path);
	page_attr(element, "button", form->button);
	/* The form holds something that is saved nowhere. */
	if (shown.sent || form->instead != NULL)
		page_attr(element, "changed", "yes");
	add_choices(element, "button", form->buttons, NULL);
	if (shown.sent)
		page_attr(element, "problem", problem_of(req, ""));
	page_attr(page_element(element, "proof"), "value", proof);
	for (const struct field *field = form->fields; field != NULL && field->name != NULL; field++)
		if (!str_equal(field->name, "do"))
			TRY(add_field(req, element, field, &shown));
	return OK;
}

void
form_suggest(xmlNodePtr parent, const char *name, const char *const *values)
{
	for (xmlNodePtr field = xmlGetLastChild(parent)->children; field != NULL; field = field->next) {
		xmlChar *found = xmlGetProp(field, BAD_CAST "name");
		bool same = str_equal((const char *)found, name);
		xmlFree(found);
		for (size_t i = 0; same && values[i] != NULL; i++)
			page_attr(page_element(field, "suggestion"), "value", values[i]);
	}
}
