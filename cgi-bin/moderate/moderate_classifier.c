/* What the spam classifier thinks of a comment, and which words affected it. */
#include "moderate.h"

#include <math.h>
#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "store/moderation/classifier.h"

enum { FEATURES_SHOWN = 10, PERCENT = 10 };

/* Weights are shown as a part of this one; greater ones fill the bar. */
#define WEIGHT_FULL 3.0

/* The kinds of features (spam_feature.h), and how they are called here. A word has no kind. */
static const struct kind {
	const char *prefix, *words;
} kinds[] = {
	{ "form:", N_("Form:") },
	{ "host:", N_("Host of a link:") },
	{ "tld:", N_("End of a host:") },
	{ "link text:", N_("Text of a link:") },
	{ "link:", N_("Path of a link:") },
	{ "name:", N_("Name:") },
	{ "site:", N_("Author's website:") },
};

/* The features of form, in the words of spam_form.c. */
static const char *const forms[] = {
	N_("links 0"), N_("links 1"), N_("links 2"), N_("links 3 or more"),
	N_("length up to 20"), N_("length up to 60"), N_("length up to 150"), N_("length up to 400"), N_("length up to 1000"),
	N_("length up to 3000"), N_("length over 3000"),
	N_("no known spam word"), N_("spam words 1"), N_("spam words 2"), N_("spam words 3 to 4"), N_("spam words 5 or more"),
	N_("no letters"), N_("Latin script"), N_("Cyrillic or Greek script"), N_("Chinese, Japanese or Korean script"), N_("another script"),
	N_("several scripts"), N_("only a link"), N_("markup of a link"), N_("link as BBCode"), N_("referral in a link"), N_("shortened link"),
	N_("email address"), N_("telephone number"), N_("amount of money"), N_("code"), N_("capitals"), N_("exclamation marks"),
	N_("question mark"), N_("arrows"), N_("word of two scripts"), N_("long word"), N_("repeated words"), N_("link in the name"),
	N_("long name"),
};

static const char *
form_text(const char *name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (str_equal(forms[i], name))
			return lang_text(forms[i]);
	return name;
}

static void
add_feature(struct request *req, xmlNodePtr list, const struct spam_feature *feature)
{
	const char *name = feature->name, *kind = NULL;
	double size = fabs(feature->weight) / WEIGHT_FULL;
	xmlNodePtr element;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && kind == NULL; i++)
		if (strncmp(name, kinds[i].prefix, strlen(kinds[i].prefix)) == 0) {
			name += strlen(kinds[i].prefix);
			kind = kinds[i].words;
		}
	element = page_text(list, "feature", kind == kinds[0].words ? form_text(name) : name);
	if (kind != NULL)
		page_attr(element, "kind-text", lang_text(kind));
	page_attr(element, "sign", feature->weight > 0 ? "spam" : "ham");
	/* U+2212: a hyphen is too short for a minus. */
	page_attr(element, "weight", arena_printf(req->arena, "%s%.1f", feature->weight > 0 ? "+" : "\xe2\x88\x92", fabs(feature->weight)));
	page_attr_int(element, "size", (long long)(fmin(size, 1) * 100));
}

enum status
moderate_classifier_add(struct request *req, const struct comment *comment)
{
	const struct classifier_subject subject = { comment->user_id == 0, comment->text, comment->name, comment->link };
	struct spam_features features;
	xmlNodePtr list;
	int thousandths;
	size_t shown = 0;

	TRY(classifier_read(req->db, req->arena, &subject, &thousandths, &features));
	list = page_element(req->page->root, "classifier");
	page_attr_int(list, "spam", (thousandths + PERCENT / 2) / PERCENT);
	page_attr(list, "learned", *comment->learned == '\0' ? "no" : comment->learned);
	for (size_t i = 0; i < features.count && shown < FEATURES_SHOWN; i++)
		if (features.list[i].weight != 0) {
			add_feature(req, list, &features.list[i]);
			shown++;
		}
	return OK;
}
