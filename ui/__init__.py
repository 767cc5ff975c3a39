"""What people and programs see: command line, HTTP API, web chat."""
