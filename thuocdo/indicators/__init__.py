"""What is measured: indicators declared as data, observations, roll-ups, the service index, rankings."""
