"""The ways to a role, step by step, in each format."""
