"""The places people and programs go to: a folder for each, one file a noun, its template beside it.

`keys.py` holds the view, the page, the acts and the questions of keys; `keys.html` draws its page. Whatever is declared
here is served: nothing lists the routes.
"""

COOP = "/coops/{coop_id:uuid}"
"""Where all that belongs to one co-op begins."""
