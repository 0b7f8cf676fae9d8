"""The shapes that go over the wire, each with one name, closed and strict.

Every member is always present: what does not apply is null, never left out.
"""
