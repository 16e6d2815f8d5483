# Building out of tree, into build/.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root is set by bootstrap

build_failed() {
	printf '\n' >&2
	grep -B 2 -A 12 -m 3 -E 'error:|Error [0-9]|\*\*\*' "$root/build/bootstrap.log" >&2 || tail -n 30 "$root/build/bootstrap.log" >&2
	fail "$1: the whole output is in build/bootstrap.log"
}

# True when autoreconf and configure must run again. For `check` this includes that configure ran before the library of the
# unit tests was installed: its makefile then contains no unit tests.
is_stale() {
	[ -f "$root/build/configured" ] && [ -f "$root/build/Makefile" ] && [ -x "$root/configure" ] || return 0
	[ "$1" != check ] || grep -qx 'have_check = yes' "$root/build/Makefile" || return 0
	[ -n "$(cd "$root" && find configure.ac Makefile.am ./*/Makemodule.am lib/*/Makemodule.am -newer build/configured)" ]
}

configure_build() {
	say "configuring"
	(cd "$root" && autoreconf -i) >>"$root/build/bootstrap.log" 2>&1 || build_failed "autoreconf failed"
	(cd "$root/build" && ../configure -q CFLAGS='-O2 -g') >>"$root/build/bootstrap.log" 2>&1 || build_failed "configure failed"
	touch "$root/build/configured"
}

# Runs make and counts its steps, on a terminal in one line that is updated in place.
# make ends together with this script, even if the script is killed.
run_make() {
	setpriv --pdeathsig TERM make -C "$root/build" -j"$(nproc)" all >>"$root/build/bootstrap.log" 2>&1 8>&- &
	pid_make=$!
	shown=0
	while kill -0 "$pid_make" 2>/dev/null; do
		sleep 0.5
		steps=$(grep -c '^  [A-Z]' "$root/build/bootstrap.log" || true)
		if [ -t 1 ]; then
			printf '\rrenown: building, %d steps done' "$steps"
		elif [ "$steps" -ge $((shown + 25)) ]; then
			shown=$steps
			say "building, $steps steps done"
		fi
	done
	[ ! -t 1 ] || printf '\n'
	wait "$pid_make"
}

# build_all serve|check
build_all() {
	mkdir -p "$root/build" 2>/dev/null || fail "$root/build cannot be made by $(id -un)"
	[ -w "$root/build" ] || fail "$root/build cannot be written by $(id -un): run as its owner, or remove it"
	# Only one build runs at a time.
	exec 8>"$root/build/bootstrap.lock"
	flock 8
	: >"$root/build/bootstrap.log"
	if is_stale "$1"; then
		configure_build
	fi
	make -C "$root/build" -q all >/dev/null 2>&1 || run_make || build_failed "the build failed"
	exec 8>&-
}

# Installs the npm packages of the browser tests, as package-lock.json pins them.
build_node_modules() {
	modules=$root/build/browser
	mkdir -p "$modules"
	if ! cmp -s "$root/tests/browser/package-lock.json" "$modules/package-lock.json" || [ ! -d "$modules/node_modules" ]; then
		say "fetching the browser tests' packages with npm"
		cp "$root/tests/browser/package.json" "$modules/"
		cp "$root/tests/browser/package-lock.json" "$modules/package-lock.new"
		cp "$modules/package-lock.new" "$modules/package-lock.json"
		(cd "$modules" && npm ci --no-audit --no-fund --ignore-scripts) >>"$root/build/bootstrap.log" 2>&1 || {
			rm -f "$modules/package-lock.json"
			build_failed "npm could not fetch the packages of tests/browser/package.json"
		}
		rm -f "$modules/package-lock.new"
	fi
}
