"""The blank questionnaire: a page for a phone, paper, or an empty sheet."""
