package golden

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"parley.dev/client"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

// heard is a conversation and all that was heard of it.
type heard struct {
	conversation *client.Conversation
	events       []*conversationv1.ServerEvent
	told         []object
	judged       int
}

func asJSON(message proto.Message) object {
	encoded, err := protojson.Marshal(message)
	if err != nil {
		panic(err) // Messages of the contract always print.
	}
	var decoded object
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		panic(err)
	}
	return decoded
}

// next gives nil at the end of the session.
func (h *heard) next(limit time.Duration) (object, error) {
	event, err := h.conversation.Next(limit)
	if err != nil || event == nil {
		return nil, err
	}
	told := asJSON(event)
	h.events, h.told = append(h.events, event), append(h.told, told)
	return told, nil
}

// until reads up to the event that a step waits for, judges what came, and gives that event.
func (h *heard) until(step object) (object, error) {
	limit := 30 * time.Second
	if within := number(step["within_s"]); within > 0 {
		limit = time.Duration(within) * time.Second
	}
	wanted := step["event"].(object)
	for end := time.Now().Add(limit); time.Now().Before(end); {
		told, err := h.next(limit)
		if err != nil {
			return nil, err
		}
		if told == nil {
			return nil, fmt.Errorf("the session ended before %s", print(wanted))
		}
		if fits(wanted, told) {
			return told, h.judge(step)
		}
		if told["turnCompleted"] != nil && wanted["turnCompleted"] != nil && wanted["turnId"] == nil {
			return nil, mismatch(wanted, told, "event")
		}
		time.Sleep(time.Duration(number(step["slowly_ms"])) * time.Millisecond)
	}
	return nil, fmt.Errorf("never came: %s", print(wanted))
}

func (h *heard) judge(step object) error {
	came := h.told[h.judged:]
	h.judged = len(h.told)
	at := 0
	for _, wanted := range list(step["see"]) {
		for at < len(came) && !fits(wanted, came[at]) {
			at++
		}
		if at == len(came) {
			return fmt.Errorf("not seen, or not in this order: %s", print(wanted))
		}
		at++
	}
	text := ""
	for _, told := range came {
		if i := slices.IndexFunc(list(step["never"]), func(unwanted any) bool { return fits(unwanted, told) }); i >= 0 {
			return fmt.Errorf("came, but never should: %s", print(told))
		}
		if delta, ok := told["textDelta"].(object); ok {
			text += delta["text"].(string)
		}
	}
	if step["text"] != nil {
		return mismatch(step["text"], text, "text")
	}
	return nil
}

func list(value any) []any {
	elements, _ := value.([]any)
	return elements
}

// rules hold for every conversation, however often its connection broke.
func (h *heard) rules() error {
	last, voice, words := int64(0), map[string]int64{}, map[string]int64{}
	for _, event := range h.events {
		turn := event.GetTurnId()
		if event.GetSeq() > 0 && event.GetSeq() <= last {
			return fmt.Errorf("rule: seq %d came after %d", event.GetSeq(), last)
		}
		last = max(last, event.GetSeq())
		if delta := event.GetAudioDelta(); delta != nil {
			due, begun := voice[turn]
			if begun && due != event.GetMediaTimeUs() {
				return fmt.Errorf("rule: voice at %d us (expected %d)", event.GetMediaTimeUs(), due)
			}
			voice[turn] = event.GetMediaTimeUs() + delta.GetDurationUs()
		}
		if word := event.GetWordSpoken(); word != nil {
			if word.GetSpan().GetStartUs() < words[turn] {
				return errors.New("rule: a word came late: " + word.GetWord())
			}
			words[turn] = word.GetSpan().GetStartUs()
		}
	}
	return nil
}

// voice is the sound of a turn.
func (h *heard) voice(turn string) []byte {
	var sound []byte
	for _, event := range h.events {
		if event.GetTurnId() == turn {
			sound = append(sound, event.GetAudioDelta().GetData()...)
		}
	}
	return sound
}
