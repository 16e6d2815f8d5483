/* renown doctor: prints one line for each check, with "OK" or what to do. */
#include <stdio.h>

#include "command.h"
#include "core/str.h"
#include "page/health/health.h"
#include "site_user.h"
#include "store/db/db_location.h"
#include "store/db/schema.h"
#include "store/media/media_visibility.h"

static void
print(void *context, const char *check, bool is_problem, const char *sentence)
{
	(void)context;
	(void)is_problem;
	say("%-20s %s\n", check, sentence);
}

static const char *
take_clean(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

static int
doctor_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "clean", no_argument, NULL, 'c' }, { 0 } };
	struct health health = { .arena = context->arena, .conf = &context->conf, .now = context->now, .on_result = print };
	const char *problem = "";
	char **words;
	int result = read_options(context, argc, argv, options, take_clean, &health.clean, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = site_user_read_conf(context, &problem);
	if (status != OK) {
		say("%-20s %s\n", status == FORBIDDEN ? "Owner" : "Configuration", problem);
		return status == FORBIDDEN ? FAILED : CONFIGURATION;
	}
	print(NULL, "Configuration", false, "OK");
	health_machine(&health);
	if (db_open_site(&context->conf, DB_TOOL, media_visibility_settle, &context->db, &problem) != OK) {
		health_problem(&health, "Database schema", "%s: %s", db_location(&context->conf), problem);
		return FAILED;
	}
	health.db = context->db;
	health_ok(&health, "Database schema", "OK, %d", schema_version());
	health_newest(&health);
	health_theme(&health);
	/* The command also fails if the result cannot be saved for /admin/health. */
	if (health_full_check(&health) != OK)
		return FAILED;
	return health.problems == 0 ? DONE : FAILED;
}

const struct command doctor_commands[] = {
	{ "doctor", NULL, "[--clean]", "Checks the site for problems, and says how to fix them.",
		doctor_command, NEEDS_FOLDER },
	{ 0 },
};
