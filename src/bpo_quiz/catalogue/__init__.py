"""What the data says: skills, items, career paths and roles."""
