import { randomUUID } from "node:crypto";
import { Duplex } from "node:stream";
import { say } from "../core/say.ts";
import { quote } from "../core/shell.ts";
import { type Begun, begin } from "./begin.ts";
import type { Endpoint, ForwardRefused, Transport } from "./channel.ts";

/**
 * Opens a stream to an address of the host: forwarded by the transport, or through a program on the host. `prohibited`
 * hears the host's words where its policy is why.
 */
export async function openStream(
  transport: Transport,
  to: Endpoint,
  prohibited?: (words: string) => void,
): Promise<Duplex> {
  if (transport.forward !== undefined) {
    try {
      return await transport.forward(to);
    } catch (error) {
      if (!isProhibited(error)) throw error;
      prohibited?.(error.message);
    }
  }
  return openRelay(transport, to);
}

/** True for a stream that the host's policy forbids: a relay through a channel that it allows does the same. */
function isProhibited(error: unknown): error is ForwardRefused {
  return (
    error instanceof Error && error.name === "ForwardRefused" && "why" in error && error.why === "prohibited"
  );
}

/** A port that nobody listens on. */
function refused(to: Endpoint, host: string): ForwardRefused {
  const error = new Error(say`nothing listens on ${to.host}:${to.port} on ${host}`);
  return Object.assign(error, { name: "ForwardRefused" as const, why: "refused" as const });
}

/**
 * The relay: the first program the host has that copies a TCP connection to its stdin and stdout. bash comes late, since
 * it needs two cats and its /dev/tcp may be compiled out.
 */
function relayScript(to: Endpoint, mark: string): string {
  const { port } = to;
  const host = quote(to.host);
  const bracketed = quote(to.host.includes(":") ? `[${to.host}]` : to.host);
  return `dd_main() {
dd_ready() { printf '\\n%s %s\\n' ${mark} "$1"; printf '\\n%s %s\\n' ${mark} "$1" >&2; }
if command -v socat >/dev/null; then dd_ready socat; exec socat - TCP:${bracketed}:${port}; fi
if command -v python3 >/dev/null; then dd_ready python3; exec python3 -c '${python}' ${host} ${port}; fi
if command -v perl >/dev/null && perl -MIO::Socket::INET -e1 2>/dev/null; then dd_ready perl; exec perl -MIO::Socket::INET -e '${perl}' ${host} ${port}; fi
if command -v busybox >/dev/null; then dd_ready busybox; exec busybox nc ${host} ${port}; fi
if command -v bash >/dev/null; then dd_ready bash; exec bash -c 'exec 3<>/dev/tcp/$0/$1 || exit 1; cat <&3 & cat >&3; kill $!' ${host} ${port}; fi
dd_ready none
}
dd_main
`;
}

/** Each direction has a thread or process of its own: one that waits for the other would end in a deadlock. */
const python = `
import os, socket, sys, threading
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def copy(source, sink):
    while True:
        data = os.read(source, 65536)
        if not data: os._exit(0)
        while data: data = data[os.write(sink, data):]
threading.Thread(target=copy, args=(0, s.fileno()), daemon=True).start()
copy(s.fileno(), 1)
`;

const perl = `
my $s = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Proto => "tcp") or die "$!\\n";
my $pid = fork;
my ($in, $out) = $pid ? ($s, \\*STDOUT) : (\\*STDIN, $s);
while (sysread($in, my $data, 65536)) {
  my $at = 0;
  while ($at < length $data) { $at += syswrite($out, $data, length($data) - $at, $at) // last }
}
$pid ? kill("TERM", $pid) : shutdown($s, 2);
`;

async function openRelay(transport: Transport, to: Endpoint): Promise<Duplex> {
  const mark = randomUUID();
  const begun = await begin(transport, relayScript(to, mark), mark);
  if (begun.word === "none") {
    begun.close();
    throw new Error(
      say`${transport.name} has no program that reaches a port: socat, python3, perl, busybox or bash is needed`,
    );
  }
  return duplexOf(begun, refused(to, transport.name));
}

/**
 * The two streams of a program as one, which closes when the program has ended. `failed` is its error where the program
 * fails before it said anything.
 */
function duplexOf(program: Begun, failed: Error): Duplex {
  const { stdin, stdout, stderr, ended, close } = program;
  // What the program complains of must not hold it up.
  stderr.resume();
  let silent = true;
  const stream = new Duplex({
    read: () => stdout.resume(),
    write: (chunk, _, done) => void (stdin.write(chunk) ? done() : stdin.once("drain", done)),
    final: (done) => void stdin.end(done),
    destroy(error, done) {
      close();
      done(error);
    },
  });
  stdout.on("data", (chunk: Buffer) => {
    silent = false;
    if (!stream.push(chunk)) stdout.pause();
  });
  // Whoever holds the stream hears of its end; without a listener an error would end this process.
  stream.on("error", () => {});
  // What is written now would wait for ever for a program that reads no more.
  stream.once("end", () => stream.destroy());
  void ended.then(({ code, because }) => {
    if (silent && code !== 0) stream.destroy(because === undefined ? failed : new Error(because));
    // What it said may be read to its end already.
    else if (stdout.readableEnded) stream.push(null);
    else stdout.once("end", () => stream.push(null)).resume();
  });
  stdout.pause();
  return stream;
}
