"""Being erased: the days in which a former member may change her mind."""
