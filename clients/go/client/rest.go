package client

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

// restCalls sends JSON up and reads server-sent events down.
type restCalls struct {
	base    string
	headers http.Header
	http    *http.Client
}

func (r *restCalls) begin(ctx context.Context, verb, path string, body []byte) (*http.Response, *Error) {
	request, err := http.NewRequestWithContext(ctx, verb, r.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, failed(codes.InvalidArgument, "", err.Error())
	}
	request.Header = r.headers.Clone()
	if body != nil {
		request.Header.Set("content-type", "application/json")
	}
	answer, err := r.http.Do(request)
	if err != nil {
		return nil, unavailable(err)
	}
	return answer, nil
}

func (r *restCalls) whole(ctx context.Context, verb, path string, body []byte) (int, []byte, *Error) {
	answer, failure := r.begin(ctx, verb, path, body)
	if failure != nil {
		return 0, nil, failure
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, unavailable(err)
	}
	return answer.StatusCode, all, nil
}

// call sends the request as rule says it, such as `GET /v1/turns/T?x=y`.
func (r *restCalls) call(ctx context.Context, _ string, request, answer proto.Message, rule string) *Error {
	verb, path, _ := strings.Cut(rule, " ")
	var body []byte
	if verb == http.MethodPost || verb == http.MethodPatch {
		var err error
		if body, err = protojson.Marshal(request); err != nil {
			return failed(codes.InvalidArgument, "", err.Error())
		}
	}
	status, text, failure := r.whole(ctx, verb, path, body)
	if failure != nil {
		return failure
	}
	if status != http.StatusOK {
		return fromJSON(status, text)
	}
	if err := unmarshal(text, answer); err != nil {
		return failed(codes.Internal, "", err.Error())
	}
	return nil
}

// restAttachment is OpenSession, SendInput and Subscribe.
type restAttachment struct {
	*arrivals
	rest            *restCalls
	session, client string
	told            bool
}

func attachREST(rest *restCalls, start *conversationv1.SessionStart) (attachment, *Error) {
	a := &restAttachment{arrivals: newArrivals(), rest: rest, told: start.GetResume() == nil}
	a.session, a.client = start.GetResume().GetSessionId(), start.GetClientId()
	after := start.GetResume().GetAfterSeq()
	if a.told {
		opened := &conversationv1.OpenSessionResponse{}
		request := &conversationv1.OpenSessionRequest{Start: start, RequestId: rand.Text()}
		if failure := rest.call(a.ctx, "OpenSession", request, opened, "POST /v1/sessions"); failure != nil {
			return nil, failure
		}
		a.session, a.client, after = opened.GetStarted().GetSessionId(), opened.GetStarted().GetClientId(), opened.GetSeq()
		a.put(arrival{event: &conversationv1.ServerEvent{
			Seq: after, Event: &conversationv1.ServerEvent_SessionStarted{SessionStarted: opened.GetStarted()}}})
	}
	query := url.Values{"after_seq": {fmt.Sprint(after)}, "client_id": {a.client}}
	for _, tier := range start.GetTiers() {
		query.Add("tiers", tier.String())
	}
	answer, failure := rest.begin(a.ctx, http.MethodGet, "/v1/sessions/"+a.session+":subscribe?"+query.Encode(), nil)
	if failure != nil {
		return nil, failure
	}
	if answer.StatusCode != http.StatusOK {
		defer answer.Body.Close()
		said, _ := io.ReadAll(answer.Body)
		return nil, fromJSON(answer.StatusCode, said)
	}
	go a.read(answer.Body)
	return a, nil
}

func (a *restAttachment) read(body io.ReadCloser) {
	defer body.Close()
	lines := bufio.NewReader(body)
	over := false
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			a.put(arrival{err: failed(codes.Unavailable, "", "the stream broke: "+err.Error())})
			return
		}
		over = over || line == "event: status\n"
		data, found := strings.CutPrefix(line, "data: ")
		if found && over {
			a.put(arrival{err: fromJSON(http.StatusOK, []byte(data))})
			return
		}
		if found {
			a.event([]byte(data))
		}
	}
}

// event passes one on; the start is told once, by the opening call or by the stream.
func (a *restAttachment) event(data []byte) {
	event := &conversationv1.ServerEvent{}
	if err := unmarshal(data, event); err != nil {
		a.put(arrival{err: failed(codes.Internal, "", err.Error())})
	} else if !a.told || event.GetSessionStarted() == nil {
		a.put(arrival{event: event})
	}
}

func (a *restAttachment) send(event *conversationv1.ClientEvent) *Error {
	request := &conversationv1.SendInputRequest{SessionId: a.session, ClientId: a.client, Events: []*conversationv1.ClientEvent{event}}
	answer := &conversationv1.SendInputResponse{}
	return a.rest.call(a.ctx, "SendInput", request, answer, "POST /v1/sessions/"+a.session+":send")
}

func (a *restAttachment) close() {
	a.leave()
}
