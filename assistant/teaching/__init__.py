"""Content of a trainer's pack: made from registers and checked claims, nothing unproved."""
