"""Labels with QR codes, to be printed and stuck on things."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

from xiaohao.registers.assets.services import PREFIX


def qr_code(number: str) -> SafeString:
    """Return the QR code of an asset's number as SVG for a page; made of numbers alone, so safe."""
    stream = io.BytesIO()
    segno.make(f"{PREFIX}{number}", error="m", micro=False).save(
        stream, kind="svg", scale=3, border=2, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return mark_safe(stream.getvalue().decode())
