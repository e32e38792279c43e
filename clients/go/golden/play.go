package golden

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"parley.dev/client"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

var name = regexp.MustCompile(`\$\{([^}]+)}`)

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
