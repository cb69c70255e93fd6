"""The demo world: facts with their sources, labelled examples, synthetic loads; nothing imports it."""
