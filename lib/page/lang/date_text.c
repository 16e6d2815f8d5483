#include "page/lang/date_text.h"

#include "core/clock.h"
#include "page/lang/lang.h"

enum { DAY = 24 * 3600 };

const char *
date_text_weekday(int day)
{
	static const char *const words[7] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
		N_("Sunday") };

	return lang_text(words[day]);
}

const char *
date_text_weekday_short(int day)
{
	static const char *const words[7] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

	return lang_text(words[day]);
}

/* 1 January 1970 was a Thursday. */
int
date_text_day(int64_t time)
{
	int64_t local_time = clock_to_local(time), day = local_time / DAY - (local_time % DAY < 0);

	return (int)(((day + 3) % 7 + 7) % 7);
}

char *
date_text_clock(struct arena *arena, int64_t time)
{
	int64_t second = (clock_to_local(time) % DAY + DAY) % DAY;

	return arena_printf(arena, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
}

static const char *
oddity_text(enum clock_transition oddity)
{
	switch (oddity) {
	case CLOCK_AFTER_GAP: return _("just after the clocks go forward; the hour before is skipped");
	case CLOCK_REPEATED_FIRST: return _("first of two occurrences, before the clocks go back");
	case CLOCK_REPEATED_SECOND: return _("second of two occurrences, after the clocks go back");
	case CLOCK_NORMAL: break;
	}
	return NULL;
}

char *
date_text_full(struct arena *arena, int64_t time)
{
	const char *odd = oddity_text(clock_transition(time));
	/* Translators: day of the week, date, time of day. %2$s may come first. */
	char *text = arena_printf(arena, _("%1$s, %2$s, %3$s"), date_text_weekday(date_text_day(time)), lang_date(arena, time), date_text_clock(arena, time));

	/* Translators: a time, and what is odd about it. */
	return odd == NULL ? text : arena_printf(arena, _("%1$s (%2$s)"), text, odd);
}
