"""A vehicle's papers: what each must say, until when it may be had without one, and which are missing."""
