/* The site's settings, in forms that are made from the table of settings. */
#include "admin.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "http/form_merge.h"
#include "page/lang/lang.h"
#include "site_image.h"
#include "store/setting/setting.h"

enum { FIELDS_MAX = SETTING_FIELDS_MAX };

struct field group_fields[SETTING_GROUPS][FIELDS_MAX], language_fields[SETTING_GROUPS][FIELDS_MAX];

/* Colours and theme have a preview. */
static const struct field_choice look_buttons[] = { { "save", N_("Save") }, { "preview", N_("Preview") }, { 0 } };

static const struct field_choice language_choices[] = { { "en", "English" }, { "zh", "中文" }, { 0 } };
static const struct field_choice language_set_choices[] = { { "en zh", "English, 中文" }, { "en", "English" }, { "zh", "中文" }, { 0 } };
static const struct field_choice flags[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { 0 } };

static struct field
field_of(const struct setting *setting)
{
	struct field field = { .name = setting->name, .type = FIELD_LINE, .max = SETTING_LINE_MAX, .label = setting->label,
		.help = setting->help };

	switch (setting->type) {
	case SETTING_LINKS:
	case SETTING_TEXT:
		field.type = FIELD_TEXT;
		field.max = SETTING_TEXT_MAX;
		break;
	case SETTING_LANGUAGE:
	case SETTING_LANGUAGES:
	case SETTING_FLAG:
		field.type = FIELD_CHOICE;
		field.choices = setting->type == SETTING_FLAG ? flags : setting->type == SETTING_LANGUAGE ? language_choices : language_set_choices;
		field.order = setting->type == SETTING_FLAG ? ORDER_STRICTER_LAST : ORDER_NONE; /* "off" shows less */
		field.required = true;
		break;
	case SETTING_THEME:
		field.max = SETTING_THEME_MAX;
		field.required = true;
		break;
	case SETTING_CHOICE:
		field.type = FIELD_CHOICE;
		field.choices = setting_choices(setting); /* from the most open to the strictest */
		field.order = ORDER_STRICTER_LAST;
		field.required = true;
		break;
	case SETTING_LINE:
	case SETTING_NUMBER:
	case SETTING_ZONE:
	case SETTING_COLOUR:
	case SETTING_COLOUR_DARK:
	case SETTING_PICTURE:
	case SETTING_COUNT:
	case SETTING_CHARACTER:
		break;
	}
	return field;
}

/* Adds a field at the end of a table. The last entry must stay empty, since it ends the table. */
static void
append(struct field *fields, struct field field)
{
	size_t count = 0;

	while (fields[count].name != NULL)
		if (++count + 1 == FIELDS_MAX)
			abort();
	fields[count] = field;
}

void
settings_prepare(void)
{
	for (const struct setting *setting = settings; setting->name != NULL; setting++) {
		append(group_fields[setting->group], field_of(setting));
		if (setting->type == SETTING_PICTURE)
			append(group_fields[setting->group], site_image_file_field(setting));
		if (setting_differs(setting))
			append(language_fields[setting->group], field_of(setting));
	}
	append(group_fields[GROUP_THEME], (struct field){ .name = "do", .type = FIELD_CHOICE, .max = 10, .choices = look_buttons });
	for (size_t group = 0; group < SETTING_GROUPS; group++) {
		const struct field base = { .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX };
		append(group_fields[group], base);
		if (language_fields[group][0].name != NULL)
			append(language_fields[group], base);
	}
}

/* The requested form: its group, and the language of its texts, "" for all languages. */
struct asked {
	const struct setting_group_name *group;
	const char *lang;
	const struct field *fields;
};

static enum status
need_asked(const struct request *req, struct asked *ret_asked)
{
	const char *slug = req->route->pattern + strlen("/admin/settings/");
	struct asked asked = { .lang = strstr(slug, ":language") == NULL ? "" : route_text(req, 0) };

	for (asked.group = setting_groups; strncmp(slug, asked.group->slug, strlen(asked.group->slug)) != 0; asked.group++)
		continue; /* every route names one */
	asked.fields = *asked.lang == '\0' ? group_fields[asked.group->group] : language_fields[asked.group->group];
	*ret_asked = asked;
	return (*asked.lang == '\0' || request_speaks(req, asked.lang)) && asked.fields->name != NULL ? OK : NOT_FOUND;
}

static const char *
settings_path(struct request *req, const char *group, const char *lang)
{
	return arena_printf(req->arena, "%s/admin/settings/%s%s%s", req->prefix, group, *lang == '\0' ? "" : "/", lang);
}

static void
add_view(struct request *req, xmlNodePtr list, const char *path, const char *name, bool current)
{
	xmlNodePtr item = page_text(list, "view", name);

	page_href(req->page, item, "href", path);
	if (current)
		page_attr(item, "current", "yes");
}

/* Adds links to the groups and, below them, to the languages of this group. */
static void
add_views(struct request *req, const struct asked *asked)
{
	xmlNodePtr list = page_element(req->page->root, "views");

	for (const struct setting_group_name *group = setting_groups; group->slug != NULL; group++)
		add_view(req, list, settings_path(req, group->slug, ""), lang_text(group->label), group == asked->group);
	if (language_fields[asked->group->group][0].name == NULL)
		return;
	list = page_element(req->page->root, "views");
	add_view(req, list, settings_path(req, asked->group->slug, ""), _("All languages"), *asked->lang == '\0');
	for (size_t i = 0; languages[i].code != NULL; i++)
		if (request_speaks(req, languages[i].code))
			add_view(req, list, settings_path(req, asked->group->slug, languages[i].code), languages[i].name,
				str_equal(asked->lang, languages[i].code));
}

/* The values of the form if it is opened now. */
static enum status
values_of(struct request *req, const struct asked *asked, const char *const **ret_values)
{
	const char **values = arena_array(req->arena, 2 * FIELDS_MAX + 1, sizeof(*values));
	struct setting_values *stored;
	size_t count = 0;

	TRY(setting_stored(req->db, req->arena, &stored));
	for (const struct field *field = asked->fields; field->name != NULL; field++) {
		const struct setting *setting = setting_find(field->name);
		const char *own = setting == NULL ? NULL : setting_for_language(stored, setting, asked->lang);
		if (setting == NULL)
			continue;
		values[count++] = setting->name;
		values[count++] = own != NULL ? own : *asked->lang == '\0' ? setting->default_value : "";
	}
	*ret_values = values;
	return OK;
}

static enum status
add_form(struct request *req, const struct asked *asked)
{
	struct form form = { .name = "settings", .path = settings_path(req, asked->group->slug, asked->lang) };
	struct field *fields = arena_array(req->arena, FIELDS_MAX, sizeof(*fields));
	const char *const *values;

	TRY(values_of(req, asked, &values));
	if (asked->group->group == GROUP_BRANDING && *asked->lang == '\0')
		(void)page_element(req->page->root, "files");
	memcpy(fields, asked->fields, FIELDS_MAX * sizeof(*fields));
	for (struct field *field = fields; field->name != NULL; field++)
		TRY(offer_choices(req, field, values));
	form.fields = fields;
	if (asked->group->group == GROUP_THEME)
		form.buttons = look_buttons;
	else
		form.button = _("Save");
	TRY(form_add(req, req->page->root, &form, values));
	if (asked->group->group == GROUP_LANGUAGE)
		form_suggest(req->page->root, "time_zone", clock_zones(req->arena));
	return OK;
}

/* GET /admin/settings */
enum status
show_first_settings(struct request *req)
{
	return request_see(req, settings_path(req, setting_groups[0].slug, ""));
}

/* GET /admin/settings/GROUP and /admin/settings/GROUP/:language; also shows a rejected form again. */
enum status
show_settings(struct request *req)
{
	struct asked asked;

	TRY(need_asked(req, &asked));
	TRY(admin_page(req, "settings", _("Settings")));
	add_views(req, &asked);
	if (*asked.lang != '\0')
		(void)page_text(req->page->root, "note", _("Empty fields use the text for all languages."));
	return add_form(req, &asked);
}

/* Returns what is wrong with a value, in the page's language, or NULL. */
static const char *
problem_of(struct request *req, const struct setting *setting, const char *value)
{
	const char *problem = setting_problem(req->arena, setting, value);
	bool dark = setting->type == SETTING_COLOUR_DARK;
	double contrast;

	if (problem == NULL || (!dark && setting->type != SETTING_COLOUR) || !setting_contrast(value, dark, &contrast))
		return problem == NULL ? NULL : lang_text(problem);
	return arena_printf(req->arena, dark ? _("This colour has a contrast of %.2f to 1 on the dark background. It needs at least 4.50, so choose a lighter "
		"one.")
		: _("This colour has a contrast of %.2f to 1 on the light background. It needs at least 4.50, so choose a darker one."), contrast);
}

/* Checks and saves one value. An empty value or the default removes the setting. */
static enum status
take_value(struct request *req, const struct setting *setting, const char *lang, struct site_image *images)
{
	const char *value = request_field(req, setting->name), *problem;
	bool is_reset = str_empty(value) || (*lang == '\0' && str_equal(value, setting->default_value));

	problem = is_reset ? NULL : problem_of(req, setting, value);
	if (problem != NULL)
		return form_wrong(req, setting->name, problem);
	if (setting->type == SETTING_PICTURE)
		return site_image_save(req, setting, value, images);
	return setting_save(req->db, setting->name, lang, is_reset ? NULL : value);
}

/* Saves all values. If one is wrong, reports every problem; the status then rolls back. */
static enum status
take_values(struct request *req, const struct asked *asked, struct site_image *images)
{
	enum status status = OK;

	for (const struct field *field = asked->fields; field->name != NULL; field++) {
		const struct setting *setting = setting_find(field->name);
		enum status taken = setting == NULL ? OK : take_value(req, setting, asked->lang, images);
		if (taken != OK && taken != INVALID)
			return taken;
		status = taken == OK ? status : taken;
	}
	return status;
}

/* Shows the page with the theme and colours of the form. Saves nothing. */
static enum status
preview(struct request *req, struct theme *theme)
{
	const char *day = request_field(req, "accent_colour"), *night = request_field(req, "accent_colour_dark");

	db_end(req->db);
	req->theme = theme;
	TRY(db_begin_read(req->db));
	TRY(show_settings(req));
	page_href(req->page, page_element(req->page->root, "preview-colours"), "href",
		request_colours(req, str_empty(day) ? setting_find("accent_colour")->default_value : day,
			str_empty(night) ? setting_find("accent_colour_dark")->default_value : night));
	return OK;
}

/* In one transaction: merges with changes by others, then saves the whole form or nothing. */
static enum status
save_settings(struct request *req, const struct asked *asked, bool looks, struct site_image *images)
{
	const char *const *values;

	TRY(request_write(req, false));
	TRY(values_of(req, asked, &values));
	if (!looks)
		TRY(form_merge(req, values, NULL));
	return take_values(req, asked, images);
}

/* POST /admin/settings/GROUP and /admin/settings/GROUP/:language */
enum status
take_settings(struct request *req)
{
	struct theme *theme = req->theme;
	struct site_image *images;
	struct asked asked;
	enum status status;
	bool looks;

	TRY(need_asked(req, &asked));
	if (asked.group->group == GROUP_THEME)
		TRY(theme_preview(req, request_field(req, "theme"), &theme));
	TRY(site_images_take(req, asked.fields, &images));
	site_images_mark(req, images);
	looks = asked.group->group == GROUP_THEME && str_equal(request_field(req, "do"), "preview");
	status = save_settings(req, &asked, looks, images);
	if (status == INVALID || status == CONFLICT)
		TRY(site_images_save(req, images));
	TRY(status);
	if (looks)
		return preview(req, theme);
	return request_see(req, arena_printf(req->arena, "%s#saved", settings_path(req, asked.group->slug, asked.lang)));
}
