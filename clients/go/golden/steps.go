package golden

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"parley.dev/client"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

const (
	chunkBytes = 3200 // 100 ms of 16 kHz.
	patience   = 30 * time.Second
)

func (p *play) open(step object) error {
	start := &conversationv1.SessionStart{}
	if err := parse(step["start"], start); err != nil {
		return err
	}
	conversation, err := p.parley.Converse(p.door, start)
	one := &heard{conversation: conversation}
	for told := (object{}); err == nil && told != nil && told["sessionStarted"] == nil; {
		told, err = one.next(patience)
	}
	if err != nil {
		return refused(step, err)
	}
	as, session := step["as"].(string), conversation.Session()
	p.heard[as] = one
	p.variables[as+".session"], p.variables[as+".token"] = session.GetSessionId(), session.GetResumeToken()
	p.variables[as+".client"] = session.GetClientId()
	return answered(step, asJSON(session))
}

func (p *play) speak(step object) error {
	wav, err := os.ReadFile(filepath.Join(filepath.Dir(p.script.File), step["wav"].(string)))
	if err != nil {
		return err
	}
	conversation := p.on(step).conversation
	due := time.Now()
	for at := 44; at < len(wav) && err == nil; at += chunkBytes {
		data := wav[at:min(at+chunkBytes, len(wav))]
		err = conversation.Send(&conversationv1.ClientEvent{
			Event: &conversationv1.ClientEvent_AudioChunk{AudioChunk: &conversationv1.AudioChunk{Data: data}}})
		due = due.Add(100 * time.Millisecond)
		time.Sleep(time.Until(due))
	}
	if err != nil {
		return err
	}
	return conversation.Send(&conversationv1.ClientEvent{
		Event: &conversationv1.ClientEvent_EndOfInput{EndOfInput: &conversationv1.EndOfInput{}}})
}

func (p *play) call(step object) error {
	end := time.Now().Add(time.Duration(number(step["within_s"])) * time.Second)
	for {
		err := p.callOnce(step)
		if err == nil || time.Now().After(end) {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func (p *play) callOnce(step object) error {
	method := step["method"].(string)
	request, answer := message(method+"Request"), message(method+"Response")
	if err := parse(step["request"], request); err != nil {
		return err
	}
	if err := p.parley.Call(context.Background(), p.door, method, request, answer, step["http"].(string)); err != nil {
		return refused(step, err)
	}
	told := asJSON(answer)
	p.save(step, told)
	return answered(step, told)
}

func message(named string) proto.Message {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName("parley.conversation.v1." + named))
	if err != nil {
		panic(err) // The script names a method that is not there.
	}
	return kind.New().Interface()
}

func answered(step, answer object) error {
	if step["error"] != nil {
		return fmt.Errorf("answered, expected %s", print(step["error"]))
	}
	if step["answer"] != nil {
		return mismatch(step["answer"], answer, "answer")
	}
	return nil
}

func refused(step object, err error) error {
	var failure *client.Error
	if step["error"] == nil || !errors.As(err, &failure) {
		return err
	}
	fields, quotas := []any{}, []any{}
	for _, violation := range failure.Violations {
		fields = append(fields, violation.GetField())
	}
	for _, violation := range failure.Quota.GetViolations() {
		quotas = append(quotas, violation.GetSubject())
	}
	said := object{"code": codeName(failure), "reason": failure.Reason, "message": failure.Message,
		"fields": fields, "quotas": quotas, "retryAfterS": failure.RetryAfter.Seconds()}
	return mismatch(step["error"], said, "error")
}

func (p *play) voice(step object) error {
	turn := step["turn"].(string)
	told := p.on(step).voice(turn)
	_, wav, err := p.parley.HTTP(context.Background(), http.MethodGet, "/v1/turns/"+turn+"/audio", nil)
	if err != nil {
		return err
	}
	kept := wav[min(44, len(wav)):]
	same := min(len(told), len(kept))
	if len(told)-len(kept) > 2 || len(kept)-len(told) > 2 || !bytes.Equal(told[:same], kept[:same]) {
		return fmt.Errorf("heard %d bytes of voice, kept are %d, or they differ", len(told), len(kept))
	}
	return nil
}

func (p *play) same(step object) error {
	first := ""
	for i, as := range list(step["as"]) {
		told := ""
		for _, event := range p.heard[as.(string)].told {
			for _, kind := range list(step["kinds"]) {
				if event[kind.(string)] != nil {
					told += print(event) + "\n"
				}
			}
		}
		if i == 0 {
			first = told
		}
		if told == "" || told != first {
			return fmt.Errorf("%s was told %d bytes, not the %d that others were", as, len(told), len(first))
		}
	}
	return nil
}
