"""Showing evidence without handing the browser the file itself: pages become pictures, documents text."""

import io

from xiaohao.core.models import StoredFile
from xiaohao.reading.files import load
from xiaohao.reading.problems import Unreadable

WIDTH = 1400  # pixels
LONGEST_TEXT = 20_000  # characters
MOST_PAGES = 200


def page_count(stored: StoredFile) -> int:
    """Return how many pages can be shown as pictures; 0 for a file that does not open."""
    if stored.kind != "pdf":
        return 1
    import pypdfium2

    try:
        with stored.file.open() as stream, pypdfium2.PdfDocument(stream.read()) as document:
            return min(len(document), MOST_PAGES)
    except pypdfium2.PdfiumError:
        return 0


def picture(stored: StoredFile, page: int) -> bytes | None:
    """Return a page (from 1) as JPEG at most ``WIDTH`` pixels wide; None where there is none."""
    from PIL import ImageOps

    image = _pdf_page(stored, page) if stored.kind == "pdf" else _photograph(stored) if page == 1 else None
    if image is None:
        return None
    image = ImageOps.exif_transpose(image).convert("RGB")
    image.thumbnail((WIDTH, WIDTH * 4))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=82)  # without the camera's data: no place, no serial number
    return stream.getvalue()


def _photograph(stored: StoredFile):  # type: ignore[no-untyped-def] # pillow is loaded only when needed
    from PIL import Image

    with stored.file.open() as stream:
        image = Image.open(io.BytesIO(stream.read()))
    image.draft("RGB", (WIDTH, WIDTH))
    return image


def _pdf_page(stored: StoredFile, page: int):  # type: ignore[no-untyped-def] # as above
    import pypdfium2

    try:
        with stored.file.open() as stream, pypdfium2.PdfDocument(stream.read()) as document:
            if not 1 <= page <= min(len(document), MOST_PAGES):
                return None
            found = document[page - 1]
            return found.render(scale=min(2.0, WIDTH / max(found.get_width(), 1))).to_pil()
    except pypdfium2.PdfiumError:
        return None


def text_of(stored: StoredFile, name: str) -> str:
    """Return the words of a document; empty where they cannot be read."""
    try:
        with stored.file.open() as stream:
            return load(stream.read(), name).text[:LONGEST_TEXT]
    except Unreadable:
        return ""
