package client

import (
	"time"

	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

// attachment is one connection to a session, through one door.
type attachment interface {
	// next gives the next event; nil when the server ended the stream well.
	next(limit time.Duration) (*conversationv1.ServerEvent, *Error)
	send(event *conversationv1.ClientEvent) *Error
	// close leaves at once, as a broken connection would.
	close()
}
