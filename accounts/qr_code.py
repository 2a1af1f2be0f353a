"""A QR code as one path of an SVG, drawn where it is shown: no picture of a secret has an
address.
"""

from __future__ import annotations

from dataclasses import dataclass

from qrcode.main import QRCode

MARGIN = 4  # modules that stay white around it (ISO/IEC 18004)


@dataclass(frozen=True)
class Path:
    size: int
    """Of its square, in modules."""
    d: str
    """What <path d> takes: a run of dark modules after the other."""


def as_path(text: str) -> Path:
    """The code for this text."""
    code: QRCode = QRCode(border=MARGIN)
    code.add_data(text)
    rows = code.get_matrix()
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if length:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += max(length, 1)
    return Path(size=len(rows), d="".join(runs))
