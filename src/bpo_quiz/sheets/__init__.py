"""Many answer sheets at once: read, score, write, in blocks of whole lines."""
