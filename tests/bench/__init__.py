"""What Voisiture costs, measured as ratios to a baseline in the same run: `make bench`.

Absolute times say more about the machine than about the code; a ratio to the least that the same server, database and
library could do in the same minute holds when the machine's speed drifts.
"""
