/* Whether mail goes out: a test mail to oneself, what became of it, and how much waits. */
#include "admin.h"

#include "core/str.h"
#include "mail_text.h"
#include "page/lang.h"
#include "store/audit.h"
#include "store/outbox.h"

/* A state in words. */
static const char *
state_text(const char *state)
{
	static const struct { const char *state, *text; } states[] = { { "queued", N_("Waiting") }, { "sending", N_("Being sent") },
		{ "sent", N_("Sent") }, { "given up", N_("Given up") } };

	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (str_equal(states[i].state, state))
			return lang_text(states[i].text);
	return state;
}

static void
add_size(xmlNodePtr sizes, const char *text, int64_t count, int64_t most)
{
	xmlNodePtr size = page_text(sizes, "size", text);

	page_attr_int(size, "count", count);
	page_attr_int(size, "most", most);
}

static enum status
add_sizes(struct request *req)
{
	xmlNodePtr element = page_element(req->page->root, "sizes");
	struct outbox_sizes sizes;
	int64_t most = 1;

	TRY(outbox_sizes(req->db, &sizes));
	for (size_t i = 0; i < 4; i++) {
		int64_t count = i == 0 ? sizes.queued : i == 1 ? sizes.sending : i == 2 ? sizes.sent : sizes.lost;
		most = count > most ? count : most;
	}
	if (sizes.queued > 0)
		request_waits(req);
	add_size(element, _("Waiting"), sizes.queued, most);
	add_size(element, _("Being sent"), sizes.sending, most);
	add_size(element, _("Sent within seven days"), sizes.sent, most);
	add_size(element, _("Given up within thirty days"), sizes.lost, most);
	return OK;
}

/* GET /admin/mail */
enum status
show_mail_test(struct request *req)
{
	struct form form = { .name = "mail-test", .path = arena_printf(req->arena, "%s/admin/mail", req->prefix),
		.button = arena_printf(req->arena, _("Send a test mail to %s"), req->viewer.user->email) };
	struct mail mail;
	enum status status;

	TRY(admin_page(req, "mail", _("Mail")));
	TRY(add_sizes(req));
	status = outbox_latest(req->db, req->arena, req->viewer.user->email, "test", &mail);
	if (status == OK) {
		xmlNodePtr test = page_element(req->page->root, "test");
		page_attr(test, "state-text", state_text(mail.state));
		page_date(req->page, test, "created", mail.created);
		if (*mail.problem != '\0')
			page_attr(test, "problem", mail.problem);
	} else if (status != NOT_FOUND) {
		return status;
	}
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /admin/mail */
enum status
take_mail_test(struct request *req)
{
	TRY(request_write(req, true));
	TRY(audit_add(req->db, AUDIT_MAIL_TESTED, "", NULL, NULL));
	TRY(mail_test(req, req->viewer.user->email));
	return request_see(req, arena_printf(req->arena, "%s/admin/mail", req->prefix));
}
