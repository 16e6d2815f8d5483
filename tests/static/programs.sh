#!/bin/sh
# The list conf/programs against the programs' own tables of routes, and what must have each program or page. See programs.mjs.
cd "$(dirname "$0")/../.." || exit 1
exec node tests/static/programs.mjs
