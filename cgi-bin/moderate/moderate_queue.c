/* The moderation queue: one item large, the others in a narrow column; decisions about one or many comments. */
#include "moderate.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"

#define PICK(n) { .name = "pick" #n, .type = FIELD_HIDDEN, .max = 1200 }
#define PICKS(d) PICK(d##0), PICK(d##1), PICK(d##2), PICK(d##3), PICK(d##4), PICK(d##5), PICK(d##6), PICK(d##7), PICK(d##8), PICK(d##9)

const struct field queue_fields[] = {
	{ .name = "at", .type = FIELD_LINE, .max = 20 },
	{ .name = "after", .type = FIELD_CURSOR, .max = 41 },
	{ .name = "done", .type = FIELD_LINE, .max = 50 },
	{ .name = "missed", .type = FIELD_LINE, .max = 1200 },
	{ .name = "undone", .type = FIELD_LINE, .max = 50 },
	{ 0 },
};

/* items and picks contain "ID-VERSION", separated by spaces: the version that the moderator saw. */
const struct field decide_fields[] = {
	{ .name = "do", .type = FIELD_CHOICE, .max = 10, .required = true, .choices = decision_actions },
	{ .name = "heading", .type = FIELD_LINE, .max = DECISION_HEADING_MAX, .label = N_("Rule (for a rejection)") },
	{ .name = "note", .type = FIELD_LINE, .max = DECISION_NOTE_MAX, .label = N_("Note") },
	{ .name = "items", .type = FIELD_HIDDEN, .max = 1200 },
	{ .name = "back", .type = FIELD_HIDDEN, .max = 300 },
	PICKS(), PICKS(1), PICKS(2), PICKS(3), PICKS(4),
	{ 0 },
};

/* --- showing ------------------------------------------------------------------------------ */

/* One line of the column: an item and those that are similar to it. */
struct line {
	size_t item;       /* number of the first one in the list */
	size_t count;
	struct str versions; /* "ID-VERSION ID-VERSION …" */
};

struct lines {
	struct line *lines;
	size_t count, current; /* current: the line that is shown large */
	struct queue_item *items;
	size_t item_count;     /* of the items that the lines cover */
	const size_t *line_of; /* by the number of an item that is the first of its line */
};

/* Puts the items of a window into at most QUEUE_PAGE lines. */
static void
make_lines(struct request *req, struct queue_item *items, size_t count, int64_t at, struct lines *lines)
{
	struct line *all = arena_array(req->arena, QUEUE_PAGE, sizeof(*all));
	size_t *line_of = arena_array(req->arena, count + 1, sizeof(*line_of));

	*lines = (struct lines){ .lines = all, .items = items, .line_of = line_of };
	queue_group(req->arena, items, count);
	for (size_t i = 0; i < count; i++) {
		size_t first = items[i].similar;
		struct line *line;
		if (first == i) {
			if (lines->count == QUEUE_PAGE)
				break;
			line_of[i] = lines->count;
			all[lines->count++] = (struct line){ .item = i, .versions = str_init(req->arena) };
		}
		line = &all[line_of[first]];
		if (line->count < DECISIONS_MAX) {
			str_printf(&line->versions, "%s%lld-%lld", line->count == 0 ? "" : " ", (long long)items[i].id, (long long)items[i].version);
			line->count++;
		}
		if (items[i].id == at)
			lines->current = line_of[first];
		lines->item_count = i + 1;
	}
}

xmlNodePtr
moderate_entry_add(struct request *req, xmlNodePtr list, const struct queue_item *item)
{
	xmlNodePtr entry = page_element(list, "entry");

	page_attr_int(entry, "id", item->id);
	page_attr(entry, "version", arena_printf(req->arena, "%lld-%lld", (long long)item->id, (long long)item->version));
	page_attr(entry, "name", moderate_name(item->name));
	page_attr(entry, "state", item->state);
	page_attr(entry, "state-text", moderate_state_text(item->state));
	page_date(req->page, entry, "created", item->created);
	if (item->flags > 0)
		page_attr(entry, "flagged", "yes");
	(void)page_text(entry, "text", moderate_excerpt(req, item->text));
	return entry;
}

/* The other comments that the decision about the large one is also about: nobody decides about what they have not seen. */
static void
add_similar(struct request *req, const struct lines *lines)
{
	const struct line *current = &lines->lines[lines->current];
	xmlNodePtr item = xmlLastElementChild(req->page->root);
	size_t added = 1;

	for (size_t i = current->item + 1; i < lines->item_count && added < current->count; i++) {
		xmlNodePtr similar;
		if (lines->line_of[lines->items[i].similar] != lines->current)
			continue;
		similar = page_text(item, "similar", moderate_excerpt(req, lines->items[i].text));
		page_attr(similar, "name", moderate_name(lines->items[i].name));
		page_href(req->page, similar, "href", moderate_comment_path(req, lines->items[i].id));
		added++;
	}
}

/* The address of this part of the queue, without the language. */
static const char *
queue_back(struct request *req, struct queue_place after)
{
	return after.id == 0 ? "/moderate" : arena_printf(req->arena, "/moderate?after=%lld-%lld", (long long)after.created, (long long)after.id);
}

static void
add_column(struct request *req, const struct lines *lines, const char *back)
{
	xmlNodePtr queue = page_element(req->page->root, "queue");
	const char *here = arena_printf(req->arena, "%s%s%cat=", req->prefix, back, strchr(back, '?') == NULL ? '?' : '&');

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->lines[i];
		xmlNodePtr entry = moderate_entry_add(req, queue, &lines->items[line->item]);
		page_href(req->page, entry, "href", arena_printf(req->arena, "%s%lld", here, (long long)lines->items[line->item].id));
		page_attr(entry, "versions", line->versions.bytes);
		if (line->count > 1)
			page_attr_int(entry, "similar", (int64_t)line->count);
		if (i == lines->current)
			page_attr(entry, "current", "yes");
	}
}

static enum status
read_lines(struct request *req, struct queue_place after, struct lines *lines, bool *ret_more)
{
	struct queue_item *items;
	size_t count;

	TRY(queue_list(req->db, req->arena, after, QUEUE_WINDOW + 1, &items, &count));
	*ret_more = count > QUEUE_WINDOW;
	make_lines(req, items, count > QUEUE_WINDOW ? QUEUE_WINDOW : count, moderate_number(req, "at"), lines);
	*ret_more = *ret_more || lines->item_count < count;
	return OK;
}

/* GET /moderate; also shows a rejected form again. */
enum status
show_queue(struct request *req)
{
	const char *back;
	struct form bulk = { .name = "bulk", .path = moderate_path(req, ""), .fields = decide_fields, .buttons = decision_actions };
	struct queue_place after;
	struct lines lines;
	struct comment comment;
	int64_t waiting;
	bool more;

	TRY(moderate_place(req, "after", &after));
	back = queue_back(req, after);
	TRY(moderate_page(req, "moderate", _("Moderation queue")));
	TRY(moderate_notice_add(req, back));
	TRY(queue_count(req->db, 1000, &waiting));
	page_attr_int(req->page->root, "waiting", waiting);
	TRY(read_lines(req, after, &lines, &more));
	if (lines.count == 0)
		return OK;
	TRY(comment_by_id(req->db, req->arena, lines.items[lines.lines[lines.current].item].id, &comment));
	TRY(moderate_item_add(req, &comment, lines.lines[lines.current].versions.bytes, lines.lines[lines.current].count, back));
	add_similar(req, &lines);
	add_column(req, &lines, back);
	if (more)
		page_href(req->page, page_element(req->page->root, "older"), "href", arena_printf(req->arena, "%s?after=%lld-%lld", moderate_path(req, ""),
			(long long)lines.items[lines.item_count - 1].created, (long long)lines.items[lines.item_count - 1].id));
	return form_add(req, req->page->root, &bulk, (const char *[]){ "back", back, NULL });
}

/* --- deciding ----------------------------------------------------------------------------- */

struct chosen {
	struct { long long id, version; } items[DECISIONS_MAX];
	size_t count;
};

/* Adds the items of one field. False: too many, or not what the page sent. */
static bool
add_chosen(struct request *req, const char *text, struct chosen *chosen)
{
	char *rest = arena_dup(req->arena, text), *word;

	while ((word = strsep(&rest, " ")) != NULL) {
		char *version = strchr(word, '-');
		if (*word == '\0')
			continue;
		if (version == NULL || chosen->count == DECISIONS_MAX)
			return false;
		*version++ = '\0';
		if (!str_to_integer(word, &chosen->items[chosen->count].id) || !str_to_integer(version, &chosen->items[chosen->count].version))
			return false;
		chosen->count++;
	}
	return true;
}

static enum status
read_chosen(struct request *req, struct chosen *ret_chosen)
{
	struct chosen chosen = { .count = 0 };
	bool good = true;

	for (const struct field *field = decide_fields; field->name != NULL; field++)
		if ((str_equal(field->name, "items") || str_starts(field->name, "pick")) && !str_empty(request_field(req, field->name)))
			good = good && add_chosen(req, request_field(req, field->name), &chosen);
	if (!good)
		return form_wrong(req, "", _("One form can decide about 50 comments. Choose fewer."));
	if (chosen.count == 0)
		return form_wrong(req, "", _("Choose at least one comment."));
	*ret_chosen = chosen;
	return OK;
}

/*
 * POST /moderate: decides about the chosen comments. A comment that somebody else has changed or decided about is left as it is, and the
 * next page says who did what; the others are carried out.
 */
enum status
take_decisions(struct request *req)
{
	const char *heading = request_field(req, "heading"), *note = request_field(req, "note"), *back = moderate_back(req);
	struct decision decision = { .action = request_field(req, "do"), .user_id = req->viewer.user->id, .created = req->viewer.now,
		.heading = heading == NULL ? "" : heading, .note = note == NULL ? "" : note };
	struct str missed = str_init(req->arena), path = str_init(req->arena);
	int64_t first = 0, last = 0, id;
	struct chosen chosen = { .count = 0 };

	TRY(read_chosen(req, &chosen));
	TRY(request_write_comment(req));
	for (size_t i = 0; i < chosen.count; i++) {
		enum status status;
		decision.comment_id = chosen.items[i].id;
		decision.version = chosen.items[i].version;
		status = decision_make(req->db, req->arena, &decision, &id);
		if (status == CONFLICT || status == NOT_FOUND) {
			str_printf(&missed, "%s%lld", missed.length == 0 ? "" : ".", chosen.items[i].id);
			continue;
		}
		TRY(status);
		first = first == 0 ? id : first;
		last = id;
	}
	str_printf(&path, "%s%c", back, strchr(back, '?') == NULL ? '?' : '&');
	if (first != 0)
		str_printf(&path, "done=%lld-%lld%s", (long long)first, (long long)last, missed.length == 0 ? "" : "&");
	if (missed.length > 0)
		str_printf(&path, "missed=%s", missed.bytes);
	return request_see(req, path.bytes);
}
