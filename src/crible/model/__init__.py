"""What everything speaks: frozen dataclasses and enums, no input or output, imports nothing of ours.

Ask for a module by its noun: `instant` (a moment as written), `ledger` (states and reasons), `entry` (what a
container lists), `facts` (what a reader found), `signature` (DKIM facts and results), `evidence`, `grade`, `errors`.
"""
