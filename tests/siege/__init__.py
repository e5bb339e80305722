"""Everything at length, by hand: `make siege` runs it for about an hour and writes docs/siege.md."""
