package client

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/grpc/codes"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

const arrivalsHeld = 64

// arrival is an event, or how the stream ended: with an error, or well when both are nil.
type arrival struct {
	event *conversationv1.ServerEvent
	err   *Error
}

// arrivals are events on their way from whoever reads the wire to whoever takes them. A full queue makes
// the wire wait, so that a slow client is felt by the server and not in memory.
type arrivals struct {
	queue chan arrival
	ctx   context.Context
	leave context.CancelFunc
}

func newArrivals() *arrivals {
	ctx, leave := context.WithCancel(context.Background())
	return &arrivals{make(chan arrival, arrivalsHeld), ctx, leave}
}

func (a *arrivals) put(one arrival) {
	select {
	case a.queue <- one:
	case <-a.ctx.Done():
	}
}

// next gives the next event; nil at a good end.
func (a *arrivals) next(limit time.Duration) (*conversationv1.ServerEvent, *Error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case one := <-a.queue:
		return one.event, one.err
	case <-timer.C:
		return nil, failed(codes.DeadlineExceeded, "", fmt.Sprintf("nothing came for %v", limit))
	}
}
