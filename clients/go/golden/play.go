package golden

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
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

var name = regexp.MustCompile(`\$\{([^}]+)}`)


// Script is one golden conversation as its file says it.
type Script struct {
	Name      string        `json:"-"`
	File      string        `json:"-"`
	Doors     []client.Door `json:"doors"`
	Needs     []string      `json:"needs"`
	Character object        `json:"character"`
	Steps     []object      `json:"steps"`
}

// Read reads a file.
func Read(file string) (*Script, error) {
	script := &Script{Name: strings.TrimSuffix(filepath.Base(file), ".json"), File: file, Doors: client.Doors}
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, script)
	}
	return script, err
}

// play is one golden conversation, played once through one door.
type play struct {
	parley    *client.Parley
	door      client.Door
	script    *Script
	variables map[string]string
	heard     map[string]*heard
}

// Play plays a conversation; the error says which step broke.
func Play(parley *client.Parley, door client.Door, script *Script) error {
	run := strings.ToLower(rand.Text()[:12])
	p := &play{parley, door, script, map[string]string{"run": run, "character": "golden-" + run}, map[string]*heard{}}
	defer p.close()
	if err := p.makeCharacter(); err != nil {
		return err
	}
	for i, step := range script.Steps {
		for verb, content := range step {
			if err := p.step(verb, p.filled(content).(object)); err != nil {
				return fmt.Errorf("step %d (%s): %w", i+1, verb, err)
			}
		}
	}
	for _, one := range p.heard {
		if err := one.rules(); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) makeCharacter() error {
	about := p.filled(p.script.Character).(object)
	about["id"] = p.variables["character"]
	status, answer, err := p.parley.HTTP(context.Background(), http.MethodPost, "/v1/characters", []byte(print(object{"character": about})))
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("no character: %s", answer)
	}
	return err
}

func (p *play) close() {
	for _, one := range p.heard {
		one.conversation.Close()
	}
	// A character that is left behind harms nobody.
	_, _, _ = p.parley.HTTP(context.Background(), http.MethodDelete, "/v1/characters/"+p.variables["character"], nil)
}

func (p *play) step(verb string, step object) error {
	switch verb {
	case "open":
		return p.open(step)
	case "send":
		event := &conversationv1.ClientEvent{}
		if err := parse(step["event"], event); err != nil {
			return err
		}
		return p.on(step).conversation.Send(event)
	case "speak":
		return p.speak(step)
	case "until":
		event, err := p.on(step).until(step)
		p.save(step, event)
		return err
	case "cut":
		return p.on(step).conversation.Cut()
	case "close":
		p.on(step).conversation.Close()
		return nil
	case "call":
		return p.call(step)
	case "voice":
		return p.voice(step)
	case "same":
		return p.same(step)
	}
	return errors.New("no such step")
}

func (p *play) on(step object) *heard {
	return p.heard[step["on"].(string)]
}

func parse(from any, into proto.Message) error {
	return protojson.Unmarshal([]byte(print(from)), into)
}

func (p *play) filled(value any) any {
	switch v := value.(type) {
	case string:
		return name.ReplaceAllStringFunc(v, func(found string) string { return p.variables[found[2:len(found)-1]] })
	case []any:
		filled := make([]any, len(v))
		for i, inner := range v {
			filled[i] = p.filled(inner)
		}
		return filled
	case object:
		filled := object{}
		for field, inner := range v {
			filled[field] = p.filled(inner)
		}
		return filled
	}
	return value
}

func (p *play) save(step, from object) {
	wanted, _ := step["save"].(object)
	for variable, path := range wanted {
		var value any = from
		for _, part := range strings.Split(path.(string), ".") {
			fields, _ := value.(object)
			value = fields[part]
		}
		p.variables[variable] = text(value)
	}
}

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
