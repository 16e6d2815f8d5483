/* The site's words and choices, in forms that come from the one table of settings. */
#include "admin.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "page/lang.h"
#include "store/setting.h"

enum { FIELDS_MOST = 40 };

struct field all_fields[FIELDS_MOST], language_fields[FIELDS_MOST];

static const struct field_choice tongues[] = { { "en", "English" }, { "zh", "中文" }, { 0 } };
static const struct field_choice tongue_sets[] = { { "en zh", "English, 中文" }, { "en", "English" }, { "zh", "中文" }, { 0 } };
static const struct field_choice flags[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { 0 } };

static struct field
field_of(const struct setting *setting)
{
	struct field field = { .name = setting->name, .type = FIELD_LINE, .max = SETTING_LINE_MOST, .label = setting->label,
		.help = setting->help };

	switch (setting->type) {
	case SETTING_TEXT:
		field.type = FIELD_TEXT;
		field.max = SETTING_TEXT_MOST;
		break;
	case SETTING_LANGUAGE:
	case SETTING_LANGUAGES:
	case SETTING_FLAG:
		field.type = FIELD_CHOICE;
		field.choices = setting->type == SETTING_FLAG ? flags : setting->type == SETTING_LANGUAGE ? tongues : tongue_sets;
		field.required = true;
		break;
	case SETTING_CHOICE:
		field.type = FIELD_CHOICE;
		field.choices = setting_choices(setting);
		field.required = true;
		break;
	case SETTING_LINE:
	case SETTING_ZONE:
	case SETTING_COLOUR:
	case SETTING_CHARACTER:
		break;
	}
	return field;
}

void
settings_prepare(void)
{
	size_t all = 0, language = 0;

	for (const struct setting *setting = settings; setting->name != NULL; setting++) {
		if (all + 1 == FIELDS_MOST)
			abort(); /* the last one ends the table */
		all_fields[all++] = field_of(setting);
		if (setting_differs(setting))
			language_fields[language++] = field_of(setting);
	}
}

/* The language whose words are asked for: "" for all. */
static enum status
need_language(const struct request *req, const char **ret_lang)
{
	*ret_lang = strstr(req->route->pattern, ":language") == NULL ? "" : route_text(req, 0);
	return **ret_lang == '\0' || request_speaks(req, *ret_lang) ? OK : NOT_FOUND;
}

static const char *
settings_path(struct request *req, const char *lang)
{
	return arena_printf(req->arena, "%s/admin/settings%s%s", req->prefix, *lang == '\0' ? "" : "/", lang);
}

static void
add_view(struct request *req, xmlNodePtr list, const char *lang, const char *name, const char *asked)
{
	xmlNodePtr item = page_text(list, "state", name);

	page_href(req->page, item, "href", settings_path(req, lang));
	if (str_equal(lang, asked))
		page_attr(item, "current", "yes");
}

static enum status
add_form(struct request *req, const char *lang)
{
	const struct field *fields = *lang == '\0' ? all_fields : language_fields;
	struct form form = { .name = "settings", .path = settings_path(req, lang), .fields = fields, .button = _("Save") };
	const char **values = arena_array(req->arena, 2 * FIELDS_MOST + 1, sizeof(*values));
	struct setting_values *stored;
	size_t count = 0;

	TRY(setting_stored(req->db, req->arena, &stored));
	for (; fields->name != NULL; fields++) {
		const struct setting *setting = setting_find(fields->name);
		const char *own = setting_own(stored, setting, lang);
		values[count++] = setting->name;
		values[count++] = own != NULL ? own : *lang == '\0' ? setting->standard : "";
	}
	return form_add(req, req->page->root, &form, values);
}

/* GET /admin/settings and /admin/settings/:language, and the same with a form that could not be taken. */
enum status
show_settings(struct request *req)
{
	const char *lang;
	xmlNodePtr list;

	TRY(need_language(req, &lang));
	TRY(request_page(req, request_language(req), "settings"));
	page_attr(req->page->root, "title", _("Settings"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Settings"));
	list = page_element(req->page->root, "states");
	add_view(req, list, "", _("The site"), lang);
	for (size_t i = 0; languages[i].code != NULL; i++)
		if (request_speaks(req, languages[i].code))
			add_view(req, list, languages[i].code, languages[i].name, lang);
	page_href(req->page, page_element(req->page->root, "people"), "href", arena_printf(req->arena, "%s/admin/people", req->prefix));
	if (*lang != '\0')
		(void)page_text(req->page->root, "note", _("What is empty here is taken from the site's own words."));
	return add_form(req, lang);
}

/* One value: checked, and set or, when it is empty or the default, taken back. */
static enum status
take_value(struct request *req, const struct setting *setting, const char *lang)
{
	const char *value = request_field(req, setting->name), *problem;
	bool is_reset = str_empty(value) || (*lang == '\0' && str_equal(value, setting->standard));

	problem = is_reset ? NULL : setting_problem(req->arena, setting, value);
	if (problem != NULL)
		return form_wrong(req, setting->name, lang_text(problem));
	return setting_save(req->db, setting->name, lang, is_reset ? NULL : value);
}

/* POST: all of it or nothing. */
enum status
take_settings(struct request *req)
{
	enum status status = OK;
	const char *lang;

	TRY(need_language(req, &lang));
	TRY(request_write(req, false));
	for (const struct field *field = *lang == '\0' ? all_fields : language_fields; field->name != NULL; field++) {
		enum status taken = take_value(req, setting_find(field->name), lang);
		if (taken != OK && taken != INVALID)
			return taken;
		status = taken == OK ? status : taken;
	}
	TRY(status);
	return request_see(req, settings_path(req, lang));
}
