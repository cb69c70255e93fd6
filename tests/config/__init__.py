"""Start-up: what makes an installation ready, the generated documents."""
