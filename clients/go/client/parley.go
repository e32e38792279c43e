// Package client talks to Parley: Parley says where it is and who calls, Conversation talks and comes back
// when its connection breaks, Error says what failed and why.
package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

// Door is a way in. All of them lead to the same sessions, with the same numbers.
type Door string

// The doors of this client.
const (
	GRPC      Door = "grpc"
	WebSocket Door = "websocket"
	REST      Door = "rest"
)

// Doors lists them.
var Doors = []Door{GRPC, WebSocket, REST}

// Parley is a server as one caller sees it. Safe for use by several goroutines.
type Parley struct {
	base       string
	connection *grpc.ClientConn
	rest       *restCalls
}

// At names a server, such as http://localhost:8080. The credential is an API key (pk_...) or an access
// token; without one a server on this machine takes the caller as its owner.
func At(base, credential string) (*Parley, error) {
	base = strings.TrimSuffix(base, "/")
	where, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("base: %w", err)
	}
	transport, port := insecure.NewCredentials(), "80"
	if where.Scheme == "https" {
		transport, port = credentials.NewTLS(&tls.Config{}), "443"
	}
	if where.Port() != "" {
		port = where.Port()
	}
	headers := http.Header{}
	if credential != "" {
		headers.Set("authorization", "Bearer "+credential)
	}
	connection, err := grpc.NewClient("passthrough:///"+where.Hostname()+":"+port,
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessageBytes)),
		grpc.WithUnaryInterceptor(func(ctx context.Context, method string, q, s any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, o ...grpc.CallOption) error {
			return invoke(calling(ctx, credential), method, q, s, cc, o...)
		}),
		grpc.WithStreamInterceptor(func(ctx context.Context, d *grpc.StreamDesc, cc *grpc.ClientConn, method string, open grpc.Streamer, o ...grpc.CallOption) (grpc.ClientStream, error) {
			return open(calling(ctx, credential), d, cc, method, o...)
		}))
	if err != nil {
		return nil, err
	}
	return &Parley{base, connection, &restCalls{base, headers, &http.Client{}}}, nil
}

func calling(ctx context.Context, credential string) context.Context {
	if credential == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+credential)
}

// Connection is for the generated stubs of every service.
func (p *Parley) Connection() *grpc.ClientConn {
	return p.connection
}

// Converse talks to a character, or takes up a session where start has resume. The error is an *Error.
func (p *Parley) Converse(door Door, start *conversationv1.SessionStart) (*Conversation, error) {
	return converse(func(again *conversationv1.SessionStart) (attachment, *Error) { return p.attach(door, again) }, start)
}

func (p *Parley) attach(door Door, start *conversationv1.SessionStart) (attachment, *Error) {
	switch door {
	case GRPC:
		return attachGRPC(p.connection, start)
	case WebSocket:
		return attachSocket(p.base, p.rest.headers, start)
	case REST:
		return attachREST(p.rest, start)
	}
	return nil, failed(codes.InvalidArgument, "", fmt.Sprintf("door: %s (expected one of %v)", door, Doors))
}

// Call makes one call of ConversationService; rule is its REST form, such as `GET /v1/turns/T`. The error
// is an *Error.
func (p *Parley) Call(ctx context.Context, door Door, method string, request, answer proto.Message, rule string) error {
	var failure *Error
	if door == GRPC {
		failure = grpcCalls{p.connection}.call(ctx, method, request, answer, rule)
	} else {
		failure = p.rest.call(ctx, method, request, answer, rule)
	}
	if failure != nil {
		return failure
	}
	return nil
}

// HTTP makes a plain call, for media and whatever has no stub: status and body.
func (p *Parley) HTTP(ctx context.Context, verb, path string, body []byte) (int, []byte, error) {
	status, answer, failure := p.rest.whole(ctx, verb, path, body)
	if failure != nil {
		return 0, nil, failure
	}
	return status, answer, nil
}

// Close ends every connection.
func (p *Parley) Close() error {
	return p.connection.Close()
}
