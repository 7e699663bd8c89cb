"""A result to hand over: one document, and what it is printed as."""
