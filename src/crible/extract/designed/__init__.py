"""HTML as its writer designed it, without anything that runs, leads elsewhere or is fetched.

What nh3 lets through by literal lists (`clean`, `styles`) is shown, what it does not is counted beforehand (`scan`).
The frame that shows it allows nothing either.
"""
