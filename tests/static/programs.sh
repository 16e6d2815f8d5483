#!/bin/sh
# Compares conf/programs with the route tables of the programs, and checks the places that must mention each program or page. See programs.mjs.
cd "$(dirname "$0")/../.." || exit 1
exec node tests/static/programs.mjs
