"""The fictional leak: deterministic, with planted alterations and their innocent twins."""
