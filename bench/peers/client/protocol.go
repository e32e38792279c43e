// What of Parley's protocol the load client needs, encoded by hand (proto/parley/conversation/v1/event.proto).
package main

import "encoding/binary"

const (
	sessionStartField = 2
	audioChunkField   = 3
	audioDeltaField   = 11
)

// A header that a server which checks origins accepts.
func origin(addr string) string { return "Origin: http://" + addr + "\r\n" }

func field(number int, payload []byte) []byte { // length-delimited
	b := binary.AppendUvarint(nil, uint64(number)<<3|2)
	b = binary.AppendUvarint(b, uint64(len(payload)))
	return append(b, payload...)
}

func message(pcm []byte, parley bool) []byte {
	if !parley {
		return frame(pcm)
	}
	return frame(field(audioChunkField, field(1, pcm)))
}

// Character "stub", tiers text and audio. An unknown field pads it so that the frame has a 16-bit length.
func sessionStart() []byte {
	start := field(1, []byte("stub"))
	start = append(start, field(4, []byte{1, 2})...)
	return frame(append(field(sessionStartField, start), field(200, make([]byte, 128))...))
}

// Bytes of audio in a ServerEvent; 0 when it is another event.
func audioBytes(event []byte) int {
	for len(event) > 0 {
		key, k := binary.Uvarint(event)
		if k <= 0 {
			return 0
		}
		event = event[k:]
		v, k := binary.Uvarint(event)
		if k <= 0 {
			return 0
		}
		event = event[k:]
		if key&7 != 2 {
			continue
		}
		if key>>3 == audioDeltaField {
			return dataBytes(event[:v])
		}
		event = event[v:]
	}
	return 0
}

func dataBytes(delta []byte) int { // AudioDelta: field 1 is the data
	key, k := binary.Uvarint(delta)
	if k <= 0 || key != 1<<3|2 {
		return 0
	}
	n, _ := binary.Uvarint(delta[k:])
	return int(n)
}
