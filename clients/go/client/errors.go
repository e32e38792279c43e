package client

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// Error is what Parley refused or could not do: a canonical code, one reason, and what helps to mend it.
type Error struct {
	Code    codes.Code
	Message string
	// Reason is a name of parley.type.v1.Reason without its prefix; empty when the server said none.
	Reason string
	// Violations are the fields that broke a rule of the contract.
	Violations []*errdetails.BadRequest_FieldViolation
	// RetryAfter is after how long it is worth trying again; 0 when not known.
	RetryAfter time.Duration
	// Quota is what is used up; nil where no quota is.
	Quota *errdetails.QuotaFailure
}

func (e *Error) Error() string {
	return fmt.Sprintf("%v %s: %s", e.Code, e.Reason, e.Message)
}

// Resumable says whether the conversation may be taken up again: a proxy that cuts says Internal.
func (e *Error) Resumable() bool {
	return e.Code == codes.Unavailable || e.Code == codes.Internal && e.Reason == ""
}

func failed(code codes.Code, reason, message string) *Error {
	return &Error{Code: code, Reason: reason, Message: message}
}

func unavailable(cause error) *Error {
	return failed(codes.Unavailable, "", cause.Error())
}

// errorOf reads whatever a call returned; nil at a good end.
func errorOf(err error) *Error {
	var own *Error
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	if errors.As(err, &own) {
		return own
	}
	return fromStatus(status.Convert(err).Proto())
}

func fromStatus(said *spb.Status) *Error {
	e := failed(codes.Code(said.GetCode()), "", said.GetMessage())
	for _, packed := range said.GetDetails() {
		detail, err := packed.UnmarshalNew()
		if err != nil {
			continue // A detail of a kind that this client does not know.
		}
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason = d.GetReason()
		case *errdetails.BadRequest:
			e.Violations = d.GetFieldViolations()
		case *errdetails.RetryInfo:
			e.RetryAfter = d.GetRetryDelay().AsDuration()
		case *errdetails.QuotaFailure:
			e.Quota = d
		}
	}
	return e
}

// fromJSON reads a body of google.rpc.Status in JSON; nil when it says that all is well.
func fromJSON(http int, body []byte) *Error {
	var said spb.Status
	if !strings.HasPrefix(string(body), "{") || unmarshal(body, &said) != nil {
		return failed(codes.Unavailable, "", fmt.Sprintf("HTTP %d %.200s", http, body))
	}
	if said.GetCode() == int32(codes.OK) {
		return nil
	}
	return fromStatus(&said)
}

func unmarshal(body []byte, into proto.Message) error {
	return protojson.UnmarshalOptions{DiscardUnknown: true}.Unmarshal(body, into)
}
