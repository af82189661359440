#!/usr/bin/env python3
"""The Debian package, from install to purge: test_deb.py GOLDTHREAD SOURCE_FOLDER

It is built twice and compared, looked at by lintian, and installed into a copy of this machine (an
overlay in a mount namespace of its own: nothing of this machine is changed): install, create, back
up, upgrade with changed settings, restore, remove, purge. GOLDTHREAD is a release build.
"""
import atexit
import glob
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import taps  # noqa: E402

WORK = tempfile.mkdtemp(prefix='goldthread-deb-')
atexit.register(shutil.rmtree, WORK, True)
EPOCH = '1760000000'
NEEDED = ('dpkg-buildpackage', 'dh', 'lintian', 'unshare')
LACKING = [name for name in NEEDED if shutil.which(name) is None]
BUILT = {}


def build(version, folder):
    if LACKING:
        raise taps.Skip('not installed: %s (tools/install.sh deb)' % ', '.join(LACKING))
    if (version, folder) not in BUILT:
        done = subprocess.run([os.path.join(SOURCE, 'packaging/build_deb.sh'), PROGRAM,
                               os.path.join(WORK, folder), version], capture_output=True, text=True,
                              env=dict(os.environ, SOURCE_DATE_EPOCH=EPOCH), check=False)
        taps.equal(done.returncode, 0, done.stderr)
        BUILT[(version, folder)] = done.stdout.strip()
    return BUILT[(version, folder)]


def test_the_same_program_makes_the_same_package():
    digests = []
    for folder in ('one', 'two'):
        with open(build('0.9.1', folder), 'rb') as file:
            digests.append(hashlib.sha256(file.read()).hexdigest())
    taps.equal(digests[0], digests[1])


def test_lintian_finds_no_error():
    done = subprocess.run(['lintian', '--fail-on', 'error', '--allow-root', '--tag-display-limit', '0',
                           build('0.9.1', 'one')], capture_output=True, text=True, check=False)
    taps.equal(done.returncode, 0, done.stdout + done.stderr)


def test_the_binary_is_hardened():
    if shutil.which('hardening-check') is None:
        raise taps.Skip('hardening-check is not installed (package devscripts)')
    said = subprocess.run(['hardening-check', PROGRAM], capture_output=True, text=True,
                          check=False).stdout
    for asked in ('Position Independent Executable: yes', 'Stack protected: yes',
                  'Fortify Source functions: yes', 'Read-only relocations: yes',
                  'Immediate binding: yes'):
        assert asked in said, said


def unpacked():
    folder = os.path.join(WORK, 'unpacked')
    if not os.path.isdir(folder):
        subprocess.run(['dpkg', '-x', build('0.9.1', 'one'), folder], check=True)
    return folder


def test_the_bill_of_materials_names_every_library():
    path = glob.glob(unpacked() + '/usr/share/doc/goldthread/sbom.cdx.json*')[0]
    with (gzip.open if path.endswith('.gz') else open)(path, 'rt', encoding='utf-8') as file:
        bill = json.load(file)
    taps.equal((bill['bomFormat'], bill['specVersion']), ('CycloneDX', '1.5'))
    names = {part['name'] for part in bill['components']}
    with open(os.path.join(SOURCE, 'meson.build'), encoding='utf-8') as file:
        asked = set(re.findall(r"dependency\('([^']+)'", file.read())) - {'threads'}
    assert asked <= names, asked - names
    assert 'govuk-frontend' in names
    refs = [part['bom-ref'] for part in bill['components']]
    taps.equal(len(refs), len(set(refs)))
    assert set(bill['dependencies'][0]['dependsOn']) <= set(refs)


def test_the_manual_tells_every_command_and_option():
    with gzip.open(unpacked() + '/usr/share/man/man1/goldthread.1.gz', 'rt') as file:
        page = file.read().replace('\\-', '-')
    top = subprocess.run([PROGRAM, '--help'], check=True, capture_output=True, text=True).stdout
    for name in re.findall(r'^  (\w+) +\S', top.split('Commands:')[1].split('\n\n')[0], re.M):
        assert '.SS %s\n' % name in page, name
        said = subprocess.run([PROGRAM, name, '--help'], check=True, capture_output=True,
                              text=True).stdout
        for option in re.findall(r'^  (--[a-z-]+)', said, re.M):
            assert option in page, (name, option)


# What is done inside the copy of the machine; `say` lines are what we look for.
LIFE = r'''
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C HOME=/var/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin
say() { echo "SAID $*"; }
# No service is started in here.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
dpkg --force-depends -i "$1" >/dev/null
say installed "$(dpkg-query -W -f '${Status} ${Version}' goldthread)"
say version "$(goldthread --version)"
test -e /lib/systemd/system/goldthread.service || test -e /usr/lib/systemd/system/goldthread.service
say enabled "$(ls /etc/systemd/system/multi-user.target.wants | grep goldthread)"
zcat /usr/share/man/man1/goldthread.1.gz | head -c 3 >/dev/null
test -s /usr/share/man/man5/goldthread.conf.5.gz
mkdir -p /var/lib/goldthread; chmod 700 /var/lib/goldthread
export GOLDTHREAD_RECORD=/var/lib/goldthread/goldthread.db
goldthread import /usr/share/doc/goldthread/examples/luton >/dev/null
say head "$(goldthread audit head)"
goldthread backup --to /var/tmp/backup.db --verify >/dev/null
echo '# ours' >>/etc/goldthread/goldthread.conf
dpkg --force-depends -i "$2" >/dev/null
say upgraded "$(dpkg-query -W -f '${Status} ${Version}' goldthread)"
say settings "$(tail -n 1 /etc/goldthread/goldthread.conf)"
say head "$(goldthread audit head)"
goldthread restore --from /var/tmp/backup.db --confirm luton >/dev/null
say head "$(goldthread audit head)"
goldthread audit verify >/dev/null
# Again: maintainer scripts may be run twice.
dpkg --force-depends -i "$2" >/dev/null
for script in 'postinst configure 0.9.1' 'postinst configure'; do
    set -- $script "$@"; name=$1; shift
    case $script in *' 0.9.1') sh -e /var/lib/dpkg/info/goldthread.$name "$1" "$2"; shift 2 ;;
    *) sh -e /var/lib/dpkg/info/goldthread.$name "$1"; shift ;; esac
done
dpkg -r goldthread >/dev/null
say removed "$(dpkg-query -W -f '${Status}' goldthread)" "$(ls /etc/goldthread)"
dpkg -P goldthread >/tmp/purge 2>&1
say purged "$(grep -c 'is kept' /tmp/purge)" "$(ls /etc/goldthread 2>/dev/null || echo none)"
say kept "$(test -s /var/lib/goldthread/goldthread.db && echo yes)"
# And where somebody said yes.
dpkg --force-depends -i "$2" >/dev/null
echo 'goldthread goldthread/delete-record boolean true' | debconf-set-selections
dpkg -P goldthread >/dev/null 2>&1
say deleted "$(test -e /var/lib/goldthread && echo no || echo yes)"
'''


def test_install_create_back_up_upgrade_restore_purge():
    one, two = build('0.9.1', 'one'), build('0.9.2', 'one')
    if os.geteuid() != 0:
        raise taps.Skip('only root can make the copy of the machine')
    place = os.path.join(WORK, 'machine')
    os.mkdir(place)
    script = os.path.join(WORK, 'life.sh')
    with open(script, 'w', encoding='utf-8') as file:
        file.write(LIFE)
    # In a memory file system, since an overlay cannot lie over itself.
    outer = ('set -e; mount -t tmpfs none {0}; mkdir {0}/up {0}/change {0}/copy {0}/in; '
             'cp {1} {2} {3} {0}/in; '
             'mount -t overlay none -o lowerdir=/,upperdir={0}/up,workdir={0}/change {0}/copy; '
             'mkdir -p {0}/copy/in; mount --bind {0}/in {0}/copy/in; '
             'mount -t proc none {0}/copy/proc; mount -t tmpfs none {0}/copy/tmp; '
             'mount --bind /dev {0}/copy/dev; '
             'chroot {0}/copy sh /in/life.sh /in/{4} /in/{5}').format(
                 place, one, two, script, os.path.basename(one), os.path.basename(two))
    try_overlay = subprocess.run(['unshare', '-m', 'sh', '-c',
                                  'mount -t tmpfs none %s && cd %s && mkdir u w r && mount -t '
                                  'overlay none -o lowerdir=/,upperdir=u,workdir=w r' %
                                  (place, place)], capture_output=True, check=False)
    if try_overlay.returncode != 0:
        raise taps.Skip('this machine lets nobody mount an overlay')
    done = subprocess.run(['unshare', '-m', 'sh', '-c', outer], capture_output=True, text=True,
                          timeout=300, check=False)
    taps.equal(done.returncode, 0, done.stdout[-2000:] + done.stderr[-3000:])
    said = [line[5:] for line in done.stdout.split('\n') if line.startswith('SAID ')]
    heads = [line.split(' ')[1] for line in said if line.startswith('head ')]
    taps.equal(len(heads), 3)
    taps.equal(len(set(heads)), 1)
    for expected in ('installed install ok installed 0.9.1', 'enabled goldthread.service',
                     'upgraded install ok installed 0.9.2', 'settings # ours',
                     'removed deinstall ok config-files goldthread.conf', 'purged 1 none',
                     'kept yes', 'deleted yes'):
        assert expected in said, (expected, said)


taps.run(globals())
