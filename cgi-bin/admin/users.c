/* The users, their roles, and sign-in links for them. */
#include "admin.h"

#include <string.h>

#include "core/str.h"
#include "shared/user_agent.h"
#include "http/form_merge.h"
#include "page/lang/lang.h"
#include "store/account/user_role.h"
#include "store/audit/audit.h"
#include "store/auth/credential.h"
#include "store/auth/sign_in_link.h"
#include "store/auth/session.h"
#include "store/user/user.h"

enum { PEOPLE_PAGE = 50 };

const struct field_choice role_choices[] = {
	{ "member", N_("Member: reads members-only posts") },
	{ "author", N_("Author: writes posts") },
	{ "moderator", N_("Moderator: manages readers' comments") },
	{ "editor", N_("Editor: writes posts and edits all posts") },
	{ "owner", N_("Owner: full access") },
	{ 0 },
};
static const struct field_choice flags[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { 0 } };

const struct field people_fields[] = {
	{ .name = "q", .type = FIELD_LINE, .max = 100 },
	{ .name = "after", .type = FIELD_LINE, .max = 20 },
	{ 0 },
};
const struct field add_fields[] = {
	{ .name = "name", .type = FIELD_LINE, .max = 100, .required = true, .label = N_("Name") },
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .required = true, .label = N_("Email address") },
	{ .name = "role", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Role"), .choices = role_choices },
	{ 0 },
};
const struct field change_fields[] = {
	{ .name = "role", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Role"), .choices = role_choices,
		.order = ORDER_STRICTER_FIRST },
	{ .name = "enabled", .type = FIELD_CHOICE, .max = 3, .required = true, .label = N_("Can sign in"), .choices = flags,
		.order = ORDER_STRICTER_LAST },
	{ .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX },
	{ 0 },
};

static const char *
user_path(struct request *req, int64_t id, const char *rest)
{
	return arena_printf(req->arena, "%s/admin/users/%lld%s", req->prefix, (long long)id, rest);
}

const char *
user_role_text(const char *role)
{
	for (const struct field_choice *choice = role_choices; choice->value != NULL; choice++)
		if (str_equal(choice->value, role))
			return lang_text(choice->label);
	return role;
}

/* --- the list of users ------------------------------------------------------------ */

/* The beginning of a name or address to search for; "" for all users. */
static const char *
asked_beginning(const struct request *req)
{
	const char *text = str_equal(req->method, "POST") ? NULL : request_field(req, "q");

	return text == NULL ? "" : str_trim(req->arena, text);
}

static int64_t
asked_after(const struct request *req)
{
	const char *text = str_equal(req->method, "POST") ? NULL : request_field(req, "after");
	long long after;

	return !str_empty(text) && str_to_integer(text, &after) && after > 0 ? after : 0;
}

/* GET /admin/users; also shows a rejected form again. */
enum status
show_users(struct request *req)
{
	struct form form = { .name = "person", .path = arena_printf(req->arena, "%s/admin/users", req->prefix), .fields = add_fields };
	const char *values[] = { "role", "member", NULL };
	struct user *users;
	size_t count;
	const char *beginning = asked_beginning(req);
	xmlNodePtr list, finder;

	TRY(admin_page(req, "people", _("Users")));
	if (*beginning == '\0')
		TRY(user_list(req->db, req->arena, asked_after(req), PEOPLE_PAGE + 1, &users, &count));
	else
		TRY(user_search(req->db, req->arena, beginning, asked_after(req), PEOPLE_PAGE + 1, &users, &count));
	finder = page_text(req->page->root, "filter", beginning);
	page_href(req->page, finder, "href", form.path);
	list = page_element(req->page->root, "people");
	for (size_t i = 0; i < count && i < PEOPLE_PAGE; i++) {
		xmlNodePtr person = page_element(list, "person");
		page_href(req->page, person, "href", user_path(req, users[i].id, ""));
		page_attr(person, "name", users[i].name);
		page_attr(person, "email", users[i].email);
		page_attr(person, "role-text", user_role_text(users[i].role));
		if (users[i].disabled)
			page_attr(person, "disabled", "yes");
	}
	if (count > PEOPLE_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href",
			arena_printf(req->arena, "%s?after=%lld%s%s", form.path, (long long)users[PEOPLE_PAGE - 1].id,
				*beginning == '\0' ? "" : "&q=", page_encode(req->arena, beginning)));
	form.button = _("Add");
	return form_add(req, req->page->root, &form, values);
}

/* POST /admin/users */
enum status
take_user(struct request *req)
{
	struct user user = { .name = request_field(req, "name"), .email = request_field(req, "email"),
		.role = request_field(req, "role"), .bio = "", .created = req->viewer.now };
	enum status status;
	int64_t id;

	TRY(request_write(req, false));
	status = user_add(req->db, req->arena, &user, false, &id);
	if (status == CONFLICT)
		return form_wrong(req, "email", _("An account with this email address already exists."));
	if (status == INVALID)
		return form_wrong(req, "email", _("Enter an email address such as name@example.com."));
	TRY(status);
	return request_see(req, user_path(req, id, ""));
}

/* --- one user ---------------------------------------------------------------------- */

static enum status
need_person(struct request *req, struct user *ret_user)
{
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	return user_by_id(req->db, req->arena, id, ret_user);
}

/* Adds the devices where the user is signed in, and a button that signs them out. */
static enum status
add_sessions(struct request *req, xmlNodePtr person, const struct user *user)
{
	struct form form = { .name = "sessions", .path = user_path(req, user->id, "/sessions"), .button = _("Sign out of all devices") };
	struct session *sessions;
	size_t count;

	TRY(session_list(req->db, req->arena, user->id, req->viewer.now, &sessions, &count));
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr device = page_element(person, "device");
		page_attr(device, "name", user_agent_name(req->arena, sessions[i].agent));
		page_date(req->page, device, "since", sessions[i].created);
	}
	return count == 0 ? OK : form_add(req, req->page->root, &form, NULL);
}

/* The values of the form if it is opened now. */
static const char *const *
values_of(struct request *req, const struct user *user)
{
	const char *const pairs[] = { "role", user->role, "enabled", user->disabled ? "no" : "yes", NULL };
	const char **values = arena_alloc(req->arena, sizeof(pairs));

	memcpy(values, pairs, sizeof(pairs));
	return values;
}

static enum status
add_person(struct request *req, const struct user *user)
{
	struct form change = { .name = "change", .path = user_path(req, user->id, ""), .fields = change_fields };
	struct form link = { .name = "link", .path = user_path(req, user->id, "/link") };
	xmlNodePtr person;

	TRY(admin_page(req, "person", user->name));
	person = page_element(req->page->root, "person");
	page_attr(person, "email", user->email);
	page_href(req->page, person, "audit", arena_printf(req->arena, "%s/admin/audit?who=%lld", req->prefix, (long long)user->id));
	page_href(req->page, page_element(req->page->root, "all"), "href", arena_printf(req->arena, "%s/admin/users", req->prefix));
	change.button = _("Save");
	TRY(form_add(req, req->page->root, &change, values_of(req, user)));
	if (user->disabled)
		return OK;
	link.button = _("Create sign-in link");
	TRY(form_add(req, req->page->root, &link, NULL));
	return add_sessions(req, person, user);
}

/* GET /admin/users/:id; also shows a rejected form again. */
enum status
show_user(struct request *req)
{
	struct user user;

	TRY(need_person(req, &user));
	return add_person(req, &user);
}

/* POST /admin/users/:id. Each request reads the role again, so a change applies from the user's next request. */
enum status
take_change(struct request *req)
{
	struct user user;
	enum status status;

	TRY(request_write(req, false));
	TRY(need_person(req, &user));
	TRY(form_merge(req, values_of(req, &user), NULL));
	status = user_role_set(req->db, user.id, user.revision, request_field(req, "role"), str_equal(request_field(req, "enabled"), "no"));
	if (status == INVALID)
		return form_wrong(req, "", _("The site needs an owner. Make someone else an owner first."));
	TRY(status);
	return request_see(req, user_path(req, user.id, "#saved"));
}

/* POST /admin/users/:id/link. The link is shown once; the database stores only its digest. */
enum status
send_user_link(struct request *req)
{
	const char *token;
	struct user user;

	TRY(need_person(req, &user));
	if (user.disabled)
		return FORBIDDEN;
	TRY(request_write(req, true));
	TRY(sign_in_link_add(req->db, req->arena, user.id, req->viewer.now, req->viewer.now + LINK_SECONDS, &token));
	req->shown_once = request_url(req, arena_printf(req->arena, "/sign-in/%s", token));
	return show_new_link(req);
}

/* The page with the link, also when the form is sent again. */
enum status
show_new_link(struct request *req)
{
	TRY(show_user(req));
	(void)page_text(req->page->root, "link", req->shown_once);
	return OK;
}

/* POST /admin/users/:id/sessions: signs the user out everywhere; for the owner's own account, everywhere but here. */
enum status
take_sessions(struct request *req)
{
	struct user user;

	TRY(need_person(req, &user));
	TRY(request_write(req, true));
	TRY(credential_sign_out_others(req->db, user.id, user.id == req->viewer.user->id ? session_id(req->arena, req->token) : ""));
	TRY(audit_add_user(req->db, AUDIT_SESSIONS_ENDED, user.id, NULL, NULL));
	return request_see(req, user_path(req, user.id, ""));
}
