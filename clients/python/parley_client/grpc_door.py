"""One stream in each direction."""

from __future__ import annotations

import queue
import threading

import grpc
from google.rpc import status_pb2
from parley.conversation.v1 import conversation_service_pb2_grpc, event_pb2

from .arrivals import Arrivals
from .errors import ParleyError

_MAX_MESSAGE_BYTES = 16 << 20
_LIMIT_S = 120
_DETAILS = "grpc-status-details-bin"


def error_of(failure: grpc.RpcError) -> ParleyError:
    """With the details that came in the trailers."""
    for key, value in failure.trailing_metadata() or ():
        if key == _DETAILS:
            return ParleyError(status_pb2.Status.FromString(value))
    return ParleyError.of(failure.code().name, "", failure.details() or "")


class GrpcDoor:
    """A channel and the stubs over it. Thread-safe."""

    def __init__(self, host: str, port: int, tls: bool, credential: str):
        options = [("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES)]
        target = f"{host}:{port}"
        self.channel = (
            grpc.secure_channel(target, grpc.ssl_channel_credentials(), options)
            if tls
            else grpc.insecure_channel(target, options)
        )
        self._metadata = [("authorization", f"Bearer {credential}")] if credential else []
        self.stub = conversation_service_pb2_grpc.ConversationServiceStub(self.channel)

    def call(self, method: str, request, _http: str):
        try:
            return getattr(self.stub, method)(request, timeout=_LIMIT_S, metadata=self._metadata)
        except grpc.RpcError as failure:
            raise error_of(failure) from None

    def attach(self, start: event_pb2.SessionStart) -> GrpcAttachment:
        return GrpcAttachment(self.stub, self._metadata, start)

    def close(self) -> None:
        self.channel.close()


class GrpcAttachment:
    """One Converse call."""

    def __init__(self, stub, metadata, start: event_pb2.SessionStart):
        self._out: queue.Queue = queue.Queue()
        self._arrivals = Arrivals()
        self.send(event_pb2.ClientEvent(session_start=start))
        self._call = stub.Converse(iter(self._out.get, None), metadata=metadata)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for event in self._call:
                self._arrivals.put(event)
            self._arrivals.put(None)
        except grpc.RpcError as failure:
            self._arrivals.put(error_of(failure))

    def next(self, limit: float) -> event_pb2.ServerEvent | None:
        return self._arrivals.next(limit)

    def send(self, event: event_pb2.ClientEvent) -> None:
        self._out.put(event)

    def close(self) -> None:
        self._arrivals.close()
        self._call.cancel()
        self._out.put(None)
