"""How a page reads: one file a page, with its sentences and one function from a record to a document."""
