#!/bin/sh
# Installs what the project lacks on this machine, and nothing else: `tools/install.sh build test`.
#
# Each set is a table of: Debian package | how we tell that it is there | what it is for.
# Telling asks the machine for the thing itself (a command, a pkg-config module, a file), not for
# the package, so that another distribution or a newer compiler is taken as it comes, and a run
# with nothing to do costs a few milliseconds. Exit status: 0 all there, 3 something is lacking
# and could not be installed (the message says what and how).
set -eu
cd "$(dirname "$0")/.."

build_set='
gcc                | cmd:cc gcc clang                 | the C compiler
libc6-dev          | file:/usr/include/stdio.h        | the C library, to build against
meson              | cmd:meson                        | describes the build
ninja-build        | cmd:ninja                        | runs the build
pkg-config         | cmd:pkg-config                   | finds the libraries
python3            | cmd:python3                      | packs templates and style sheet into the binary
libsqlite3-dev     | pc:sqlite3                       | the record
libpq-dev          | pc:libpq                         | the record, where it lies in PostgreSQL
libmicrohttpd-dev  | pc:libmicrohttpd                 | the web server
libssl-dev         | pc:libcrypto                     | digests of the audit trail
libsodium-dev      | pc:libsodium                     | passwords and secrets
libjansson-dev     | pc:jansson                       | reads JSON: what the API is sent, what a sign-on service answers
libcurl4-openssl-dev | pc:libcurl                     | talks to a sign-on service
zlib1g-dev         | pc:zlib                          | compressed pages
nodejs             | cmd:node nodejs                  | runs sass, which makes the style sheet
npm                | cmd:npm                          | fetches GOV.UK Frontend and sass
'
test_set='
libcmocka-dev      | pc:cmocka                        | unit tests
clang              | cmd:clang                        | the second compiler, and the fuzzer
libclang-rt-dev    | file:/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer*.a | the fuzzer and its sanitizers
tidy               | cmd:tidy                         | checks that pages are valid HTML
chromium           | cmd:chromium                     | opens every page as a reader would
fonts-liberation2  | file:/usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf | letters for the browser tests
curl               | cmd:curl                         | asks the server for pages in tests
sqlite3            | cmd:sqlite3                      | looks into the record from outside
nginx-light        | cmd:nginx                        | is sent the same hostile requests as we are
postgresql-15      | file:/usr/lib/postgresql/*/bin/initdb | a server of its own for the tests of records in PostgreSQL
'
lint_set='
clang              | cmd:clang                        | the second compiler, and the fuzzer
clang-format       | cmd:clang-format                 | one style of code
clang-tidy         | cmd:clang-tidy                   | finds faults in code
cppcheck           | cmd:cppcheck                     | finds faults in code
'
deb_set='
dpkg-dev           | cmd:dpkg-buildpackage            | makes the Debian package
debhelper          | cmd:dh                           | makes the Debian package
fakeroot           | cmd:fakeroot                     | files in the package belong to root
lintian            | cmd:lintian                      | finds faults in the package
'
bench_set='
wrk                | cmd:wrk                          | asks for pages as fast as it can
nginx-light        | cmd:nginx                        | serves the same bytes, to compare with
sqlite3            | cmd:sqlite3                      | imports the same file, to compare with
g++                | cmd:g++                          | builds better-sqlite3
make               | cmd:make                         | builds better-sqlite3
libnode-dev        | file:/usr/include/node/node_version.h | builds better-sqlite3
'

die()
{
    echo "$*" >&2
    exit 3
}

# is_there KIND:ARGUMENTS: whether the machine has one of them.
is_there()
{
    kind=${1%%:*}
    for thing in ${1#*:}; do
        case $kind in
        cmd) if command -v "$thing" >/dev/null 2>&1 || [ -x "/usr/sbin/$thing" ]; then return 0; fi ;;
        pc) if pkg-config --exists "$thing" 2>/dev/null; then return 0; fi ;;
        file) if [ -e "$thing" ]; then return 0; fi ;;
        esac
    done
    return 1
}

# Prints what is lacking of the sets named, one `package (purpose)` a line.
lacking()
{
    for set in "$@"; do
        case $set in
        build) table=$build_set ;;
        test) table=$test_set ;;
        lint) table=$lint_set ;;
        bench) table=$bench_set ;;
        deb) table=$deb_set ;;
        esac
        echo "$table" | while IFS='|' read -r package probe purpose; do
            [ -n "$package" ] || continue
            if ! is_there "$(echo $probe)"; then
                echo "$(echo $package) ($(echo $purpose))"
            fi
        done
    done | sort -u
}

# Sets `become` to what makes a command run as root, or explains what to do and stops.
find_root()
{
    become=
    [ "$(id -u)" -eq 0 ] && return
    if command -v sudo >/dev/null 2>&1; then
        become=sudo
        # Without a terminal nobody could type the password.
        if [ -t 0 ] || sudo -n true 2>/dev/null; then
            return
        fi
    fi
    die "Packages can only be installed as root. Ask whoever looks after this machine to run:
    apt-get install --no-install-recommends $*
and then give the same command again."
}

install_packages()
{
    list=$(lacking "$@")
    [ -n "$list" ] || return 0
    echo "This machine lacks:" >&2
    echo "$list" | sed 's/^/    /' >&2
    packages=$(echo "$list" | sed 's/ .*//' | tr '\n' ' ')
    command -v apt-get >/dev/null 2>&1 ||
        die "This machine has no apt-get. Install the above by its own package manager, then give the same command again."
    find_root "$packages"
    echo "Installing them with apt-get." >&2
    log=$(mktemp)
    apt="$become env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300"
    # The lists of a fresh machine are empty or old: fetch them when the first try fails.
    if ! $apt install --no-install-recommends $packages >"$log" 2>&1; then
        if ! { $apt update && $apt install --no-install-recommends $packages; } >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            rm -f "$log"
            die "apt-get could not install them: its last words are above."
        fi
    fi
    rm -f "$log"
    list=$(lacking "$@")
    [ -z "$list" ] || die "Installed, and still not found: $(echo "$list" | tr '\n' ' ')"
}

# npm_ci FOLDER WHAT-FOR: the packages of its lock file, once per state of the lock file.
npm_ci()
{
    stamp=$1/node_modules/.installed-from
    lock=$(cat "$1/package.json" "$1/package-lock.json" | cksum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ] && return
    echo "Fetching from npm, into $1/node_modules: $2." >&2
    log=$(mktemp)
    # `npm ci` wants every package of the lock file, those for other systems too; where a registry
    # lacks some of them, `npm install` takes what this system needs, in the versions of the lock.
    if ! npm ci --prefix "$1" --ignore-scripts >"$log" 2>&1 &&
        ! npm install --prefix "$1" --ignore-scripts --no-save >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "npm could not fetch them: its last words are above."
    fi
    rm -f "$log"
    echo "$lock" >"$stamp"
}

# better-sqlite3 is C++ and comes as source: its ready-made binaries lie where no registry is.
build_better_sqlite3()
{
    [ -e bench/node_modules/better-sqlite3/build/Release/better_sqlite3.node ] && return
    echo "Building better-sqlite3 for the comparison (a minute or two)." >&2
    log=$(mktemp)
    if ! npm_config_nodedir=/usr npm rebuild --prefix bench --build-from-source better-sqlite3 \
        >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "better-sqlite3 could not be built: its last words are above."
    fi
    rm -f "$log"
}

[ $# -gt 0 ] || die "tools/install.sh: name the sets to install: build, test, lint, bench, deb."
for set in "$@"; do
    case $set in
    build | test | lint | bench | deb) ;;
    *) die "tools/install.sh: there is no set \"$set\"; name build, test, lint, bench or deb." ;;
    esac
done
mkdir -p build
# Two makes at once must not both run apt-get or npm.
exec 9>build/.install-lock
if command -v flock >/dev/null 2>&1; then flock 9; fi
install_packages "$@"
npm_ci . "GOV.UK Frontend and sass for the style sheet, axe and playwright for the browser tests"
case " $* " in
*" bench "*)
    npm_ci bench "Fastify, better-sqlite3 and DuckDB, to compare with"
    build_better_sqlite3
    ;;
esac
