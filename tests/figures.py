"""Figures taken out of a page or report in its three forms, so that they can be held side by side."""
import csv
import decimal
import html.parser
import io
import re

Decimal = decimal.Decimal
NUMBER = re.compile(r'[−-]?\d[\d,]*(?:\.\d+)?')


def numbers_in(text):
    """All figures in a text as people read it; yes and no count as 1 and 0."""
    found = [Decimal(n.replace(',', '').replace('−', '-')) for n in NUMBER.findall(text)]
    # A hyphen between two figures is no minus (16-18 years).
    found += [abs(n) for n in found if n < 0]
    return found + [Decimal(1)] * ('Yes' in text) + [Decimal(0)] * ('No' in text)


def is_shown(value, text):
    """Whether the figure stands in the text, perhaps rounded to fewer places (halves up)."""
    for found in numbers_in(text):
        places = Decimal(1).scaleb(found.as_tuple().exponent)
        if value == found or abs(value).quantize(places, decimal.ROUND_HALF_UP) == abs(found):
            return True
    return False


# ---- JSON ----

def json_tables(node):
    """Every table of the view tree, by id."""
    tables = {}

    def walk(at):
        if isinstance(at, dict):
            if isinstance(at.get('columns'), list) and isinstance(at.get('rows'), list):
                tables[at['id']] = at
            for value in at.values():
                walk(value)
        elif isinstance(at, list):
            for value in at:
                walk(value)
    walk(node)
    return tables


# ---- CSV ----

def csv_rows(text):
    return list(csv.reader(io.StringIO(text, newline='')))


def csv_faults(table, text):
    """Differences between a table of the JSON and its CSV."""
    rows = csv_rows(text)
    keys = [column['key'] for column in table['columns']]
    if rows[0] != keys:
        yield 'header %r, not %r' % (rows[0], keys)
        return
    if len(rows) - 1 != len(table['rows']):
        yield '%d rows, not %d' % (len(rows) - 1, len(table['rows']))
        return
    for number, (cells, row) in enumerate(zip(rows[1:], table['rows']), 1):
        for key, cell in zip(keys, cells):
            value = row.get(key)
            if isinstance(value, bool):
                same = cell == ('yes' if value else 'no')
            elif isinstance(value, (int, float, Decimal)):
                same = cell != '' and Decimal(cell) == Decimal(str(value))
            else:
                # Text that a spreadsheet would run as a formula stands behind an apostrophe.
                same = cell in (value or '', "'" + (value or ''))
            if not same:
                yield 'row %d, %s: %r, not %r' % (number, key, cell, value)


# ---- HTML ----

class _Page(html.parser.HTMLParser):
    VOID = {'meta', 'link', 'br', 'hr', 'img', 'input', 'col', 'source', 'wbr', 'base', 'area'}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.links, self.resources, self.text, self.items = {}, [], [], [], {}
        self.table = self.row = self.cell = self.caption = None
        self.hidden, self.item, self.depth = 0, [], 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in self.VOID:
            self.depth += 1
        if tag in ('br', 'p', 'li', 'div'):
            self.handle_data(' ')
        if tag in ('style', 'script', 'svg'):
            self.hidden += 1
        if tag == 'a' and attrs.get('href'):
            self.links.append(attrs['href'])
        for name in ('src', 'srcset', 'data', 'poster', 'xlink:href'):
            if attrs.get(name):
                self.resources.append((tag, name, attrs[name]))
        if tag == 'link':
            self.resources.append((tag, attrs.get('rel', ''), attrs.get('href', '')))
        if attrs.get('id', '').startswith('paragraph-'):
            self.items[attrs['id'][10:]] = []
            self.item.append((self.depth, attrs['id'][10:]))
        if tag == 'table':
            self.table = {'rows': [], 'heads': [], 'total': None}
        elif tag == 'caption':
            self.caption = attrs.get('id', '')
            if self.caption.startswith('caption-'):
                self.tables[self.caption[8:]] = self.table
        elif tag == 'tr' and self.table is not None:
            self.row = {'cells': [], 'total': 'gt-table__total' in attrs.get('class', '')}
        elif tag in ('td', 'th') and self.row is not None:
            self.cell = {'text': [], 'head': attrs.get('scope') in ('col', 'colgroup', 'rowgroup'),
                         'numeric': 'numeric' in attrs.get('class', '')}

    def handle_endtag(self, tag):
        if tag in ('style', 'script', 'svg'):
            self.hidden -= 1
        while self.item and self.item[-1][0] > self.depth - 1 and tag not in self.VOID:
            self.item.pop()
        if tag not in self.VOID:
            self.depth -= 1
        if tag in ('td', 'th') and self.cell is not None:
            self.cell['text'] = ' '.join(''.join(self.cell['text']).split())
            self.row['cells'].append(self.cell)
            self.cell = None
        elif tag == 'tr' and self.row is not None:
            cells = self.row['cells']
            if cells and all(cell['head'] for cell in cells):
                self.table['heads'] += cells  # and the headings of groups of rows
            elif self.row['total']:
                self.table['total'] = cells
            else:
                self.table['rows'].append(cells)
            self.row = None
        elif tag == 'table':
            self.table = None

    def handle_data(self, data):
        if self.hidden:
            return
        self.text.append(data)
        if self.cell is not None:
            self.cell['text'].append(data)
        for _, name in self.item:
            self.items[name].append(data)


def page_of(text):
    """The page's tables by the id of their captions, links, resources, numbered paragraphs, text."""
    page = _Page()
    page.feed(text)
    page.close()
    page.items = {name: ' '.join(''.join(data).split()) for name, data in page.items.items()}
    page.text = ' '.join(''.join(page.text).split())
    return page


def html_faults(table, shown, columns=None, view=None):
    """Differences between a table of the JSON and the HTML table of that name: the figures of the
    columns named (all when None) stand in their row, and no others stand in columns of figures.
    A line of totals that is not the table's own is looked for in the whole view."""
    if len(shown['rows']) != len(table['rows']):
        yield '%d rows, not %d' % (len(shown['rows']), len(table['rows']))
        return
    for number, (cells, row) in enumerate(zip(shown['rows'], table['rows']), 1):
        text = ' | '.join(cell['text'] for cell in cells)
        for column in table['columns']:
            value = row.get(column['key'])
            if not column['numeric'] or value is None or isinstance(value, str) or (
                    columns is not None and column['key'] not in columns):
                continue
            if not is_shown(Decimal(str(value)), text) and not (
                    column['key'].endswith('_percent') and is_told_as_share(value, text)):
                yield 'row %d, %s: %s is not in "%s"' % (number, column['key'], value, text)
        yield from _strangers('row %d' % number, cells, row)
    if shown['total'] is not None:
        yield from _strangers('total', shown['total'], table.get('totals') or {'view': view or {}})


def is_told_as_share(value, text):
    """Whether "11 of 14" stands for 79 in the text."""
    return any(int(base) and (200 * int(part) + int(base)) // (2 * int(base)) == value
               for part, base in re.findall(r'(\d+) of (\d+)', text))


def _figures_of(row):
    """Its figures, and those in what the view says of them in words for people."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _figures_of(value)
        elif isinstance(value, list):
            yield from _figures_of({'%d' % i: each for i, each in enumerate(value)})
        elif isinstance(value, str):
            if key.endswith(('shown', '_words', 'sentence')):
                yield from numbers_in(value)
        elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            yield Decimal(str(value))


def _strangers(where, cells, row):
    """Figures in columns of figures that the view does not have in this row."""
    held = list(_figures_of(row))
    for cell in cells:
        for number in numbers_in(cell['text']) if cell['numeric'] else []:
            places = Decimal(1).scaleb(number.as_tuple().exponent)
            if not any(number == value or abs(number) == abs(value).quantize(
                    places, decimal.ROUND_HALF_UP) for value in held):
                yield '%s: "%s" is no figure of the view' % (where, cell['text'])
