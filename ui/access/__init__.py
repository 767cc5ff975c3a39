"""Who may use the server from other machines: accounts, sessions, a trusted proxy, rates."""
