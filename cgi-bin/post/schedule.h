/* Shared by the pages about publishing times: schedule.c, queue.c and calendar.c of the program post. */
#ifndef CGI_BIN_POST_SCHEDULE_H
#define CGI_BIN_POST_SCHEDULE_H

#include "http/form.h"
#include "http/serve.h"
#include "store/schedule/schedule.h"

extern const struct field rule_fields[], queue_fields[], when_fields[];

/* schedule.c: the rules, the time slots used, and the link of the calendar */
enum status show_schedule(struct request *req);
enum status take_rule(struct request *req);
enum status take_rule_removal(struct request *req);
enum status take_calendar_address(struct request *req);
enum status show_calendar_address(struct request *req);
enum status take_calendar_address_removal(struct request *req);

/* queue.c: the scheduled posts in order */
enum status show_queue(struct request *req);
enum status take_queue(struct request *req);
enum status take_gaps(struct request *req);

/* calendar.c: eight weeks as a page, and as a file */
enum status show_calendar(struct request *req);
enum status show_calendar_file(struct request *req);
enum status show_private_calendar(struct request *req);

/*
 * Begins such a page: title, heading and links to the other pages. path: the page's own, such as
 * "/write/schedule".
 */
enum status schedule_page(struct request *req, const char *name, const char *title, const char *path);

/*
 * Adds <entry> for a time slot or a post: time, title, and a link to edit or write the post. Returns it.
 */
xmlNodePtr schedule_add_entry(struct request *req, xmlNodePtr parent, const struct schedule_entry *entry);

/*
 * The title of an entry: that of the post, or "Free slot", or "Taken" for a post that this user may not
 * edit.
 */
const char *schedule_entry_title(const struct schedule_entry *entry);

/* The path of an entry's post, or of a new post for a free slot. */
const char *schedule_entry_path(struct request *req, const struct schedule_entry *entry);

/*
 * The label of the button that adds a post to the queue: "Add to queue (…)". NULL when it is not possible
 * for this post.
 */
const char *schedule_offer(struct request *req, const struct post *post);

#endif
