#!/usr/bin/env python3
"""The bill of materials, CycloneDX 1.5 as JSON: sbom.py > sbom.cdx.json (conventions.md SEC-3)

The libraries are those meson.build names, in the versions that stand on the machine that builds; the
packages of npm are those of package-lock.json, with their digests: those that leave something in
the program (the style sheet of the pages) are marked required, tools excluded. The serial number
follows from the contents, and the time from SOURCE_DATE_EPOCH: the same state, the same bill.
"""
import base64
import json
import os
import re
import subprocess
import time
import uuid

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
LICENCES = {'sqlite3': 'blessing', 'libpq': 'PostgreSQL', 'libmicrohttpd': 'LGPL-2.1-or-later',
            'zlib': 'Zlib', 'libcrypto': 'Apache-2.0', 'libsodium': 'ISC', 'jansson': 'MIT',
            'libcurl': 'curl'}


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8') as file:
        return file.read()


def version_of(name):
    try:
        return subprocess.run(['pkg-config', '--modversion', name], check=True, capture_output=True,
                              text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def libraries(build):
    """The shared libraries of the program, as meson.build asks for them."""
    for name in re.findall(r"dependency\('([^']+)'", build):
        if name == 'threads':
            continue
        part = {'type': 'library', 'name': name, 'bom-ref': 'system:' + name, 'scope': 'required'}
        version = version_of(name)
        if version:
            part['version'] = version
        if name in LICENCES:
            part['licenses'] = [{'license': {'id': LICENCES[name]}}]
        yield part


def packages(lock):
    for path, facts in sorted(lock['packages'].items()):
        if not path or facts.get('link'):
            continue
        name = path.split('node_modules/')[-1]
        part = {'type': 'library', 'name': name, 'version': facts['version'],
                'purl': 'pkg:npm/%s@%s' % (name.replace('@', '%40', 1), facts['version']),
                'bom-ref': 'npm:' + path, 'scope': 'required' if name == 'govuk-frontend' else
                'excluded'}
        if 'integrity' in facts:
            kind, digest = facts['integrity'].split(' ')[0].split('-', 1)
            part['hashes'] = [{'alg': {'sha512': 'SHA-512', 'sha1': 'SHA-1'}[kind],
                               'content': base64.b64decode(digest).hex()}]
        if 'license' in facts:
            part['licenses'] = [{'expression': facts['license']}
                                if ' ' in facts['license'] else {'license': {'id': facts['license']}}]
        yield part


def main():
    build = read('meson.build')
    version = re.search(r"version: '([^']+)'", build)[1]
    components = list(libraries(build)) + list(packages(json.loads(read('package-lock.json'))))
    seed = json.dumps([version, components], sort_keys=True)
    epoch = int(os.environ.get('SOURCE_DATE_EPOCH', time.time()))
    print(json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.5', 'version': 1,
        'serialNumber': 'urn:uuid:%s' % uuid.uuid5(uuid.NAMESPACE_URL, seed),
        'metadata': {
            'timestamp': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(epoch)),
            'component': {'type': 'application', 'name': 'goldthread', 'version': version,
                          'bom-ref': 'goldthread', 'licenses': [{'license': {'id': 'MIT'}}]}},
        'components': components,
        'dependencies': [{'ref': 'goldthread', 'dependsOn': [
            part['bom-ref'] for part in components if part['scope'] == 'required']}],
    }, indent=2))


if __name__ == '__main__':
    main()
