"""One record of everything a result says, and one renderer a format."""
