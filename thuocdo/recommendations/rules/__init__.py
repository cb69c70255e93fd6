"""Pure rules of recommendations: where one stands, what may happen next, how long it lies where."""
