"""What answers mean: skill scores, Match, Readiness and the order of roles."""
