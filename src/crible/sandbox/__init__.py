"""Runs parsers on untrusted bytes in long-lived, walled-in child processes.

`Pool` hands tasks to children and yields what they say as `Frame` and `Fault` events; `probe` measures the isolation
that this machine really gives. Nothing here knows what a mail is: the entry point that runs inside is named by the
caller as `module:function`.
"""
