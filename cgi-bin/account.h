/* The handlers of the program account. */
#ifndef CGI_BIN_ACCOUNT_H
#define CGI_BIN_ACCOUNT_H

#include "attempt.h"
#include "http/form.h"
#include "http/serve.h"

extern const struct field next_fields[], sign_in_fields[], password_fields[], device_fields[];

/* sign.c: in and out. */
enum status show_sign_in(struct request *req);
enum status take_sign_in(struct request *req);
enum status show_link(struct request *req);
enum status take_link(struct request *req);
enum status take_sign_out(struct request *req);

/* mine.c: one's own account. */
enum status show_account(struct request *req);
enum status take_password(struct request *req);
enum status take_devices(struct request *req);

/* A path of this program in the address's language: "/zh/account". */
const char *account_path(struct request *req, const char *path);

#endif
