"""How we know what the assistant is worth."""
