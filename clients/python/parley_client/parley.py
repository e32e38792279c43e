"""Where the server is and who calls."""

from __future__ import annotations

import urllib.parse

from parley.conversation.v1 import event_pb2

from .conversation import Conversation
from .grpc_door import GrpcDoor
from .rest_door import RestDoor
from .socket_door import SocketAttachment

DOORS = ("grpc", "websocket", "rest")


class Parley:
    """A server as one caller sees it. Thread-safe; close it when done.

    base: such as `http://localhost:8080`. credential: an API key (`pk_...`) or an access token; empty
    for none, which a server on this machine takes as its owner.
    """

    def __init__(self, base: str = "http://localhost:8080", credential: str = ""):
        self.base = base.rstrip("/")
        self._credential = credential
        where = urllib.parse.urlsplit(self.base)
        tls = where.scheme == "https"
        self._grpc = GrpcDoor(where.hostname, where.port or (443 if tls else 80), tls, credential)
        self._rest = RestDoor(self.base, credential)

    def __enter__(self) -> Parley:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def channel(self):
        """For the generated stubs of every service."""
        return self._grpc.channel

    def converse(self, start: event_pb2.SessionStart, door: str = "grpc") -> Conversation:
        """Talks to a character, or takes up a session where `start` has `resume`."""
        return Conversation(lambda again: self._attach(door, again), start)

    def _attach(self, door: str, start: event_pb2.SessionStart):
        if door == "websocket":
            return SocketAttachment(self.base, self._credential, start)
        return {"grpc": self._grpc, "rest": self._rest}[door].attach(start)

    def call(self, method: str, request, http: str, door: str = "grpc"):
        """A call of ConversationService; `http` is its REST form, such as `GET /v1/turns/T`."""
        return (self._grpc if door == "grpc" else self._rest).call(method, request, http)

    def http(self, verb: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """Plain HTTP, for media and whatever has no stub."""
        return self._rest.http(verb, path, body)

    def close(self) -> None:
        self._grpc.close()
