"""Money: who owes what to whom, and why.

Prices and splits what members ask of each other, as double entry in whole cents that always sums to zero.
Nothing is edited: an entry is reversed at most once, a closed month stays closed, and every line
carries its explanation.
Settling makes a plan of few transfers; the money itself goes from bank to bank and is only declared and confirmed here.

Groups, each with its events, commands, door, tables and questions: `pricing` (rates, and who receives them), `entries`
(the books; each cause of an entry is a file in `entries/causes/`), `spending` (expenses), `contesting` (what others put
on somebody's account, and her saying no), `settlement` (plans) and `rhythm` (how often plans are due).
What is spent and settled becomes entries; nothing points the other way.
"""
