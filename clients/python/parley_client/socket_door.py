"""One event a binary frame."""

from __future__ import annotations

import threading

from parley.conversation.v1 import event_pb2
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import connect

from .arrivals import Arrivals
from .errors import ParleyError

_FIRST_PRIVATE_CODE = 4000
_NORMAL = 1000
_CODES = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
    "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
]  # fmt: skip


def error_of(closed: ConnectionClosed) -> ParleyError | None:
    """A failed conversation closes with 4000 + its code and `REASON: message`."""
    end = closed.rcvd
    if end is None:
        return ParleyError.unavailable("the socket broke")
    if end.code > _FIRST_PRIVATE_CODE:
        reason, _, message = end.reason.partition(": ")
        return ParleyError.of(_CODES[end.code - _FIRST_PRIVATE_CODE], reason, message)
    return None if end.code == _NORMAL else ParleyError.unavailable(f"closed: {end.code} {end.reason}")


class SocketAttachment:
    """One WebSocket."""

    def __init__(self, base: str, credential: str, start: event_pb2.SessionStart):
        self._arrivals = Arrivals()
        headers = {"authorization": f"Bearer {credential}"} if credential else None
        try:
            self._socket = connect(
                base.replace("http", "ws", 1) + "/v1/sessions:connect",
                subprotocols=["parley.v1"],
                additional_headers=headers,
                max_size=16 << 20,
                proxy=None,
            )
        except (OSError, WebSocketException) as failure:
            raise ParleyError.unavailable(f"no socket: {failure}") from failure
        self.send(event_pb2.ClientEvent(session_start=start))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while True:
                self._arrivals.put(event_pb2.ServerEvent.FromString(self._socket.recv(decode=False)))
        except ConnectionClosed as closed:
            self._arrivals.put(error_of(closed))

    def next(self, limit: float) -> event_pb2.ServerEvent | None:
        return self._arrivals.next(limit)

    def send(self, event: event_pb2.ClientEvent) -> None:
        try:
            self._socket.send(event.SerializeToString())
        except ConnectionClosed as closed:
            raise ParleyError.unavailable("the socket broke") from closed

    def close(self) -> None:
        self._arrivals.close()
        self._socket.close_socket()
