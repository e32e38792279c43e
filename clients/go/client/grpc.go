package client

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

const service = "/parley.conversation.v1.ConversationService/"

// grpcCalls calls by gRPC.
type grpcCalls struct {
	connection *grpc.ClientConn
}

func (g grpcCalls) call(ctx context.Context, method string, request, answer proto.Message, _ string) *Error {
	return errorOf(g.connection.Invoke(ctx, service+method, request, answer))
}

// grpcAttachment is one Converse call.
type grpcAttachment struct {
	*arrivals
	stream grpc.BidiStreamingClient[conversationv1.ClientEvent, conversationv1.ServerEvent]
}

func attachGRPC(connection *grpc.ClientConn, start *conversationv1.SessionStart) (attachment, *Error) {
	arrivals := newArrivals()
	stream, err := conversationv1.NewConversationServiceClient(connection).Converse(arrivals.ctx)
	if err != nil {
		arrivals.leave()
		return nil, errorOf(err)
	}
	g := &grpcAttachment{arrivals, stream}
	go g.read()
	return g, g.send(&conversationv1.ClientEvent{Event: &conversationv1.ClientEvent_SessionStart{SessionStart: start}})
}

func (g *grpcAttachment) read() {
	for {
		event, err := g.stream.Recv()
		if err != nil {
			g.put(arrival{err: errorOf(err)})
			return
		}
		g.put(arrival{event: event})
	}
}

func (g *grpcAttachment) send(event *conversationv1.ClientEvent) *Error {
	// What broke the stream is told to the reader; io.EOF here only says that it did.
	return errorOf(g.stream.Send(event))
}

func (g *grpcAttachment) close() {
	g.leave()
}
