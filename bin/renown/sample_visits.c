/* Generates sample visits: an access log as a web server would write it. */
#include "sample.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "page/post/entry.h"

enum { DAYS = 90, DAY = 24 * 60 * 60, LINES_A_DAY_MAX = 4000, FILE_MODE = 0640 };

/* --- random numbers ---------------------------------------------------------------- */

/*
 * SplitMix: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). The same seed gives the
 * same visits.
 */
struct chance {
	uint64_t state;
};

static uint64_t
draw(struct chance *chance)
{
	uint64_t mixed = chance->state += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
	return mixed ^ (mixed >> 31);
}

/* A number from 0 to most - 1. */
static int64_t
below(struct chance *chance, int64_t most)
{
	return (int64_t)(draw(chance) % (uint64_t)most);
}

static bool
happens(struct chance *chance, int percent)
{
	return below(chance, 100) < percent;
}

/* --- visited pages -------------------------------------------------------------------- */

struct target {
	const char *path; /* as it is written to the log */
	const char *lang;
	int64_t id, published;
	bool is_page;
};

struct visit {
	int64_t milliseconds;
	const char *line; /* the line after the time */
};

struct visits {
	struct arena *arena; /* for one day */
	struct chance chance;
	struct target *targets; /* newest first */
	size_t target_count;
	struct visit *list;
	size_t count;
	int64_t day; /* its first second */
};

/* Escapes a path as nginx does in its log. */
static const char *
log_path(struct arena *arena, const char *encoded)
{
	struct str path = str_init(arena);

	for (const char *c = encoded; *c != '\0'; c++) {
		if (*c == '%')
			str_add(&path, "\\x");
		else
			str_add_char(&path, *c);
	}
	return path.bytes;
}

static int
newest_first(const void *a, const void *b)
{
	const struct target *first = a, *second = b;

	if (first->published != second->published)
		return first->published < second->published ? 1 : -1;
	return strcmp(first->path, second->path);
}

static enum status
find_targets(struct context *context, const struct import *import, struct visits *visits)
{
	visits->targets = arena_array(context->arena, import->count + 1, sizeof(*visits->targets));
	for (size_t i = 0; i < import->count; i++) {
		struct post post;
		struct target *target = &visits->targets[visits->target_count];
		if (import->files[i]->post_id == 0)
			continue;
		TRY(post_by_id(context->db, context->arena, import->files[i]->post_id, &post));
		if (!str_equal(post.state, "published"))
			continue;
		target->path = log_path(context->arena, entry_path(context->arena, &post));
		target->lang = post.lang;
		target->id = post.id;
		target->published = post.published;
		target->is_page = str_equal(post.kind, "page");
		visits->target_count++;
	}
	qsort(visits->targets, visits->target_count, sizeof(*visits->targets), newest_first);
	return OK;
}

/* --- visitors -------------------------------------------------------------------------- */

static const char *const agents[] = {
	"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
};
static const char *const feed_agents[] = { "Sample-Feed-Reader/2.1", "Sample-Aggregator/0.9 (14 subscribers)",
	"Sample-Pocket-Reader/5" };
static const char *const referrers[] = { "-", "-", "-", "https://search.example/", "https://search.example/",
	"https://news.example/today", "https://paper-people.example/links", "https://social.example/" };

#define PICK(chance, list) (list)[below(chance, (int64_t)(sizeof(list) / sizeof(*(list))))]

/* Addresses that RFC 5737 and RFC 3849 reserve for documentation, so nobody has them. */
static const char *
pick_address(struct visits *visits)
{
	static const char *const networks[] = { "192.0.2", "198.51.100", "203.0.113" };
	struct chance *chance = &visits->chance;

	if (happens(chance, 30))
		return arena_printf(visits->arena, "2001:db8:%" PRIx64 "::%" PRIx64, draw(chance) & 0xfff, draw(chance) & 0xffff);
	return arena_printf(visits->arena, "%s.%d", PICK(chance, networks), (int)below(chance, 254) + 1);
}

/* The fields of a log line except its time. */
struct request {
	const char *address, *path, *query, *referrer, *agent, *lang, *event;
	int status;
	int64_t bytes, row;
};

static void
add_visit(struct visits *visits, int64_t milliseconds, const struct request *request)
{
	struct chance *chance = &visits->chance;
	const char *cache = happens(chance, 80) ? "HIT" : happens(chance, 50) ? "MISS" : "EXPIRED";
	const char *row = request->row == 0 ? "-" : arena_printf(visits->arena, "%lld", (long long)request->row);

	if (visits->count == LINES_A_DAY_MAX)
		return;
	visits->list[visits->count++] = (struct visit){ .milliseconds = milliseconds, .line = arena_printf(visits->arena,
		"%s\tGET\t%s\t%s\t%d\t%lld\t%s\t%s\t%s\t-\t%s\t%s\t%s\t0.%03d\n", request->address, request->path,
		request->query, request->status, (long long)request->bytes, request->referrer, request->agent, request->lang,
		cache, request->event, row, (int)below(chance, cache[0] == 'H' ? 2 : 30)) };
}

/* A published post, new ones much more often. NULL on a day before the first post. */
static const struct target *
pick_target(struct visits *visits)
{
	size_t first = 0, left;

	while (first < visits->target_count && visits->targets[first].published > visits->day)
		first++;
	left = visits->target_count - first;
	if (left == 0)
		return NULL;
	/* The smaller of two random numbers favours the start of the list. */
	int64_t one = below(&visits->chance, (int64_t)left), other = below(&visits->chance, (int64_t)left);
	return &visits->targets[first + (size_t)(one < other ? one : other)];
}

/* A time of day: few visits at night, most in the evening. */
static int64_t
pick_time(struct visits *visits)
{
	static const int hours[] = { 0, 6, 7, 8, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 20, 20, 21, 21, 21, 22, 22, 23 };

	return (visits->day + PICK(&visits->chance, hours) * 3600) * 1000 + below(&visits->chance, 3600 * 1000);
}

/* A reader arrives from some page and reads one to four pages. */
static void
add_reader(struct visits *visits, const char *site)
{
	struct chance *chance = &visits->chance;
	const struct target *target = pick_target(visits);
	struct request request = { .address = pick_address(visits), .query = "-", .agent = PICK(chance, agents),
		.referrer = PICK(chance, referrers) };
	int64_t time = pick_time(visits), pages = 1 + below(chance, 4);

	if (target == NULL)
		return;
	request.lang = target->lang;
	/* Days are written one after the other, so a visit does not continue after midnight. */
	for (int64_t page = 0; page < pages && target != NULL && time < (visits->day + DAY) * 1000;
		page++, target = pick_target(visits)) {
		bool front = page == 0 && happens(chance, 25), is_missing = happens(chance, 2);
		request.path = is_missing ? "/blog/a-page-that-never-was" : front ? "/" : target->path;
		request.status = is_missing ? 404 : 200;
		request.event = is_missing || front ? "-" : target->is_page ? "page" : "post";
		request.row = is_missing || front ? 0 : target->id;
		request.bytes = is_missing ? 2100 : 4000 + below(chance, 9000);
		add_visit(visits, time, &request);
		request.referrer = arena_printf(visits->arena, "%s%s", site, request.path);
		time += 15000 + below(chance, 240000);
	}
}

/* A feed reader asks all day long and mostly gets 304. */
static void
add_feed_reader(struct visits *visits, size_t number)
{
	struct chance *chance = &visits->chance;
	struct request request = { .address = arena_printf(visits->arena, "203.0.113.%d", 200 + (int)number),
		.path = number % 2 == 0 ? "/feed.rss" : "/feed.atom", .query = "-", .referrer = "-",
		.agent = feed_agents[number % 3], .lang = "en", .event = "feed" };

	for (int64_t hour = (int64_t)number % 3; hour < 24; hour += 3) {
		request.status = happens(chance, 15) ? 200 : 304;
		request.bytes = request.status == 200 ? 30000 + below(chance, 20000) : 0;
		add_visit(visits, (visits->day + hour * 3600) * 1000 + below(chance, 600000), &request);
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct visit *first = a, *second = b;

	if (first->milliseconds != second->milliseconds)
		return first->milliseconds < second->milliseconds ? -1 : 1;
	return strcmp(first->line, second->line);
}

/* --- the file ---------------------------------------------------------------------------- */

/* The number of readers grows over time, and is lower at weekends and higher after a new post. */
static int
write_day(struct visits *visits, const char *site, int day, FILE *file)
{
	int64_t readers = 30 + day, weekday;

	arena_reset(visits->arena);
	visits->list = arena_array(visits->arena, LINES_A_DAY_MAX, sizeof(*visits->list));
	visits->count = 0;
	visits->chance.state = (uint64_t)visits->day;
	weekday = (visits->day / DAY + 4) % 7;
	if (weekday == 0 || weekday == 6)
		readers = readers * 2 / 3;
	for (size_t i = 0; i < visits->target_count; i++)
		if (visits->targets[i].published <= visits->day && visits->targets[i].published > visits->day - 2 * DAY)
			readers += 40;
	readers += below(&visits->chance, 20);
	for (int64_t i = 0; i < readers; i++)
		add_reader(visits, site);
	for (size_t i = 0; i < 5; i++)
		add_feed_reader(visits, i);
	qsort(visits->list, visits->count, sizeof(*visits->list), by_time);
	for (size_t i = 0; i < visits->count; i++)
		if (fprintf(file, "%lld\t%s", (long long)visits->list[i].milliseconds, visits->list[i].line) < 0)
			return FAILED;
	return DONE;
}

static int
write_days(struct context *context, struct visits *visits, int64_t until, const char *path)
{
	const char *draft = arena_printf(context->arena, "%s.new", path);
	int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, FILE_MODE), result = DONE;
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (file == NULL)
		return fail("%s cannot be written: %s.", draft, strerror(errno));
	for (int day = 0; result == DONE && day < DAYS; day++) {
		visits->day = until - until % DAY - (int64_t)(DAYS - day) * DAY;
		result = write_day(visits, context->conf.base_url, day, file);
	}
	if (fflush(file) != 0 || fsync(fd) != 0)
		result = FAILED;
	if (fclose(file) != 0 || result != DONE || rename(draft, path) != 0) {
		result = fail("%s cannot be written: %s.", path, strerror(errno));
		(void)unlink(draft);
	}
	return result;
}

static const char *
visits_path(struct context *context)
{
	return arena_printf(context->arena, "%s/log/sample-visits.log", context->folder);
}

int
sample_add_visits(struct context *context, const struct import *import, int64_t until)
{
	const char *path = visits_path(context);
	struct visits visits = { .arena = arena_new() };
	enum status status;
	int result;

	if (access(path, F_OK) == 0) {
		arena_free(visits.arena);
		return DONE;
	}
	(void)mkdir(arena_printf(context->arena, "%s/log", context->folder), 0750);
	status = find_targets(context, import, &visits);
	result = status == OK ? write_days(context, &visits, until, path) : fail_status(status, "Reading the sample posts");
	arena_free(visits.arena);
	return result;
}

int
sample_remove_visits(struct context *context)
{
	const char *path = visits_path(context);

	if (unlink(path) != 0 && errno != ENOENT)
		return fail("%s cannot be removed: %s.", path, strerror(errno));
	return DONE;
}
