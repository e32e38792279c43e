package client

import (
	"errors"
	"slices"
	"sync"
	"time"

	"google.golang.org/protobuf/proto"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

const (
	tries       = 9
	firstWait   = 50 * time.Millisecond
	longestWait = 2 * time.Second
)

// Conversation outlives its connections: when one breaks, it attaches again after the last number it has,
// and sends again what the server had not taken. Nothing is lost, nothing comes twice. One goroutine may
// read while another sends.
type Conversation struct {
	door       func(*conversationv1.SessionStart) (attachment, *Error)
	start      *conversationv1.SessionStart
	mu         sync.Mutex
	attachment attachment
	session    *conversationv1.SessionStarted
	lastSeq    int64
	clientSeq  int64
	untaken    []*conversationv1.ClientEvent
}

func converse(door func(*conversationv1.SessionStart) (attachment, *Error), start *conversationv1.SessionStart) (*Conversation, error) {
	first, failure := door(start)
	if failure != nil {
		return nil, failure
	}
	resume := start.GetResume()
	session := &conversationv1.SessionStarted{
		SessionId: resume.GetSessionId(), ResumeToken: resume.GetResumeToken(), ClientId: start.GetClientId()}
	return &Conversation{door: door, start: start, attachment: first, session: session, lastSeq: resume.GetAfterSeq()}, nil
}

// Session is the session as last told; the start of it comes as the first event.
func (c *Conversation) Session() *conversationv1.SessionStarted {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// LastSeq is the last number received; what a later resume goes on after.
func (c *Conversation) LastSeq() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lastSeq
}

// Next gives the next event; nil when the session is over. The error is an *Error: DeadlineExceeded when
// nothing came for so long, else why the conversation cannot go on.
func (c *Conversation) Next(limit time.Duration) (*conversationv1.ServerEvent, error) {
	for {
		c.mu.Lock()
		from := c.attachment
		c.mu.Unlock()
		event, broken := from.next(limit)
		if broken == nil {
			c.take(event)
			return event, nil
		}
		if !broken.Resumable() {
			return nil, broken
		}
		if err := c.comeBack(broken); err != nil {
			return nil, err
		}
	}
}

func (c *Conversation) take(event *conversationv1.ServerEvent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lastSeq = max(c.lastSeq, event.GetSeq())
	if started := event.GetSessionStarted(); started != nil {
		token := c.session.GetResumeToken()
		c.session = proto.Clone(started).(*conversationv1.SessionStarted)
		if c.session.ResumeToken == "" {
			c.session.ResumeToken = token // A watcher is not told it again.
		}
		c.taken(started.GetTakenClientSeq())
	} else if beat := event.GetHeartbeat(); beat != nil {
		c.taken(beat.GetTakenClientSeq())
	}
}

func (c *Conversation) taken(highest int64) {
	c.clientSeq = max(c.clientSeq, highest)
	c.untaken = slices.DeleteFunc(c.untaken, func(e *conversationv1.ClientEvent) bool { return e.ClientSeq <= highest })
}

func (c *Conversation) comeBack(broken *Error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.attachment.close()
	for tried := range tries {
		time.Sleep(min(longestWait, firstWait<<tried))
		if broken = c.again(); broken == nil {
			return nil
		}
		if !broken.Resumable() {
			break
		}
	}
	return broken
}

func (c *Conversation) again() *Error {
	next, failure := c.door(c.resuming())
	if failure != nil {
		return failure
	}
	c.attachment = next
	for _, event := range c.untaken {
		if failure := next.send(event); failure != nil {
			return failure
		}
	}
	return nil
}

func (c *Conversation) resuming() *conversationv1.SessionStart {
	again := proto.Clone(c.start).(*conversationv1.SessionStart)
	if c.session.GetSessionId() == "" {
		return again // Nothing was begun yet.
	}
	again.CharacterId, again.Greet, again.ClientId = "", false, c.session.GetClientId()
	again.Resume = &conversationv1.Resume{
		SessionId: c.session.GetSessionId(), ResumeToken: c.session.GetResumeToken(), AfterSeq: c.lastSeq}
	return again
}

// Send sends; an event that must arrive and has no client_seq gets the next one.
func (c *Conversation) Send(event *conversationv1.ClientEvent) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if event.ClientSeq == 0 && counted(event) {
		event.ClientSeq = c.clientSeq + 1
	}
	if event.ClientSeq > 0 {
		c.clientSeq = max(c.clientSeq, event.ClientSeq)
		c.untaken = append(c.untaken, event)
	}
	failure := c.attachment.send(event)
	if failure == nil || failure.Resumable() {
		return nil // Else the reader comes back and sends it again.
	}
	c.untaken = slices.DeleteFunc(c.untaken, func(e *conversationv1.ClientEvent) bool { return e == event })
	return failure
}

func counted(event *conversationv1.ClientEvent) bool {
	switch event.Event.(type) {
	case *conversationv1.ClientEvent_TextInput, *conversationv1.ClientEvent_EndOfInput, *conversationv1.ClientEvent_Interrupt,
		*conversationv1.ClientEvent_ToolResult, *conversationv1.ClientEvent_EndSession:
		return true
	}
	return false
}

// Say says something by keyboard.
func (c *Conversation) Say(text string) error {
	return c.Send(&conversationv1.ClientEvent{
		Event: &conversationv1.ClientEvent_TextInput{TextInput: &conversationv1.TextInput{Text: text}}})
}

// Interrupt stops the character where the last PlaybackAck, or what was delivered, says.
func (c *Conversation) Interrupt() error {
	return c.Send(&conversationv1.ClientEvent{
		Event: &conversationv1.ClientEvent_Interrupt{Interrupt: &conversationv1.Interrupt{}}})
}

// Cut breaks the connection, as a network would, and comes back.
func (c *Conversation) Cut() error {
	return c.comeBack(unavailable(errors.New("the connection was cut")))
}

// Close leaves; the session lives on for whoever comes back.
func (c *Conversation) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.attachment.close()
}
