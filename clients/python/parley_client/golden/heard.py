"""What is heard of a conversation, and whether it is as expected."""

from __future__ import annotations

import time

from google.protobuf import json_format
from parley.conversation.v1 import event_pb2

from ..conversation import Conversation
from .matching import fits, mismatch


class Broken(Exception):
    """Something was not as the conversation expects."""


def expect(expected, actual, path: str) -> None:
    if wrong := mismatch(expected, actual, path):
        raise Broken(wrong)


class Heard:
    """A conversation and all that was heard of it."""

    def __init__(self, conversation: Conversation):
        self.conversation = conversation
        self.events: list[tuple[event_pb2.ServerEvent, dict]] = []
        self._judged = 0

    def next(self, limit: float) -> dict | None:
        event = self.conversation.next(limit)
        if event is None:
            return None
        self.events.append((event, json_format.MessageToDict(event)))
        return self.events[-1][1]

    def until(self, step: dict) -> dict:
        """Reads up to the event that a step waits for, judges what came, and gives that event."""
        limit = step.get("within_s", 30)
        end = time.monotonic() + limit
        while time.monotonic() < end:
            event = self.next(limit)
            if event is None:
                raise Broken(f"the session ended before {step['event']}")
            if fits(step["event"], event):
                self._judge(step)
                return event
            if "turnCompleted" in event and "turnCompleted" in step["event"] and "turnId" not in step["event"]:
                expect(step["event"], event, "event")
            time.sleep(step.get("slowly_ms", 0) / 1000)
        raise Broken(f"never came: {step['event']}")

    def _judge(self, step: dict) -> None:
        came = [event for _, event in self.events[self._judged :]]
        self._judged = len(self.events)
        left = iter(came)
        for wanted in step.get("see", []):
            if not any(fits(wanted, event) for event in left):
                raise Broken(f"not seen, or not in this order: {wanted}")
        for unwanted in step.get("never", []):
            if found := [event for event in came if fits(unwanted, event)]:
                raise Broken(f"came, but never should: {found[0]}")
        if "text" in step:
            text = "".join(event["textDelta"]["text"] for event in came if "textDelta" in event)
            expect(step["text"], text, "text")

    def rules(self) -> None:
        """What holds for every conversation, however often its connection broke."""
        last, voice, words = 0, {}, {}
        for event, _ in self.events:
            if 0 < event.seq <= last:
                raise Broken(f"rule: seq {event.seq} came after {last}")
            last = max(last, event.seq)
            if event.HasField("audio_delta"):
                due = voice.get(event.turn_id, event.media_time_us)
                if event.media_time_us != due:
                    raise Broken(f"rule: voice at {event.media_time_us} us (expected {due})")
                voice[event.turn_id] = due + event.audio_delta.duration_us
            if event.HasField("word_spoken"):
                start = event.word_spoken.span.start_us
                if start < words.get(event.turn_id, 0):
                    raise Broken(f"rule: word at {start} us came late")
                words[event.turn_id] = start
