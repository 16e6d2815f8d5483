/*
 * Fields that hold a local time, such as 2026-11-24 08:00. A time that the form did not change keeps its exact value, with its
 * seconds: the form shows minutes only. Where clocks are set back, a local time comes twice: the field NAME_fold then says which of the two
 * is meant (the word is that of Python's PEP 495). Where clocks are put forward, some local times do not exist.
 */
#ifndef HTTP_FORM_TIME_H
#define HTTP_FORM_TIME_H

#include "http/form.h"

/* The choices of NAME_fold. */
extern const struct field_choice form_time_folds[];

/*
 * Reads a field. stored: the time that the form shows when it is opened now, or NULL. INVALID, said in the form, for a text that is no
 * date, for a time that clocks skip, and for one that they show twice while NAME_fold is empty.
 */
enum status form_time(struct request *req, const char *name, const int64_t *stored, int64_t *ret_time);

/* What stands in NAME_fold for a time: "first", "second", or "" when clocks show it once. */
const char *form_time_fold(int64_t time);

/* Whether the form needs NAME_fold now. stored: what would stand in it if the form were opened now. */
bool form_time_needs_fold(const struct request *req, const char *name, const char *stored);

#endif
