"""Contesting: what somebody was made to bear by another's hand, and her saying that it is not hers."""
