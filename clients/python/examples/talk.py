"""Talk to a character: python examples/talk.py [--door grpc|websocket|rest] [--base URL] [--key KEY] [CHARACTER]

Type a line to say it, an empty one to interrupt. The connection may break: the conversation goes on.
"""

import argparse
import sys
import threading

from parley.conversation.v1 import event_pb2
from parley_client import Conversation, Parley, ParleyError


def listen(conversation: Conversation) -> None:
    """Prints what is said, word by word as it is heard, and where an answer comes from."""
    try:
        for event in iter(lambda: conversation.next(limit=3600), None):
            match event.WhichOneof("event"):
                case "word_spoken":
                    print(event.word_spoken.word, end=" ", flush=True)
                case "citation":
                    print(f"[{event.citation.title}]", end=" ", flush=True)
                case "interrupted":
                    print("--", end=" ", flush=True)
                case "turn_completed":
                    print()
                case "problem":
                    print(f"({event.problem.message})", file=sys.stderr)
    except ParleyError as error:
        print(f"{error}\n" + "\n".join(f"  {v.field}: {v.description}" for v in error.violations), file=sys.stderr)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--base", default="http://localhost:8080")
    arguments.add_argument("--door", default="grpc")
    arguments.add_argument("--key", default="")
    arguments.add_argument("character", nargs="?", default="ada")
    asked = arguments.parse_args()
    tiers = [event_pb2.TIER_TEXT, event_pb2.TIER_AUDIO]
    start = event_pb2.SessionStart(character_id=asked.character, tiers=tiers, greet=True)
    with Parley(asked.base, asked.key) as parley, parley.converse(start, asked.door) as conversation:
        listener = threading.Thread(target=listen, args=(conversation,), daemon=True)
        listener.start()
        for line in sys.stdin:
            if line.strip():
                conversation.say(line.strip())
            else:
                conversation.send(event_pb2.ClientEvent(interrupt=event_pb2.Interrupt()))
        listener.join(timeout=15)  # Lets the last answer be heard when the input was a file.


if __name__ == "__main__":
    main()
