import { probe } from "../core/probe.ts";

/** What came of a connection from 127.0.0.1 to a listener of our own there. */
export interface Loopback {
  /** perl or python3, whichever this host has. */
  readonly by: string;
  /** Where it ended: made, or refused by bind(2) or connect(2), or neither answered nor refused. */
  readonly outcome: "connected" | "bind" | "connect" | "silence";
  /** errno's text, where there was one. */
  readonly error: string;
  /** How long connect(2) took, in ms. */
  readonly ms: number;
}

/** How long (ms) a connection within one machine may be without an answer before it counts as filtered. */
const patienceMs = 3000;

/**
 * Connects to a throw-away listener of its own on 127.0.0.1, at a port that the kernel picks: nobody else's port is
 * touched. Undefined where neither perl nor python3 can.
 */
export const loopback = probe({
  id: "loopback",
  args: () => [String(patienceMs / 1000)],
  sh: `
by_perl() {
  perl -MSocket -MIO::Socket::INET -MIO::Select -MTime::HiRes=time -e '
    my $l = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1", LocalPort => 0) or do { print "perl bind 0 $!\\n"; exit };
    my $c = IO::Socket::INET->new(Proto => "tcp", Blocking => 0) or die;
    my $t = time;
    connect($c, pack_sockaddr_in($l->sockport, inet_aton("127.0.0.1"))) or $!{EINPROGRESS} or do { print "perl connect 0 $!\\n"; exit };
    my $answered = IO::Select->new($c)->can_write($ARGV[0]);
    my $ms = int((time() - $t) * 1000);
    $! = $answered ? unpack("i", getsockopt($c, SOL_SOCKET, SO_ERROR)) : 0;
    print $answered ? $! ? "perl connect $ms $!\\n" : "perl connected $ms \\n" : "perl silence $ms \\n";' "$1"
}
by_python() {
  python3 -c '
import socket, sys, time
try:
    s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(1)
except OSError as e:
    print("python3 bind 0", e.strerror); sys.exit()
t = time.time()
def done(what, why=""): print("python3", what, int((time.time() - t) * 1000), why); sys.exit()
try:
    socket.create_connection(s.getsockname(), float(sys.argv[1]))
except socket.timeout: done("silence")
except OSError as e: done("connect", e.strerror)
done("connected")' "$1"
}
# A perl without its modules (Debian's perl-base) cannot.
by_perl "$1" 2>/dev/null || by_python "$1" 2>/dev/null
exit 0
`,
  read({ stdout }): Loopback | undefined {
    const [, by, outcome, ms, error = ""] =
      /^(perl|python3) (connected|bind|connect|silence) (\d+) ?(.*)$/m.exec(stdout) ?? [];
    if (by === undefined) return undefined;
    return { by, outcome: outcome as Loopback["outcome"], ms: Number(ms), error: error.trim() };
  },
});
