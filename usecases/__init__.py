"""What one act or question needs of several contexts: finding, handing over, inviting, leaving, paying and their like.

No HTML, no words, no wire: used by pages, programs and the demo alike. Each answer is a frozen, typed value
(ids, cents, instants, codes) that says who may read what in it.
"""
