"""One person answering: which item comes next, going back, skipping, the questions about them."""
