"""What we know: the texts, their identity, and the words that all packages share."""
