"""Start-up: settings, root addresses, WSGI, command line."""
