"""Forms made from the dataclass of a payload: asked, read back, said what is wrong, shown again."""
