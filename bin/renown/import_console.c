/* Shows the progress and result of an import on a terminal. */
#include "task/import/import.h"

#include "command.h"
#include "progress.h"

struct console {
	struct context *context;
	const char *folder;
	struct progress progress;
	int64_t done;
};

static void
show_step(void *context, const char *what, int64_t done, int64_t total)
{
	struct console *console = context;

	if (done == 0) {
		console->done = 0;
		progress_start(&console->progress, what, total);
	}
	progress_step(&console->progress, done - console->done);
	console->done = done;
	if (done == total)
		progress_end(&console->progress);
}

static void
print_refused(void *context, const char *path, const struct data_node_problem *problem)
{
	struct console *console = context;
	struct arena *arena = console->context->arena;
	const char *words = data_node_problem_text(arena, problem), *name = arena_printf(arena, "%s%s%s", console->folder, *path == '\0' ? "" : "/", path);

	progress_pause(&console->progress);
	if (problem->line > 0)
		(void)fail("%s:%d: %s.", name, problem->line, words);
	else
		(void)fail("%s: %s.", name, words);
}

int
import_run_console(struct context *context, const struct import_options *options, struct import **ret_import)
{
	struct console console = { .context = context, .folder = options->folder };
	struct import_options chosen = *options;
	enum status status;

	chosen.listener = (struct import_listener){ .context = &console, .step = show_step, .refused = print_refused };
	*ret_import = import_new(context->arena, context->db, &context->conf, &chosen);
	status = import_run(*ret_import);
	if (status == NOT_FOUND)
		return FAILED; /* the reason was printed */
	if (status != OK)
		return fail_status(status, "The import");
	return (*ret_import)->refused > 0 ? FAILED : DONE;
}

void
import_report(const struct import *import)
{
	say("%s%lld added, %lld updated, %lld unchanged, %lld edited on this site and not replaced, %lld empty, %lld skipped, %lld failed.\n",
		import->options.dry_run ? "Nothing was saved. The import would give: " : "", (long long)import->added,
		(long long)import->updated, (long long)import->unchanged, (long long)import->edited,
		(long long)import->empty, (long long)import->left_out, (long long)import->refused);
	say("%s", conversion_warnings_text(import->warnings));
}
