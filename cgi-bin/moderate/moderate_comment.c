/* One comment: decisions about it and their undo, its text, its earlier versions, its author. */
#include "moderate.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "page/markdown/markdown.h"
#include "store/comment/comment_revision.h"
#include "store/moderation/ban.h"
#include "store/moderation/trust_record.h"
#include "store/user/user.h"

static const struct field_choice purge_choices[] = { { "no", N_("Keep") }, { "yes", N_("Reject all of them") }, { 0 } };
static const struct field_choice trust_choices[] = {
	{ "auto", N_("From the record") }, { "new", N_("New") }, { "basic", N_("Basic") }, { "regular", N_("Regular") }, { "trusted", N_("Trusted") }, { 0 },
};

const struct field edit_fields[] = {
	{ .name = "text", .type = FIELD_TEXT, .max = COMMENT_TEXT_MAX, .required = true, .label = N_("Comment") },
	{ .name = "note", .type = FIELD_LINE, .max = DECISION_NOTE_MAX, .required = true, .label = N_("Why you edited it") },
	{ .name = "version", .type = FIELD_CURRENT, .max = 20, .required = true },
	{ 0 },
};
const struct field ban_fields[] = {
	{ .name = "kind", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Ban"), .choices = ban_kinds },
	{ .name = "days", .type = FIELD_CHOICE, .max = 5, .required = true, .label = N_("For"), .choices = ban_days,
		.help = N_("A network's ban ends after 30 days at most.") },
	{ .name = "purge", .type = FIELD_CHOICE, .max = 3, .required = true, .label = N_("Everything they wrote"), .choices = purge_choices },
	{ .name = "note", .type = FIELD_LINE, .max = BAN_NOTE_MAX, .required = true, .label = N_("Reason") },
	{ 0 },
};
const struct field trust_fields[] = {
	{ .name = "level", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Trust level"), .choices = trust_choices },
	{ 0 },
};

/* The bans that are possible for the author of this comment. Staff can't be banned. */
static const struct field *
ban_fields_of(struct request *req, const struct comment *comment)
{
	struct field *fields = arena_alloc(req->arena, sizeof(ban_fields[0]) * 5);
	struct field_choice *kinds = arena_array(req->arena, 4, sizeof(*kinds));
	size_t count = 0;

	for (size_t i = 0; i < 5; i++)
		fields[i] = ban_fields[i];
	if (comment->user_id != 0)
		kinds[count++] = ban_kinds[0];
	if (*comment->network != '\0')
		kinds[count++] = ban_kinds[1];
	if (*ban_subject_name(req->arena, comment->name) != '\0')
		kinds[count++] = ban_kinds[2];
	fields[0].choices = kinds;
	return count == 0 ? NULL : fields;
}

static bool
is_staff(struct request *req, int64_t user_id)
{
	struct user user;

	return user_id != 0 && user_by_id(req->db, req->arena, user_id, &user) == OK && (user_may(&user, RIGHT_WRITE) || user_may(&user, RIGHT_MODERATE));
}

static const char *
level_code(struct request *req, int64_t user_id)
{
	struct trust_person person = { .user_id = user_id, .person = "" };
	struct trust_record record;

	if (trust_record_read(req->db, &person, &record) != OK || record.set == 0)
		return "auto";
	return trust_names[record.set - 1].code;
}

static const char *
sub_path(struct request *req, const struct comment *comment, const char *rest)
{
	return arena_printf(req->arena, "%s%s", moderate_comment_path(req, comment->id), rest);
}

static enum status
add_history(struct request *req, const struct comment *comment)
{
	struct decision *decisions;
	size_t count;
	xmlNodePtr list;

	TRY(decision_list_of_comment(req->db, req->arena, comment->id, &decisions, &count));
	list = page_element(req->page->root, "decisions");
	for (size_t i = 0; i < count; i++)
		TRY(moderate_decision_add(req, list, &decisions[i], true, true));
	return OK;
}

/* What its author wrote before, for 30 days. */
static enum status
add_revisions(struct request *req, const struct comment *comment)
{
	struct comment_revision *revisions;
	size_t count;

	TRY(comment_revision_list(req->db, req->arena, comment->id, &revisions, &count));
	for (size_t i = 0; i < count; i++)
		page_date(req->page, page_text(req->page->root, "revision", revisions[i].text), "replaced", revisions[i].replaced);
	return OK;
}

/* GET /moderate/:id; also shows a rejected form again. */
enum status
show_item(struct request *req)
{
	struct form edit = { .name = "edit", .fields = edit_fields, .button = _("Save text") };
	struct form ban = { .name = "ban", .button = _("Ban") };
	struct form trust = { .name = "trust", .fields = trust_fields, .button = _("Set level") };
	struct comment comment;
	const char *back;

	TRY(moderate_comment(req, &comment));
	back = arena_printf(req->arena, "/moderate/%lld", (long long)comment.id);
	TRY(moderate_page(req, "moderate-comment", arena_printf(req->arena, _("Comment by %s"), moderate_name(comment.name))));
	TRY(moderate_notice_add(req, back));
	TRY(moderate_item_add(req, &comment, arena_printf(req->arena, "%lld-%lld", (long long)comment.id, (long long)comment.version), 1, back));
	TRY(add_history(req, &comment));
	TRY(add_revisions(req, &comment));
	if (str_equal(comment.state, "deleted"))
		return OK;
	TRY(moderate_classifier_add(req, &comment));
	edit.path = sub_path(req, &comment, "/edit");
	TRY(form_add(req, req->page->root, &edit, (const char *[]){ "text", comment.text, "version",
		arena_printf(req->arena, "%lld", (long long)comment.version), NULL }));
	if (is_staff(req, comment.user_id))
		return OK;
	ban.path = sub_path(req, &comment, "/ban");
	ban.fields = ban_fields_of(req, &comment);
	if (ban.fields != NULL)
		TRY(form_add(req, req->page->root, &ban, (const char *[]){ "kind", ban.fields[0].choices[0].value, "days", "7", "purge", "no", NULL }));
	trust.path = sub_path(req, &comment, "/trust");
	return comment.user_id == 0 ? OK : form_add(req, req->page->root, &trust, (const char *[]){ "level", level_code(req, comment.user_id), NULL });
}

/* POST /moderate/:id/edit */
enum status
take_edit(struct request *req)
{
	struct markdown *markdown;
	struct comment comment;
	struct decision edit = { .action = "edit", .user_id = req->viewer.user->id, .created = req->viewer.now, .heading = "",
		.note = request_field(req, "note") };
	const char *problem, *xhtml;
	long long version;
	int64_t id;
	enum status status;

	TRY(moderate_comment(req, &comment));
	if (!str_to_integer(request_field(req, "version"), &version))
		return form_wrong(req, "", _("Reload the page and try again."));
	status = markdown_render(req->arena, request_field(req, "text"), MARKDOWN_COMMENT, "", NULL, &markdown, &problem);
	if (status == TOO_LARGE)
		return form_wrong(req, "text", lang_text(problem));
	TRY(status);
	if (fragment_is_empty(markdown->full))
		return form_wrong(req, "text", _("Required"));
	xhtml = fragment_write(req->arena, markdown->full);
	TRY(request_write_comment(req));
	edit.comment_id = comment.id;
	edit.version = version;
	status = decision_edit(req->db, req->arena, &edit, request_field(req, "text"), xhtml, &id);
	if (status == CONFLICT)
		return form_wrong(req, "", _("This comment was changed in the meantime. Your text is below; check it and save again."));
	TRY(status);
	return request_see(req, sub_path(req, &comment, arena_printf(req->arena, "?done=%lld", (long long)id)));
}

/* POST /moderate/:id/ban: a decision about the person; the comment itself is decided separately, or with everything they wrote. */
enum status
take_ban(struct request *req)
{
	const char *kind = request_field(req, "kind");
	struct comment comment;
	struct ban ban = { .kind = kind, .note = request_field(req, "note"), .created = req->viewer.now, .created_by = req->viewer.user->id };
	long long days;
	int64_t id;
	enum status status;

	TRY(moderate_comment(req, &comment));
	if (!str_to_integer(request_field(req, "days"), &days))
		return INVALID;
	ban.expires = days == 0 ? 0 : req->viewer.now + days * 24 * 3600;
	ban.user_id = str_equal(kind, "account") ? comment.user_id : 0;
	ban.subject = str_equal(kind, "network") ? comment.network : comment.name;
	ban.name = moderate_name(comment.name);
	TRY(request_write_comment(req));
	status = str_equal(kind, "account") && comment.user_id == 0 ? INVALID : ban_add(req->db, req->arena, &ban, &id);
	if (status == INVALID)
		return form_wrong(req, "kind", _("This can't be banned."));
	TRY(status);
	TRY(decision_note(req->db, &(struct decision){ .action = "ban", .user_id = req->viewer.user->id, .created = req->viewer.now, .note = ban.note }));
	if (str_equal(request_field(req, "purge"), "yes"))
		TRY(ban_purge(req->db, id, req->viewer.user->id, req->viewer.now));
	return request_see(req, moderate_path(req, "/bans"));
}

/* POST /moderate/:id/trust: likewise. */
enum status
take_trust(struct request *req)
{
	const char *code = request_field(req, "level");
	enum trust_level level = TRUST_NEW;
	struct comment comment;

	TRY(moderate_comment(req, &comment));
	if (comment.user_id == 0)
		return form_wrong(req, "level", _("Guests have no account, so their level follows from their comments."));
	while (level < TRUST_LEVELS && !str_equal(trust_names[level].code, code))
		level++;
	TRY(request_write_comment(req));
	TRY(trust_set(req->db, req->arena, comment.user_id, level, req->viewer.user->id, req->viewer.now));
	TRY(decision_note(req->db, &(struct decision){ .action = "trust", .user_id = req->viewer.user->id, .created = req->viewer.now, .note = "" }));
	return request_see(req, moderate_comment_path(req, comment.id));
}
