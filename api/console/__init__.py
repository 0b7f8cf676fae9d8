"""The pages people work with: made on the server, whole without scripts, improved by them.

They read the same queries and send the same commands through the same desk as the API.
"""

from api.console.app import console

__all__ = ["console"]
