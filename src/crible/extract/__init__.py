"""One file per format: each turns bytes into text and facts. All of it runs inside the sandbox."""


def prepare() -> None:
    """Import every reader's library and run each once, so that nothing is opened after the walls are up.

    Called by a child before it is walled in: from then on Landlock denies every open, and a codec, a model or a
    shared object that is first needed by some document would be missing.
    """
    from crible.extract.warm import warm_up

    warm_up()
