"""Names of containers. Apart from the walkers, whose libraries the coordinator has no use for: 50 ms of each run."""

CONTAINER_KINDS = frozenset(
    {
        *("mbox", "pst", "msg", "tnef"),
        *("zip", "7z", "rar", "cab", "lha", "tar", "iso9660"),
        *("gzip", "bzip2", "xz"),
    }
)
"""What a child may call a container that it walked: see `crible.intake.walk`."""
