#include "store/moderation/rule.h"

#include "core/str.h"

#define N_(message) message /* translated where it is shown */

const struct field_choice rule_fields[] = {
	{ "word", N_("Words in the text") }, { "name", N_("Author's name") }, { "address", N_("Email or link address") }, { "host", N_("Website of a link") }, { 0 },
};

const struct field_choice rule_actions[] = {
	{ "hold", N_("Hold for moderation") }, { "spam", N_("Mark as spam") }, { "refuse", N_("Refuse") }, { 0 },
};

enum rule_field
rule_field_of(const char *field)
{
	for (int i = 0; rule_fields[i].value != NULL; i++)
		if (str_equal(rule_fields[i].value, field))
			return (enum rule_field)(RULE_WORD + i);
	return 0;
}
