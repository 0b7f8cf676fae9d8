"""Web services of a tenant."""

from typing import Annotated

from pydantic import Field

from api.schemas.shape import Paged, Shape


class EndpointWish(Shape):
    """A web service to be called."""

    name: Annotated[
        str, Field(pattern="^[a-z][a-z0-9_-]{0,79}$", description="As diagrams name it.")
    ]
    url: Annotated[str, Field(min_length=1, max_length=2000, description="https, public.")]


class EndpointView(Shape):
    """A web service; its secret is not shown."""

    name: str
    url: str


class EndpointMade(Shape):
    """A web service with its secret, which is told this once."""

    name: str
    url: str
    secret: Annotated[str, Field(description="Of the signature, by Standard Webhooks.")]


class EndpointPage(Paged[EndpointView]):
    """The web services of the tenant."""
