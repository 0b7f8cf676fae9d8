"""The generic case: commands in, events out, whatever the procedure.

`decide` judges a command or a lapse against a folded case and answers events or a refusal; `evolve`
folds events and never plays the diagram; `views` derives sentences, lights and acts for readers.
"""
