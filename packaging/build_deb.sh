#!/bin/sh
# Makes the Debian package: build_deb.sh GOLDTHREAD FOLDER [VERSION]
#
# GOLDTHREAD is the program, built; the package goes to FOLDER. The same program and the same
# SOURCE_DATE_EPOCH (by default the time of the last commit) make the same package, byte for byte.
set -eu
program=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
cd "$(dirname "$0")/.."
version=${3:-$("$program" --version | sed 's/.* //')}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH LC_ALL=C

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/goldthread-$version
mkdir "$tree"
cp -r packaging/debian "$tree/debian"
cp packaging/goldthread.conf packaging/goldthread.conf.5 "$tree/"
cp packaging/goldthread.service "$tree/debian/goldthread.service"
install -m 755 "$program" "$tree/goldthread"
cp -r examples "$tree/examples"
mkdir "$tree/docs"
cp README.md docs/*.md "$tree/docs/"
python3 packaging/manual.py "$program" >"$tree/goldthread.1"
python3 packaging/sbom.py >"$tree/sbom.cdx.json"
sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -R -d "@$SOURCE_DATE_EPOCH")/" \
    packaging/debian/changelog.in >"$tree/debian/changelog"
rm "$tree/debian/changelog.in"
chmod -R u=rwX,go=rX "$tree"
chmod 755 "$tree/debian/rules"
if ! (cd "$tree" && dpkg-buildpackage -b -us -uc) >"$work/log" 2>&1; then
    tail -n 40 "$work/log" >&2
    echo "The package could not be made: the last words are above." >&2
    exit 3
fi
mv "$work"/goldthread_*.deb "$folder/"
ls "$folder"/goldthread_"$version"_*.deb
