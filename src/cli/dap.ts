import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { causes } from "../causes/index.ts";
import type { Launch } from "../core/launch.ts";
import type { PhaseName } from "../core/phases.ts";
import { usualOf } from "../core/usual.ts";
import type { Fast } from "../fast/fastLaunch.ts";
import { openStore } from "../fast/store.ts";
import { listen } from "../proxy/listen.ts";
import type { Place } from "../remote/place.ts";
import { makeReport, type Report } from "../report/report.ts";
import { headline, reportText } from "../report/text.ts";
import { openSession, type Session } from "../session/session.ts";
import type { SessionState } from "../session/state.ts";
import { type Grammar, helpText, parse } from "./args.ts";
import { choiceSeen, lookBehind, nearVerdicts, thereOf } from "./behind.ts";
import { type Choice, choiceOf, choose, plan } from "./choose.ts";
import { choiceOptions, commonOptions } from "./common.ts";
import { openPlace } from "./place.ts";
import { placed } from "./placed.ts";
import { openScreen, type Screen } from "./screen.ts";
import { keepReport, openLog, rememberBuild, rememberTiming, timingsOf, withLastBuild } from "./state.ts";
import { type Status, status, usage } from "./stop.ts";

/** How long (ms) the end waits for dlv to be gone and for a report that is being made. */
const partingMs = 5000;

const { json: _, "no-color": __, ...plain } = commonOptions;
const { folder, config } = choiceOptions;

const grammar: Grammar = {
  verb: "dap",
  about:
    "A debug adapter on stdio for any DAP client: the launch goes to dlv, a stall or failure is explained.",
  options: {
    ...(folder && { folder }),
    ...(config && { config }),
    listen: {
      value: "HOST:PORT",
      help: "on a port of loopback instead, one client at a time; port 0 is any",
    },
    "stall-after": { value: "MS", help: "stands in for the usual time of every phase (default: learned)" },
    dlv: { value: "PATH", help: "the dlv to run" },
    fast: { help: "lends dlv the binary of the last launch, so that go links only what changed" },
    ...plain,
  },
};

/** `delve-doctor dap`. stdout belongs to DAP, so everything for a person goes to stderr or into the client's console. */
export async function dap(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  if (words.on("help")) {
    process.stdout.write(helpText(grammar));
    return status.fine;
  }
  const said = choiceOf(words);
  const choice = said.config === undefined ? said : await placed(said, words);
  const at = words.text("listen");
  const port = at === undefined ? undefined : portOf(at);
  const stallAfter = words.number("stall-after");
  // Without a configuration the client's own launch request says all there is to know, once dlv runs.
  const screen = openScreen({ noColor: true, json: true });
  const place = await openPlace(choice.on ?? "local", screen, new AbortController().signal);
  let planned =
    choice.config === undefined ? plan({}, choice, place.machine) : (await choose(choice, place)).planned;
  const usual = usualOf(await timingsOf(planned));
  const fast = words.on("fast") && place.machine === undefined ? { store: openStore() } : undefined;
  const open = new Set<Promise<unknown>>();
  planned = await withLastBuild(planned, place.host);
  const learn = async (launch: Launch) => {
    await rememberBuild(launch, place.host);
    planned = await withLastBuild(planned, place.host);
  };
  const serve = (client: Duplex) => {
    const { session, over } = openOne(client, {
      place,
      screen,
      choice,
      planned,
      usual,
      stallAfter,
      fast,
      learn,
    });
    const ended = over.finally(() => open.delete(ended));
    open.add(ended);
    return session;
  };
  if (port === undefined) {
    const session = serve(Duplex.from({ readable: process.stdin, writable: process.stdout }));
    onSignal(session.close);
    await session.done;
    await settled(open);
    await place.close();
    // A client that keeps our stdin open would keep this process.
    process.stdin.destroy();
    return status.fine;
  }
  const listener = await listen(serve, port);
  process.stdout.write(`DAP server listening at: 127.0.0.1:${listener.port}\n`);
  await new Promise<void>((resolve) => onSignal(resolve));
  listener.close();
  await settled(open);
  await place.close();
  return status.fine;
}

/** Waits until dlv and all it started are gone and the reports are kept, and not for ever. */
async function settled(open: ReadonlySet<Promise<unknown>>): Promise<void> {
  await Promise.race([Promise.allSettled(open), sleep(partingMs, undefined, { ref: false })]);
}

interface Serving {
  readonly place: Place;
  readonly screen: Screen;
  readonly choice: Choice;
  readonly planned: ReturnType<typeof plan>;
  readonly usual: ReturnType<typeof usualOf>;
  readonly stallAfter: number | undefined;
  readonly fast: Fast | undefined;
  /** Remembers what a launch was built from. */
  readonly learn: (launch: Launch) => Promise<void>;
}

/** A client that is served. `over` settles when it is gone, and all that was to be told and kept of it is. */
interface Served {
  readonly session: Session;
  readonly over: Promise<unknown>;
}

/** Serves one client, and tells it what a stall or a failure came from: the cause as important, the rest in the console. */
function openOne(
  client: Duplex,
  { place, screen, choice, planned, usual, stallAfter, fast, learn }: Serving,
): Served {
  const log = openLog();
  const told = new Set<PhaseName>();
  const work: Promise<unknown>[] = [];
  // Nobody can be asked here: what was said on a terminal before counts.
  const never = new AbortController().signal;
  const behinds = lookBehind(screen, never);
  const tell = async (outcome: Report["outcome"]) => {
    const launch = session.launch();
    const known = place.machine === undefined ? await behinds.find(launch, never) : undefined;
    const seen = known !== undefined && "place" in known ? known : undefined;
    const verdicts = nearVerdicts(await session.diagnose(causes, seen && thereOf(seen)), known);
    const report = makeReport(seen?.place.host ?? place.host, launch, verdicts, outcome);
    await keepReport(choiceSeen(choice, seen), report);
    if (report.findings.length === 0 && outcome === "failed") return;
    session.print("important", `${headline(report)[0]}\n`);
    session.print("console", reportText(report, { color: false, width: 100 }));
  };
  const changed = ({ stall, over, launch }: SessionState) => {
    const { timeline } = launch;
    if (stall !== undefined && !told.has(stall.phase)) {
      told.add(stall.phase);
      work.push(tell("stalled"));
    }
    if (!over) return;
    if (timeline.outcome === "failed") work.push(tell("failed"));
    if (timeline.outcome === "stopped") work.push(rememberTiming(launch), learn(launch));
  };
  const session = openSession(client, {
    ...place,
    planned,
    usual,
    progress: true,
    log: log.write,
    changed,
    ...(stallAfter !== undefined && { stallAfter }),
    ...(fast && { fast }),
  });
  const over = session.done.then(() => {
    log.close();
    return Promise.allSettled(work).finally(behinds.close);
  });
  return { session, over };
}

/** Loopback only: whoever reaches the port can run programs as this user. */
function portOf(at: string): number {
  const [, host, port] = /^(?:(.*):)?(\d{1,5})$/.exec(at) ?? [];
  if (port === undefined || Number(port) > 65_535) throw usage(`--listen ${at} is not HOST:PORT`);
  if (host !== undefined && host !== "" && host !== "127.0.0.1" && host !== "localhost")
    throw usage(`--listen ${at} is not on loopback; only 127.0.0.1 is listened on`);
  return Number(port);
}

function onSignal(end: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
}
