#include "core/icalendar.h"

#include <stdlib.h>
#include <libical/ical.h>

static struct icaltimetype
utc_time(int64_t time)
{
	return icaltime_from_timet_with_zone((time_t)time, 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *
event_component(const struct icalendar_event *event)
{
	icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);

	icalcomponent_add_property(component, icalproperty_new_uid(event->uid));
	icalcomponent_add_property(component, icalproperty_new_dtstamp(utc_time(event->stamp)));
	icalcomponent_add_property(component, icalproperty_new_dtstart(utc_time(event->start)));
	icalcomponent_add_property(component, icalproperty_new_dtend(utc_time(event->start + event->seconds)));
	icalcomponent_add_property(component, icalproperty_new_summary(event->summary));
	icalcomponent_add_property(component, icalproperty_new_url(event->url));
	icalcomponent_add_property(component, icalproperty_new_status(event->is_free_slot ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED));
	icalcomponent_add_property(component, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	return component;
}

static icalproperty *
name_property(const char *name)
{
	icalproperty *property = icalproperty_new_x(name);

	icalproperty_set_x_name(property, "X-WR-CALNAME");
	return property;
}

char *
icalendar_write(struct arena *arena, const char *name, const struct icalendar_event *events, size_t count)
{
	icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	char *written, *text;

	icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(calendar, icalproperty_new_prodid("-//renown//schedule//EN"));
	icalcomponent_add_property(calendar, name_property(name));
	for (size_t i = 0; i < count; i++)
		icalcomponent_add_component(calendar, event_component(&events[i]));
	written = icalcomponent_as_ical_string_r(calendar);
	icalcomponent_free(calendar);
	if (written == NULL)
		abort(); /* out of memory */
	text = arena_dup(arena, written);
	free(written);
	return text;
}
