"""How statements are put together, whatever they ask: above `lib`, below every app."""
