"""What to do about a ranking: gates and conditions, reach, the ways to a role, the plan."""
