"""The desk: server-rendered pages over a case, on this machine only, without any script."""
