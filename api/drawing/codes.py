"""QR codes drawn as SVG, dark on light in both themes: a phone's camera needs it so."""

import io

import segno
from markupsafe import Markup

from api.drawing.svg import svg


def qr(code: segno.QRCode) -> Markup:
    """Draw a QR code, dark on light in both themes (a phone's camera needs it so), four modules of quiet around."""
    rows = [bytearray(row) for row in code.matrix]
    side = len(rows) + 8
    dark = "".join(f"M{x + 4} {y + 4}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    inside = f'<rect class="light" width="{side}" height="{side}"/><path class="dark" d="{dark}"/>'
    return svg("qr", f"0 0 {side} {side}", inside, extra=' shape-rendering="crispEdges"')


def qr_of(text: str) -> Markup:
    """Draw the QR code of an address or any text (error correction M, as posters get creased)."""
    return qr(segno.make_qr(text, error="m"))


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Return the dark runs of a row as (start, length), so that the path stays small."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs


def epc_code(payload: str) -> Markup:
    """Draw an EPC069-12 code: level M exactly, as the standard says."""
    return qr(_epc(payload))


def epc_png(payload: str) -> bytes:
    """Return the same code as a PNG, which a bank's app opens on the phone that shows it."""
    kept = io.BytesIO()
    _epc(payload).save(kept, kind="png", scale=10, border=4)
    return kept.getvalue()


def _epc(payload: str) -> segno.QRCode:
    return segno.make(payload.encode(), error="m", micro=False, boost_error=False)
