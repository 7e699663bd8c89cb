"""The command line: one file a command group; only this package prints, exits, or turns an error into words."""
