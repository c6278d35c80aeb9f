import { cause } from "../../core/cause.ts";
import { childrenOf, debuggeeOf, isDebugged } from "../../core/debuggee.ts";
import type { Launch } from "../../core/launch.ts";
import type { Socket } from "../../core/process.ts";
import { say } from "../../core/say.ts";
import { type RunningProgram, runningProgram } from "../../probes/runningProgram.ts";
import { testBegun } from "../texts.ts";
import { isAsleep, isFollowed, named, stdinReader, stillness, waited } from "./asleep.ts";

/** What a test's preparation waits for may well take this long (ms). */
const patienceMs = 2000;

/** Before the first test a test binary runs the init functions of all its packages, and TestMain. */
export const testmainWaits = cause({
  id: "testmain-waits",
  title: say`The test binary waits for something else before a test begins`,
  about: {
    what: "Before its first test a test binary runs the `init` functions of every package in it, and `TestMain`. Where one of them waits for a database, a container or another service, no test begins and no breakpoint in a test is reached: it looks as if the debugger hung. Delve and the program are fine. What the program waits for shows from outside: a connection that nobody answers, or a process that it has started. With `-test.v` among the arguments a test binary prints `=== RUN` as each test begins, so without that line none has begun; without `-test.v` the wait may as well be in a test.",
    notThis:
      "A program that computes, stands at a stop or reads its standard input is not this. A connection to itself (an httptest server) says nothing. A loop that tries to connect again and again leaves nothing to see between two tries, and a deadlock leaves nothing at all: pause the program and look at its goroutines.",
    sources: ["https://pkg.go.dev/testing#hdr-Main", "https://go.dev/ref/spec#Package_initialization"],
    seen: "real",
  },
  needs: { program: runningProgram },
  when: ({ request, mode, timeline }) =>
    request === "launch" &&
    mode === "test" &&
    isDebugged(timeline) &&
    timeline.current === "run" &&
    (timeline.idleMs >= patienceMs || !isFollowed(timeline)) &&
    timeline.breakpoints.some(({ verified }) => verified) &&
    !testBegun.test(timeline.printed),
  find({ program }, launch) {
    const { timeline } = launch;
    const own = debuggeeOf(timeline);
    if (program === undefined || own === undefined || !isAsleep(program)) return undefined;
    if (stdinReader(program) !== undefined) return undefined;
    const waits = waitsOf(program, launch);
    const [first] = waits;
    if (first === undefined) return undefined;
    const verbose = saysWhatRuns(launch);
    const sure = verbose && isFollowed(timeline);
    return {
      certainty: sure ? "likely" : "possible",
      because: sure
        ? say`The test binary ${named(own)} waits for ${first.what}, and no test has begun.`
        : say`The test binary ${named(own)} waits for ${first.what}.`,
      evidence: [
        ...waits.map(({ seen }) => seen),
        say`${stillness(timeline)}: all its ${program.threads.length} threads sleep`,
        begun(verbose, sure),
      ],
      ...waited(timeline),
      fixes: [
        {
          id: "testmain-waits/answer",
          title: say`Let ${first.what} answer, or give its wait a limit`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`${first.act} To see the line that waits, pause the program: the stack of its goroutine 1 leads to TestMain or to an init function. A limit on that wait (a context with a timeout) turns it into a failure that says why.`,
          },
        },
      ],
    };
  },
});

function begun(verbose: boolean, sure: boolean): string {
  if (!verbose) return say`without -test.v it does not print which test runs: the wait may be in a test`;
  return sure
    ? say`-test.v is set, and it has printed no === RUN: init or TestMain runs`
    : say`-test.v is set, and in its first ten seconds it printed no === RUN; a test may have begun since`;
}

/** -test.v by any of the names that Go's flag package takes. */
function saysWhatRuns({ config }: Launch): boolean {
  const args = config["args"];
  return Array.isArray(args) && args.some((arg) => /^--?test\.v(?:=true|=1|=test2json)?$/.test(String(arg)));
}

interface Wait {
  readonly what: string;
  readonly seen: string;
  readonly act: string;
}

/** The surest first: a connection that is not made, one that nobody answers, a socket of a daemon, a process. */
function waitsOf({ pid, sockets, unixPeers }: RunningProgram, { timeline }: Launch): Wait[] {
  const locals = new Set(sockets.map(({ local }) => local));
  const peers = sockets.filter(({ remote }) => !locals.has(remote));
  const those = (state: string) => peers.filter((one) => one.state === state && one.rxQueue === 0);
  const tcp = (words: string, act: (remote: string) => string) => (one: Socket) => ({
    what: one.remote,
    seen: say`pid ${pid}: TCP ${one.local} to ${one.remote} ${one.state}, ${words}`,
    act: act(one.remote),
  });
  return [
    ...those("SYN_SENT").map(
      tcp(
        say`nobody has answered the first packet`,
        (at) => say`Nothing answers at ${at}: is it started, and is the way open?`,
      ),
    ),
    ...those("ESTABLISHED").map(
      tcp(
        say`nothing to read`,
        (at) => say`What listens at ${at} took the connection and says nothing: look at its log.`,
      ),
    ),
    ...unixPeers.map((path) => ({
      what: say`the daemon at ${path}`,
      seen: say`pid ${pid}: connected to ${path}`,
      act: say`Ask the daemon at ${path} what it does.`,
    })),
    ...childrenOf(timeline, pid).map((child) => ({
      what: say`${named(child)}, which it started`,
      seen: say`${named(child)} runs under it, state ${child.state}`,
      act: say`Look what ${named(child)} waits for.`,
    })),
  ];
}
