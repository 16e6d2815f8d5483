#include "page/markdown/markdown_budget.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "page/lang/lang.h"

enum {
	CHUNK = 64 * 1024,
	STEP = 16,           /* sizes of small pieces are multiples of this */
	SMALL_MAX = 512,    /* larger pieces come from malloc() */
	CALLS_PER_CHECK = 32,   /* between two checks of the clock */
	CHECK_NANOSECONDS = 5000000, /* between two checks of the processor time, which need a system call */
};

struct chunk;

/* The header of each allocation. Large ones have no chunk; struct large links them in a list. */
struct piece {
	alignas(16) size_t size;
	struct chunk *chunk;
};

struct large {
	struct large *next, *before;
	struct piece piece;
};

struct chunk {
	struct chunk *next, *before;
	size_t alive; /* pieces that are not freed */
	alignas(16) char bytes[CHUNK];
};

struct markdown_budget {
	jmp_buf escape;
	const char *problem;
	size_t left;         /* bytes of the budget */
	long long end;       /* when the processor time is spent, in nanoseconds */
	long long next_look; /* when to check it again, on the monotonic clock, which is cheap */
	unsigned calls;
	struct chunk *chunks; /* the newest first */
	size_t used;         /* of the first chunk */
	bool shrinking;
	void *given_back[SMALL_MAX / STEP + 1]; /* lists of free pieces, by size */
	struct large *larges;
};

static _Thread_local struct markdown_budget *current;

static void
out_of_memory(void)
{
	abort();
}

static long long
now(clockid_t clock)
{
	struct timespec time = { 0, 0 };

	(void)clock_gettime(clock, &time);
	return (long long)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct markdown_budget *
markdown_budget_new(size_t most_bytes, double seconds)
{
	struct markdown_budget *budget = calloc(1, sizeof(*budget));

	if (budget == NULL)
		out_of_memory();
	budget->left = most_bytes;
	budget->end = now(CLOCK_THREAD_CPUTIME_ID) + (long long)(seconds * 1e9);
	budget->next_look = now(CLOCK_MONOTONIC) + CHECK_NANOSECONDS;
	budget->used = CHUNK;
	return budget;
}

void
markdown_budget_free(struct markdown_budget *budget)
{
	if (budget == NULL)
		return;
	while (budget->chunks != NULL) {
		struct chunk *next = budget->chunks->next;
		free(budget->chunks);
		budget->chunks = next;
	}
	while (budget->larges != NULL) {
		struct large *next = budget->larges->next;
		free(budget->larges);
		budget->larges = next;
	}
	if (current == budget)
		current = NULL;
	free(budget);
}

jmp_buf *
markdown_budget_escape(struct markdown_budget *budget)
{
	return &budget->escape;
}

void
markdown_budget_give_up(struct markdown_budget *budget, const char *why)
{
	budget->problem = why;
	longjmp(budget->escape, 1);
}

const char *
markdown_budget_problem(const struct markdown_budget *budget)
{
	return budget->problem;
}

void
markdown_budget_check_time(struct markdown_budget *budget)
{
	long long time = now(CLOCK_MONOTONIC);

	if (time < budget->next_look)
		return;
	budget->next_look = time + CHECK_NANOSECONDS;
	if (now(CLOCK_THREAD_CPUTIME_ID) > budget->end)
		markdown_budget_give_up(budget, N_("The formatting of this text takes too long to process. Please simplify it."));
}

void
markdown_budget_spend(struct markdown_budget *budget, size_t bytes)
{
	if (bytes > budget->left)
		markdown_budget_give_up(budget, N_("The text has too many elements. Please split it up."));
	budget->left -= bytes;
	if (++budget->calls % CALLS_PER_CHECK == 0)
		markdown_budget_check_time(budget);
}

static void *
take_large(struct markdown_budget *budget, size_t size)
{
	struct large *large;

	markdown_budget_spend(budget, size + sizeof(*large));
	large = calloc(1, size + sizeof(*large));
	if (large == NULL)
		out_of_memory();
	large->piece.size = size;
	large->next = budget->larges;
	if (large->next != NULL)
		large->next->before = large;
	budget->larges = large;
	return &large->piece + 1;
}

static void
free_large(struct markdown_budget *budget, struct large *large)
{
	if (large->before != NULL)
		large->before->next = large->next;
	else
		budget->larges = large->next;
	if (large->next != NULL)
		large->next->before = large->before;
	budget->left += large->piece.size + sizeof(*large);
	free(large);
}

static void
add_chunk(struct markdown_budget *budget)
{
	struct chunk *chunk;

	markdown_budget_spend(budget, sizeof(*chunk));
	chunk = malloc(sizeof(*chunk));
	if (chunk == NULL)
		out_of_memory();
	chunk->next = budget->chunks;
	chunk->before = NULL;
	chunk->alive = 0;
	if (chunk->next != NULL)
		chunk->next->before = chunk;
	budget->chunks = chunk;
	budget->used = 0;
}

/* A zeroed piece of size bytes. The bytes of the chunk are already counted, so only the time is checked. */
static void *
take_small(struct markdown_budget *budget, size_t size)
{
	size_t whole = (size + STEP - 1) / STEP * STEP;
	void **list = &budget->given_back[whole / STEP], *memory = *list;
	struct piece *piece;

	markdown_budget_spend(budget, 0);
	if (memory != NULL) {
		memcpy(list, memory, sizeof(*list));
		((struct piece *)memory - 1)->chunk->alive++;
		return memset(memory, 0, whole);
	}
	if (CHUNK - budget->used < whole + sizeof(*piece))
		add_chunk(budget);
	piece = (void *)(budget->chunks->bytes + budget->used);
	budget->used += whole + sizeof(*piece);
	piece->size = whole;
	piece->chunk = budget->chunks;
	piece->chunk->alive++;
	return memset(piece + 1, 0, whole);
}

static void *
take(size_t size)
{
	if (size == 0)
		size = 1;
	return size > SMALL_MAX ? take_large(current, size) : take_small(current, size);
}

static void *
pool_calloc(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / 2 / size)
		out_of_memory();
	return take(count * size);
}

/* Frees a chunk without live pieces. The newest chunk is kept, because the next piece is taken from it. */
static void
remove_chunk(struct markdown_budget *budget, struct chunk *chunk)
{
	if (chunk->before == NULL)
		return;
	chunk->before->next = chunk->next;
	if (chunk->next != NULL)
		chunk->next->before = chunk->before;
	budget->left += sizeof(*chunk);
	free(chunk);
}

static void
free_small(struct markdown_budget *budget, struct piece *piece)
{
	void **list = &budget->given_back[piece->size / STEP];

	piece->chunk->alive--;
	if (budget->shrinking) {
		if (piece->chunk->alive == 0)
			remove_chunk(budget, piece->chunk);
		return;
	}
	memcpy(piece + 1, list, sizeof(*list));
	*list = piece + 1;
}

static void
pool_give_back(void *memory)
{
	struct piece *piece;

	if (memory == NULL)
		return;
	piece = (struct piece *)memory - 1;
	if (piece->chunk == NULL)
		free_large(current, (void *)((char *)piece - offsetof(struct large, piece)));
	else
		free_small(current, piece);
}

void
markdown_budget_shrink(struct markdown_budget *budget)
{
	memset(budget->given_back, 0, sizeof(budget->given_back));
	budget->shrinking = true;
}

static void *
pool_realloc(void *memory, size_t size)
{
	struct piece *piece;
	void *larger;

	if (memory == NULL)
		return take(size);
	piece = (struct piece *)memory - 1;
	if (size <= piece->size)
		return memory;
	larger = take(size);
	memcpy(larger, memory, piece->size);
	pool_give_back(memory);
	return larger;
}

cmark_mem *
markdown_budget_memory(struct markdown_budget *budget)
{
	static cmark_mem memory = { pool_calloc, pool_realloc, pool_give_back };

	current = budget;
	return &memory;
}
