/* The audio or video file of a post in a feed. */
#ifndef CGI_BIN_FEED_FEED_ENCLOSURE_H
#define CGI_BIN_FEED_FEED_ENCLOSURE_H

#include "http/request.h"
#include "page/feed/feed.h"

/* Adds the file to the entry: address, type, length in bytes, duration, chapters and transcript. For viewers who may read the post in full. */
enum status feed_enclosure_add(struct request *req, const struct post *post, struct feed_entry *entry);

#endif
