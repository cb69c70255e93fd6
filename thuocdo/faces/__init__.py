"""What both faces need: who reads, as of which day, in whose words. Plain modules over the domain apps."""
