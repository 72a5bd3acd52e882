"""Installers: freeze the client once, then make an institution's packages from it as data."""
