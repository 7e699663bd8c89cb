"""What simulated people tell, as a table and as JSON."""
