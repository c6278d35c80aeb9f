import { type Planned, planned } from "../core/launch.ts";
import { say } from "../core/say.ts";
import { noTimeline } from "../core/timeline.ts";
import { askOne } from "../examine/ask.ts";
import { yamaScope } from "../probes/yamaScope.ts";
import type { Place } from "../remote/place.ts";
import { attempt, writeAttempt } from "./attempt.ts";
import { type Book, type Listener, openBook } from "./book.ts";
import { notReached, provenBy, tryStop, writeLaunch } from "./debugged.ts";
import { launchOne } from "./launchOne.ts";
import { lines } from "./program.ts";
import { makeScratch } from "./scratch.ts";
import type { SelfTest } from "./steps.ts";
import { type Around, buildAgain, findDlv, findGo } from "./tools.ts";
import { startWaiting } from "./waiting.ts";

/** How long (ms) a launch may take whose build may compile the standard library, and an attach. */
const launchMs = 180_000;
const attachMs = 30_000;

/** Where and with what it is tried, and who hears of it. */
export interface SelfTestOptions extends Listener {
  readonly place: Place;
  /** The dlv to run: a path, or a name that PATH decides. */
  readonly dlv: string;
  /** What is added to the environment of dlv and go. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it within a second. What was not tried by then says so. */
  readonly signal: AbortSignal;
}

/** One self-test while it goes on. */
interface Running extends Pick<SelfTestOptions, "place" | "signal"> {
  readonly book: Book;
  readonly around: Around;
  /** The launch of the module's program with more attributes. */
  readonly plan: (more: Readonly<Record<string, unknown>>) => Planned;
}

/**
 * Debugs a small program of its own on a host, and says which parts of the launch path work there; whatever fails is examined
 * as a launch is. Nothing stays on the host. Rejects with one line where the host gives no folder to work in.
 */
export async function selfTest(options: SelfTestOptions): Promise<SelfTest> {
  const { place, signal, dlv } = options;
  const book = openBook(place.host, options);
  book.begins("go");
  const scratch = await makeScratch(place.host, signal);
  const { folder } = scratch;
  // A workspace of the person's, named in the environment, does not hold this module.
  const env = { ...options.env, GOWORK: "off" };
  const common = { name: "selftest", type: "go", request: "launch", program: folder, __buildDir: folder };
  const running: Running = {
    place,
    signal,
    book,
    around: { host: place.host, folder, env, signal },
    plan: (more) => planned({ ...common, env, dlvToolPath: dlv, ...more }, folder),
  };
  try {
    await tryLaunch(running, dlv);
    await tryBuildAndAttach(running);
    await tryTest(running);
  } finally {
    if (signal.aborted)
      book.skips(
        book.open().filter((id) => id !== "clean"),
        say`it was cancelled`,
      );
    // Not even a signal or a failure of ours leaves a folder.
    writeLeft(book, await attempt(scratch.remove));
  }
  return book.close();
}

/** The tools, and a launch to its breakpoint and to its end. */
async function tryLaunch({ place, signal, book, around, plan }: Running, dlv: string): Promise<void> {
  const go = await attempt(() => findGo(around));
  const works = "value" in go;
  if (works) writeAttempt(book, "go", go);
  book.begins("dlv");
  const delve = await attempt(() => findDlv(around, dlv));
  if (works && "value" in delve) writeAttempt(book, "dlv", delve);
  if (signal.aborted) return;
  book.begins("listen");
  const file = `${around.folder}/main.go`;
  const launched = await launchOne({
    place,
    signal,
    planned: plan({ mode: "debug" }),
    file,
    line: lines.stop,
    limitMs: launchMs,
    reached: (phase) => book.begins(provenBy[phase]),
  });
  try {
    if (signal.aborted) return;
    // What is missing is told with the causes that the launch has shown.
    const report = launched.missed?.report;
    if (!book.worked("go")) writeAttempt(book, "go", go, report);
    if (!book.worked("dlv")) writeAttempt(book, "dlv", delve, report);
    writeLaunch(book, launched);
    await tryStop(book, launched, signal);
  } finally {
    await launched.end();
  }
}

/** The same build once more, and an attach to the program that it has made. */
async function tryBuildAndAttach({ place, signal, book, around, plan }: Running): Promise<void> {
  if (signal.aborted) return;
  if (!book.worked("build")) return book.skips(["cache", "attach"], notReached());
  book.begins("cache");
  const built = await attempt(() => buildAgain(around));
  if (signal.aborted) return;
  if ("because" in built) {
    book.fails("cache", built.because, { ms: built.ms });
    return book.skips(["attach"], notReached());
  }
  const { compiled, program } = built.value;
  if (compiled.length === 0)
    book.works("cache", { ms: built.ms, detail: say`the second build compiles nothing` });
  else book.fails("cache", compiledAgain(compiled), { ms: built.ms });

  if (!book.worked("start")) return book.skips(["attach"], notReached());
  book.begins("attach");
  const since = performance.now();
  const started = await attempt(() => startWaiting(place, program, around));
  if ("because" in started) return book.fails("attach", started.because, { ms: started.ms });
  const waiting = started.value;
  try {
    const wanted = plan({ request: "attach", mode: "local", processId: waiting.pid });
    const [scope, launched] = await Promise.all([
      askOne(place.host, { ...wanted, timeline: noTimeline }, yamaScope),
      launchOne({
        place,
        signal,
        planned: wanted,
        file: `${around.folder}/main.go`,
        line: lines.wait,
        limitMs: attachMs,
      }),
    ]);
    const seen = { ms: performance.now() - since, detail: yamaWords(scope) };
    await launched.end();
    if (signal.aborted) return;
    const { missed } = launched;
    if (missed === undefined) book.works("attach", seen);
    else book.fails("attach", missed.because, seen, missed.report);
  } finally {
    await waiting.stop();
  }
}

/** A test of the module, stopped within. */
async function tryTest({ place, signal, book, around, plan }: Running): Promise<void> {
  if (signal.aborted) return;
  if (!book.worked("build")) return book.skips(["test"], notReached());
  book.begins("test");
  const since = performance.now();
  const launched = await launchOne({
    place,
    signal,
    planned: plan({ mode: "test" }),
    file: `${around.folder}/main_test.go`,
    line: lines.test,
    limitMs: launchMs,
  });
  const ms = performance.now() - since;
  await launched.end();
  if (signal.aborted) return;
  const { missed } = launched;
  if (missed === undefined) book.works("test", { ms });
  else book.fails("test", missed.because, { ms }, missed.report);
}

function writeLeft(book: Book, left: Awaited<ReturnType<typeof attempt<readonly string[]>>>): void {
  const { ms } = left;
  if ("because" in left) book.fails("clean", left.because, { ms });
  else if (left.value.length > 0) book.fails("clean", say`there was left: ${left.value.join(", ")}`, { ms });
  else book.works("clean", { ms });
}

function compiledAgain([first = "", ...others]: readonly string[]): string {
  if (others.length === 0) return say`the second build compiles ${first} again`;
  return say`the second build compiles ${others.length + 1} packages again, such as ${first}`;
}

/** What kernel.yama.ptrace_scope allows (Documentation/admin-guide/LSM/Yama.rst). */
function yamaWords(scope: number | undefined): string {
  switch (scope) {
    case undefined:
      return say`this kernel has no Yama`;
    case 0:
      return say`ptrace_scope 0: any process of the same user`;
    case 1:
      return say`ptrace_scope 1: only what dlv itself has started`;
    case 2:
      return say`ptrace_scope 2: only for root`;
    default:
      return say`ptrace_scope 3: nobody until the next boot`;
  }
}
