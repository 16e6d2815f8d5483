/*
 * Posts and static pages: reading, listing and saving them. Strings and arrays are in the arena; times are Unix
 * seconds. Functions that return one post return NOT_FOUND when there is none.
 */
#ifndef STORE_POST_H
#define STORE_POST_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/post/tag.h"

/* The limits of forms and imports: characters, and tags per post. */
enum { POST_TITLE_MAX = 300, POST_SUMMARY_MAX = 1000, POST_TAG_MAX = 60, POST_TAGS_MAX = 50 };

struct post {
	int64_t id;
	const char *slug, *kind, *state, *access, *title, *lang;
	const char *summary;   /* as typed, or ""; readers see post_summary() */
	const char *generated_summary; /* made from the open part when the post is rendered; never shown in a form or stored as typed */
	int64_t work_id;       /* shared by its translations; 0 on save: this is the first of them */
	int64_t author_id;
	const char *author_slug, *author_name;
	int64_t cover_id;      /* or 0 */
	const char *cover_path; /* below /media/, or "" */
	const char *cover_alt;
	int64_t cover_width, cover_height;
	const char *cover_widths; /* widths of its smaller sizes, see struct media */
	int64_t enclosure_id;  /* or 0 */
	int64_t featured, published, updated, created, reading_minutes, search_id, revision;
	const char *comment_access; /* who may comment: open, members, readers, closed (store/comment/comment_access.h). NULL or "" on save: a new post gets that of the setting, an existing one keeps its own */
	int64_t comment_step;  /* number of shown comments, rounded down (comment_step()); not set by post_save() */
	const char *canonical_url; /* canonical URL: where the text first appeared, or "" */
	int64_t trashed;        /* when it was moved to the trash, or 0; see store/post/trash.h */
	const char *tag_text;  /* the tags as lines of "id TAB slug TAB name"; see post_split_tags() */
	const struct tag *tags; /* set on every read */
	size_t tag_count;
};

/*
 * Whether a publish date was chosen. A draft without one has the time of its creation, and gets the current time when
 * it is published.
 */
static inline bool
post_is_timed(const struct post *post)
{
	return post->published != post->created;
}

/* The summary that readers see: the typed one, or the one generated from the open part. */
static inline const char *
post_summary(const struct post *post)
{
	return *post->summary != '\0' ? post->summary : post->generated_summary;
}

/* The text of a post; see table post_text. */
struct post_text {
	const char *markdown, *open_xhtml, *full_xhtml, *open_contents, *full_contents;
	const char *open_plain, *closed_plain, *renderer;
};

/* What an address in the source refers to; see table post_link. */
struct post_link {
	const char *address, *target; /* as written; the local address, such as "/media/ab/abc….webp" */
	int64_t media_id;             /* or 0 */
	int64_t width, height;        /* of an image, or 0; read from media */
	const char *widths;           /* of its smaller sizes, see struct media; read from media */
};

/* A position in a list by time: the post after which the next page begins. */
struct cursor {
	int64_t published, id; /* 0, 0: the beginning */
	bool newer;            /* true: the page of newer posts before it, also newest first */
};

struct post_list {
	struct post *posts;
	size_t count;
	bool has_newer, has_older; /* there is a page in that direction */
};

/* Restricts a list; zero members do not restrict. A list contains only published posts that are due, no pages. */
struct post_filter {
	const char *lang;     /* NULL: all languages */
	int64_t tag_id;       /* can be combined with lang */
	int64_t author_id;    /* cannot be combined with lang or tag_id */
	int64_t from, until;  /* published in [from, until); can be combined with all others; until 0: now */
};

/* One page of a list, newest first, at most limit posts. Uses keyset paging. */
enum status post_list(struct db *db, struct arena *arena, const struct post_filter *filter,
	const struct cursor *cursor, int64_t now, size_t limit, struct post_list *ret_list);

/*
 * Read a post in any state. Call viewer_may() before showing it. post_by_source() also returns the digest of the
 * source.
 */
enum status post_by_slug(struct db *db, struct arena *arena, const char *slug, struct post *ret_post);
enum status post_by_id(struct db *db, struct arena *arena, int64_t id, struct post *ret_post);
enum status post_by_source(struct db *db, struct arena *arena, const char *source, struct post *ret_post,
	const char **ret_source_digest);
/* Reads the part that a page shows, as markup and contents lines: the whole text if full, else the open part. */
enum status post_part(struct db *db, struct arena *arena, int64_t id, bool full, const char **ret_xhtml,
	const char **ret_contents);
/* Reads all stored forms of a post's text. */
enum status post_text(struct db *db, struct arena *arena, int64_t id, struct post_text *ret_text);

/* Lists the links of a post, by address. */
enum status post_links(struct db *db, struct arena *arena, int64_t id, struct post_link **ret_links, size_t *ret_count);

/* The post that had this slug formerly. */
enum status post_by_former_slug(struct db *db, struct arena *arena, const char *old_slug, struct post *ret_post);

/* The previous and the next post in the same language. id 0: there is none. */
enum status post_neighbours(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	struct post *ret_older, struct post *ret_newer);

/* At most limit posts in the same language that share the most tags; newer ones first if equal. */
enum status post_related(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	size_t limit, struct post **ret_posts, size_t *ret_count);

/* Lists the published posts in other languages that are translations of this one, at most 8. */
enum status post_translations(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	struct post **ret_posts, size_t *ret_count);

/* The newest featured post in that language that is due. */
enum status post_featured(struct db *db, struct arena *arena, const char *lang, int64_t now, struct post *ret_post);

/* Lists published static pages by id, at most 100. */
enum status post_pages(struct db *db, struct arena *arena, int64_t now, struct post **ret_posts, size_t *ret_count);

/*
 * The newest publish date before `below` in that language; lang NULL: in any. NOT_FOUND when there is none. One index
 * lookup.
 */
enum status post_newest_time(struct db *db, const char *lang, int64_t below, int64_t *ret_time);

/* Lists posts of every state and kind, for sitemaps and tools: by id, above after_id, at most limit. */
enum status post_list_by_id(struct db *db, struct arena *arena, int64_t after_id, int64_t limit,
	struct post **ret_posts, size_t *ret_count);
/* The highest id of a post, or 0. */
enum status post_highest_id(struct db *db, int64_t *ret_id);

/* --- writing (inside a write transaction) ---------------------------------- */

/* Input of post_save(). page/post/post_render.h prepares it, so that text, index and row always agree. */
struct post_save {
	struct post post;           /* id 0: a new post; slug is changed if another post has it */
	struct post_text text;
	const char *const *tags;    /* names, in order */
	size_t tag_count;
	const struct post_link *links; /* replace the stored ones */
	size_t link_count;
	int64_t user_id;            /* the user who saves; 0: the command line */
	const char *reason;         /* for the revision, such as "import" */
	const char *source, *source_digest; /* NULL: not imported */
	bool in_next_slot;          /* for pages under /write: published will be the next free time slot, see store/schedule/schedule.h */
	int64_t expected_revision;  /* 0: any; otherwise CONFLICT if the stored revision differs */
	bool sample;
};

/*
 * Saves a post: row, text, tags, counts, former slug, revision and search index. CONFLICT: the post was saved since
 * expected_revision.
 */
enum status post_save(struct db *db, struct arena *arena, const struct post_save *save, int64_t *ret_id);

/* Adds a former slug that an import knows; it redirects to the post. CONFLICT: another post has it. */
enum status post_add_former_slug(struct db *db, int64_t id, const char *slug);

/* Saves only what the renderer makes: post_text, minutes, generated summary and search index. */
enum status post_save_rendered(struct db *db, struct arena *arena, int64_t id, const struct post_text *text,
	const char *generated_summary, int64_t minutes);

/* Saves only the links of save->post. Call it before post_save_rendered(). */
enum status post_save_links(struct db *db, const struct post_save *save);

/* Lists the ids of posts whose stored text is marked as stale, at most limit. */
enum status post_stale(struct db *db, struct arena *arena, int64_t limit, int64_t **ret_ids, size_t *ret_count);

/*
 * Sets the state: published, unpublished or draft. Also updates lists, counts and tags. Publishing sets a publish date
 * in the future to now.
 */
enum status post_set_state(struct db *db, struct arena *arena, int64_t id, const char *state, int64_t now);

/* The same for a user, with a reason for the revision. It keeps the publish date, even one in the future. */
enum status post_move_state(struct db *db, struct arena *arena, int64_t id, const char *state, const char *reason,
	int64_t user_id, int64_t now);

/* Changes the publish date of a scheduled post, and updates lists and tags. user_id: the author of the revision. */
enum status post_set_time(struct db *db, struct arena *arena, int64_t id, int64_t published, int64_t user_id);

/*
 * Removes all sample content that `renown sample add` created; only rows, not files. *ret_count: how many posts were
 * removed.
 */
enum status post_remove_sample(struct db *db, struct arena *arena, int64_t *ret_count);

#endif
