/* Starting an A/B test: the variants of a post's title, summary or cover, and the share of readers for each. */
#include "experiment.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "http/form_merge.h"
#include "http/form_time.h"
#include "http/experiments.h"
#include "shared/media_library.h"
#include "page/lang/lang.h"
#include "store/post/post_author.h"
#include "store/media/media_library.h"
#include "store/media/media.h"

static const struct field_choice goals[] = {
	{ "open", N_("Opens from a list") },
	{ "read", N_("Reads to the end") },
	{ 0 },
};
static const struct field_choice worths[] = {
	{ "1", N_("1 percentage point") },
	{ "2", N_("2 percentage points") },
	{ "5", N_("5 percentage points") },
	{ "10", N_("10 percentage points") },
	{ 0 },
};
/* Percentages, the same in every language. */
static const struct field_choice shares[] = {
	{ "0", "0%" }, { "5", "5%" }, { "10", "10%" }, { "15", "15%" }, { "20", "20%" }, { "25", "25%" }, { "30", "30%" },
	{ "35", "35%" }, { "40", "40%" }, { "45", "45%" }, { "50", "50%" }, { "55", "55%" }, { "60", "60%" }, { "65", "65%" },
	{ "70", "70%" }, { "75", "75%" }, { "80", "80%" }, { "85", "85%" }, { "90", "90%" }, { "95", "95%" }, { 0 },
};

/* The limits are those of the post's own fields (post_edit.c). */
#define VARIANT(letter) \
	{ .name = letter "_title", .type = FIELD_LINE, .max = POST_TITLE_MAX, .label = N_("Title") }, \
	{ .name = letter "_summary", .type = FIELD_TEXT, .max = POST_SUMMARY_MAX, .label = N_("Summary") }, \
	{ .name = letter "_cover", .type = FIELD_LINE, .max = 300, .label = N_("Cover from the media library") }, \
	{ .name = letter "_cover_alt", .type = FIELD_LINE, .max = 300, .label = N_("Alt text") }, \
	{ .name = letter "_share", .type = FIELD_CHOICE, .max = 2, .label = N_("Share of readers"), .choices = shares }

const struct field experiment_fields[] = {
	{ .name = "a_share", .type = FIELD_CHOICE, .max = 2, .label = N_("Share of readers"), .choices = shares },
	VARIANT("b"),
	VARIANT("c"),
	VARIANT("d"),
	{ .name = "goal", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Goal"), .choices = goals },
	{ .name = "worth", .type = FIELD_CHOICE, .max = 2, .required = true, .label = N_("Smallest difference to detect"),
		.choices = worths, .help = N_("The smaller the difference, the more readers are needed.") },
	{ .name = "ends", .type = FIELD_LINE, .max = 25, .label = N_("End date, such as 2026-11-24 08:00 (empty: you end it yourself)") },
	{ .name = "ends_fold", .type = FIELD_CHOICE, .max = 10, .label = N_("Which of the two"), .choices = form_time_folds,
		.help = N_("The clocks go back on that day, and show this time twice.") },
	{ .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX },
	{ 0 },
};

/* The values of the form when it is opened. */
static const char *const begin_values[] = { "a_share", "50", "b_share", "50", "c_share", "0", "d_share", "0", "goal", "open", "worth", "5", NULL };

/* --- shared by both pages --------------------------------------------------------- */

enum status
experiment_post(struct request *req, struct post *ret_post, const char **ret_markdown)
{
	struct post post;
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	TRY(post_author_load(req->db, req->arena, req->viewer.user, id, &post, ret_markdown));
	/* Static pages appear in no list, so they cannot be tested. */
	if (str_equal(post.kind, "page"))
		return NOT_FOUND;
	*ret_post = post;
	return OK;
}

const char *
experiment_path(struct request *req, const struct post *post, int64_t number)
{
	const char *all = arena_printf(req->arena, "%s/write/%lld/experiment", req->prefix, (long long)post->id);

	return number == 0 ? all : arena_printf(req->arena, "%s/%lld", all, (long long)number);
}

const struct form_watched *
experiment_watched(struct request *req, const struct post *post)
{
	const struct form_watched all[] = {
		{ "title", post->title, _("Title"), post->title },
		{ "summary", post->summary, _("Summary"), str_empty(post->summary) ? _("empty") : post->summary },
		{ "cover", arena_printf(req->arena, "%lld %s", (long long)post->cover_id, post->cover_alt), _("Cover"),
			post->cover_id == 0 ? _("none") : str_empty(post->cover_alt) ? _("another image") : post->cover_alt },
		{ 0 },
	};
	struct form_watched *watched = arena_alloc(req->arena, sizeof(all));

	memcpy(watched, all, sizeof(all));
	return watched;
}

const char *
experiment_state(struct request *req, const struct experiment *experiment)
{
	const char *from = lang_date(req->arena, experiment->started), *to = lang_date(req->arena, experiment->ends), *text;

	if (experiment->ends == EXPERIMENT_OPEN)
		return arena_printf(req->arena, _("Running since %s."), from);
	if (experiment->ends > req->viewer.now)
		return arena_printf(req->arena, _("Running since %s, ends %s."), from, clock_local(req->arena, experiment->ends));
	text = arena_printf(req->arena, _("Ran from %s to %s."), from, to);
	return str_empty(experiment->winner) ? text
		: arena_printf(req->arena, "%s %s", text, arena_printf(req->arena, _("Winner: %s."), experiment->winner));
}

const char *
experiment_goal(const char *goal)
{
	for (const struct field_choice *known = goals; known->value != NULL; known++)
		if (str_equal(known->value, goal))
			return lang_text(known->label);
	return goal;
}

/* --- the page --------------------------------------------------------------------- */

static enum status
add_list(struct request *req, const struct post *post)
{
	struct experiment *experiments;
	xmlNodePtr list;
	size_t count;

	TRY(experiment_list(req->db, req->arena, post->id, &experiments, &count));
	list = page_element(req->page->root, "experiments");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr experiment = page_text(list, "experiment", experiment_state(req, &experiments[i]));
		page_href(req->page, experiment, "href", experiment_path(req, post, experiments[i].id));
	}
	return OK;
}

/* Adds the newest images of the media library, to choose covers from. */
static enum status
add_pictures(struct request *req)
{
	xmlNodePtr list = page_element(req->page->root, "files");
	struct media *files;
	size_t count;

	TRY(media_library_list(req->db, req->arena, req->viewer.user, "image/", "", 0, &files, &count));
	for (size_t i = 0; i < count && i < MEDIA_LIBRARY_PAGE; i++)
		(void)media_library_add_file(req, list, &files[i]);
	return OK;
}

/* The fields of the form. The choice between two times appears only where clocks are set back. */
static const struct field *
fields_of(struct request *req)
{
	size_t count = sizeof(experiment_fields) / sizeof(*experiment_fields), kept = 0;
	struct field *fields = arena_array(req->arena, count, sizeof(*fields));

	for (size_t i = 0; i < count; i++)
		if (!str_equal(experiment_fields[i].name, "ends_fold") || form_time_needs_fold(req, "ends", ""))
			fields[kept++] = experiment_fields[i];
	return fields;
}

/* GET /write/:id/experiment: redirects to the running test, else shows a form for a new one and the earlier tests. */
enum status
show_experiment(struct request *req)
{
	struct form form = { .name = "experiment", .fields = experiment_fields, .button = _("Start A/B test") };
	const struct experiment *running;
	const char *markdown;
	struct post post;
	xmlNodePtr now;

	TRY(experiment_post(req, &post, &markdown));
	running = experiments_find(req, post.id);
	if (running != NULL && !str_equal(req->method, "POST"))
		return request_see(req, experiment_path(req, &post, running->id));
	TRY(request_page(req, request_language(req), "experiment"));
	page_attr(req->page->root, "title", arena_printf(req->arena, _("A/B test: %s"), post.title));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", post.title);
	page_href(req->page, page_element(req->page->root, "post-edit"), "href",
		arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)post.id));
	now = page_element(req->page->root, "current");
	(void)page_text(now, "title", post.title);
	(void)page_text(now, "summary", post_summary(&post));
	TRY(add_pictures(req));
	form.path = experiment_path(req, &post, 0);
	form.button = _("Start A/B test");
	form.fields = fields_of(req);
	form.watched = experiment_watched(req, &post);
	TRY(form_add(req, req->page->root, &form, begin_values));
	return add_list(req, &post);
}

/* --- reading the form --------------------------------------------------------------- */

static const char *
part(struct request *req, char letter, const char *name)
{
	const char *value = request_field(req, arena_printf(req->arena, "%c_%s", letter - 'A' + 'a', name));

	return value == NULL ? "" : value;
}

static int
share_of(struct request *req, char letter)
{
	long long share;

	return str_to_integer(part(req, letter, "share"), &share) ? (int)share : 0;
}

static enum status
wrong(struct request *req, char letter, const char *name, const char *sentence)
{
	return form_wrong(req, arena_printf(req->arena, "%c_%s", letter - 'A' + 'a', name), sentence);
}

/*
 * Finds an image by its address in pages. A variant's cover becomes public, so the user must own the image or it
 * must be the post's cover: the address alone must not be enough to publish somebody else's members-only image.
 */
static enum status
find_cover(struct request *req, const char *address, const struct post *post, struct media *ret_media)
{
	const char *media = strstr(address, "/media/"), *slash = media == NULL ? NULL : strchr(media + strlen("/media/"), '/');

	if (slash == NULL)
		return NOT_FOUND;
	TRY(media_by_digest(req->db, req->arena, arena_bytes(req->arena, slash + 1, strcspn(slash + 1, ".")), ret_media));
	if (!str_starts(ret_media->type, "image/"))
		return NOT_FOUND;
	return ret_media->id == post->cover_id ? OK : media_library_get(req->db, req->arena, req->viewer.user, ret_media->id, ret_media);
}

static enum status
take_cover(struct request *req, char letter, const struct post *post, struct experiment_variant *variant)
{
	const char *address = part(req, letter, "cover"), *alt = part(req, letter, "cover_alt");
	struct media media;
	enum status status;

	if (str_empty(address))
		return OK;
	status = find_cover(req, address, post, &media);
	if (status == NOT_FOUND)
		return wrong(req, letter, "cover", _("This image isn't on this site. Choose one from the media library."));
	TRY(status);
	if (str_empty(alt))
		return wrong(req, letter, "cover_alt", _("Enter alt text for people who can't see the cover."));
	if (media.id == post->cover_id)
		return OK;
	variant->cover_id = media.id;
	variant->cover_alt = alt;
	return OK;
}

/* Returns "" for a value that equals the post's own. */
static const char *
differing(const char *value, const char *own)
{
	return str_equal(value, own) ? "" : value;
}

/* Reads one of B, C and D. Its letter stays NULL when the form does not contain it. */
static enum status
take_variant(struct request *req, char letter, const struct post *post, struct experiment_variant *ret_variant)
{
	struct experiment_variant variant = { .letter = arena_printf(req->arena, "%c", letter), .cover_alt = "",
		.title = differing(part(req, letter, "title"), post->title),
		.summary = differing(part(req, letter, "summary"), post_summary(post)) };
	bool differs;

	TRY(take_cover(req, letter, post, &variant));
	differs = !str_empty(variant.title) || !str_empty(variant.summary) || variant.cover_id != 0;
	if (differs && share_of(req, letter) == 0)
		return wrong(req, letter, "share", _("Give this variant a share of readers, or clear its fields."));
	if (!differs && share_of(req, letter) != 0)
		return wrong(req, letter, "title", _("Enter another title, summary or cover for this variant."));
	if (differs)
		*ret_variant = variant;
	return OK;
}

static enum status
take_variants(struct request *req, const struct post *post, struct experiment *experiment, int *ret_shares)
{
	struct experiment_variant *variants = arena_array(req->arena, EXPERIMENT_VARIANTS, sizeof(*variants));
	int sum = share_of(req, 'A');

	experiment->variants = variants;
	variants[experiment->variant_count] = (struct experiment_variant){ .letter = "A", .title = post->title, .summary = post_summary(post),
		.cover_id = post->cover_id, .cover_alt = post->cover_alt };
	ret_shares[experiment->variant_count++] = sum;
	for (char letter = 'B'; letter < 'A' + EXPERIMENT_VARIANTS; letter++) {
		struct experiment_variant variant = { 0 };
		TRY(take_variant(req, letter, post, &variant));
		if (variant.letter == NULL)
			continue;
		sum += ret_shares[experiment->variant_count] = share_of(req, letter);
		variants[experiment->variant_count++] = variant;
	}
	if (experiment->variant_count < 2)
		return wrong(req, 'B', "title", _("Enter another title, summary or cover for this variant."));
	if (ret_shares[0] == 0)
		return wrong(req, 'A', "share", _("Give the original post a share of readers, so there is something to compare with."));
	if (sum != 100)
		return form_wrong(req, "", arena_printf(req->arena, _("The shares add up to %d%%. They must add up to 100%%."), sum));
	return OK;
}

static enum status
take_end(struct request *req, int64_t *ret_ends)
{
	const char *ends = request_field(req, "ends");

	*ret_ends = EXPERIMENT_OPEN;
	if (str_empty(ends))
		return OK;
	TRY(form_time(req, "ends", NULL, ret_ends));
	if (*ret_ends <= req->viewer.now || *ret_ends >= EXPERIMENT_OPEN)
		return form_wrong(req, "ends", _("Choose an end date in the future."));
	return OK;
}

/* POST /write/:id/experiment */
enum status
take_experiment(struct request *req)
{
	struct experiment experiment = { .started = req->viewer.now, .goal = request_field(req, "goal") };
	int share_list[EXPERIMENT_VARIANTS] = { 0 };
	const char *markdown;
	struct post post;
	long long worth;
	enum status status;
	int64_t id;

	TRY(experiment_post(req, &post, &markdown));
	if (!str_equal(post.state, "published") || post.published > req->viewer.now)
		return form_wrong(req, "", _("An A/B test needs readers. Publish the post first."));
	TRY(form_merge(req, begin_values, experiment_watched(req, &post)));
	if (!str_to_integer(request_field(req, "worth"), &worth))
		return BAD_REQUEST;
	experiment.post_id = post.id;
	experiment.min_difference = worth;
	TRY(take_variants(req, &post, &experiment, share_list));
	TRY(take_end(req, &experiment.ends));
	TRY(request_write(req, false));
	status = experiment_start(req->db, req->arena, &experiment, share_list, req->viewer.user->id, &id);
	if (status == CONFLICT)
		(void)form_wrong(req, "", _("An A/B test of this post is already running. End it first."));
	TRY(status);
	return request_see(req, experiment_path(req, &post, id));
}
