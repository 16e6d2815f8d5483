/* Choices that depend on the site: its themes and its images. */
#include "admin.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/theme/theme_list.h"
#include "site_image.h"

static const char *
value_in(const char *const *values, const char *name)
{
	for (; values[0] != NULL; values += 2)
		if (str_equal(values[0], name))
			return values[1];
	return "";
}

/* The available themes. A theme that is set but missing stays in the list. */
static const struct field_choice *
themes_of(struct request *req, const char *now)
{
	const char *const *names = theme_list(req->arena, req->conf);
	struct field_choice *choices = arena_array(req->arena, THEMES_MAX + 2, sizeof(*choices));
	size_t count = 0;
	bool found = false;

	for (; *names != NULL; names++) {
		choices[count] = (struct field_choice){ *names, count == 0 ? N_("Default theme") : *names };
		count++;
		found = found || str_equal(*names, now);
	}
	if (!found)
		choices[count] = (struct field_choice){ now, now };
	return choices;
}

enum status
offer_choices(struct request *req, struct field *field, const char *const *values)
{
	const struct setting *setting = setting_find(field->name);

	if (setting == NULL)
		return OK;
	if (setting->type == SETTING_THEME) {
		field->type = FIELD_CHOICE;
		field->choices = themes_of(req, value_in(values, field->name));
	}
	if (setting->type == SETTING_PICTURE) {
		const char *typed = str_equal(req->method, "POST") && req->fields != NULL ? request_field(req, field->name) : NULL;
		field->type = FIELD_CHOICE;
		return site_image_choices(req, value_in(values, field->name), typed, &field->choices);
	}
	return OK;
}
