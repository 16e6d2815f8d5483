/*
 * Preloaded into a program of the site by tests/e2e/form-once.test.mjs: while the file that $RENOWN_TEST_DIE names exists, the next answer is not
 * sent, and its worker is killed as by kill -9. The change is committed, but the browser gets no response.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct FCGX_Stream;

int
FCGX_PutStr(const char *text, int length, struct FCGX_Stream *stream)
{
	int (*next)(const char *, int, struct FCGX_Stream *) = (int (*)(const char *, int, struct FCGX_Stream *))dlsym(RTLD_NEXT, "FCGX_PutStr");
	const char *mark = getenv("RENOWN_TEST_DIE");

	if (mark != NULL && unlink(mark) == 0)
		(void)raise(SIGKILL);
	return next(text, length, stream);
}
