"""Pages as data for programs: JSON and CSV, their numbers never rounded."""
