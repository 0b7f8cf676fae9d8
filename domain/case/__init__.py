"""The generic case: commands in, events out, whatever the procedure.

`decide` judges a command or a lapse against a folded case and answers events or a refusal; `evolve` folds
events and never runs the interpreter; `views` derives rows, sentences and lights for readers.
"""
