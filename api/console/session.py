"""Who is signed in: a signed cookie that names tenant and login, nothing else."""

from dataclasses import dataclass
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from domain.kernel.errors import Language

SESSION: Final = "anjuan_session"
LANGUAGE: Final = "anjuan_lang"
LONGEST: Final = 12 * 3600  # seconds a session lasts: a working day
_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Login:
    """What the cookie says."""

    tenant: str
    login: str


class Sessions:
    """Reads and writes the cookies of one installation."""

    def __init__(self, secret_key: str, *, https: bool) -> None:
        self._signer = URLSafeTimedSerializer(secret_key, salt="anjuan.console.session")
        self._https = https

    def read(self, request: Request) -> Login | None:
        """Return who is signed in; None for nobody, a stale or a forged cookie."""
        try:
            said = self._signer.loads(request.cookies.get(SESSION, ""), max_age=LONGEST)
        except BadSignature:
            return None
        if isinstance(said, dict) and {"t", "l"} <= said.keys():
            return Login(tenant=str(said["t"]), login=str(said["l"]))
        return None

    def write(self, response: Response, login: Login) -> None:
        """Sign somebody in."""
        value = self._signer.dumps({"t": login.tenant, "l": login.login})
        self._set(response, SESSION, value, LONGEST)

    def clear(self, response: Response) -> None:
        """Sign out."""
        response.delete_cookie(SESSION, path="/")

    def keep_language(self, response: Response, language: Language) -> None:
        """Remember the language chosen."""
        self._set(response, LANGUAGE, language, _YEAR)

    def _set(self, response: Response, name: str, value: str, age: int) -> None:
        response.set_cookie(
            name, value, max_age=age, httponly=True, samesite="lax", secure=self._https, path="/"
        )


def language(request: Request) -> Language:
    """Return the language to answer in: as chosen, else Chinese."""
    return "en" if request.cookies.get(LANGUAGE) == "en" else "zh"
