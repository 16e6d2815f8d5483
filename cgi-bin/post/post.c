/* The program for authors: writing and managing posts, media, schedule, import and export. */
#include "post_list.h"
#include "experiment.h"
#include "schedule.h"
#include "shared/media_library.h"

static const struct route routes[] = {
	{ GET, "/write", show_post_list, .role = AUTHOR, .fields = post_list_fields, .languages = true },
	{ GET, "/write/media", show_media_library, .role = AUTHOR, .fields = library_fields, .languages = true },
	{ POST, "/write/media", take_uploads, .role = AUTHOR, .fields = upload_fields, .languages = true, .again = show_media_library, .repeat = ONCE },
	{ GET, "/write/media/:id", show_file, .role = AUTHOR, .languages = true },
	{ POST, "/write/media/:id", take_file, .role = AUTHOR, .fields = file_fields, .languages = true, .again = show_file, .repeat = REPEATABLE },
	{ POST, "/write/media/:id/replace", take_replacement, .role = AUTHOR, .fields = replace_fields, .languages = true, .again = show_file,
		.repeat = ONCE },
	{ POST, "/write/media/:id/remove", take_removal, .role = AUTHOR, .languages = true, .again = show_file, .repeat = REVISED },
	{ GET, "/write/may-upload", tell_may_upload, .role = ANYONE },
	{ GET, "/write/export", show_export, .role = AUTHOR, .languages = true },
	{ POST, "/write/export", take_export, .role = AUTHOR, .languages = true, .again = show_export, .repeat = ONCE },
	{ GET, "/write/export/file", send_export, .role = AUTHOR, .languages = true },
	{ GET, "/write/import", show_import, .role = AUTHOR, .languages = true },
	{ POST, "/write/import", take_import, .role = AUTHOR, .fields = import_fields, .languages = true, .again = show_import, .repeat = ONCE },
	{ GET, "/write/import/:id", show_report, .role = AUTHOR, .fields = report_fields, .languages = true },
	{ GET, "/write/new", show_new, .role = AUTHOR, .fields = edit_fields, .languages = true },
	{ POST, "/write/new", take_new, .role = AUTHOR, .fields = post_fields, .languages = true, .again = show_new, .repeat = ONCE },
	{ POST, "/write/new/autosave", take_discard, .role = AUTHOR, .fields = discard_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/write/queue", show_queue, .role = AUTHOR, .languages = true },
	{ POST, "/write/queue/gaps", take_gaps, .role = AUTHOR, .languages = true, .again = show_queue, .repeat = REPEATABLE },
	{ POST, "/write/queue/:id", take_queue, .role = AUTHOR, .fields = queue_fields, .languages = true, .again = show_queue, .repeat = REVISED },
	{ GET, "/write/calendar", show_calendar, .role = AUTHOR, .languages = true },
	{ GET, "/write/calendar/:file", show_private_calendar, .role = ANYONE },
	{ GET, "/write/schedule", show_schedule, .role = AUTHOR, .languages = true },
	{ GET, "/write/schedule.ics", show_calendar_file, .role = AUTHOR },
	{ POST, "/write/schedule", take_rule, .role = EDITOR, .fields = rule_fields, .languages = true, .again = show_schedule, .repeat = ONCE },
	{ POST, "/write/schedule/slots/:id", take_rule_removal, .role = EDITOR, .languages = true, .repeat = REVISED },
	{ POST, "/write/schedule/calendar", take_calendar_address, .role = AUTHOR, .languages = true, .repeat = ONCE, .repeated = show_calendar_address },
	{ POST, "/write/schedule/calendar/end", take_calendar_address_removal, .role = AUTHOR, .languages = true, .repeat = REPEATABLE },
	/* Old addresses, which stand in bookmarks and calendars; before /write/:id, which would match the first two. */
	{ GET, "/write/plan", .moved = "/write/schedule", .role = ANYONE, .languages = true },
	{ GET, "/write/plan.ics", .moved = "/write/schedule.ics", .role = ANYONE },
	{ GET, "/write/:id", show_edit, .role = AUTHOR, .fields = edit_fields, .languages = true },
	{ POST, "/write/:id", take_edit, .role = AUTHOR, .fields = post_fields, .languages = true, .again = show_edit, .repeat = REVISED },
	{ GET, "/write/:id/media", show_attach, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/media", take_attach, .role = AUTHOR, .fields = attach_fields, .languages = true, .again = show_attach, .repeat = REVISED },
	{ POST, "/write/:id/autosave", take_discard, .role = AUTHOR, .fields = discard_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/write/:id/trash", show_trash, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/trash", take_trash, .role = AUTHOR, .fields = trash_fields, .languages = true, .again = show_trash, .repeat = REPEATABLE },
	{ GET, "/write/:id/delete", show_delete, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/delete", take_delete, .role = AUTHOR, .languages = true, .again = show_delete, .repeat = REVISED },
	{ GET, "/write/:id/compare", show_compare, .role = AUTHOR, .fields = compare_fields, .languages = true },
	{ GET, "/write/:id/versions", show_versions, .role = AUTHOR, .languages = true },
	{ GET, "/write/:id/versions/:number", show_version, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/versions/:number", take_version, .role = AUTHOR, .languages = true, .again = show_version, .repeat = REVISED },
	{ GET, "/write/:id/experiment", show_experiment, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/experiment", take_experiment, .role = AUTHOR, .fields = experiment_fields, .languages = true, .again = show_experiment, .repeat = ONCE },
	{ GET, "/write/:id/experiment/:number", show_experiment_result, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/experiment/:number", take_experiment_result, .role = AUTHOR, .fields = experiment_result_fields, .languages = true,
		.again = show_experiment_result, .repeat = REVISED },
	/* Old addresses, which stand in bookmarks. */
	{ GET, "/write/:id/bin", .moved = "/write/:id/trash", .role = ANYONE, .languages = true },
	{ GET, "/write/:id/attach", .moved = "/write/:id/media", .role = ANYONE, .languages = true },
	{ GET, "/write/:id/trial", .moved = "/write/:id/experiment", .role = ANYONE, .languages = true },
	{ GET, "/write/:id/trial/:number", .moved = "/write/:id/experiment/:number", .role = ANYONE, .languages = true },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("post", routes, argc, argv);
}
