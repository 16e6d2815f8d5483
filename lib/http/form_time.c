#include "http/form_time.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"

const struct field_choice form_time_folds[] = {
	{ "", N_("Choose one") },
	{ "first", N_("The first, before the clocks go back") },
	{ "second", N_("The second, after the clocks have gone back") },
	{ 0 },
};

static const char *
fold_name(const struct request *req, const char *name)
{
	return arena_printf(req->arena, "%s_fold", name);
}

const char *
form_time_fold(int64_t time)
{
	switch (clock_transition(time)) {
	case CLOCK_REPEATED_FIRST: return "first";
	case CLOCK_REPEATED_SECOND: return "second";
	case CLOCK_AFTER_GAP:
	case CLOCK_NORMAL: break;
	}
	return "";
}

/*
 * Whether a choice agrees with a time. For a time that occurs only once it always does, since the choice was made
 * for another time.
 */
static bool
is_fold(const char *chosen, const char *stored)
{
	return str_empty(chosen) || str_empty(stored) || str_equal(chosen, stored);
}

enum status
form_time(struct request *req, const char *name, const int64_t *stored, int64_t *ret_time)
{
	const char *given = request_field(req, name), *fold = request_field(req, fold_name(req, name)), *text;
	int64_t times[2];

	text = str_trim(req->arena, given == NULL ? "" : given);
	if (stored != NULL && str_equal(text, clock_local(req->arena, *stored)) && is_fold(fold, form_time_fold(*stored))) {
		*ret_time = *stored;
		return OK;
	}
	switch (clock_read_date(text, times)) {
	case CLOCK_NO_DATE:
		return form_wrong(req, name, _("Enter a date such as 2026-11-24 08:00."));
	case CLOCK_SKIPPED:
		return form_wrong(req, name, arena_printf(req->arena,
			_("This time does not exist: the clocks go forward on that day and skip it. Enter %s, or another time."),
			clock_local(req->arena, times[0])));
	case CLOCK_TWO_TIMES:
		if (str_empty(fold))
			return form_wrong(req, fold_name(req, name), _("Choose which of the two you mean."));
		*ret_time = times[str_equal(fold, "second") ? 1 : 0];
		return OK;
	case CLOCK_ONE_TIME:
		break;
	}
	*ret_time = times[0];
	return OK;
}

bool
form_time_needs_fold(const struct request *req, const char *name, const char *stored)
{
	const char *fold = fold_name(req, name);

	for (const struct form_problem *problem = req->problems; problem != NULL; problem = problem->next)
		if (str_equal(problem->field, fold))
			return true;
	return !str_empty(stored) || (str_equal(req->method, "POST") && !str_empty(request_field(req, fold)));
}
