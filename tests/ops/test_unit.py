#!/usr/bin/env python3
"""The systemd unit is as closed as conventions.md OPS-10 asks: test_unit.py SOURCE_FOLDER"""
import os
import re
import shutil
import subprocess
import sys

SOURCE = os.path.abspath(sys.argv[1])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import taps  # noqa: E402

UNIT = os.path.join(SOURCE, 'packaging', 'goldthread.service')
EXPOSURE_MOST = 1.5
ASKED = '''Type=notify WatchdogSec= DynamicUser=yes StateDirectory=goldthread StateDirectoryMode=0700
UMask=0077 NoNewPrivileges=yes CapabilityBoundingSet= ProtectSystem=strict ProtectHome=yes
PrivateTmp=yes PrivateDevices=yes PrivateUsers=yes ProtectProc=invisible ProcSubset=pid
ProtectHostname=yes ProtectClock=yes ProtectKernelTunables=yes ProtectKernelModules=yes
ProtectKernelLogs=yes ProtectControlGroups=yes RestrictAddressFamilies= RestrictNamespaces=yes
RestrictRealtime=yes RestrictSUIDSGID=yes LockPersonality=yes MemoryDenyWriteExecute=yes
RemoveIPC=yes SystemCallArchitectures=native IPAddressDeny=any IPAddressAllow= MemoryMax=
TasksMax='''.split()


def text():
    with open(UNIT, encoding='utf-8') as file:
        return file.read()


def test_every_directive_asked_for_stands_there():
    lines = text().split('\n')
    for asked in ASKED:
        assert any(line.startswith(asked) for line in lines), asked
    filters = [line for line in lines if line.startswith('SystemCallFilter=')]
    taps.equal(filters, ['SystemCallFilter=@system-service',
                         'SystemCallFilter=~@privileged @resources'])


def analyze(*words):
    if shutil.which('systemd-analyze') is None:
        raise taps.Skip('systemd-analyze is not installed')
    done = subprocess.run(['systemd-analyze', *words], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_exposure_is_low():
    said = analyze('security', '--offline=true', '--no-pager', UNIT)
    found = re.search(r'Overall exposure level for goldthread.service: ([0-9.]+)', said)
    assert found, said
    assert float(found[1]) <= EXPOSURE_MOST, found[1]


def test_systemd_understands_every_line():
    said = analyze('verify', '--man=no', UNIT)
    faults = [line for line in said.split('\n')
              if 'goldthread.service' in line and 'is not executable' not in line]
    taps.equal(faults, [])


taps.run(globals())
