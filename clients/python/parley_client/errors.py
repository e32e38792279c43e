"""What Parley refused or could not do."""

from __future__ import annotations

import dataclasses

from google.protobuf import json_format
from google.rpc import code_pb2, error_details_pb2, status_pb2

_RESUMABLE = {"UNAVAILABLE"}


@dataclasses.dataclass(frozen=True)
class Violation:
    """A field that broke a rule of the contract."""

    field: str
    description: str


class ParleyError(Exception):
    """A canonical code, one reason, and what helps to mend it."""

    def __init__(self, status: status_pb2.Status):
        super().__init__(status.message)
        self.message = status.message
        self.code: str = code_pb2.Code.Name(status.code)
        info = _detail(status, error_details_pb2.ErrorInfo)
        # A name of parley.type.v1.Reason without its prefix; empty when the server said none.
        self.reason: str = info.reason if info else ""
        bad = _detail(status, error_details_pb2.BadRequest)
        self.violations = [Violation(v.field, v.description) for v in bad.field_violations] if bad else []
        retry = _detail(status, error_details_pb2.RetryInfo)
        # Seconds after which it is worth trying again; None when not known.
        self.retry_after: float | None = retry.retry_delay.ToTimedelta().total_seconds() if retry else None
        self.quota = _detail(status, error_details_pb2.QuotaFailure)

    @property
    def resumable(self) -> bool:
        """Whether the conversation may be taken up again: a proxy that cuts says INTERNAL."""
        return self.code in _RESUMABLE or (self.code == "INTERNAL" and not self.reason)

    def __str__(self) -> str:
        return f"{self.code} {self.reason}: {self.message}"

    @staticmethod
    def of(code: str, reason: str, message: str) -> ParleyError:
        status = status_pb2.Status(code=code_pb2.Code.Value(code), message=message)
        if reason:
            info = error_details_pb2.ErrorInfo(reason=reason, domain="parley.dev")
            status.details.add().Pack(info)
        return ParleyError(status)

    @staticmethod
    def unavailable(message: str) -> ParleyError:
        """A failure of the way itself."""
        return ParleyError.of("UNAVAILABLE", "", message)

    @staticmethod
    def from_json(http: int, body: bytes) -> ParleyError:
        """What a body of google.rpc.Status in JSON says."""
        try:
            return ParleyError(json_format.Parse(body, status_pb2.Status(), ignore_unknown_fields=True))
        except json_format.ParseError:
            return ParleyError.unavailable(f"HTTP {http} {body[:200]!r}")


def _detail(status, kind):
    for detail in status.details:
        if detail.Is(kind.DESCRIPTOR):
            found = kind()
            detail.Unpack(found)
            return found
    return None
