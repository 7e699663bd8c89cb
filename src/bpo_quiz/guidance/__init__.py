"""What to do about a ranking: gates and conditions, reach, the way there."""
