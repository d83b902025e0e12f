"""Who and what a text names: people, organisations, places, numbers of accounts, telephones and persons."""
