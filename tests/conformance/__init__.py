"""Other people's models: `make conformance SHARED=FOLDER`. None of them is part of this project."""
