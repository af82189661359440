"""Whether two renderings of a page tell the same: every figure of one's main table in the other's."""
import html.parser


class Rows(html.parser.HTMLParser):
    """The rows of all tables as lists of cell texts; what stands under a figure is left out."""

    def __init__(self):
        super().__init__()
        self.rows, self.row, self.cell = [], None, None
        self.drawing, self.under = 0, False

    def handle_starttag(self, tag, attrs):
        if tag == 'tr':
            self.row = []
        elif tag in ('td', 'th') and self.row is not None:
            self.cell, self.under = [], False
        elif tag == 'svg':
            self.drawing += 1
        elif tag == 'br':
            self.under = True

    def handle_endtag(self, tag):
        if tag == 'svg':
            self.drawing -= 1
        elif tag in ('td', 'th') and self.cell is not None:
            self.row.append(' '.join(''.join(self.cell).split()))
            self.cell = None
        elif tag == 'tr' and self.row is not None:
            self.rows.append(self.row)
            self.row = None

    def handle_data(self, data):
        if self.cell is not None and not self.drawing and not self.under:
            self.cell.append(data)


# The table that counts, by its number of columns, and which of them: the scorecard of a council
# with figures, target, status and travel; the history of a measure with figure, base, target,
# status and rule.
TABLES = {'scorecard': (9, range(1, 8)), 'measure': (7, range(1, 6))}


def table(name, text):
    rows = Rows()
    rows.feed(text)
    columns, wanted = TABLES[name]
    found = {}
    for row in rows.rows:
        if len(row) == columns:
            found.setdefault(row[0], [row[i] for i in wanted])
    return found


def compare(name, ours, theirs):
    """How many cells of ours stand in theirs, of how many."""
    mine, other = table(name, ours), table(name, theirs)
    cells = [(row, i, cell) for row, cells in mine.items() for i, cell in enumerate(cells)]
    same = sum(1 for row, i, cell in cells if row in other and other[row][i] == cell)
    return same, len(cells)
