"""Files of a trainer's pack: one module a format, each with ``write(pack) -> bytes``."""
