"""Names in OLE2 files: `crible.intake.ole2`, since containers are told by them too."""

from crible.intake.ole2 import SIGNATURE, root_names

__all__ = ["SIGNATURE", "root_names"]
