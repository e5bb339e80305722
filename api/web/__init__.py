"""How one asks and how one is answered: requests, forms, who may, refusals, rendering. No word of sharing cars."""
