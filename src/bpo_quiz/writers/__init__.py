"""One file a format: a document in, text, bytes or renderables out. A writer knows no page."""
