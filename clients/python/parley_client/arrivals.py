"""Events on their way from the thread that reads the wire to the one that takes them."""

from __future__ import annotations

import queue

from parley.conversation.v1 import event_pb2

from .errors import ParleyError

_EVENTS = 64


class Arrivals:
    """Bounded: a full one makes the wire wait, so a slow client is felt by the server."""

    def __init__(self):
        self._queue: queue.Queue = queue.Queue(_EVENTS)
        self._closed = False

    def put(self, arrival: event_pb2.ServerEvent | ParleyError | None) -> None:
        """An event, why the stream failed, or None at a good end."""
        while not self._closed:
            try:
                return self._queue.put(arrival, timeout=0.2)
            except queue.Full:
                continue

    def next(self, limit: float) -> event_pb2.ServerEvent | None:
        try:
            arrival = self._queue.get(timeout=limit)
        except queue.Empty:
            raise ParleyError.of("DEADLINE_EXCEEDED", "", f"nothing came for {limit} s") from None
        if isinstance(arrival, ParleyError):
            raise arrival
        return arrival

    def close(self) -> None:
        self._closed = True
