"""The rules: what may be voted, the values a co-op starts with, and every value with its dates."""
