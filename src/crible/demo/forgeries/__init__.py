"""A generated mailbox with planted alterations and innocent look-alikes: the benchmark `crible bench forgeries`.

It shares no code with what it tests: nothing here imports reading, proof or assessment, which import-linter enforces.
"""
