"""Writers of files as the programs of 2016 left them: parts, sessions, packing and updates, for papers and plants."""
