"""The code on a letter by which anybody can check it: said on the paper, kept nowhere.

It follows from the case's id, which no letter shows: nobody works it out from the paper's number.
"""

import base64
import hashlib
import hmac

_BYTES = 10  # 80 bits: 16 characters of base32
_GROUP = 4
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_MISREAD = str.maketrans("018", "OIB")  # digits base32 does not have, for what they look like
_GAPS = " \t\u3000-－—–_"


def paper_code(case_id: str, paper: str, number: str) -> str:
    """Return the code of a paper of a case: four groups of four letters and digits 2 to 7.

    `paper` is the letter's id in the case, or what else the case gives out under `number`.
    """
    told = f"anjuan.paper\n{case_id}\n{paper}\n{number}".encode()
    code = base64.b32encode(hashlib.sha256(told).digest()[:_BYTES]).decode()
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def same_code(given: str, code: str) -> bool:
    """Whether somebody who read `code` from a paper may have typed `given`.

    Takes as long for a wrong code as for a right one.
    """
    return hmac.compare_digest(_plain(given), _plain(code))


def _plain(text: str) -> bytes:
    folded = "".join(one for one in text.upper() if one not in _GAPS).translate(_MISREAD)
    known = "".join(one for one in folded if one in _ALPHABET)
    return (known if len(known) == len(folded) else "").encode()
