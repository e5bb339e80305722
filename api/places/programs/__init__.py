"""What programs need to know of the API itself."""
