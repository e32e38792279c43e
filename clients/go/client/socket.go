package client

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/coder/websocket"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

const (
	firstPrivateCode = 4000
	maxMessageBytes  = 16 << 20
)

// socketAttachment is one WebSocket, one event a binary frame.
type socketAttachment struct {
	*arrivals
	socket *websocket.Conn
}

func attachSocket(base string, headers http.Header, start *conversationv1.SessionStart) (attachment, *Error) {
	arrivals := newArrivals()
	options := &websocket.DialOptions{HTTPHeader: headers, Subprotocols: []string{"parley.v1"}}
	socket, _, err := websocket.Dial(arrivals.ctx, strings.Replace(base, "http", "ws", 1)+"/v1/sessions:connect", options)
	if err != nil {
		arrivals.leave()
		return nil, unavailable(err)
	}
	socket.SetReadLimit(maxMessageBytes)
	s := &socketAttachment{arrivals, socket}
	go s.read()
	return s, s.send(&conversationv1.ClientEvent{Event: &conversationv1.ClientEvent_SessionStart{SessionStart: start}})
}

func (s *socketAttachment) read() {
	for {
		_, frame, err := s.socket.Read(s.ctx)
		if err != nil {
			s.put(arrival{err: closedBy(err)})
			return
		}
		event := &conversationv1.ServerEvent{}
		if err := proto.Unmarshal(frame, event); err != nil {
			s.put(arrival{err: unavailable(err)})
			return
		}
		s.put(arrival{event: event})
	}
}

// closedBy reads how a socket closed: a failed conversation with 4000 + its code and `REASON: message`.
func closedBy(err error) *Error {
	var end websocket.CloseError
	if !errors.As(err, &end) {
		return unavailable(err)
	}
	if end.Code > firstPrivateCode {
		reason, message, _ := strings.Cut(end.Reason, ": ")
		return failed(codes.Code(end.Code-firstPrivateCode), reason, message)
	}
	if end.Code == websocket.StatusNormalClosure {
		return nil
	}
	return unavailable(err)
}

func (s *socketAttachment) send(event *conversationv1.ClientEvent) *Error {
	frame, err := proto.Marshal(event)
	if err == nil {
		err = s.socket.Write(context.Background(), websocket.MessageBinary, frame)
	}
	if err != nil {
		return unavailable(err)
	}
	return nil
}

func (s *socketAttachment) close() {
	s.leave()
	_ = s.socket.CloseNow() // It may be gone already.
}
