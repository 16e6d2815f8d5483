/* Who may not comment. A ban is added on the page of a comment. */
#include "moderate.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "store/moderation/ban.h"

static const char *
kind_text(const char *kind)
{
	return str_equal(kind, "account") ? _("Account") : str_equal(kind, "network") ? _("Network") : _("Name");
}

/* GET /moderate/bans */
enum status
show_bans(struct request *req)
{
	struct ban *bans;
	size_t count;
	xmlNodePtr list;

	TRY(ban_list(req->db, req->arena, moderate_number(req, "before"), &bans, &count));
	TRY(moderate_page(req, "moderate-bans", _("Bans")));
	list = page_element(req->page->root, "bans");
	for (size_t i = 0; i < count && i < BANS_PAGE; i++) {
		struct form end = { .name = "remove", .path = moderate_path(req, "/bans/end"), .fields = id_fields, .button = _("End ban") };
		xmlNodePtr element = page_element(list, "ban");
		page_attr(element, "kind-text", kind_text(bans[i].kind));
		page_attr(element, "name", bans[i].name);
		page_date(req->page, element, "created", bans[i].created);
		if (bans[i].expires != 0)
			page_date(req->page, element, "expires", bans[i].expires);
		(void)page_text(element, "note", bans[i].note);
		TRY(form_add(req, element, &end, (const char *[]){ "row", arena_printf(req->arena, "%lld", (long long)bans[i].id), NULL }));
	}
	if (count > BANS_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href",
			arena_printf(req->arena, "%s?before=%lld", moderate_path(req, "/bans"), (long long)bans[BANS_PAGE - 1].id));
	return OK;
}

/* POST /moderate/bans/end. A ban that ended meanwhile is over all the same. */
enum status
take_ban_end(struct request *req)
{
	enum status status;
	long long id;

	if (!str_to_integer(request_field(req, "row"), &id))
		return INVALID;
	TRY(request_write(req, true));
	status = ban_end(req->db, req->arena, id);
	if (status != NOT_FOUND)
		TRY(status);
	return request_see(req, moderate_path(req, "/bans"));
}
