/*
 * The reference: a FastCGI program that always sends the same file. No
 * other program with libfcgi can be faster.
 *
 *     constant FILE [ENCODING]
 *
 * ENCODING is the value of Content-Encoding, for a file that is compressed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcgiapp.h>

static char *
read_file(const char *name, size_t *length)
{
	FILE *file = fopen(name, "rb");
	char *bytes = NULL;
	long size;

	if (file == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0 &&
		(bytes = malloc((size_t)size + 1)) != NULL) {
		*length = fread(bytes, 1, (size_t)size, file);
		if (*length != (size_t)size) {
			free(bytes);
			bytes = NULL;
		}
	}
	(void)fclose(file);
	return bytes;
}

int
main(int argc, char **argv)
{
	size_t length = 0;
	char *body = argc > 1 ? read_file(argv[1], &length) : NULL, head[300];
	FCGX_Request request;

	if (body == NULL) {
		(void)fprintf(stderr, "usage: constant FILE [ENCODING]\n");
		return EXIT_FAILURE;
	}
	if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0)
		return EXIT_FAILURE;
	(void)snprintf(head, sizeof(head), "Content-Type: text/html; charset=utf-8\r\n%s%s%sContent-Length: %zu\r\n\r\n",
		argc > 2 ? "Content-Encoding: " : "", argc > 2 ? argv[2] : "", argc > 2 ? "\r\n" : "", length);
	while (FCGX_Accept_r(&request) == 0) {
		(void)FCGX_PutStr(head, (int)strlen(head), request.out);
		(void)FCGX_PutStr(body, (int)length, request.out);
		FCGX_Finish_r(&request);
	}
	return EXIT_SUCCESS;
}
