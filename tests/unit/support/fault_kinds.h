/*
 * The kinds of faults, and a store that is filled before any fault happens. For the suites
 * in which the disk fails at every single step (check_faults*.c).
 */
#ifndef TESTS_FAULT_KINDS_H
#define TESTS_FAULT_KINDS_H

#include "fault_vfs.h"
#include "store_fixture.h"
#include "store_invariants.h"
#include "suite.h"

/* Far more calls than any operation needs. A loop that reaches it does not end. */
enum { CALLS_MAX = 3000, KINDS = 16 };

extern struct store *store;             /* its connection is closed */
extern const char *prepared;            /* the path of a store with 21 posts */
extern const char *path;                /* where the copy lies that fails */
extern const char *before;              /* store_dump() of what was prepared */
extern int64_t author, first;

/* The name of a kind of fault. */
const char *kind_name(int kind);

/* True when a caller may get that status after a call of this kind failed. */
bool may_be_told(int kind, enum status status);

/* From now on, the nth call of this kind fails. fault_clear() ends it. */
void arm(int kind, int nth);

/* Writes a fresh copy of the prepared store to path. */
void fresh(void);

/* Removes a store and what SQLite keeps beside it. */
void remove_store(const char *name);

/* Ends the test unless store_wrong() finds nothing. */
void assert_well(const char *file, int kind, int nth);

/* The fixture of a test, and a suite of one test for each kind of fault. */
void faults_setup(void);
void faults_teardown(void);

/* main() of a suite: each test once for every kind of fault. */
int faults_run(const char *name, const TTest *const *tests, size_t count);

#endif
