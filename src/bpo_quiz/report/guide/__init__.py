"""The guide, in each format."""
