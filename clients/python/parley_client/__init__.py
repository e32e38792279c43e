"""Talks to Parley.

`Parley` says where the server is and who calls, `Conversation` talks and comes back when its
connection breaks, `ParleyError` says what failed and why.
"""

from .conversation import Conversation
from .errors import ParleyError, Violation
from .parley import Parley

__all__ = ["Conversation", "Parley", "ParleyError", "Violation"]
