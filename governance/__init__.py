"""Co-ops, their members and roles, what they propose, how they vote, and the rules in force.

It decides who belongs to a co-op and who holds which role until when. It counts ballots exactly and explains the
result. It keeps every rule with its dates, so that what applied on any day can always be said.
"""
