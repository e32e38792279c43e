"""Talk to a character: python examples/talk.py [--door grpc|websocket|rest] [--base URL] [--key KEY] [CHARACTER]

Type a line to say it, an empty one to interrupt. The connection may break: the conversation goes on.
"""

import argparse
import sys
import threading
import time

from parley.conversation.v1 import event_pb2
from parley_client import Conversation, Parley, ParleyError


class Listener(threading.Thread):
    """Prints what is said, word by word as it is heard, and where an answer comes from."""

    def __init__(self, conversation: Conversation):
        super().__init__(daemon=True)
        self._conversation, self._answering = conversation, ""
        self.answered, self.failed = threading.Semaphore(0), False

    def run(self) -> None:
        try:
            for event in iter(lambda: self._conversation.next(limit=3600), None):
                self._show(event)
        except ParleyError as error:
            self.failed = True
            report(error)

    def _show(self, event: event_pb2.ServerEvent) -> None:
        match event.WhichOneof("event"):
            case "turn_started" if event.turn_started.input_text:
                self._answering = event.turn_id
            case "word_spoken":
                print(event.word_spoken.word, end=" ", flush=True)
            case "citation":
                print(f"[{event.citation.title}]", end=" ", flush=True)
            case "interrupted":
                print("--", end=" ", flush=True)
            case "turn_completed":
                print()
                if event.turn_id == self._answering:
                    self.answered.release()
            case "problem":
                print(f"({event.problem.message})", file=sys.stderr)


def report(error: ParleyError) -> None:
    print(f"{error}\n" + "\n".join(f"  {v.field}: {v.description}" for v in error.violations), file=sys.stderr)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--base", default="http://localhost:8080")
    arguments.add_argument("--door", default="grpc")
    arguments.add_argument("--key", default="")
    arguments.add_argument("character", nargs="?", default="ada")
    asked = arguments.parse_args()
    tiers = [event_pb2.TIER_TEXT, event_pb2.TIER_AUDIO]
    start = event_pb2.SessionStart(character_id=asked.character, tiers=tiers, greet=True)
    try:
        with Parley(asked.base, asked.key) as parley, parley.converse(start, asked.door) as conversation:
            return talk(conversation)
    except ParleyError as error:
        report(error)
        return 1


def talk(conversation: Conversation) -> int:
    listener = Listener(conversation)
    listener.start()
    said = 0
    for line in sys.stdin:
        if line.strip():
            conversation.say(line.strip())
            said += 1
        else:
            conversation.send(event_pb2.ClientEvent(interrupt=event_pb2.Interrupt()))
    if not said:
        listener.join(timeout=1)  # What is wrong is told at once.
    end = time.monotonic() + 60  # Lets the last answer be heard when the input was a file.
    while said and listener.is_alive() and time.monotonic() < end:
        said -= listener.answered.acquire(timeout=0.2)
    return int(listener.failed)


if __name__ == "__main__":
    sys.exit(main())
