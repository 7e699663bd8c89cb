"""One person answering: which item comes next, going back, skipping, answer files."""
