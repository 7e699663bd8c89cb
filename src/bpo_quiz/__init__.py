"""A career quiz for Business Process Outsourcing that runs in a terminal, offline."""

__version__ = "0.1.0"
