"""What GB/T 9704-2012 prescribes, in millimetres, points and characters.

A page is printed on both sides: margins and page numbers change sides. A line has 28 characters of 3号 (16
points), which are 6 points too wide for 156 mm; each stands ``CLOSER`` points nearer. 22 lines at 29 points
would overflow 225 mm (domain rules §13), so a line takes 28.95 points.
"""

WIDTH, HEIGHT = 210, 297  # mm, A4 (5.2.1)
TOP, INSIDE, OUTSIDE, BOTTOM = (
    37,
    28,
    26,
    35,
)  # mm; 天头 and 订口 are given, the text area is 156 × 225 (5.2.1)
LINES, CHARACTERS = 22, 28  # (5.2.3)
LINE = 28.95  # points
SIZE, TITLE_SIZE, NUMBER_SIZE = 16, 22, 14  # points: 3号, 2号, 4号 (5.2.2, 7.3.1, 7.5)
CLOSER = 0.3  # points between two characters; with 0.25 LibreOffice loses stops at the end of full lines
NUMBER_BELOW = 7  # mm from the text area to the dashes of the page number (7.5)
TITLE_CHARACTERS = 20  # of 2号 in a line

# A landscape page keeps the text area, turned; 36 mm on both sides lies within the tolerance of 天头 and of
# the lower margin, and fits both sides of the sheet. The head of a wide table stands at the binding edge of
# odd and at the cutting edge of even pages: in both cases the page is turned the same way.
LANDSCAPE_SIDE, LANDSCAPE_TOP, LANDSCAPE_BOTTOM = 36, 28, 26  # mm

ABOVE_TABLE = 6  # points between a text and the table below it
CELL_SIDE = 1.2  # mm between the letters of a cell and its border
TABLE_SIZES, SMALLEST = ((4, 12.0), (7, 10.5)), 9.0  # up to so many columns, points; of all wider tables

NUMBER_AT = BOTTOM - NUMBER_BELOW  # mm from the edge of the paper to the dashes of the page number


def table_size(columns: int) -> float:
    """Return the size of the letters of a table, in points."""
    return next((size for most, size in TABLE_SIZES if columns <= most), SMALLEST)
