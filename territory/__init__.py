"""Where co-ops live: France's official communes, found as people type them.

It has no events and no aggregate for now: a commune is a fact of the country, read from a table kept with the code.
"""
