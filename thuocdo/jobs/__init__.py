"""Background work: what is done beside the pages, how often, what failed or got stuck (2.09)."""
