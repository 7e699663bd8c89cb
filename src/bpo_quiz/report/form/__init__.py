"""The blank questionnaire, in each format."""
