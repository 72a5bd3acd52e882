"""Simulated students: a load generator for the people who run the server."""
