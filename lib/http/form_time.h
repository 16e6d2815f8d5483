/*
 * Form fields with a local time, such as 2026-11-24 08:00. The form shows minutes only; a time that the form did
 * not change keeps its seconds. When clocks are set back, a local time occurs twice; the field NAME_fold then says
 * which one is meant (the term is from Python's PEP 495). When clocks are put forward, some local times do not
 * exist.
 */
#ifndef HTTP_FORM_TIME_H
#define HTTP_FORM_TIME_H

#include "http/form.h"

/* The choices of NAME_fold. Ended by a NULL value. */
extern const struct field_choice form_time_folds[];

/*
 * Reads a field into Unix seconds. stored: the time that the form would show if it were opened now, or NULL.
 * INVALID, reported in the form, for a text that is not a date, for a time that clocks skip, and for a time that
 * occurs twice while NAME_fold is empty.
 */
enum status form_time(struct request *req, const char *name, const int64_t *stored, int64_t *ret_time);

/* The value of NAME_fold for a time: "first", "second", or "" when its local time occurs once. */
const char *form_time_fold(int64_t time);

/* Whether the form must show NAME_fold now. stored: its value if the form were opened now. */
bool form_time_needs_fold(const struct request *req, const char *name, const char *stored);

#endif
