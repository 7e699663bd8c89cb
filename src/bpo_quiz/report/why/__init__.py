"""Why a role stands where it stands, and what would change it, in each format."""
