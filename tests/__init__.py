"""The tests of Anjuan; `docs/` and the folder names say what each part holds."""
