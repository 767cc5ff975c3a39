"""Pages of a PDF, from placed words to blocks: one module a stage."""
