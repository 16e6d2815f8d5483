/* Posts and static pages: what is written, in which order it is listed. */
#ifndef STORE_POST_H
#define STORE_POST_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/post/tag.h"

/* The most that a form or an import takes: characters, and tags of one post. */
enum { POST_TITLE_MOST = 300, POST_SUMMARY_MOST = 1000, POST_TAG_MOST = 60, POST_TAGS_MOST = 50 };

struct post {
	int64_t id;
	const char *slug, *kind, *state, *access, *title, *lang;
	const char *summary;   /* as somebody typed it, or ""; see post_summary() */
	const char *generated_summary; /* made of the open part whenever the post is rendered; never shown in a form, never stored as typed */
	int64_t work_id;       /* 0 on save: this is the first of its translations */
	int64_t author_id;
	const char *author_slug, *author_name;
	int64_t cover_id;      /* or 0 */
	const char *cover_path; /* below /media/, or "" */
	const char *cover_alt;
	int64_t cover_width, cover_height;
	const char *cover_widths; /* of its smaller sizes, see struct media */
	int64_t enclosure_id;  /* or 0 */
	int64_t featured, published, updated, created, reading_minutes, search_id, revision;
	int64_t comments_closed; /* 1: no comment can be added */
	const char *canonical_url; /* where the text first appeared, or "" */
	int64_t trashed;        /* since when it has been in the bin, or 0; see store/post/trash.h */
	const char *tag_text;  /* the tags as "id slug name" lines; see post_tags() */
	const struct tag *tags; /* filled on every read */
	size_t tag_count;
};

/*
 * Whether its time was chosen. A draft for which none was has that of its creation, and is seen from the moment when it is published.
 */
static inline bool
post_is_timed(const struct post *post)
{
	return post->published != post->created;
}

/* What readers see: the typed summary, or the one that was generated from what everybody may read. */
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

/* What an address in the source stands for; see table post_link. */
struct post_link {
	const char *address, *target; /* as written; the local address, such as "/media/ab/abc….webp" */
	int64_t media_id;             /* or 0 */
	int64_t width, height;        /* of a picture, or 0; from media on reading */
	const char *widths;           /* of its smaller sizes, see struct media; from media on reading */
};

/* A place in a list by time: the post before which (or after which) it goes on. */
struct cursor {
	int64_t published, id; /* 0, 0: from the beginning */
	bool newer;            /* true: the page just newer than it, still newest first */
};

struct post_list {
	struct post *posts;
	size_t count;
	bool has_newer, has_older; /* whether there is a page on that side */
};

/* Which posts a list holds; zero members do not restrict. Only published posts that are due, no pages. */
struct post_filter {
	const char *lang;     /* NULL: all languages */
	int64_t tag_id;       /* with or without lang */
	int64_t author_id;    /* without lang */
	int64_t from, until;  /* published in [from, until), with or without lang; until 0: now */
};

/* One keyset page, newest first. */
enum status post_list(struct db *db, struct arena *arena, const struct post_filter *filter,
	const struct cursor *cursor, int64_t now, size_t limit, struct post_list *ret_list);

/* Whatever has that slug, in any state: ask viewer_may() before showing it. */
enum status post_by_slug(struct db *db, struct arena *arena, const char *slug, struct post *ret_post);
enum status post_by_id(struct db *db, struct arena *arena, int64_t id, struct post *ret_post);
enum status post_by_source(struct db *db, struct arena *arena, const char *source, struct post *ret_post,
	const char **ret_source_digest);
/* The part that a page shows: markup and contents lines of all of it, or of the open part only. */
enum status post_part(struct db *db, struct arena *arena, int64_t id, bool full, const char **ret_xhtml,
	const char **ret_contents);
enum status post_text(struct db *db, struct arena *arena, int64_t id, struct post_text *ret_text);

enum status post_links(struct db *db, struct arena *arena, int64_t id, struct post_link **ret_links, size_t *ret_count);

/* The present slug of the post that once had this one; NOT_FOUND. */
enum status post_moved(struct db *db, struct arena *arena, const char *old_slug, struct post *ret_post);

/* The posts just before and after, in the same language; id 0 when there is none. */
enum status post_neighbours(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	struct post *ret_older, struct post *ret_newer);

/* At most limit posts in the same language that share the most tags, newer first among equals. */
enum status post_related(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	size_t limit, struct post **ret_posts, size_t *ret_count);

/* The other languages of a post, visible now. */
enum status post_translations(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	struct post **ret_posts, size_t *ret_count);

/* The newest featured post in that language that is due; NOT_FOUND. */
enum status post_featured(struct db *db, struct arena *arena, const char *lang, int64_t now, struct post *ret_post);

/* Published static pages, by id; at most 100. */
enum status post_pages(struct db *db, struct arena *arena, int64_t now, struct post **ret_posts, size_t *ret_count);

/* The newest published time below `below`, in lang or any; NOT_FOUND. One step in an index. */
enum status post_newest_time(struct db *db, const char *lang, int64_t below, int64_t *ret_time);

/* Everything by id for sitemaps and tools: ids above after_id, at most limit, every state and kind. */
enum status post_list_by_id(struct db *db, struct arena *arena, int64_t after_id, int64_t limit,
	struct post **ret_posts, size_t *ret_count);
/* The highest id, or 0. */
enum status post_highest_id(struct db *db, int64_t *ret_id);

/* --- writing (inside a write transaction) ---------------------------------- */

/* What post_save() needs beside the post; page/post/post_render.h has prepared it, so that text, index and row never differ. */
struct post_save {
	struct post post;           /* id 0: a new one. slug is made unique when taken */
	struct post_text text;
	const char *const *tags;    /* names, in order */
	size_t tag_count;
	const struct post_link *links; /* replace the stored ones */
	size_t link_count;
	int64_t user_id;            /* who saves; 0: the command line */
	const char *reason;         /* for the revision, such as "import" */
	const char *source, *source_digest; /* NULL: written here */
	bool in_next_slot;          /* for the desk: published is to be the plan's next free slot, see store/schedule/schedule.h */
	int64_t expected_revision;  /* 0: whatever it is; else CONFLICT when it is another */
	bool sample;
};

/*
 * Writes post, text, tags, counts, former slug, revision and search index.
 * CONFLICT when someone saved in between.
 */
enum status post_save(struct db *db, struct arena *arena, const struct post_save *save, int64_t *ret_id);

/* A former address that an import knows of: it redirects to the post. CONFLICT when another post has it. */
enum status post_add_former_slug(struct db *db, int64_t id, const char *slug);

/* Renews only what the renderer made (post_text, minutes, generated summary, search index). */
enum status post_save_rendered(struct db *db, struct arena *arena, int64_t id, const struct post_text *text,
	const char *generated_summary, int64_t minutes);

/* Renews the links of save->post alone, before post_save_rendered(). */
enum status post_save_links(struct db *db, const struct post_save *save);

/* The posts whose stored text is marked as stale, at most limit. */
enum status post_stale(struct db *db, struct arena *arena, int64_t limit, int64_t **ret_ids, size_t *ret_count);

/* published, withdrawn or draft; lists, counts and tags follow. */
enum status post_set_state(struct db *db, struct arena *arena, int64_t id, const char *state, int64_t now);

/* The same at somebody's desk, with a reason for the revision; its time stays, also when it is still to come. */
enum status post_move_state(struct db *db, struct arena *arena, int64_t id, const char *state, const char *reason,
	int64_t user_id, int64_t now);

/* Another time for a post that waits; lists and tags follow. user_id: whose revision it is. */
enum status post_set_time(struct db *db, struct arena *arena, int64_t id, int64_t published, int64_t user_id);

/* Removes everything that `renown sample add` brought: rows only. Returns how many posts went. */
enum status post_remove_sample(struct db *db, struct arena *arena, int64_t *ret_count);

#endif
