"""How often accounts are settled: when a period is over, and what comes where nobody settles it."""
