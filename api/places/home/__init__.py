"""Home (Accueil): my next booking with the one thing to do, and what the group asks of me. Nothing else."""
