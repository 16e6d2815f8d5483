#include "store_fixture.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/token.h"
#include "raw_sql.h"
#include "store/db/migrate.h"

enum { DAY = 24 * 60 * 60, OPEN_FOLDERS = 16 };

/* The file of a database with the newest schema. */
static char *fresh;
static size_t fresh_length;

/* A path in the folder of temporary files. */
static void
temporary_path(char *path, size_t size, const char *name)
{
	const char *base = getenv("TMPDIR");

	(void)snprintf(path, size, "%s/%s-XXXXXX", base == NULL || strlen(base) > 40 ? "/tmp" : base, name);
}

static void
read_fresh(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat found;
	char *bytes;

	if (file == NULL)
		return;
	if (fstat(fileno(file), &found) == 0 && found.st_size > 0 && (bytes = malloc((size_t)found.st_size)) != NULL) {
		fresh_length = fread(bytes, 1, (size_t)found.st_size, file);
		fresh = bytes;
	}
	(void)fclose(file);
}

/*
 * Runs before main(), so once for all tests of a suite, each of which is a separate process: the migrations take longer than most
 * tests. Nothing is open when it ends. If it fails, each test creates its own database and reports the error.
 */
static void __attribute__((constructor))
make_fresh(void)
{
	char folder[64], path[80];
	const char *problem = "";
	struct db *db = NULL;
	int applied;
	bool done;

	token_init();
	log_open("test", LOG_WARNING);
	temporary_path(folder, sizeof(folder), "fresh");
	if (mkdtemp(folder) == NULL)
		return;
	(void)snprintf(path, sizeof(path), "%s/renown.db", folder);
	done = db_open(path, DB_CREATE, &db, &problem) == OK && migrate_run(db, &applied, &problem) == OK;
	if (db != NULL)
		db_close(db);
	if (done)
		read_fresh(path);
	(void)unlink(path);
	(void)rmdir(folder);
}

struct store *
store_open(void)
{
	struct arena *arena = arena_new();
	struct store *store = arena_new_of(arena, struct store);
	const char *problem = "";
	int applied;

	token_init();
	log_open("test", LOG_WARNING);
	store->arena = arena;
	temporary_path(store->folder, sizeof(store->folder), "store");
	ck_assert_ptr_nonnull(mkdtemp(store->folder));
	store->path = arena_printf(arena, "%s/renown.db", store->folder);
	store->media = arena_printf(arena, "%s/media", store->folder);
	ck_assert_int_eq(mkdir(store->media, 0755), 0);
	if (fresh != NULL)
		(void)store_file(store, "renown.db", fresh, fresh_length);
	ck_assert_msg(db_open(store->path, DB_CREATE, &store->db, &problem) == OK, "%s", problem);
	ck_assert_msg(migrate_run(store->db, &applied, &problem) == OK, "%s", problem);
	return store;
}

static int
remove_entry(const char *path, const struct stat *found, int type, struct FTW *place)
{
	(void)found;
	(void)type;
	(void)place;
	return remove(path);
}

void
store_close(struct store *store)
{
	db_close(store->db);
	ck_assert_int_eq(nftw(store->folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS), 0);
	arena_free(store->arena);
}

const char *
store_beside(struct store *store, const char *name)
{
	return arena_printf(store->arena, "%s/%s", store->folder, name);
}

const char *
store_file(struct store *store, const char *name, const char *bytes, size_t length)
{
	const char *path = store_beside(store, name);
	FILE *file = fopen(path, "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
	return path;
}

void
store_elsewhere(const char *path, const char *sql)
{
	raw_run_file(path, sql);
}

unsigned
store_number(void)
{
	static unsigned state = 12345;

	return (state = state * 1103515245u + 12345u) >> 8;
}

int64_t
store_user(struct store *store, const char *name, const char *role)
{
	static int number;
	struct user user = { .name = name, .role = role,
		.email = arena_printf(store->arena, "person%d@example.org", ++number), .created = STORE_NOW - 100 * DAY };
	int64_t id = 0;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(user_add(store->db, store->arena, &user, false, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

struct user
store_user_by_id(struct store *store, int64_t id)
{
	struct user user = { 0 };

	ck_assert_int_eq(user_by_id(store->db, store->arena, id, &user), OK);
	return user;
}

struct post_save
store_post(int64_t author_id, const char *slug, const char *title, const char *open, const char *closed)
{
	return (struct post_save){
		.post = { .slug = slug, .kind = "article", .state = "published", .access = "public", .title = title,
			.summary = "", .lang = "en", .author_id = author_id, .cover_alt = "",
			.published = STORE_NOW - DAY, .updated = STORE_NOW - DAY, .created = STORE_NOW - DAY, .reading_minutes = 1 },
		.text = { .markdown = open, .open_xhtml = open, .full_xhtml = closed, .open_contents = "",
			.full_contents = "", .open_plain = open, .closed_plain = closed, .renderer = "test" },
		.reason = "test",
	};
}

int64_t
store_save(struct store *store, const struct post_save *save)
{
	int64_t id = 0;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, store->arena, save, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

int64_t
store_save_tagged(struct store *store, int64_t author_id, const char *slug, int64_t published, const char *lang,
	const char *const *tags, size_t count)
{
	struct post_save save = store_post(author_id, slug, slug, "Open words.", "");

	save.post.published = published;
	save.post.lang = lang;
	save.tags = tags;
	save.tag_count = count;
	return store_save(store, &save);
}

struct post
store_post_by_id(struct store *store, int64_t id)
{
	struct post post = { 0 };

	ck_assert_int_eq(post_by_id(store->db, store->arena, id, &post), OK);
	return post;
}

int64_t
store_grant(struct store *store, int64_t user_id, const char *scope, int64_t tag_or_post_id)
{
	struct grant grant = { .user_id = user_id, .scope = scope, .tag_id = tag_or_post_id,
		.post_id = tag_or_post_id, .starts = STORE_NOW - 10 * DAY, .source = "test" };
	int64_t id = 0;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(grant_add(store->db, &grant, false, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

struct viewer
store_viewer(struct store *store, int64_t user_id)
{
	struct viewer viewer = { .now = STORE_NOW };
	struct user user;

	if (user_id == 0)
		return viewer;
	user = store_user_by_id(store, user_id);
	ck_assert_int_eq(viewer_of_user(store->db, store->arena, &user, STORE_NOW, &viewer), OK);
	return viewer;
}
