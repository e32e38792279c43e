"""A conversation that outlives its connections."""

from __future__ import annotations

import time
from collections.abc import Callable

from parley.conversation.v1 import event_pb2

from .errors import ParleyError

_TRIES = 9
_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 2.0
_COUNTED = {"text_input", "end_of_input", "interrupt", "tool_result", "end_session"}


class Conversation:
    """When a connection breaks, attaches again after the last number it has and sends again what the
    server had not taken: nothing is lost, nothing comes twice. One thread may read, another send."""

    def __init__(self, attach: Callable, start: event_pb2.SessionStart):
        self._attach = attach
        self._start = start
        self._untaken: list[event_pb2.ClientEvent] = []
        self._client_seq = 0
        self.last_seq: int = start.resume.after_seq
        """The last number received; what a later `resume` goes on after."""
        self.session = event_pb2.SessionStarted(
            session_id=start.resume.session_id,
            resume_token=start.resume.resume_token,
            client_id=start.client_id,
        )
        """The session as last told; the start of it comes as the first event."""
        self._attachment = attach(start)

    def __enter__(self) -> Conversation:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __iter__(self):
        return iter(self.next, None)

    def next(self, limit: float = 60) -> event_pb2.ServerEvent | None:
        """The next event; None when the session is over.

        Raises ParleyError: DEADLINE_EXCEEDED when nothing came for `limit` seconds, else why the
        conversation cannot go on.
        """
        while True:
            try:
                event = self._attachment.next(limit)
                if event is not None:
                    self._take(event)
                return event
            except ParleyError as broken:
                if not broken.resumable:
                    raise
                self._come_back(broken)

    def _take(self, event: event_pb2.ServerEvent) -> None:
        self.last_seq = max(self.last_seq, event.seq)
        if event.HasField("session_started"):
            token = event.session_started.resume_token or self.session.resume_token
            self.session = event.session_started
            self.session.resume_token = token  # A watcher is not told it again.
            self._taken(self.session.taken_client_seq)
        elif event.HasField("heartbeat"):
            self._taken(event.heartbeat.taken_client_seq)

    def _taken(self, highest: int) -> None:
        self._client_seq = max(self._client_seq, highest)
        self._untaken = [event for event in self._untaken if event.client_seq > highest]

    def _come_back(self, broken: ParleyError) -> None:
        self._attachment.close()
        for tried in range(_TRIES):
            time.sleep(min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**tried))
            try:
                self._attachment = self._attach(self._again())
                for event in self._untaken:
                    self._attachment.send(event)
                return
            except ParleyError as again:
                broken = again
                if not again.resumable:
                    break
        raise broken

    def _again(self) -> event_pb2.SessionStart:
        again = event_pb2.SessionStart()
        again.CopyFrom(self._start)
        if self.session.session_id:
            again.ClearField("character_id")
            again.greet = False
            again.client_id = self.session.client_id
            again.resume.session_id = self.session.session_id
            again.resume.resume_token = self.session.resume_token
            again.resume.after_seq = self.last_seq
        return again

    def send(self, event: event_pb2.ClientEvent) -> None:
        """Sends; an event that must arrive and has no client_seq gets the next one."""
        if not event.client_seq and event.WhichOneof("event") in _COUNTED:
            event.client_seq = self._client_seq + 1
        if event.client_seq:
            self._client_seq = max(self._client_seq, event.client_seq)
            self._untaken.append(event)
        try:
            self._attachment.send(event)
        except ParleyError as broken:
            if not broken.resumable:
                self._untaken = [kept for kept in self._untaken if kept is not event]
                raise  # Else the reader comes back and sends it again.

    def say(self, text: str) -> None:
        """Says something by keyboard."""
        self.send(event_pb2.ClientEvent(text_input=event_pb2.TextInput(text=text)))

    def interrupt(self, heard_us: int) -> None:
        """Stops the character; `heard_us` is how far the turn was played, in microseconds."""
        self.send(event_pb2.ClientEvent(interrupt=event_pb2.Interrupt(heard_us=heard_us)))

    def cut(self) -> None:
        """Breaks the connection, as a network would, and comes back."""
        self._come_back(ParleyError.unavailable("the connection was cut"))

    def close(self) -> None:
        """Leaves; the session lives on for whoever comes back."""
        self._attachment.close()
