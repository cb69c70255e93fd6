"""Commands that make an installation ready; an operator runs them as `thuocdo NAME`."""
