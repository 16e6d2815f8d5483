/* The email page: sends a test email to the owner, shows its state and the size of the queue. */
#include "admin.h"

#include "core/str.h"
#include "shared/mail_templates.h"
#include "page/lang/lang.h"
#include "store/audit/audit.h"
#include "store/mail/outbox.h"

/* The state of an email as text. An email that was written to a folder was not sent. */
static const char *
state_text(const struct mail *mail)
{
	static const struct { const char *state, *text; } states[] = { { "queued", N_("Queued") }, { "sending", N_("Sending") },
		{ "sent", N_("Sent") }, { "failed", N_("Failed") } };

	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (str_equal(states[i].state, mail->state))
			return mail->stored != 0 ? _("Written to a folder") : lang_text(states[i].text);
	return mail->state;
}

static void
add_size(xmlNodePtr sizes, const char *text, int64_t count, int64_t most)
{
	xmlNodePtr size = page_text(sizes, "size", text);

	page_attr_int(size, "count", count);
	page_attr_int(size, "max", most);
}

static enum status
add_sizes(struct request *req)
{
	xmlNodePtr element = page_element(req->page->root, "sizes");
	struct outbox_sizes sizes;
	const int64_t *counts;
	int64_t most = 1;

	TRY(outbox_sizes(req->db, &sizes));
	counts = (const int64_t[]){ sizes.queued, sizes.sending, sizes.sent, sizes.stored, sizes.lost };
	for (size_t i = 0; i < 5; i++)
		most = counts[i] > most ? counts[i] : most;
	if (sizes.queued > 0)
		request_warn_no_worker(req);
	add_size(element, _("Queued"), sizes.queued, most);
	add_size(element, _("Sending"), sizes.sending, most);
	add_size(element, _("Sent in the last 7 days"), sizes.sent, most);
	if (sizes.stored > 0)
		add_size(element, _("Written to a folder within seven days"), sizes.stored, most);
	add_size(element, _("Failed in the last 30 days"), sizes.lost, most);
	return OK;
}

/* GET /admin/email */
enum status
show_mail_test(struct request *req)
{
	struct form form = { .name = "mail-test", .path = arena_printf(req->arena, "%s/admin/email", req->prefix),
		.button = arena_printf(req->arena, _("Send test email to %s"), req->viewer.user->email) };
	struct mail mail;
	enum status status;

	TRY(admin_page(req, "mail-test", _("Email")));
	if (req->conf->mail_transport == MAIL_FOLDER)
		(void)page_text(req->page->root, "note", arena_printf(req->arena, _("Mail is written to the folder %s and sent to nobody. To send it, set “mail” in renown.conf to a program or a server."),
			req->conf->mail));
	TRY(add_sizes(req));
	status = outbox_latest(req->db, req->arena, req->viewer.user->email, "test", &mail);
	if (status == OK) {
		xmlNodePtr test = page_element(req->page->root, "test");
		page_attr(test, "state-text", state_text(&mail));
		page_date(req->page, test, "created", mail.created);
		if (*mail.problem != '\0')
			page_attr(test, "problem", mail.problem);
	} else if (status != NOT_FOUND) {
		return status;
	}
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /admin/email */
enum status
take_mail_test(struct request *req)
{
	TRY(request_write(req, true));
	TRY(audit_add(req->db, AUDIT_MAIL_TESTED, "", NULL, NULL));
	TRY(mail_template_test(req, req->viewer.user->email));
	return request_see(req, arena_printf(req->arena, "%s/admin/email", req->prefix));
}
