#!/bin/sh
# Searches for given-up terms; see words.mjs.
cd "$(dirname "$0")/../.." || exit 1
exec node tests/static/words.mjs
