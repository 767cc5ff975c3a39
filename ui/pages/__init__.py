"""Pages to consult without asking: rendered by the server, whole without JavaScript."""
