"""Where sessions and clients are kept: one SQLite file, its backups, and the files that a person asks for."""
