#!/bin/sh
# Installation on a bare system: packages, configure, the systemd units, and the commands of the README.
# `tests/systems.sh` tests all of it in real systems; these are the parts that need no other system.
# shellcheck disable=SC2030,SC2031 # a value that is set for one command is only for that command
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
build=${RENOWN_BUILD:-$root/build}
# shellcheck source=tests/readme.sh
. tests/readme.sh
# shellcheck source=tools/packages.sh
. tools/packages.sh
# shellcheck source=tools/build.sh
. tools/build.sh
folder=$(mktemp -d)
chmod 755 "$folder" # the web server must be able to enter it
trap 'rm -rf "$folder"' EXIT

number=0
failed=
# result NAME PROBLEM: passes if PROBLEM is empty
result() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		failed=1
	fi
}
# same NAME EXPECTED GOT
same() {
	result "$1" "$([ "$2" = "$3" ] || printf 'expected: %s\ngot:      %s\n' "$2" "$3")"
}
# has NAME TEXT PART
has() {
	result "$1" "$(case $2 in *"$3"*) ;; *) printf '"%s" is not in:\n%s\n' "$3" "$2" ;; esac)"
}
sorted() {
	printf '%s\n' "$@" | sort -u | tr '\n' ' '
}

# --- packages

result 'no package has a version in its name' "$(package_list | grep -E '^[a-z]+ [^ ]*[a-z]-[0-9]+(-| )')"
result 'every package has one kind and a command' "$(package_list | grep -vE '^(build|run|serve|check) [a-z0-9.+-]+ [^ ]+$')"
result 'no package is named twice' "$(package_list | cut -d' ' -f2 | sort | uniq -d)"
same 'serve needs what a server needs' '' "$(packages_of server | while read -r line; do packages_of serve | grep -qx "$line" || echo "$line"; done)"
same 'check needs everything' "$(package_list)" "$(packages_of check)"
has 'one of several commands is enough' "$(mkdir "$folder/bin" && printf '#!/bin/sh\n' >"$folder/bin/second" && chmod +x "$folder/bin/second" &&
	PATH="$folder/bin:$PATH" && has_command 'first|second' && ! has_command 'first|third' && echo yes)" yes

# An apt-get as an ordinary user has it: it fails if it is not told to lock nothing, and it installs if it has no question
# to ask.
cat >"$folder/bin/apt-get" <<'END'
#!/bin/sh
case " $* " in
*' Debug::NoLocking=1 '*) ;;
*) echo 'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)' >&2; exit 100 ;;
esac
case " $* " in
*' --print-uris '*) printf "'http://x/a_1.deb' a_1.deb 2500000 SHA256:1\n'http://x/b_1.deb' b_1.deb 500000 SHA256:2\n" ;;
*' --simulate '*) printf 'Inst a (1 x [amd64])\nInst b (1 x [amd64])\nConf a (1 x [amd64])\n' ;;
*) touch "$0.installed" ;;
esac
END
cat >"$folder/bin/apt-cache" <<'END'
#!/bin/sh
printf 'Package: a\nInstalled-Size: 9000\n\nPackage: b\nInstalled-Size: 1000\n'
END
chmod +x "$folder/bin/apt-get" "$folder/bin/apt-cache"
same 'an ordinary user gets the size of the packages' '3.0 MB to fetch, 10.2 MB on disk' "$(PATH="$folder/bin:$PATH" package_size 'a b')"
result 'asking for the size installs nothing' "$([ ! -e "$folder/bin/apt-get.installed" ] || echo 'apt-get was run without --print-uris and --simulate')"

# --- configure

# run_configure NAME=VALUE...: its output with that environment, in its own folder
run_configure() {
	rm -rf "$folder/configure" && mkdir "$folder/configure" &&
		(cd "$folder/configure" && env "$@" "$root/configure" -q 2>&1)
}
said=$(run_configure CC=/bin/false PKG_CONFIG=/bin/false)
# shellcheck disable=SC2046 # lists of names
same 'configure names everything that is missing at once, with the packages of tools/packages.sh' \
	"$(sorted $(packages_of build | cut -d' ' -f2 | grep -vxE 'make|autoconf|automake|gettext'))" \
	"$(sorted $(printf '%s\n' "$said" | sed -n 's/^On Debian or Ubuntu, as root: apt-get install //p'))"
cp configure.ac "$folder/" && mkdir "$folder/macros"
has 'without pkg-config autoreconf says what is missing' "$(cd "$folder" && aclocal --system-acdir="$folder/macros" 2>&1)" \
	'pkg-config is missing. On Debian or Ubuntu: apt-get install pkg-config'

# serve and then check, in the order of the README. If Check was installed in between, the makefile of serve has no unit test.
mkdir -p "$folder/tree/build" "$folder/tree/lib/core" "$folder/tree/bin"
(cd "$folder/tree" && touch configure.ac Makefile.am bin/Makemodule.am lib/core/Makemodule.am configure && chmod +x configure && sleep 0.1 && touch build/configured)
# stale FOR: the result of is_stale for that tree
stale() {
	if (root=$folder/tree && is_stale "$1"); then echo stale; else echo fresh; fi
}
echo 'have_check = no' >"$folder/tree/build/Makefile"
same 'serve accepts a makefile without unit tests' fresh "$(stale serve)"
same 'check configures again' stale "$(stale check)"
echo 'have_check = yes' >"$folder/tree/build/Makefile"
same 'check does not configure again after that' fresh "$(stale check)"
result 'configure says whether it has found Check' "$(grep -xq 'have_check = yes' "$build/Makefile" || echo "no line have_check = yes in $build/Makefile")"

# --- systemd

programs=$(awk '/^[a-z]/ { print $1 }' conf/programs)
same 'conf/programs names every program' "$(find cgi-bin -mindepth 1 -maxdepth 1 -type d ! -name shared -printf '%f\n' | sort | tr '\n' ' ')" "$(printf '%s\n' "$programs" | sort | tr '\n' ' ')"
mkdir "$folder/root"
make -s -C "$build" install-nodist_systemdDATA DESTDIR="$folder/root" >/dev/null 2>"$folder/made"
units=$(find "$folder/root" -path '*/lib/systemd/system' -type d)
result 'the units can be installed' "$([ -n "$units" ] || cat "$folder/made")"
units=${units:-/nonexistent}
wanted=$(for name in $programs; do echo "renown-$name@%i.service renown-$name@%i.socket"; done | tr ' ' '\n'; echo renown-work@%i.service)
same 'the target of a site wants every program and the background worker' "$(printf '%s\n' "$wanted" | sort)" \
	"$(sed -n 's/^Wants=//p' "$units/renown@.target" | tr ' ' '\n' | sort)"
same 'make install installs all of them' "$( (printf '%s\n' "$wanted" | sed 's/%i//'; echo renown@.target) | sort)" "$(cd "$units" && find . -type f | sed 's|^./||' | sort)"
for name in $programs; do
	same "renown-$name has the workers of conf/programs" "$(awk -v name="$name" '$1 == name { print $2 }' conf/programs)" "$(sed -n 's/^Environment=WORKERS=//p' "$units/renown-$name@.service")"
done
result 'the units contain no placeholder' "$(grep -nE '@[A-Za-z]+@' "$units"/*.target "$units"/*.service "$units"/*.socket | grep -v '@%i')"
# The program that is started need not be installed here. Two sites, as instances of the units.
sed -i 's|^ExecStart=.*/renown |ExecStart=/bin/true |' "$units/renown-work@.service"
for unit in "$units"/renown*@.*; do
	for site in ink other-site; do
		cp "$unit" "${unit%@*}@$site.${unit##*.}"
	done
done
result 'systemd accepts the units' "$(SYSTEMD_UNIT_PATH=$units: systemd-analyze verify --man=no "$units"/*@ink.* "$units"/*@other-site.* 2>&1)"
for name in $programs work; do
	level=$(SYSTEMD_UNIT_PATH=$units: systemd-analyze security --offline=yes "$units/renown-$name@ink.service" 2>/dev/null | sed -n 's/.*exposure level for [^:]*: \([0-9]*\)\..*/\1/p')
	result "systemd rates renown-$name as well confined" "$([ "${level:-9}" -lt 2 ] || echo "exposure level ${level:-unknown}, which is not below 2")"
done

# --- the README

lines=$(readme_lines README.md 'On a server')
same 'both READMEs have the same lines for a server' "$lines" "$(readme_lines README.zh-CN.md '部署到服务器')"
# shellcheck disable=SC2046
same 'its apt line has the packages of tools/packages.sh, and git' "$(sorted git $(packages_of server | cut -d' ' -f2))" \
	"$(sorted $(printf '%s\n' "$lines" | sed -n 's/^apt-get install --no-install-recommends //p'))"
printf '#!/bin/sh\n%s\n' "$lines" >"$folder/lines.sh"
result 'shellcheck accepts its lines' "$(shellcheck -e SC2164,SC1072,SC1073 "$folder/lines.sh" 2>&1)"
same 'the commands are known' '' "$(printf '%s\n' "$lines" | while read -r command _; do
	case $command in
	autoreconf | ./configure | make | git | apt-get | conf/generate | renown | cd | ln | install | useradd | usermod | runuser | systemctl | nginx) ;;
	*) echo "$command" ;;
	esac
done)"
result 'systemctl names a unit that is installed' "$(printf '%s\n' "$lines" | sed -n 's/^systemctl enable --now //p' | while read -r unit; do
	[ -f "$units/${unit%@*}@.${unit##*.}" ] || echo "$unit"
done)"

# The lines that create a site run here, with a server's folders below a folder of the test, and without the part that needs root.
# rehearse LINE: prints the line with its paths below $folder/root
rehearse() {
	printf '%s\n' "$1" | sed -e "s|/srv/|$folder/root/srv/|g" -e "s|/etc/|$folder/root/etc/|g" -e "s|DATA=/usr/local/share/renown|DATA=$root|" \
		-e "s|conf/generate \(.*\)$|find $folder/root/srv -type d -exec chmod a+rx {} +; conf/generate \1 RUN=$folder/root/run LOG=$folder/root/log CACHE=$folder/root/cache|" \
		-e 's|^runuser -u [a-z]* -- ||' -e 's|^install -d .* \([^ ]*\)$|mkdir -m 0755 \1|' -e "s|^install -m 0644|install -D -m 0644|"
}
mkdir -p "$folder/root/srv" "$folder/root/etc/nginx/sites-enabled" "$folder/root/log"
renown() {
	RENOWN_DATA=$root RENOWN_LOCALE=$build/po "$build/renown" "$@"
}
printf '%s\n' "$lines" | grep -E '^(install|runuser|conf/generate|ln|renown) ' >"$folder/site"
while read -r line; do
	result "this line works: $line" "$(eval "$(rehearse "$line")" >"$folder/out" 2>&1 || cat "$folder/out")"
	cat "$folder/out" >>"$folder/all"
done <"$folder/site"
has 'the sign-in link of the owner has the address of the site' "$(cat "$folder/all")" 'https://example.org/'

# The lines of "Make it yours" without the words that differ: equal in both languages.
alike() {
	readme_lines "$1" "$2" | sed -E 's/ *#.*//; s/"[^"]*"/W/g; s/title W --lang zh|language zh/L/; s|~/[^ .]*|F|' | sort -u
}
same 'both READMEs have the same lines in "Make it yours"' "$(alike README.md 'Make it yours')" "$(alike README.zh-CN.md '换成你的内容')"
result 'the commands in "Make it yours" exist' "$(readme_lines README.md 'Make it yours' | sed -n 's/^renown \([a-z]*\) \([a-z]*\).*/\1 \2/p' | while read -r noun verb; do
	renown help 2>&1 | grep -qE "^ *(renown )?$noun( $verb)?( |$)" || echo "$noun $verb"
done)"
has '"Make it yours" has the command for a sign-in link' "$(readme_lines README.md 'Make it yours')" 'renown user link'
echo "1..$number"
[ -z "$failed" ]
