"""Tests of what a letter asks, done by its link."""
