/* The result of an A/B test as numbers and as text, ending the test, and choosing a winner. */
#include "experiment.h"

#include <math.h>

#include "core/clock.h"
#include "core/experiment_stats.h"
#include "core/str.h"
#include "http/form_merge.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/post/post_render.h"
#include "store/post/post_author.h"

/* The bars of the chart are drawn in this many steps from 0 to the end of the scale. */
enum { PARTS = 1000 };

static const double LIMIT = 0.05;      /* probability of reporting a difference that does not exist */
static const double MISMATCH = 0.001;  /* probability of a false warning about the assignment of readers */

static const struct field_choice letters[] = { { "A", "A" }, { "B", "B" }, { "C", "C" }, { "D", "D" }, { 0 } };
static const struct field_choice actions[] = {
	{ "keep", N_("Use this variant") },
	{ "end", N_("End test without changes") },
	{ 0 },
};

const struct field experiment_result_fields[] = {
	{ .name = "letter", .type = FIELD_CHOICE, .max = 1, .required = true, .label = N_("Variant"), .choices = letters,
		.help = N_("The post takes on this variant's title, summary and cover, saved as a new version. The A/B test ends.") },
	{ .name = "do", .type = FIELD_CHOICE, .max = 10, .choices = actions },
	{ .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX },
	{ 0 },
};

/* For form_merge(): the form has no values of its own to merge; only the post can change meanwhile. */
static const char *const no_values[] = { NULL };

static enum status
need_experiment(struct request *req, struct post *ret_post, const char **ret_markdown, struct experiment *ret_experiment)
{
	long long number;

	TRY(experiment_post(req, ret_post, ret_markdown));
	if (!str_to_integer(route_text(req, 1), &number))
		return NOT_FOUND;
	return experiment_of_post(req->db, req->arena, ret_post->id, number, ret_experiment);
}

static bool
runs(const struct request *req, const struct experiment *experiment)
{
	return experiment->ends > req->viewer.now;
}

/* --- numbers ------------------------------------------------------------------------ */

static struct experiment_proportion
group_of(const struct experiment_variant *variant)
{
	return (struct experiment_proportion){ .converted = variant->converted, .seen = variant->seen };
}

static double
rate_of(const struct experiment_variant *variant)
{
	return variant->seen == 0 ? 0 : (double)variant->converted / (double)variant->seen;
}

static const char *
percent(struct request *req, double rate)
{
	return arena_printf(req->arena, _("%.1f%%"), 100 * rate);
}

static int64_t
all_seen(const struct experiment *experiment)
{
	int64_t seen = 0;

	for (size_t i = 0; i < experiment->variant_count; i++)
		seen += experiment->variants[i].seen;
	return seen;
}

/* The end of the chart's scale: a round rate that is not below any interval. */
static double
scale_of(const struct experiment *experiment)
{
	static const double rounds[] = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.5 };
	double most = 0;

	for (size_t i = 0; i < experiment->variant_count; i++)
		most = fmax(most, experiment_stats_interval(group_of(&experiment->variants[i])).high);
	for (size_t i = 0; i < sizeof(rounds) / sizeof(*rounds); i++)
		if (most <= rounds[i])
			return rounds[i];
	return 1;
}

/* Whether the numbers of readers per variant are unlikely to be due to chance. */
static bool
is_mismatch(const struct experiment *experiment)
{
	int64_t sizes[EXPERIMENT_VARIANTS] = { 0 };
	double shares[EXPERIMENT_VARIANTS] = { 0 };

	for (size_t i = 0; i < experiment->variant_count; i++) {
		sizes[i] = experiment->variants[i].seen;
		shares[i] = experiment_share(experiment, *experiment->variants[i].letter);
	}
	return experiment_stats_mismatch(sizes, shares, experiment->variant_count) < MISMATCH;
}

/* Rounds up to two significant digits, such as 400 or 12000. */
static int64_t
rounded_up(int64_t number)
{
	int64_t unit = 1;

	while (number / unit >= 100)
		unit *= 10;
	return (number + unit - 1) / unit * unit;
}

/* How many more readers are needed in total until every variant has enough; 0: there are enough. */
static int64_t
readers_missing(const struct experiment *experiment)
{
	const struct experiment_variant *own = &experiment->variants[0];
	/* Laplace's rule of succession: with few readers, a rate of 0 or 1 is not realistic. */
	double rate = ((double)own->converted + 1) / ((double)own->seen + 2);
	int64_t needed = experiment_stats_needed(rate, (double)experiment->min_difference / 100), missing = 0;

	for (size_t i = 0; i < experiment->variant_count; i++) {
		const struct experiment_variant *variant = &experiment->variants[i];
		int64_t more = (needed - variant->seen) * 100 / experiment_share(experiment, *variant->letter);
		missing = more > missing ? more : missing;
	}
	return rounded_up(missing);
}

/* --- as text ------------------------------------------------------------------------- */

static void
say(struct request *req, const char *kind, const char *sentence)
{
	page_attr(page_text(req->page->root, "verdict", sentence), "kind", kind);
}

/* Compares each variant with A. The limit is divided by their number (Bonferroni). Returns whether one differs. */
static bool
compare(struct request *req, const struct experiment *experiment)
{
	const struct experiment_variant *own = &experiment->variants[0];
	bool differs = false;

	for (size_t i = 1; i < experiment->variant_count; i++) {
		const struct experiment_variant *other = &experiment->variants[i];
		double same = experiment_stats_same(group_of(own), group_of(other), (double)experiment->min_difference / 100);
		if (same * (double)(experiment->variant_count - 1) >= LIMIT)
			continue;
		differs = true;
		say(req, "differs", arena_printf(req->arena, rate_of(other) > rate_of(own) ? _("%s performs better than A: %s versus %s.")
			: _("%s performs worse than A: %s versus %s."), other->letter, percent(req, rate_of(other)), percent(req, rate_of(own))));
	}
	return differs;
}

static void
add_verdict(struct request *req, const struct experiment *experiment)
{
	int64_t missing;

	if (all_seen(experiment) == 0) {
		say(req, "none", _("Nothing has been counted yet. A later version of renown will count from the web server's log. Until then, "
			"the site's administrator can enter numbers with the command \"renown experiment count\"."));
		return;
	}
	if (is_mismatch(experiment)) {
		say(req, "mismatch", _("Don't rely on these figures. Readers aren't spread over the variants according to their shares, and chance "
			"doesn't explain it. The readers are assigned or counted wrongly."));
		return;
	}
	if (compare(req, experiment))
		return;
	missing = readers_missing(experiment);
	if (missing > 0)
		say(req, "few", arena_printf(req->arena, _("Not enough readers yet: about %lld more are needed."), (long long)missing));
	else
		say(req, "same", _("There were enough readers, and no relevant difference was found. Keep the variant you prefer."));
}

/* --- the page -------------------------------------------------------------------------- */

static void
add_variant(struct request *req, xmlNodePtr parent, const struct experiment *experiment, const struct experiment_variant *variant, double scale)
{
	struct interval interval = experiment_stats_interval(group_of(variant));
	xmlNodePtr element = page_element(parent, "variant"), cover;

	page_attr(element, "letter", variant->letter);
	page_attr(element, "share-text", arena_printf(req->arena, "%d%%", experiment_share(experiment, *variant->letter)));
	if (str_equal(variant->letter, experiment->winner))
		page_attr(element, "winner", "yes");
	if (!str_empty(variant->title))
		(void)page_text(element, "title", variant->title);
	if (!str_empty(variant->summary))
		(void)page_text(element, "summary", variant->summary);
	if (!str_empty(variant->cover_path)) {
		cover = page_element(element, "cover");
		page_href(req->page, cover, "src", arena_printf(req->arena, "/media/%s", variant->cover_path));
		page_attr(cover, "alt", variant->cover_alt);
	}
	if (variant->seen == 0)
		return;
	page_attr_int(element, "readers", variant->seen);
	page_attr_int(element, "conversions", variant->converted);
	page_attr(element, "rate-text", percent(req, rate_of(variant)));
	page_attr(element, "interval-text", arena_printf(req->arena, _("%s to %s"), percent(req, interval.low), percent(req, interval.high)));
	page_attr_int(element, "low", lround(PARTS * interval.low / scale));
	page_attr_int(element, "rate", lround(PARTS * rate_of(variant) / scale));
	page_attr_int(element, "high", lround(PARTS * interval.high / scale));
}

static void
add_experiment(struct request *req, const struct experiment *experiment)
{
	xmlNodePtr element = page_element(req->page->root, "experiment");
	double scale = scale_of(experiment);

	page_attr(element, "state-text", experiment_state(req, experiment));
	page_attr(element, "goal-text", experiment_goal(experiment->goal));
	page_attr(element, "scale-text", arena_printf(req->arena, "%.0f%%", 100 * scale));
	if (!str_empty(experiment->user_name))
		page_attr(element, "by", experiment->user_name);
	for (const char *bucket = experiment->buckets; *bucket != '\0'; bucket++)
		page_attr(page_element(element, "bucket"), "letter", arena_printf(req->arena, "%c", *bucket));
	for (size_t i = 0; i < experiment->variant_count; i++)
		add_variant(req, element, experiment, &experiment->variants[i], scale);
}

/* Warns when the post changed during the test, because then A was not the same for all readers. */
static void
add_change(struct request *req, const struct post *post, const struct experiment *experiment)
{
	const struct experiment_variant *own = &experiment->variants[0];

	if (runs(req, experiment) && (!str_equal(own->title, post->title) || !str_equal(own->summary, post_summary(post)) ||
		own->cover_id != post->cover_id))
		say(req, "changed", _("The post was changed after the A/B test began, so some readers of A saw something else."));
}

static enum status
add_form(struct request *req, const struct post *post, const struct experiment *experiment)
{
	struct field_choice *choices = arena_array(req->arena, EXPERIMENT_VARIANTS + 1, sizeof(*choices));
	struct field fields[] = { experiment_result_fields[0], experiment_result_fields[2], { 0 } };
	/* A test that has ended cannot be ended again; a winner can still be chosen. */
	const struct field_choice buttons[] = { actions[0], runs(req, experiment) ? actions[1] : (struct field_choice){ 0 }, { 0 } };
	struct form form = { .name = "end-experiment", .path = experiment_path(req, post, experiment->id), .fields = fields, .buttons = buttons,
		.watched = experiment_watched(req, post) };

	for (size_t i = 0; i < experiment->variant_count; i++)
		choices[i] = (struct field_choice){ experiment->variants[i].letter, experiment->variants[i].letter };
	fields[0].choices = choices;
	return form_add(req, req->page->root, &form, no_values);
}

/* GET /write/:id/experiment/:number */
enum status
show_experiment_result(struct request *req)
{
	const char *markdown;
	struct experiment experiment;
	struct post post;

	TRY(need_experiment(req, &post, &markdown, &experiment));
	TRY(request_page(req, request_language(req), "experiment-result"));
	page_attr(req->page->root, "title", arena_printf(req->arena, _("A/B test: %s"), post.title));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", post.title);
	page_href(req->page, page_element(req->page->root, "post-edit"), "href",
		arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)post.id));
	if (!runs(req, &experiment))
		page_href(req->page, page_element(req->page->root, "all"), "href", experiment_path(req, &post, 0));
	add_experiment(req, &experiment);
	add_change(req, &post, &experiment);
	add_verdict(req, &experiment);
	return str_empty(experiment.winner) ? add_form(req, &post, &experiment) : OK;
}

/* --- reading the form --------------------------------------------------------------------- */

static const struct experiment_variant *
find_variant(const struct experiment *experiment, const char *letter)
{
	for (size_t i = 0; i < experiment->variant_count; i++)
		if (str_equal(experiment->variants[i].letter, letter))
			return &experiment->variants[i];
	return NULL;
}

/* Prepares the post with the variant's texts and cover. Renders it outside of the transaction that saves it. */
static enum status
prepare(struct request *req, const struct post *post, const char *markdown, const struct experiment *experiment, char letter,
	struct post_save *ret_save)
{
	struct post_save save = { .post = *post, .user_id = req->viewer.user->id, .reason = "experiment", .text.markdown = markdown,
		.expected_revision = post->revision };
	const char **tags = arena_array(req->arena, post->tag_count + 1, sizeof(*tags)), *problem;
	struct post_link *links;

	TRY(post_links(req->db, req->arena, post->id, &links, &save.link_count));
	for (size_t i = 0; i < post->tag_count; i++)
		tags[save.tag_count++] = post->tags[i].name;
	save.tags = tags;
	save.links = links;
	save.post.updated = req->viewer.now;
	experiment_apply(experiment, letter, &save.post);
	TRY(post_render_prepare(req->arena, req->conf, &save, NULL, &problem));
	*ret_save = save;
	return OK;
}

static enum status
keep(struct request *req, const struct post *post, const char *markdown, const struct experiment *experiment, const char *letter)
{
	bool changes = !str_equal(letter, "A");
	struct post_save save;
	int64_t id;

	if (find_variant(experiment, letter) == NULL)
		return form_wrong(req, "letter", _("This A/B test has no such variant."));
	TRY(form_merge(req, no_values, experiment_watched(req, post)));
	if (changes)
		TRY(prepare(req, post, markdown, experiment, *letter, &save));
	TRY(request_write(req, false));
	TRY(experiment_set_winner(req->db, experiment->id, letter, req->viewer.now));
	return changes ? post_save(req->db, req->arena, &save, &id) : OK;
}

/* POST /write/:id/experiment/:number */
enum status
take_experiment_result(struct request *req)
{
	const char *markdown;
	struct experiment experiment;
	struct post post;

	TRY(need_experiment(req, &post, &markdown, &experiment));
	if (str_equal(request_field(req, "do"), "end")) {
		TRY(request_write(req, false));
		TRY(experiment_end(req->db, experiment.id, req->viewer.now));
	} else {
		TRY(keep(req, &post, markdown, &experiment, request_field(req, "letter")));
	}
	return request_see(req, experiment_path(req, &post, experiment.id));
}
