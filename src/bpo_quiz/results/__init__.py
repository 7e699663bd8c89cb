"""What a page says, computed: one record a page, no sentence and no format."""
