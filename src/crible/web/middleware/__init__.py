"""What surrounds every request: headers, errors as sentences, the door."""
