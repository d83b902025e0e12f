"""Facts for the tests of what is said of boxes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
