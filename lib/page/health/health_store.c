/* Checks the database's integrity and the consistency of its contents. */
#include "page/health/health.h"

#include "page/lang/lang.h"
#include "page/post/post_render.h"
#include "store/comment/comment_count.h"
#include "store/comment/comment_vote.h"
#include "store/db/db_backup.h"
#include "store/post/former_summary.h"
#include "store/maintenance/integrity.h"
#include "store/mail/outbox.h"

static void
check_integrity(struct health *health)
{
	const char *report = "";
	enum status status = db_backup_check(health->db, health->arena, &report);

	if (status != OK)
		health_problem(health, N_("Database integrity"), N_("The database couldn't be checked (%s). Run doctor again."), status_name(status));
	else if (*report != '\0')
		health_problem(health, N_("Database integrity"), N_("The database is damaged. Restore a backup. %s"), report);
	else
		health_ok(health, N_("Database integrity"), N_("OK"));
}

static void
check_contents(struct health *health)
{
	struct integrity found;
	enum status status = integrity_check(health->db, post_render_version(health->arena, health->conf), &found);

	if (status != OK) {
		health_problem(health, N_("Posts"), N_("The posts couldn't be counted (%s)."), status_name(status));
		return;
	}
	if (found.textless > 0)
		health_problem(health, N_("Posts"), N_("%lld posts have no text. Restore a backup."), (long long)found.textless);
	else
		health_ok(health, N_("Posts"), N_("OK (%lld)"), (long long)found.posts);
	if (found.stale > 0)
		health_problem(health, N_("Rendering"), N_("%lld posts were rendered by another version or with another path in base_url. Run: renown render"),
			(long long)found.stale);
	else
		health_ok(health, N_("Rendering"), N_("OK"));
	if (found.indexed != found.published)
		health_problem(health, N_("Search"), N_("The search index contains %lld of %lld posts. Run: renown render --all"), (long long)found.indexed,
			(long long)found.published);
	else
		health_ok(health, N_("Search"), N_("OK"));
	if (found.miscounted > 0)
		health_problem(health, N_("Tags"), N_("%lld tags have a wrong post count. Report this problem, then save one of their posts again."),
			(long long)found.miscounted);
	else
		health_ok(health, N_("Tags"), N_("OK"));
}

/* The stored numbers of comments are corrected at once, since nobody could do it in another way. */
static void
check_comments(struct health *health)
{
	struct comment_count wrong;
	enum status status = db_begin_comment(health->db);

	if (status == OK)
		status = comment_count_repair(health->db, &wrong);
	if (status == OK && wrong.threads + wrong.replies + wrong.places + wrong.steps > 0)
		status = db_commit(health->db);
	db_end(health->db);
	if (status != OK)
		health_problem(health, N_("Comments"), N_("The comments couldn't be counted (%s)."), status_name(status));
	else if (wrong.threads + wrong.replies + wrong.places + wrong.steps > 0)
		health_problem(health, N_("Comments"), N_("The stored numbers of comments were wrong and have been corrected (posts: %lld, threads: %lld, "
			"comments: %lld, lists: %lld). Report this problem."), (long long)wrong.threads, (long long)wrong.replies, (long long)wrong.places,
			(long long)wrong.steps);
	else
		health_ok(health, N_("Comments"), N_("OK"));
}

/* The same for votes. */
static void
check_votes(struct health *health)
{
	struct arena *arena = arena_new();
	int64_t wrong = 0;
	enum status status = db_begin_comment(health->db);

	if (status == OK)
		status = vote_repair(health->db, arena, &wrong);
	if (status == OK && wrong > 0)
		status = db_commit(health->db);
	db_end(health->db);
	arena_free(arena);
	if (status != OK)
		health_problem(health, N_("Votes"), N_("The votes couldn't be counted (%s)."), status_name(status));
	else if (wrong > 0)
		health_problem(health, N_("Votes"), N_("%lld stored numbers of votes were wrong and have been corrected. Report this problem."), (long long)wrong);
	else
		health_ok(health, N_("Votes"), N_("OK"));
}

enum { SUMMARIES_MAX = 20 };

/* Reports summaries from before migration 15 of which only their authors know whether they were typed or generated. */
static void
check_summaries(struct health *health)
{
	struct unknown_summary *rows;
	size_t count;
	enum status status = former_summary_unknown(health->db, health->arena, SUMMARIES_MAX, &rows, &count);

	if (status != OK) {
		health_problem(health, N_("Summaries"), N_("The summaries couldn't be read (%s)."), status_name(status));
		return;
	}
	for (size_t i = 0; i < count; i++)
		health_problem(health, N_("Summaries"), rows[i].shown
			? N_("The summary of %s may be generated from an earlier text: \"%s\". Open the post and save it, with this summary or without one.")
			: N_("The summary of %s may be generated from text that is not public, so it is not shown: \"%s\". Open the post, enter the "
				"summary again if you wrote it, and save."),
			rows[i].slug, rows[i].summary);
	if (count == 0)
		health_ok(health, N_("Summaries"), N_("OK"));
}

enum { MAIL_PATIENCE = 3600 };

static void
check_mail(struct health *health)
{
	const char *problem = "";
	int64_t count;
	enum status status = outbox_stuck(health->db, health->arena, health->now - MAIL_PATIENCE, &count, &problem);

	if (status != OK)
		health_problem(health, N_("Email"), N_("The outbox couldn't be read (%s)."), status_name(status));
	else if (count > 0 && *problem == '\0')
		health_problem(health, N_("Email"), N_("%lld emails have been waiting for more than an hour without an attempt to send them. Start renown work."),
			(long long)count);
	else if (count > 0)
		health_problem(health, N_("Email"), N_("%lld emails have been waiting for more than an hour: %s"), (long long)count, problem);
	else if (health->conf->mail_transport == MAIL_FOLDER)
		health_ok(health, N_("Email"), N_("OK; emails are written to the folder %s and not sent"), health->conf->mail);
	else
		health_ok(health, N_("Email"), N_("OK"));
}

void
health_store(struct health *health)
{
	check_integrity(health);
	if (!db_is_broken(health->db)) {
		check_contents(health);
		check_comments(health);
		check_votes(health);
		check_summaries(health);
		check_mail(health);
	}
}
