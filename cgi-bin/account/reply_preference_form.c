/* The switch for emails about replies to the user's comments, on the account page. */
#include "account.h"

#include "page/lang/lang.h"
#include "store/comment/comment_subscription.h"

static const struct field_choice modes[] = { { "off", N_("No") }, { "now", N_("At once") }, { "daily", N_("Once a day") }, { 0 } };

const struct field reply_mail_fields[] = {
	{ .name = "mode", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Email me about replies to my comments"), .choices = modes },
	{ 0 },
};

enum status
add_reply_preference(struct request *req)
{
	struct form form = { .name = "replies", .path = account_path(req, "/account/replies"), .fields = reply_mail_fields, .button = _("Save") };
	const char *values[] = { "mode", NULL, NULL };

	TRY(reply_preference(req->db, req->arena, req->viewer.user->id, &values[1]));
	return form_add(req, req->page->root, &form, values);
}

/* POST /account/replies. The address of an account is confirmed already. */
enum status
take_reply_preference(struct request *req)
{
	TRY(request_write(req, true));
	TRY(reply_preference_save(req->db, req->viewer.user->id, request_field(req, "mode"), req->viewer.now));
	return request_see(req, account_path(req, "/account#saved"));
}
