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

struct pool;

/* A pool with that many bytes and that much processor time (of this thread, from now on) to spend. */
struct pool *pool_new(size_t most_bytes, double seconds);
void pool_free(struct pool *pool);

/*
 * Where to go when the budget is spent: call setjmp() on it before anything else, in a function
 * that stays on the stack. What must survive must not live in local variables.
 */
jmp_buf *pool_escape(struct pool *pool);

/* Leaves for pool_escape(); why is a sentence for the author, static or in an arena. */
void pool_give_up(struct pool *pool, const char *why) __attribute__((noreturn));
const char *pool_problem(const struct pool *pool);

/* Counts bytes that were taken elsewhere on behalf of this rendering, and looks at the clock. */
void pool_spend(struct pool *pool, size_t bytes);
void pool_check_time(struct pool *pool);

/* The allocator for libcmark-gfm. It has no context, so there is one pool at a time in a thread. */
cmark_mem *pool_memory(struct pool *pool);

/*
 * From now on, what the library gives back leaves the pool, and others may have it: the tree is taken apart
 * while ours grows.
 */
void pool_shrink(struct pool *pool);

#endif
