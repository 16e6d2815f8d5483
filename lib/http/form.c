#include "http/form.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "http/form_internal.h"
#include "http/response.h"
#include "http/route_table.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/db/site_key.h"

enum { PART_MAX = 43, PROOF_MAX = 250 };

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
	all[count] = (struct field){ .name = proof_name, .type = FIELD_HIDDEN, .max = PROOF_MAX };
	return all;
}

bool
form_is_typed(const struct field *fields)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (fields->type != FIELD_HIDDEN && fields->type != FIELD_CURRENT && fields->type != FIELD_BASE)
			return true;
	return false;
}

bool
form_is_proof(const struct field *field)
{
	return str_equal(field->name, proof_name);
}

/* --- proofs ---------------------------------------------------------------------- */

/* The parts of a proof, see form.h. */
struct proof_parts {
	const char *time;      /* only in the proof of a visitor without an account; or NULL */
	const char *id, *signature;
	const char *part;      /* added by a script; or NULL */
};

/* The signature that only a page made for this session and this address can contain. */
static const char *
session_signature(struct request *req, const char *path, const char *id)
{
	return digest_keyed(req->arena, req->token, arena_printf(req->arena, "form %s %s", path, id));
}

static enum status
stamp_signature(struct request *req, const char *path, const char *time, const char *id, const char **ret_signature)
{
	return site_key_sign(req->db, req->arena, "form", arena_printf(req->arena, "%s %s %s", time, path, id), ret_signature);
}

static enum status
make_proof(struct request *req, enum proof proof, const char *path, const char *id, const char *part, const char **ret_proof)
{
	const char *end = part == NULL ? "" : arena_printf(req->arena, ".%s", part), *time, *signature;

	if (proof == COMMENT_STAMP)
		return form_stamp_make(req, path, id, req->form_time != 0 ? req->form_time : req->viewer.now, ret_proof);
	if (proof == CAPABILITY) {
		*ret_proof = ""; /* the address is the proof */
		return OK;
	}
	if (proof == FORM_STAMP) {
		time = arena_printf(req->arena, "%lld", (long long)req->viewer.now);
		TRY(stamp_signature(req, path, time, id, &signature));
		*ret_proof = arena_printf(req->arena, "%s.%s.%s%s", time, id, signature, end);
		return OK;
	}
	if (req->viewer.user == NULL)
		return FORBIDDEN;
	*ret_proof = arena_printf(req->arena, "%s.%s%s", id, session_signature(req, path, id), end);
	return OK;
}

static bool
is_part(const char *text)
{
	size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

	return length > 0 && length <= PART_MAX && text[length] == '\0';
}

/* Splits a proof of that kind into its parts; false when it does not have its form. */
static bool
split(struct arena *arena, const char *text, bool stamped, struct proof_parts *ret_proof)
{
	char *rest = arena_dup(arena, text), *part;
	struct proof_parts proof = { .time = stamped ? strsep(&rest, ".") : NULL };

	proof.id = strsep(&rest, ".");
	proof.signature = strsep(&rest, ".");
	part = strsep(&rest, ".");
	proof.part = part;
	*ret_proof = proof;
	return proof.signature != NULL && is_part(proof.id) && rest == NULL && (part == NULL || is_part(part));
}

/*
 * Whether this site made the proof, and as the kind that `stamped` names. *ret_time: when it was made; 0 for the
 * proof of a session. Sets req->form_id.
 */
static enum status
check(struct request *req, const char *path, const char *given, bool stamped, bool *ret_made, long long *ret_time)
{
	struct proof_parts proof;
	const char *expected;

	*ret_made = false;
	*ret_time = 0;
	if (!split(req->arena, given, stamped, &proof) || (!stamped && str_empty(req->token)) || (stamped && !str_to_integer(proof.time, ret_time)))
		return OK;
	if (stamped)
		TRY(stamp_signature(req, path, proof.time, proof.id, &expected));
	else
		expected = session_signature(req, path, proof.id);
	*ret_made = token_is_same(proof.signature, expected);
	if (*ret_made)
		req->form_id = proof.part == NULL ? proof.id : arena_printf(req->arena, "%s.%s", proof.id, proof.part);
	return OK;
}

/* Whether the browser says that another site sent the form. Browsers that send neither header are too old to know. */
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
	bool stamped = req->route->proof == FORM_STAMP, made, other;
	long long time, now = req->viewer.now;

	if (req->route->proof == CAPABILITY)
		return OK;
	if (is_foreign(req))
		return FORBIDDEN;
	if (req->route->proof == COMMENT_STAMP)
		return str_empty(given) ? NOT_FOUND : form_stamp_check(req, path, given);
	if (str_empty(given))
		return FORBIDDEN;
	TRY(check(req, path, given, stamped, &made, &time));
	if (!made) {
		/* A form that is shown again to somebody whose session has ended keeps its id when it is sent again. */
		TRY(check(req, path, given, !stamped, &other, &time));
		return FORBIDDEN;
	}
	if (stamped)
		return time <= now && time >= now - FORM_STAMP_SECONDS ? OK : FORBIDDEN;
	return req->viewer.user != NULL ? OK : FORBIDDEN;
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
	case FIELD_CHOICE: return field->choices[0].value != NULL && field->choices[1].value == NULL ? "check" : "select";
	case FIELD_FILE: return "file";
	case FIELD_LINE:
	case FIELD_CURSOR: break;
	}
	return "text";
}

static const char *
find_value(const char *const *values, const char *name)
{
	for (; values != NULL && values[0] != NULL; values += 2)
		if (str_equal(values[0], name))
			return values[1];
	return NULL;
}

/* Whether this form is the one that was sent. */
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

/* A form and the values to be shown in it. */
struct shown {
	const struct form *form;
	const char *const *values;
	bool sent;           /* it is the form that was sent */
	struct merge *merge; /* or NULL */
};

/* The value of a field without regard to changes by others. */
static const char *
value_of(const struct request *req, const struct shown *shown, const struct field *field)
{
	const char *value = find_value(shown->values, field->name), *instead = find_value(shown->form->instead, field->name);
	bool current = field->type == FIELD_CURRENT || field->type == FIELD_BASE;

	if (instead != NULL)
		return instead;
	/* When no page shows the form again, the current value is unknown, so the submitted value is repeated. */
	return shown->sent && (!current || value == NULL || shown->form->repeat) ? request_field(req, field->name) : value;
}

/* What is wrong with the value that was sent for a field. */
static const char *
fault_of(const struct request *req, const struct field *field)
{
	const char *given = request_field(req, field->name);
	size_t length = given == NULL ? 0 : text_length(given);

	if (length <= field->max)
		return lang_text_fault(req->arena, field_fault(req->fields, field->name));
	return arena_printf(req->arena, _("This has %lld characters, but the limit is %lld. Shorten it."), (long long)length, (long long)field->max);
}

static void
add_problem(const struct request *req, xmlNodePtr element, const struct field *field, const char *value)
{
	const char *problem = problem_of(req, field->name);

	if (problem == NULL && field->required && str_empty(value) && field->type != FIELD_HIDDEN && field->type != FIELD_FILE)
		problem = _("Required");
	else if (problem == NULL && field_refused(req->fields, field->name))
		problem = fault_of(req, field);
	page_attr(element, "problem", problem);
}

static enum status
add_field(struct request *req, xmlNodePtr parent, const struct field *field, const struct shown *shown)
{
	xmlNodePtr element = page_element(parent, "field");
	const char *value = value_of(req, shown, field);

	if (field->type == FIELD_BASE && shown->merge != NULL && find_value(shown->form->instead, field->name) == NULL)
		value = merge_end(shown->merge, parent);
	page_attr(element, "name", field->name);
	page_attr(element, "type", type_of(field));
	if (field->label != NULL)
		page_attr(element, "label", lang_text(field->label));
	if (field->help != NULL)
		page_attr(element, "help", lang_text(field->help));
	if (shown->merge != NULL && find_value(shown->form->instead, field->name) == NULL)
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

/*
 * A form that is shown again keeps its id until it is known to be carried out. After "the site is busy", for
 * example, the first submission may have been saved after all.
 */
static enum status
proof_of(struct request *req, const struct form *form, const char **ret_proof)
{
	bool same = is_sent(req, form) && req->form_id != NULL && req->once == ONCE_FREE;
	char *part = same ? arena_dup(req->arena, req->form_id) : NULL;
	const char *id = same ? strsep(&part, ".") : token_new(req->arena);

	return make_proof(req, form->proof, form->path, id, part, ret_proof);
}

enum status
form_add(struct request *req, xmlNodePtr parent, const struct form *form, const char *const *values)
{
	struct shown shown = { .form = form, .values = values, .sent = is_sent(req, form) };
	const char *proof;
	xmlNodePtr element;

	TRY(proof_of(req, form, &proof));
	TRY(merge_begin(req, form, values, shown.sent, &shown.merge));
	req->no_store = true;
	element = page_element(parent, "form");
	page_attr(element, "name", form->name);
	page_href(req->page, element, "action", form->path);
	page_attr(element, "button", form->button);
	/* The form contains values that are not saved. */
	if (shown.sent || form->instead != NULL)
		page_attr(element, "changed", "yes");
	add_choices(element, "button", form->buttons, NULL);
	if (shown.sent)
		page_attr(element, "problem", problem_of(req, ""));
	if (*proof != '\0')
		page_attr(page_element(element, "proof"), "value", proof);
	for (const struct field *field = form->fields; field != NULL && field->name != NULL; field++)
		if (!str_equal(field->name, "do"))
			TRY(add_field(req, element, field, &shown));
	return OK;
}

enum status
form_add_open(struct request *req, xmlNodePtr parent, const struct form *form)
{
	struct shown shown = { .form = form };
	xmlNodePtr element = page_element(parent, "form");

	page_attr(element, "name", form->name);
	page_href(req->page, element, "action", form->path);
	page_attr(element, "button", form->button);
	page_attr(element, "direct", form->direct);
	add_choices(element, "button", form->buttons, NULL);
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
