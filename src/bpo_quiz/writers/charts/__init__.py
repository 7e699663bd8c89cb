"""Charts: records of what they show, and the SVG that shows it."""
