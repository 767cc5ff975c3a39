"""Crashes, hostile files and long runs: small counts every day, full ones by ``make test-long``."""
