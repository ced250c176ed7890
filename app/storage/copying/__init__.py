"""Copies every row of one database into another, of the same kind or not, and proves that nothing changed."""
