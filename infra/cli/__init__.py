"""The command `anjuan`.

Every module of this package that offers `app: typer.Typer` takes part, without being listed
anywhere: `typer.Typer(name="law")` becomes the group `anjuan law …`, one without a name adds its
commands at the top. A module that adds commands to the group `law` is called `law_…`: asked for
one group, the command loads no other. Modules import what is heavy (FastAPI, Temporal, SQLAlchemy)
inside the command, so that `anjuan law term` answers at once. A command ends badly by raising
`infra.cli.exits.Stop`.
"""
