"""What one person answered, and its file format."""
