"""Files that are written safely, faults of the disk in words, and whether the process that left a file still lives."""
