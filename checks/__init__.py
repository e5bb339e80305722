"""What `voisiture verify` looks at, one file a thing, and what it cannot know from the database alone.

Each check reads one moment of the database a part at a time, changes nothing, and says what it looked at and what of it
is not as it was written.
"""
