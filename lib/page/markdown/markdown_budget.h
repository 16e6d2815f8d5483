/*
 * A limit of memory and time for one rendering.
 *
 * libcmark-gfm is linear for normal text but quadratic for some input, and a megabyte can require hundreds
 * of megabytes of nodes. The library has no limits of its own, but it uses our allocator. So each
 * allocation checks the budget. When it is used up, longjmp() leaves the library at once. All its memory is
 * in the budget and is freed with it.
 */
#ifndef PAGE_MARKDOWN_BUDGET_H
#define PAGE_MARKDOWN_BUDGET_H

#include <setjmp.h>
#include <stddef.h>
#include <cmark-gfm.h>

struct markdown_budget;

/*
 * A budget with a limit in bytes and in seconds of this thread's processor time, counted from now. The caller
 * frees it.
 */
struct markdown_budget *markdown_budget_new(size_t most_bytes, double seconds);
void markdown_budget_free(struct markdown_budget *budget);

/*
 * The jump buffer that is used when the budget is spent. Call setjmp() on it before anything else, in a
 * function that stays on the stack. State that must survive must not be in local variables.
 */
jmp_buf *markdown_budget_escape(struct markdown_budget *budget);

/*
 * Jumps to markdown_budget_escape(). why is a message for the author, static or in an arena;
 * markdown_budget_problem() returns it.
 */
void markdown_budget_give_up(struct markdown_budget *budget, const char *why) __attribute__((noreturn));
const char *markdown_budget_problem(const struct markdown_budget *budget);

/* Counts bytes that were allocated elsewhere for this rendering, and checks the time from time to time. */
void markdown_budget_spend(struct markdown_budget *budget, size_t bytes);
void markdown_budget_check_time(struct markdown_budget *budget);

/*
 * The allocator for libcmark-gfm. It has no context argument, so each thread can use only one budget at a
 * time.
 */
cmark_mem *markdown_budget_memory(struct markdown_budget *budget);

/*
 * From now on, memory that the library frees is returned to the system and to the budget. The parser's tree
 * is freed while the XHTML tree grows.
 */
void markdown_budget_shrink(struct markdown_budget *budget);

#endif
