"""Pure rules of sessions: how far one has come, what a conclusion still lacks."""
