"""Getting a database ready for this version: its tables by steps, its secret checked, its read models filled.

`ready` says whether it can be served and makes it so; `schema` knows the tables that cannot be made again, whose every
change is a step in `steps/`, written by hand and never edited once released.
"""
