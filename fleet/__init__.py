"""Vehicles and what is theirs: their owners' shares, papers, keys, handbook, odometer and damages.

It decides what may enter service and how, keeps each vehicle's chain of odometer readings, flagging what cannot be
true, and knows which damages are known. Who has a vehicle when is booking's; what it costs is the ledger's.
"""
