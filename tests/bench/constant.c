/*
 * The reference: a FastCGI program that prints a constant page of that many
 * bytes. No program that uses libfcgi can be faster.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcgiapp.h>

int
main(int argc, char **argv)
{
	size_t length = argc > 1 ? strtoul(argv[1], NULL, 10) : 8192;
	char *body = malloc(length + 1), head[200];
	FCGX_Request request;

	if (body == NULL || FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0)
		return EXIT_FAILURE;
	memset(body, 'x', length);
	(void)snprintf(head, sizeof(head),
		"Content-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n\r\n", length);
	while (FCGX_Accept_r(&request) == 0) {
		(void)FCGX_PutStr(head, (int)strlen(head), request.out);
		(void)FCGX_PutStr(body, (int)length, request.out);
		FCGX_Finish_r(&request);
	}
	return EXIT_SUCCESS;
}
