/* The list of a user's posts. */
#include "post_list.h"

#include "core/str.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/lang/date_text.h"
#include "store/post/trash.h"
#include "store/search/draft_search.h"

enum { WORDS_MAX = 200 };

static const struct field_choice states[] = {
	{ "", N_("All") },
	{ "draft", N_("Drafts") },
	{ "scheduled", N_("Scheduled") },
	{ "published", N_("Published") },
	{ "unpublished", N_("Unpublished") },
	{ "trash", N_("Trash") },
	{ 0 },
};
static const struct field_choice language_choices[] = { { "", N_("All languages") }, { "en", "English" }, { "zh", "中文" }, { 0 } };
static const struct field_choice kinds[] = {
	{ "", N_("All types") },
	{ "article", N_("Articles") },
	{ "audio", N_("Audio") },
	{ "video", N_("Video") },
	{ "page", N_("Pages") },
	{ 0 },
};

const struct field post_list_fields[] = {
	{ .name = "state", .type = FIELD_CHOICE, .max = 20, .choices = states },
	{ .name = "lang", .type = FIELD_CHOICE, .max = 2, .choices = language_choices },
	{ .name = "kind", .type = FIELD_CHOICE, .max = 10, .choices = kinds },
	{ .name = "q", .type = FIELD_LINE, .max = WORDS_MAX },
	{ .name = "before", .type = FIELD_CURSOR, .max = 41 },
	{ 0 },
};

/* The filters of the request; "" for one that is not set. */
struct asked {
	struct post_author_filter filter;
	const char *words;
};

const char *
post_list_state(struct request *req, const char *state, int64_t published)
{
	if (str_equal(state, "draft"))
		return _("Draft");
	if (str_equal(state, "unpublished"))
		return _("Unpublished");
	if (published > req->viewer.now)
		return arena_printf(req->arena, _("Scheduled for %s"), date_text_full(req->arena, published));
	return _("Published");
}

enum status
post_list_page(struct request *req, const char *name, const char *title)
{
	TRY(request_page(req, request_language(req), name));
	page_attr(req->page->root, "title", title);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", title);
	page_href(req->page, page_element(req->page->root, "post-list"), "href", arena_printf(req->arena, "%s/write", req->prefix));
	return OK;
}

static const char *
asked_for(const struct request *req, const char *name)
{
	const char *value = request_field(req, name);

	return value == NULL ? "" : value;
}

static struct asked
read_asked(const struct request *req)
{
	struct asked asked = { .filter = { .state = asked_for(req, "state"), .lang = asked_for(req, "lang"), .kind = asked_for(req, "kind"),
		.now = req->viewer.now }, .words = str_trim(req->arena, asked_for(req, "q")) };
	long long key, before;

	if (field_cursor(request_field(req, "before"), &key, &before) && before > 0) {
		asked.filter.key = key;
		asked.filter.before = before;
	}
	return asked;
}

/* The path of the list in that state, with the current filters, starting at a cursor. */
static const char *
list_path(struct request *req, const struct asked *asked, const char *state, const char *cursor)
{
	const char *pairs[][2] = { { "state", state }, { "lang", asked->filter.lang }, { "kind", asked->filter.kind },
		{ "q", page_encode(req->arena, asked->words) }, { "before", cursor } };
	struct str path = str_init(req->arena);
	char mark = '?';

	str_printf(&path, "%s/write", req->prefix);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		if (*pairs[i][1] == '\0')
			continue;
		str_printf(&path, "%c%s=%s", mark, pairs[i][0], pairs[i][1]);
		mark = '&';
	}
	return path.bytes;
}

static void
add_states(struct request *req, const struct asked *asked)
{
	xmlNodePtr list = page_element(req->page->root, "views");

	for (const struct field_choice *state = states; state->value != NULL; state++) {
		xmlNodePtr item = page_text(list, "view", lang_text(state->label));
		page_href(req->page, item, "href", list_path(req, asked, state->value, ""));
		if (str_equal(state->value, asked->filter.state))
			page_attr(item, "current", "yes");
	}
}

static void
add_choices(xmlNodePtr find, const char *name, const struct field_choice *choices, const char *chosen)
{
	for (; choices->value != NULL; choices++) {
		xmlNodePtr choice = page_text(find, name, lang_text(choices->label));
		page_attr(choice, "value", choices->value);
		if (str_equal(choices->value, chosen))
			page_attr(choice, "chosen", "yes");
	}
}

/* The form with the filters. It is sent with GET. */
static void
add_find(struct request *req, const struct asked *asked)
{
	xmlNodePtr find = page_element(req->page->root, "filter");

	page_href(req->page, find, "href", arena_printf(req->arena, "%s/write", req->prefix));
	page_attr(find, "query", asked->words);
	page_attr_int(find, "max", WORDS_MAX);
	if (*asked->filter.state != '\0')
		page_attr(find, "state", asked->filter.state);
	if (*asked->words != '\0' || *asked->filter.lang != '\0' || *asked->filter.kind != '\0') {
		const struct asked nothing = { .filter = { .lang = "", .kind = "" }, .words = "" };
		page_href(req->page, find, "all", list_path(req, &nothing, asked->filter.state, ""));
	}
	add_choices(find, "lang", language_choices, asked->filter.lang);
	add_choices(find, "kind", kinds, asked->filter.kind);
}

static const char *
row_state(struct request *req, const struct post *post)
{
	if (post->trashed == 0)
		return post_list_state(req, post->state, post->published);
	return arena_printf(req->arena, _("In the trash; will be deleted on %s"), lang_date(req->arena, post->trashed + TRASH_SECONDS));
}

static void
add_row(struct request *req, xmlNodePtr list, const struct post *post)
{
	xmlNodePtr entry = entry_add(req->page, list, post, &req->viewer, "");

	page_attr(entry, "state-text", row_state(req, post));
	if (post->published > req->viewer.now && str_equal(post->state, "published"))
		page_attr(entry, "scheduled", "yes");
	page_href(req->page, entry, "edit", arena_printf(req->arena, "%s/write/%lld%s", req->prefix, (long long)post->id,
		post->trashed == 0 ? "" : "/trash"));
}

/* GET /write */
enum status
show_post_list(struct request *req)
{
	struct asked asked = read_asked(req);
	bool searched = *asked.words != '\0';
	struct post *posts;
	size_t count;
	xmlNodePtr list;

	if (searched)
		TRY(draft_search(req->db, req->arena, req->viewer.user, &asked.filter, asked.words, &posts, &count));
	else
		TRY(post_author_list(req->db, req->arena, req->viewer.user, &asked.filter, &posts, &count));
	TRY(request_page(req, request_language(req), "post-list"));
	page_attr(req->page->root, "title", _("Posts"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Posts"));
	page_href(req->page, page_element(req->page->root, "new"), "href", arena_printf(req->arena, "%s/write/new", req->prefix));
	page_href(req->page, page_element(req->page->root, "queue"), "href", arena_printf(req->arena, "%s/write/queue", req->prefix));
	page_href(req->page, page_element(req->page->root, "media-library"), "href", arena_printf(req->arena, "%s/write/media", req->prefix));
	page_href(req->page, page_element(req->page->root, "export"), "href", arena_printf(req->arena, "%s/write/export", req->prefix));
	page_href(req->page, page_element(req->page->root, "import"), "href", arena_printf(req->arena, "%s/write/import", req->prefix));
	add_states(req, &asked);
	add_find(req, &asked);
	/* Unsaved copies are shown only at the start of the list; they are not posts that filters or search could find. */
	if (!searched && asked.filter.before == 0 && (*asked.filter.state == '\0' || str_equal(asked.filter.state, "draft")))
		TRY(autosave_list_all(req));
	list = page_element(req->page->root, "posts");
	for (size_t i = 0; i < count && i < POST_AUTHOR_PAGE; i++)
		add_row(req, list, &posts[i]);
	if (count > POST_AUTHOR_PAGE) {
		const struct post *last = &posts[POST_AUTHOR_PAGE - 1];
		page_href(req->page, page_element(req->page->root, "older"), "href", list_path(req, &asked, asked.filter.state,
			arena_printf(req->arena, "%lld-%lld", searched ? 0 : (long long)post_author_key(asked.filter.state, last),
				searched ? (long long)last->search_id : (long long)last->id)));
	}
	return OK;
}
