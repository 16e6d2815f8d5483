/* What the pages about publishing times share: plan.c, queue.c, calendar.c, all of the program post. */
#ifndef CGI_BIN_POST_SCHEDULE_H
#define CGI_BIN_POST_SCHEDULE_H

#include "http/form.h"
#include "http/serve.h"
#include "store/schedule/schedule.h"

extern const struct field rule_fields[], queue_fields[], when_fields[];

/* plan.c: the rules, how they were kept, the address of the calendar. */
enum status show_schedule(struct request *req);
enum status take_rule(struct request *req);
enum status take_rule_removal(struct request *req);
enum status take_calendar_address(struct request *req);
enum status show_calendar_address(struct request *req);
enum status take_calendar_address_removal(struct request *req);

/* queue.c: what waits, in order. */
enum status show_queue(struct request *req);
enum status take_queue(struct request *req);
enum status take_gaps(struct request *req);

/* calendar.c: eight weeks as a table, and as a file. */
enum status show_calendar(struct request *req);
enum status show_calendar_file(struct request *req);
enum status show_private_calendar(struct request *req);

/* Begins such a page: title, heading and the way to its neighbours. path: "/write/schedule". */
enum status schedule_page(struct request *req, const char *name, const char *title, const char *path);

/* Adds <entry> for a slot or a post: time, title or "Free" or "Taken", and a way to write in it. */
xmlNodePtr schedule_add_entry(struct request *req, xmlNodePtr parent, const struct schedule_entry *entry);

/* What is shown of an entry: its title, or the words for what is free or another's. */
const char *schedule_entry_title(const struct schedule_entry *entry);

/* Where one writes for a free slot, or the post. */
const char *schedule_entry_path(struct request *req, const struct schedule_entry *entry);

/* For the edit form: "Publish in the next free slot (…)", or NULL when there is none for this post. */
const char *schedule_offer(struct request *req, const struct post *post);

#endif
