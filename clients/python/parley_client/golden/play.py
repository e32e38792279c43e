"""One golden conversation, step by step."""

from __future__ import annotations

import json
import pathlib
import re
import time
import uuid

from google.protobuf import json_format
from parley.conversation.v1 import conversation_service_pb2 as service
from parley.conversation.v1 import event_pb2

from ..errors import ParleyError
from ..parley import Parley
from .heard import Broken, Heard, expect

_CHUNK_BYTES = 3200  # 100 ms of 16 kHz.


class Play:
    """One golden conversation, played once through one door."""

    def __init__(self, parley: Parley, door: str, file: pathlib.Path):
        self._parley, self._door, self._folder = parley, door, file.parent
        self._script = json.loads(file.read_text())
        run = uuid.uuid4().hex[-12:]
        self._variables = {"run": run, "character": f"golden-{run}"}
        self._heard: dict[str, Heard] = {}

    def run(self) -> None:
        about = {**self._filled(self._script["character"]), "id": self._variables["character"]}
        status, answer = self._parley.http("POST", "/v1/characters", json.dumps({"character": about}))
        if status != 200:
            raise Broken(f"no character: {answer!r}")
        for number, step in enumerate(self._script["steps"], 1):
            verb = next(iter(step))
            try:
                getattr(self, f"_{verb}")(self._filled(step[verb]))
            except (Broken, ParleyError) as wrong:
                raise Broken(f"step {number} ({verb}): {wrong}") from wrong
        for heard in self._heard.values():
            heard.rules()

    def close(self) -> None:
        for heard in self._heard.values():
            heard.conversation.close()
        self._parley.http("DELETE", f"/v1/characters/{self._variables['character']}")

    def _filled(self, value):
        if isinstance(value, dict):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        if isinstance(value, str):
            return re.sub(r"\$\{([^}]+)}", lambda found: self._variables[found[1]], value)
        return value

    def _save(self, step: dict, source: dict) -> None:
        for name, path in step.get("save", {}).items():
            value = source
            for part in path.split("."):
                value = value[part]
            self._variables[name] = str(value)

    def _on(self, step: dict) -> Heard:
        return self._heard[step["on"]]

    def _open(self, step: dict) -> None:
        name = step["as"]
        try:
            start = json_format.ParseDict(step["start"], event_pb2.SessionStart())
            heard = Heard(self._parley.converse(start, self._door))
            event = heard.next(30)
            while event is not None and "sessionStarted" not in event:
                event = heard.next(30)
        except ParleyError as refused:
            return self._refused(step, refused)
        self._heard[name] = heard
        session = heard.conversation.session
        self._answered(step, json_format.MessageToDict(session))
        self._variables.update(
            {f"{name}.session": session.session_id, f"{name}.token": session.resume_token, f"{name}.client": session.client_id}
        )

    def _send(self, step: dict) -> None:
        self._on(step).conversation.send(json_format.ParseDict(step["event"], event_pb2.ClientEvent()))

    def _speak(self, step: dict) -> None:
        wav = (self._folder / step["wav"]).read_bytes()
        conversation, begin = self._on(step).conversation, time.monotonic()
        for number, at in enumerate(range(44, len(wav), _CHUNK_BYTES), 1):
            chunk = event_pb2.AudioChunk(data=wav[at : at + _CHUNK_BYTES])
            conversation.send(event_pb2.ClientEvent(audio_chunk=chunk))
            time.sleep(max(0.0, begin + number / 10 - time.monotonic()))
        conversation.send(event_pb2.ClientEvent(end_of_input=event_pb2.EndOfInput()))

    def _until(self, step: dict) -> None:
        self._save(step, self._on(step).until(step))

    def _cut(self, step: dict) -> None:
        self._on(step).conversation.cut()

    def _close(self, step: dict) -> None:
        self._on(step).conversation.close()

    def _call(self, step: dict) -> None:
        end = time.monotonic() + step.get("within_s", 0)
        while True:
            try:
                return self._call_once(step)
            except Broken:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _call_once(self, step: dict) -> None:
        method = step["method"]
        request = json_format.ParseDict(step["request"], getattr(service, f"{method}Request")())
        try:
            answer = json_format.MessageToDict(self._parley.call(method, request, step["http"], self._door))
        except ParleyError as refused:
            return self._refused(step, refused)
        self._answered(step, answer)
        self._save(step, answer)

    @staticmethod
    def _answered(step: dict, answer: dict) -> None:
        if "error" in step:
            raise Broken(f"answered, expected {step['error']}")
        expect(step.get("answer", {}), answer, "answer")

    @staticmethod
    def _refused(step: dict, refused: ParleyError) -> None:
        if "error" not in step:
            raise refused
        error = {
            "code": refused.code,
            "reason": refused.reason,
            "message": refused.message,
            "fields": [violation.field for violation in refused.violations],
            "retryAfterS": refused.retry_after,
            "quotas": [violation.subject for violation in refused.quota.violations] if refused.quota else [],
        }
        expect(step["error"], error, "error")

    def _voice(self, step: dict) -> None:
        events = [e for e, _ in self._on(step).events if e.turn_id == step["turn"]]
        told = b"".join(e.audio_delta.data for e in events if e.HasField("audio_delta"))
        kept = self._parley.http("GET", f"/v1/turns/{step['turn']}/audio")[1][44:]
        same = min(len(told), len(kept))
        if abs(len(told) - len(kept)) > 2 or told[:same] != kept[:same]:
            raise Broken(f"heard {len(told)} bytes of voice, kept are {len(kept)}, or they differ")

    def _same(self, step: dict) -> None:
        kinds = set(step["kinds"])
        told = [[event for _, event in self._heard[name].events if kinds & event.keys()] for name in step["as"]]
        if not told[0] or any(one != told[0] for one in told):
            raise Broken(f"told different things: {[len(one) for one in told]}")
