"""The web process: HTTP interface under `/api/v1`, console under `/`, health beside them.

A handler gets `Services` and nothing else. What changes a case goes through `Desk`; what reads goes
through the ports `Cases` and `Files`. Everything here speaks HTTP; the domain does not.
"""
