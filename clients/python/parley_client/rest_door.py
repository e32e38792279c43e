"""JSON up, server-sent events down."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.parse
import uuid

from google.protobuf import json_format
from parley.conversation.v1 import conversation_service_pb2 as service
from parley.conversation.v1 import event_pb2

from .arrivals import Arrivals
from .errors import ParleyError

_LIMIT_S = 120


class RestDoor:
    """Plain HTTP/1.1. Thread-safe: a connection a call."""

    def __init__(self, base: str, credential: str):
        self._base = urllib.parse.urlsplit(base)
        self._headers = {"authorization": f"Bearer {credential}"} if credential else {}

    def begin(self, verb: str, path: str, body: str | None = None, limit: float | None = _LIMIT_S):
        """A connection and its answer, whose body is not read yet."""
        kind = http.client.HTTPSConnection if self._base.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._base.hostname, self._base.port, timeout=limit)
        headers = {**self._headers, **({"content-type": "application/json"} if body is not None else {})}
        try:
            connection.connect()
            wire = connection.sock
            connection.request(verb, urllib.parse.quote(path, safe="/:?=&%,"), body=body, headers=headers)
            return wire, connection.getresponse()
        except (OSError, http.client.HTTPException) as failure:
            connection.close()
            raise ParleyError.unavailable(str(failure)) from failure

    def http(self, verb: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """One whole answer: status and body."""
        _, answer = self.begin(verb, path, body)
        with answer:
            return answer.status, answer.read()

    def call(self, method: str, request, http_rule: str):
        """`http_rule` is method and path as REST has it, such as `GET /v1/turns/T?x=y`."""
        verb, path = http_rule.split(" ", 1)
        body = json_format.MessageToJson(request) if verb in ("POST", "PATCH") else None
        status, answer = self.http(verb, path, body)
        if status != 200:
            raise ParleyError.from_json(status, answer)
        return json_format.Parse(answer, getattr(service, f"{method}Response")(), ignore_unknown_fields=True)

    def attach(self, start: event_pb2.SessionStart) -> RestAttachment:
        return RestAttachment(self, start)


class RestAttachment:
    """OpenSession, SendInput, Subscribe."""

    def __init__(self, door: RestDoor, start: event_pb2.SessionStart):
        self._door = door
        self._arrivals = Arrivals()
        self._told = not start.HasField("resume")
        self._left = False
        if self._told:
            request = service.OpenSessionRequest(start=start, request_id=str(uuid.uuid4()))
            opened = door.call("OpenSession", request, "POST /v1/sessions")
            self._session, self._client = opened.started.session_id, opened.started.client_id
            self._arrivals.put(event_pb2.ServerEvent(seq=opened.seq, session_started=opened.started))
            after = opened.seq
        else:
            self._session, self._client, after = start.resume.session_id, start.client_id, start.resume.after_seq
        tiers = ",".join(event_pb2.Tier.Name(tier) for tier in start.tiers)
        query = urllib.parse.urlencode({"after_seq": after, "client_id": self._client, "tiers": tiers})
        self._wire, self._lines = door.begin("GET", f"/v1/sessions/{self._session}:subscribe?{query}", limit=None)
        if self._lines.status != 200:
            raise ParleyError.from_json(self._lines.status, self._lines.read())
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        over = False
        try:
            for line in self._lines:
                over |= line == b"event: status\n"
                if line.startswith(b"data: "):
                    if over:
                        return self._end(line[6:])
                    self._event(line[6:])
            failure = ParleyError.unavailable("the stream broke")
        except (OSError, http.client.HTTPException, ValueError) as broken:
            failure = ParleyError.unavailable(f"the stream broke: {broken}")
        if not self._left:
            self._arrivals.put(failure)

    def _event(self, data: bytes) -> None:
        event = json_format.Parse(data, event_pb2.ServerEvent(), ignore_unknown_fields=True)
        if not (self._told and event.HasField("session_started")):
            self._arrivals.put(event)

    def _end(self, data: bytes) -> None:
        said = ParleyError.from_json(200, data)
        self._arrivals.put(None if said.code == "OK" else said)

    def next(self, limit: float) -> event_pb2.ServerEvent | None:
        return self._arrivals.next(limit)

    def send(self, event: event_pb2.ClientEvent) -> None:
        request = service.SendInputRequest(session_id=self._session, client_id=self._client, events=[event])
        self._door.call("SendInput", request, f"POST /v1/sessions/{self._session}:send")

    def close(self) -> None:
        self._left = True
        self._arrivals.close()
        try:
            self._wire.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # It is gone already.
