/*
 * A budget of memory and time for one rendering.
 *
 * libcmark-gfm is linear for honest text and quadratic for some that is not, and
 * a megabyte can ask for hundreds of megabytes of nodes. It has no limits of its
 * own, but it takes its memory from us: so each request for memory looks at what
 * is left, and when the budget is spent we leave the library at once, by longjmp().
 * All that it held lies in the pool and goes with it.
 */
#ifndef PAGE_MARKDOWN_BUDGET_H
#define PAGE_MARKDOWN_BUDGET_H

#include <setjmp.h>
#include <stddef.h>
#include <cmark-gfm.h>

struct markdown_budget;

/* A pool with that many bytes and that much processor time (of this thread, from now on) to spend. */
struct markdown_budget *markdown_budget_new(size_t most_bytes, double seconds);
void markdown_budget_free(struct markdown_budget *pool);

/*
 * Where to go when the budget is spent: call setjmp() on it before anything else, in a function
 * that stays on the stack. What must survive must not live in local variables.
 */
jmp_buf *markdown_budget_escape(struct markdown_budget *pool);

/* Leaves for markdown_budget_escape(); why is a sentence for the author, static or in an arena. */
void markdown_budget_give_up(struct markdown_budget *pool, const char *why) __attribute__((noreturn));
const char *markdown_budget_problem(const struct markdown_budget *pool);

/* Counts bytes that were taken elsewhere on behalf of this rendering, and looks at the clock. */
void markdown_budget_spend(struct markdown_budget *pool, size_t bytes);
void markdown_budget_check_time(struct markdown_budget *pool);

/* The allocator for libcmark-gfm. It has no context, so there is one pool at a time in a thread. */
cmark_mem *markdown_budget_memory(struct markdown_budget *pool);

/*
 * From now on, what the library gives back leaves the pool, and others may have it: the tree is taken apart
 * while ours grows.
 */
void markdown_budget_shrink(struct markdown_budget *pool);

#endif
