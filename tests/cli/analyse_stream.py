#!/usr/bin/env python3
"""analyse as a filter in a pipe: rows across block borders, bounded memory, readers that leave.

analyse_stream.py PROGRAM
"""
import csv
import io
import os
import random
import subprocess
import sys
import tempfile
import threading

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else sys.exit(__doc__)
MEGABYTE = 1 << 20
# A sanitizer keeps freed memory for a while, which would look like growth.
ENVIRONMENT = dict(os.environ)
ENVIRONMENT['ASAN_OPTIONS'] = ENVIRONMENT.get('ASAN_OPTIONS', '') + ':quarantine_size_mb=1'


def start(arguments, **how):
    return subprocess.Popen([PROGRAM, 'analyse'] + arguments, stdin=subprocess.PIPE,
                            stdout=how.get('stdout', subprocess.PIPE), stderr=subprocess.PIPE,
                            env=ENVIRONMENT)


def feed(process, chunks):
    def write():
        try:
            for chunk in chunks:
                process.stdin.write(chunk)
                process.stdin.flush()
            process.stdin.close()
        except BrokenPipeError:
            pass
    thread = threading.Thread(target=write)
    thread.start()
    return thread


def run(arguments, chunks):
    process = start(arguments)
    thread = feed(process, chunks)
    output, messages = process.stdout.read(), process.stderr.read()
    process.wait()
    thread.join()
    return process.returncode, output, messages.decode()


def pieces(data, size):
    return (data[at:at + size] for at in range(0, len(data), size))


def awkward_rows(count, dice):
    """Rows whose notes hold quotes, commas and all kinds of line ends."""
    bits = ['plain', '"', ',', '\n', '\r\n', '\r', 'é', ' ', 'x' * 300]
    for i in range(count):
        note = ''.join(dice.choice(bits) for _ in range(dice.randrange(6)))
        yield ['higher', str(i % 7), str(i % 5), note]


def quoted(cell):
    return '"%s"' % cell.replace('"', '""') if set(cell) & set('",\r\n') else cell


def expected_travel(value, previous):
    return 'improved' if value > previous else 'same' if value == previous else 'worse'


def test_rows_across_block_borders():
    dice = random.Random(7)
    rows = list(awkward_rows(3000, dice))
    for newline in ('\n', '\r\n', '\r'):
        heads = ['polarity', 'value', 'previous', 'note']
        data = ''.join(','.join(map(quoted, row)) + newline for row in [heads] + rows).encode()
        for size in (len(data), 65536, 4099, 257):
            code, output, messages = run(['travel'], pieces(data, size))
            if code or messages:
                return 'newline %r, pieces of %d: %d %s' % (newline, size, code, messages)
            read = list(csv.reader(io.StringIO(output.decode(), newline='')))
            wanted = [['polarity', 'value', 'previous', 'note', 'short', 'long']]
            wanted += [row + [expected_travel(int(row[1]), int(row[2])), 'not_comparable']
                       for row in rows]
            if read != wanted:
                at = next(i for i, (a, b) in enumerate(zip(read, wanted)) if a != b)
                return 'newline %r, pieces of %d: row %d is %r, expected %r' % (
                    newline, size, at, read[at], wanted[at])
    return None


def test_one_byte_at_a_time():
    data = b'\xef\xbb\xbf"polarity",value,previous\r\nhigher,2,1\r\n"higher","1",2'
    code, output, messages = run(['travel'], pieces(data, 1))
    wanted = (b'polarity,value,previous,short,long\nhigher,2,1,improved,not_comparable\n'
              b'higher,1,2,worse,not_comparable\n')
    return None if (code, output, messages) == (0, wanted, '') else repr((code, output, messages))


def peak_memory(arguments, header, blocks):
    """Exit code and peak memory in kB once all blocks were taken in, the output thrown away."""
    with open(os.devnull, 'wb') as nowhere:
        process = start(arguments, stdout=nowhere)
        process.stdin.write(header)
        for block in blocks:
            process.stdin.write(block)
        process.stdin.flush()
        with open('/proc/%d/status' % process.pid, encoding='ascii') as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith('VmHWM'))
        process.stdin.close()
        process.stderr.close()
        return process.wait(), peak


def compare_memory(arguments, header, blocks, few, many):
    if not os.path.exists('/proc/self/status'):
        return None
    code_few, peak_few = peak_memory(arguments, header, blocks(few))
    code_many, peak_many = peak_memory(arguments, header, blocks(many))
    if code_few or code_many:
        return 'ended with %d and %d' % (code_few, code_many)
    told = '%d kB for %d MB, %d kB for %d MB' % (peak_few, few, peak_many, many)
    print('# peak memory: ' + told)
    return None if peak_many < peak_few + 4096 else told


def rows_by_themselves(megabytes):
    line = b'tolerance,higher,68.2,75,5,' + b'n' * 70 + b'\n'
    return (line * (MEGABYTE // len(line)) for _ in range(megabytes))


def series_of_25(megabytes):
    """Series after series, of 25 months each."""
    months = ['%d-%02d' % (2020 + i // 12, i % 12 + 1) for i in range(25)]
    number = 0
    for _ in range(megabytes):
        lines, size = [], 0
        while size < MEGABYTE:
            lines.append(''.join('series %d,%s,%d\n' % (number, month, (number * 7 + i * i) % 31)
                                 for i, month in enumerate(months)))
            size += len(lines[-1])
            number += 1
        yield ''.join(lines).encode()


def test_memory_does_not_grow_with_the_input():
    return compare_memory(['status'], b'kind,polarity,value,target,amber_within,note\n',
                          rows_by_themselves, 4, 40)


def test_memory_does_not_grow_with_the_series():
    return compare_memory(['spc'], b'series,period,value\n', series_of_25, 6, 24)


def test_a_reader_that_leaves_is_no_failure():
    process = start(['travel'])
    thread = feed(process, [b'polarity,value,previous\n'] + [b'higher,2,1\n' * 10000] * 50)
    process.stdout.readline()
    process.stdout.close()
    messages = process.stderr.read().decode()
    process.wait()
    thread.join()
    return None if (process.returncode, messages) == (0, '') else repr(
        (process.returncode, messages))


def test_a_full_disc_is_told():
    if not os.path.exists('/dev/full'):
        return None
    with open('/dev/full', 'wb') as full:
        process = start(['travel'], stdout=full)
        thread = feed(process, [b'polarity,value,previous\nhigher,2,1\n'])
        messages = process.stderr.read().decode()
        process.wait()
        thread.join()
    good = process.returncode == 3 and 'standard output cannot be written' in messages
    return None if good else repr((process.returncode, messages))


def test_a_row_without_end_is_refused():
    head = b'polarity,value,previous\nhigher,2,1\nhigher,"'
    code, output, messages = run(['travel'], [head] + [b'x' * MEGABYTE] * 20)
    good = (code == 1 and 'line 3: the row is longer than' in messages
            and b'higher,2,1,improved' in output)
    return None if good else repr((code, output[:200], messages))


def test_aggregate_of_many_series():
    months = ['%d-%02d' % (year, month) for year in range(2000, 2020) for month in range(1, 13)]
    names = ['s%d' % i for i in range(500)]
    lines = ['series,period,value\n']
    lines += ['%s,%s,%d\n' % (name, month, i + k)
              for k, month in enumerate(months) for i, name in enumerate(names)]
    with tempfile.NamedTemporaryFile() as file:
        file.write(''.join(lines).encode())
        file.flush()
        code, output, messages = run(['aggregate', '--as', 'sum', '--to', 'year', file.name], [])
    if code or messages:
        return '%d %s' % (code, messages)
    rows = list(csv.DictReader(io.StringIO(output.decode())))
    if len(rows) != 500 * 21 or [rows[at * 21]['series'] for at in range(500)] != names:
        return '%d rows' % len(rows)
    for at, row in enumerate(rows):
        i, year = divmod(at, 21)
        first, last = (0 if year == 0 else year * 12 - 9), min(year * 12 + 3, 240)
        if (int(row['value']) != sum(i + k for k in range(first, last))
                or int(row['present']) != last - first or row['expected'] != '12'):
            return repr(row)
    return None


def test_a_series_that_comes_back_when_it_was_let_go():
    """So much input is not held: the row is refused, alone, and the others stand."""
    head = b'series,period,value\n'
    late = b'series 3,2030-01,5\n'
    code, output, messages = run(['spc'], [head, *series_of_25(24), late])
    if code != 1 or 'series "series 3" comes back after other rows' not in messages:
        return repr((code, messages))
    code, output, messages = run(['spc', '--keep-going'], [head, *series_of_25(24), late])
    last = list(csv.DictReader(io.StringIO(output.decode())))[-1]
    good = code == 0 and not messages and last['mean'] == '' and 'comes back' in last['error']
    return None if good else repr((code, messages, last))


def test_series_between_each_other_are_as_series_after_each_other():
    """More rows than are held of one group after another: all are held then."""
    together, between = [], []
    for number in range(30000):
        for i in range(25):
            between.append((i, number))
            together.append((number, i))
    between.sort()

    def told(rows):
        data = ''.join('s%d,%d,%d\n' % (number, i, (number * 7 + i * i) % 31)
                       for number, i in rows).encode()
        code, output, messages = run(['spc'], [b'series,period,value\n', data])
        return code, sorted(output.splitlines()), messages

    one = told(together)
    two = told([(number, i) for i, number in between])
    return None if one == two and one[0] == 0 else '%r %r' % (one[0], two[0])


def main():
    tests = [(name, test) for name, test in sorted(globals().items()) if name.startswith('test_')]
    print('TAP version 13')
    print('1..%d' % len(tests))
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        fault = test()
        failed += fault is not None
        print('%s %d - %s' % ('ok' if fault is None else 'not ok', number,
                              name[5:].replace('_', ' ')))
        if fault is not None:
            print('# ' + fault.replace('\n', '\n# '))
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
