// Load client for the stub-engine voice benchmark (the protocol is in README.md, section 1). No dependencies.
// With -parley it speaks the same work in Parley's own protocol (protocol.go).
package main

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"net"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	chunkMs      = 20
	speechChunks = 150 // 3 s
	stopChunks   = 20  // 400 ms of silence => end of speech must be detected
	cycleChunks  = 400 // 8 s per turn, fixed
	wantBytes    = 144000
	stubMs       = 300.0 // 50 STT + 10*20 LLM + 50 TTS
)

var mask = [4]byte{0x5a, 0xc3, 0x19, 0x7e}

func frame(payload []byte) []byte { // a masked client binary frame, built once; 126 to 65535 bytes
	b := []byte{0x82, 0x80 | 126, 0, 0}
	binary.BigEndian.PutUint16(b[2:], uint16(len(payload)))
	b = append(b, mask[:]...)
	for i, c := range payload {
		b = append(b, c^mask[i&3])
	}
	return b
}

type turn struct {
	eos     time.Time // just before the write of the 20th silent chunk
	first   time.Time // arrival of the first audio byte after the start of this turn's silence
	last    time.Time
	bytes   int
	early   bool // audio before eos
	maxGap  time.Duration
	measure bool
}

type session struct {
	mu     sync.Mutex
	cur    *turn
	done   []*turn
	lateMs []float64
	err    error
	parley bool
}

func (s *session) fail(e error) {
	s.mu.Lock()
	if s.err == nil {
		s.err = e
	}
	s.mu.Unlock()
}

func (s *session) reader(c net.Conn, br *bufio.Reader) {
	buf := make([]byte, 65536)
	for {
		h := buf[:2]
		if _, e := io.ReadFull(br, h); e != nil {
			s.fail(e)
			return
		}
		op, n := h[0]&15, int(h[1]&127)
		if n == 126 {
			io.ReadFull(br, buf[:2])
			n = int(binary.BigEndian.Uint16(buf))
		} else if n == 127 {
			io.ReadFull(br, buf[:8])
			n = int(binary.BigEndian.Uint64(buf))
		}
		now := time.Now()
		if op == 9 { // ping: a pong is mandatory, servers drop peers that do not answer
			io.ReadFull(br, buf[:n])
			p := []byte{0x8a, 0x80 | byte(n), 0, 0, 0, 0}
			c.Write(append(p, buf[:n]...))
			continue
		}
		if _, e := io.ReadFull(br, buf[:n]); e != nil {
			s.fail(e)
			return
		}
		if op == 8 {
			s.fail(io.EOF)
			return
		}
		if op != 2 {
			continue
		}
		if s.parley {
			if n = audioBytes(buf[:n]); n == 0 {
				continue
			}
		}
		s.mu.Lock()
		if t := s.cur; t != nil {
			if t.bytes == 0 {
				t.first = now
				t.early = t.eos.IsZero()
			} else if g := now.Sub(t.last); g > t.maxGap {
				t.maxGap = g
			}
			t.last = now
			t.bytes += n
		}
		s.mu.Unlock()
	}
}

func (s *session) run(c net.Conn, start time.Time, speech [][]byte, silence []byte, mFrom, mTo time.Time) {
	for k := 0; ; k++ {
		due := start.Add(time.Duration(k) * chunkMs * time.Millisecond)
		pos := k % cycleChunks
		if pos == 0 {
			s.mu.Lock()
			if s.cur != nil {
				s.done = append(s.done, s.cur)
			}
			// a turn counts if its end-of-speech instant lies in [mFrom, mTo): exactly `cycles` turns per session
			e := due.Add((speechChunks + stopChunks - 1) * chunkMs * time.Millisecond)
			s.cur = &turn{measure: !e.Before(mFrom) && e.Before(mTo)}
			s.mu.Unlock()
			if due.After(mTo.Add(cycleChunks * chunkMs * time.Millisecond)) {
				return
			}
		}
		if d := time.Until(due); d > 0 {
			time.Sleep(d)
		}
		f := silence
		if pos < speechChunks {
			f = speech[k%len(speech)]
		}
		now := time.Now()
		if pos == speechChunks+stopChunks-1 {
			s.mu.Lock()
			s.cur.eos = now
			if s.cur.measure {
				s.lateMs = append(s.lateMs, float64(now.Sub(due))/1e6)
			}
			s.mu.Unlock()
		}
		if _, e := c.Write(f); e != nil {
			s.fail(e)
			return
		}
	}
}

func procCPU(pids []string) (sec float64) {
	for _, p := range pids {
		b, e := os.ReadFile("/proc/" + p + "/stat")
		if e != nil {
			continue
		}
		f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+2:]))
		u, _ := strconv.ParseFloat(f[11], 64)
		k, _ := strconv.ParseFloat(f[12], 64)
		sec += (u + k) / 100
	}
	return
}

func procPSS(pids []string) (mb float64) {
	for _, p := range pids {
		b, _ := os.ReadFile("/proc/" + p + "/smaps_rollup")
		for _, l := range strings.Split(string(b), "\n") {
			if strings.HasPrefix(l, "Pss:") {
				v, _ := strconv.ParseFloat(strings.Fields(l)[1], 64)
				mb += v / 1024
			}
		}
	}
	return
}

func procIO(pids []string) (v [4]float64) { // rchar wchar syscr syscw
	for _, p := range pids {
		b, _ := os.ReadFile("/proc/" + p + "/io")
		for i, l := range strings.Split(string(b), "\n") {
			if f := strings.Fields(l); i < 4 && len(f) == 2 {
				x, _ := strconv.ParseFloat(f[1], 64)
				v[i] += x
			}
		}
	}
	return
}

func busyAll() float64 { // user+nice+system+irq+softirq+steal of the whole machine, s
	b, _ := os.ReadFile("/proc/stat")
	f := strings.Fields(strings.SplitN(string(b), "\n", 2)[0])
	var s float64
	for i, x := range f[1:9] {
		if i != 3 && i != 4 {
			v, _ := strconv.ParseFloat(x, 64)
			s += v / 100
		}
	}
	return s
}

func pct(v []float64, p float64) float64 {
	if len(v) == 0 {
		return -1
	}
	sort.Float64s(v)
	return v[min(len(v)-1, int(p*float64(len(v))))]
}

func main() {
	addr := flag.String("addr", "127.0.0.1:9001", "comma-separated server addresses; sessions go round-robin")
	path := flag.String("path", "/ws", "")
	n := flag.Int("n", 10, "sessions")
	cycles := flag.Int("cycles", 4, "measured 8-s windows")
	warm := flag.Int("warm", 3, "warm-up seconds after the last session has started")
	pid := flag.String("pid", "", "server pids, comma-separated")
	tag := flag.String("tag", "", "label")
	parley := flag.Bool("parley", false, "Parley's own protocol instead of raw frames")
	flag.Parse()
	runtime.GOMAXPROCS(2)
	pids := strings.Split(*pid, ",")
	addrs := strings.Split(*addr, ",")
	rng := rand.New(rand.NewSource(42))
	speech := make([][]byte, 16)
	for i := range speech {
		p := make([]byte, 640)
		for j := 0; j < 320; j++ {
			binary.LittleEndian.PutUint16(p[2*j:], uint16(int16(rng.Intn(16001)-8000)))
		}
		speech[i] = message(p, *parley)
	}
	silence := message(make([]byte, 640), *parley)

	mem0 := procPSS(pids)
	ss := make([]*session, *n)
	conns := make([]net.Conn, *n)
	for i := range ss {
		c, e := net.Dial("tcp", addrs[i%len(addrs)])
		if e != nil {
			panic(e)
		}
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n", *path, addrs[i%len(addrs)], origin(addrs[i%len(addrs)]))
		br := bufio.NewReaderSize(c, 8192)
		st, _ := br.ReadString('\n')
		if !strings.Contains(st, "101") {
			panic("no upgrade: " + st)
		}
		for {
			l, _ := br.ReadString('\n')
			if l == "\r\n" || l == "" {
				break
			}
		}
		ss[i], conns[i] = &session{parley: *parley}, c
		if *parley {
			c.Write(sessionStart())
		}
		go ss[i].reader(c, br)
		time.Sleep(20 * time.Millisecond) // gentle connect ramp
	}
	time.Sleep(1500 * time.Millisecond)
	base := time.Now().Add(200 * time.Millisecond)
	cyc := cycleChunks * chunkMs * time.Millisecond
	mFrom := base.Add(cyc + time.Duration(*warm)*time.Second)
	mTo := mFrom.Add(time.Duration(*cycles) * cyc)
	var wg sync.WaitGroup
	for i := range ss { // turn starts spread evenly over the 8-s cycle, plus random phase within 20 ms
		off := time.Duration(i)*cyc/time.Duration(*n) + time.Duration(rng.Intn(20000))*time.Microsecond
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			ss[i].run(conns[i], base.Add(off), speech, silence, mFrom, mTo)
		}(i)
	}
	self := []string{strconv.Itoa(os.Getpid())}
	time.Sleep(time.Until(mFrom))
	io0, sio0 := procIO(self), procIO(pids)
	c0, k0, b0, t0 := procCPU(pids), procCPU(self), busyAll(), time.Now()
	time.Sleep(time.Until(mTo))
	c1, k1, b1, t1 := procCPU(pids), procCPU(self), busyAll(), time.Now()
	mem1 := procPSS(pids)
	io1, sio1 := procIO(self), procIO(pids)
	dead := 0 // checked at the end of the window: a dead session makes CPU/session meaningless
	for _, s := range ss {
		s.mu.Lock()
		if s.err != nil {
			dead++
		}
		s.mu.Unlock()
	}
	time.Sleep(cyc + cyc/16) // let the last measured turns finish
	var add, late, gaps, dur []float64
	ok, bad, early := 0, 0, 0
	for _, s := range ss {
		s.mu.Lock()
		all := append(append([]*turn{}, s.done...), s.cur)
		for _, t := range all {
			if !t.measure {
				continue
			}
			if t.early {
				early++
			}
			if t.early || t.bytes < wantBytes {
				bad++
				continue
			}
			ok++
			add = append(add, float64(t.first.Sub(t.eos))/1e6-stubMs)
			gaps = append(gaps, float64(t.maxGap)/1e6)
			dur = append(dur, t.last.Sub(t.first).Seconds())
		}
		late = append(late, s.lateMs...)
		s.mu.Unlock()
	}
	w := t1.Sub(t0).Seconds()
	missing := *n**cycles - ok - bad
	if dead > 0 || missing != 0 {
		*tag += " INVALID"
	}
	cpu := (c1 - c0) / w
	per := cpu / float64(*n)
	fmt.Printf("%s n=%d turns ok=%d bad=%d early=%d missing=%d dead=%d | added ms p50=%.1f p90=%.1f p99=%.1f max=%.1f | gap p99=%.0f ms audio-out %.2f s | "+
		"server cpu=%.3f cores, %.5f cpu-s/session-s => %.1f sessions/core | client cpu=%.3f late p99=%.1f ms | other cpu=%.2f | pss %.0f -> %.0f MB, %.2f MB/session\n",
		*tag, *n, ok, bad, early, missing, dead, pct(add, .5), pct(add, .9), pct(add, .99), pct(add, 1), pct(gaps, .99), pct(dur, .5), cpu, per, 1/per,
		(k1-k0)/w, pct(late, .99), (b1-b0)/w-cpu-(k1-k0)/w, mem0, mem1, (mem1-mem0)/float64(*n))
	// offered load, from the kernel's own counters: expected client write = n*50*648 B/s, read = n*18.75*964 B/s
	fmt.Printf("   io B/s per session: client wrote %.0f (expect 32400) in %.1f writes/s (expect 50), read %.0f (expect 18075) | server read %.0f, wrote %.0f\n",
		(io1[1]-io0[1])/w/float64(*n), (io1[3]-io0[3])/w/float64(*n), (io1[0]-io0[0])/w/float64(*n), (sio1[0]-sio0[0])/w/float64(*n), (sio1[1]-sio0[1])/w/float64(*n))
}
