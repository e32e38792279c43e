package golden

import (
	"google.golang.org/genproto/googleapis/rpc/code"
	"parley.dev/client"
)

// codeName is the canonical code as the contracts write it, such as NOT_FOUND.
func codeName(failure *client.Error) string {
	return code.Code(failure.Code).String()
}
