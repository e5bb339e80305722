"""Money: who owes what to whom, and why.

Prices and splits what members ask of each other, as double entry in whole cents that always sums to zero.
Nothing is edited: an entry is reversed at most once, a closed month stays closed, and every line
carries its explanation.
Settling makes a plan of few transfers; the money itself goes from bank to bank and is only declared and confirmed here.
"""
