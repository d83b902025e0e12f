"""PDF (ISO 32000-2): what its pages say, what the file says of itself, and what lies inside it."""

from crible.extract.pdf.inside import members
from crible.extract.pdf.reader import read

__all__ = ["members", "read"]
