"""Councils made for measuring: the same files each time, of any size."""
import pathlib

QUARTERS = 40
FIRST_YEAR = 2014
UNITS, AIMS = 20, 60


def quarter(i):
    year = FIRST_YEAR + i // 4
    return f'{year}-{(year + 1) % 100:02d}-Q{i % 4 + 1}'


def measure(i):
    return f'M{i:04d}'


def numerator(i, q, part):
    """Between 500 and 999 of 1000, without a pattern that a cache could like."""
    return 500 + (i * 7919 + q * 104729 + part * 1299709) % 500


def write(folder, name, lines):
    pathlib.Path(folder, name).write_text('\n'.join(lines) + '\n')


def frame(folder, measures):
    """Everything but figures and targets: units, a plan with its aims, one rule, the measures."""
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    write(folder, 'organisation.csv',
          ['code,name,kind,default_rule', 'big,Big Council,council,STD'])
    write(folder, 'units.csv', ['code,name,kind'] + [
        f'U{u},Unit {u},directorate' for u in range(UNITS)])
    write(folder, 'rules.csv', ['code,title,kind,green_within,amber_within,within_unit',
                                'STD,Corporate rule,tolerance,0,5,percent'])
    write(folder, 'plans.csv', ['code,title,kind', 'CP,Corporate plan,corporate'])
    write(folder, 'aims.csv', ['code,plan,kind,title'] + [
        f'A{a},CP,priority,Priority {a}' for a in range(AIMS)])
    write(folder, 'measures.csv',
          ['code,title,unit,value_type,decimals,polarity,frequency,aggregation'] +
          [f'{measure(i)},Measure number {i},U{i % UNITS},percent,1,higher,quarter,ratio'
           for i in range(measures)])
    write(folder, 'measure_aims.csv', ['measure,aim'] + [
        f'{measure(i)},A{i % AIMS}' for i in range(measures)])


def figures(path, measures, parts):
    """A file of observations: `parts` figures (1: the measure as a whole) a measure and quarter."""
    with open(path, 'w') as f:
        f.write('measure,part,period,value,numerator,denominator\n')
        for i in range(measures):
            for part in range(parts):
                name = '' if parts == 1 else f'Ward {part:02d}'
                for q in range(QUARTERS):
                    n = numerator(i, q, part)
                    f.write(f'{measure(i)},{name},{quarter(q)},{n / 10:.1f},{n},1000\n')
    return measures * parts * QUARTERS


def targets(path, measures):
    with open(path, 'w') as f:
        f.write('measure,period,target\n')
        for i in range(measures):
            for q in range(QUARTERS):
                f.write(f'{measure(i)},{quarter(q)},{70 + i % 10}.0\n')
