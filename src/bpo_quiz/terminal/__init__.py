"""The only place that asks: screens with one key an answer, and plain lines."""
