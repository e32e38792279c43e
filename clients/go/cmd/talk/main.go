// Talk talks to a character:
//
//	go run ./cmd/talk [--door grpc|websocket|rest] [--base URL] [--key KEY] [CHARACTER]
//
// Type a line to say it, an empty one to interrupt. The connection may break: the conversation goes on.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"parley.dev/client"
	conversationv1 "parley.dev/proto/parley/conversation/v1"
)

func main() {
	base := flag.String("base", "http://localhost:8080", "where the server is")
	door := flag.String("door", "grpc", "grpc, websocket or rest")
	key := flag.String("key", "", "API key or access token")
	flag.Parse()
	character := "ada"
	if flag.NArg() > 0 {
		character = flag.Arg(0)
	}
	parley, err := client.At(*base, *key)
	fail(err)
	defer parley.Close()
	conversation, err := parley.Converse(client.Door(*door), &conversationv1.SessionStart{
		CharacterId: character, Greet: true,
		Tiers: []conversationv1.Tier{conversationv1.Tier_TIER_TEXT, conversationv1.Tier_TIER_AUDIO}})
	fail(err)
	answers := make(chan string, 64)
	go listen(conversation, answers)
	said := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			fail(conversation.Say(line))
			said++
		} else {
			fail(conversation.Interrupt())
		}
	}
	// Lets the last answer be heard when the input was a file.
	for limit := time.After(time.Minute); said > 0; said-- {
		select {
		case <-answers:
		case <-limit:
			return
		}
	}
}

// listen prints what is said, word by word as it is heard, and where an answer comes from; it tells when one is over.
func listen(conversation *client.Conversation, answers chan<- string) {
	answering := ""
	for {
		event, err := conversation.Next(time.Hour)
		fail(err)
		if event == nil {
			os.Exit(0)
		}
		switch e := event.Event.(type) {
		case *conversationv1.ServerEvent_TurnStarted:
			if e.TurnStarted.GetInputText() != "" {
				answering = event.GetTurnId()
			}
		case *conversationv1.ServerEvent_WordSpoken:
			fmt.Print(e.WordSpoken.GetWord(), " ")
		case *conversationv1.ServerEvent_Citation:
			fmt.Printf("[%s] ", e.Citation.GetTitle())
		case *conversationv1.ServerEvent_Interrupted:
			fmt.Print("-- ")
		case *conversationv1.ServerEvent_TurnCompleted:
			fmt.Println()
			if event.GetTurnId() == answering {
				answers <- answering
			}
		case *conversationv1.ServerEvent_Problem:
			fmt.Fprintf(os.Stderr, "(%s)\n", e.Problem.GetMessage())
		}
	}
}

func fail(err error) {
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	var failure *client.Error
	if errors.As(err, &failure) {
		for _, violation := range failure.Violations {
			fmt.Fprintf(os.Stderr, "  %s: %s\n", violation.GetField(), violation.GetDescription())
		}
	}
	os.Exit(1)
}
