/*
 * The kinds of faults, and a database that is filled before any fault happens. For the suites
 * in which the disk fails at each single step (check_faults*.c).
 */
#ifndef TESTS_FAULT_KINDS_H
#define TESTS_FAULT_KINDS_H

#include "fault_vfs.h"
#include "store_fixture.h"
#include "store_invariants.h"
#include "suite.h"

/* Far more calls than any operation needs. A loop that reaches this number does not end. */
enum { CALLS_MAX = 3000, KINDS = 16 };

extern struct store *store;             /* its connection is closed */
extern const char *prepared;            /* the path of a database with 21 posts */
extern const char *path;                /* the path of the copy that faults happen to */
extern const char *before;              /* store_dump() of the prepared database */
extern int64_t author, first;

/* The name of a kind of fault. */
const char *kind_name(int kind);

/* True when a caller may get that status after a call of this kind failed. */
bool is_expected_status(int kind, enum status status);

/* From now on, the nth call of this kind fails. fault_clear() ends it. */
void arm(int kind, int nth);

/* Writes a fresh copy of the prepared database to path. */
void fresh(void);

/* Writes a fresh copy of that database, which nothing has open, to path. */
void fresh_from(const char *file);

/* Removes a database and the files that SQLite keeps beside it. */
void remove_store(const char *name);

/* Ends the test unless store_wrong() finds nothing. */
void assert_intact(const char *file, int kind, int nth);

/* The fixture of a test. */
void faults_setup(void);
void faults_teardown(void);

/* main() of a suite: runs each test once for each kind of fault. */
int faults_run(const char *name, const TTest *const *tests, size_t count);

#endif
