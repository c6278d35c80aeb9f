/**
 * What is measured: the proxy in a process of its own, run as the extension runs it. The bench asks over Node's channel
 * for a port to launch a configuration through, and for the memory in use.
 */
import { join } from "node:path";
import { planned } from "../src/core/launch.ts";
import type { Sample } from "../src/core/process.ts";
import { usualOf } from "../src/core/usual.ts";
import { type Ahead, makeAhead } from "../src/fast/ahead.ts";
import { openStore, type Store } from "../src/fast/store.ts";
import { localHost } from "../src/hosts/local.ts";
import { treeSampler } from "../src/hosts/procfs.ts";
import { listen } from "../src/proxy/listen.ts";
import { openEventLog } from "../src/session/eventLog.ts";
import { openSession, type Session } from "../src/session/session.ts";
import type { Answer, Question } from "./sides.ts";

const look = treeSampler();
const spent = { sampleMs: 0, samples: 0 };
const sessions = new Set<Session>();
const answer = (message: Answer) => process.send?.(message);

process.on("message", (question: Question) => {
  if (question.ask === "memory") answer({ rssBytes: process.memoryUsage.rss() });
  else if (question.ask === "spent") answer({ cpuMs: cpuMs(), ...spent });
  else if (question.ask === "ahead") void buildAhead();
  else void serve(question);
});
// The terminal's Ctrl-C is for the bench, which then lets go of us: every dlv is ended before we are.
process.on("SIGINT", () => {});
process.on("disconnect", async () => {
  for (const session of sessions) session.close();
  await Promise.all([...sessions].map(({ done }) => done));
  process.exit(0);
});

/** Opens a port for one launch. Causes are judged only when a launch is examined, which none that is measured is. */
async function serve({ config, folder, log, fast }: Extract<Question, { ask: "port" }>): Promise<void> {
  const events = openEventLog(log);
  const listener = await listen((client) => {
    const session = openSession(client, {
      planned: planned(config, folder),
      host: localHost,
      usual: usualOf([]),
      sample: counted,
      log: events.write,
      ...(fast && { fast: lending(folder) }),
    });
    sessions.add(session);
    void session.done.then(() => {
      sessions.delete(session);
      events.close();
      listener.close();
    });
    return session;
  });
  answer({ port: listener.port });
}

let lends: { readonly store: Store; readonly ahead: Ahead } | undefined;
let heard = (_line: string) => {};

/** Keeps binaries in the bench's folder, and takes the machine for idle: the bench waits for what it asks for. */
function lending(folder: string): typeof lends & object {
  const store = openStore(join(folder, "binaries"));
  lends ??= {
    store,
    ahead: makeAhead(
      store,
      (line) => heard(line),
      async () => true,
    ),
  };
  return lends;
}

async function buildAhead(): Promise<void> {
  const began = performance.now();
  const line = new Promise<string>((resolve) => {
    heard = resolve;
  });
  lends?.ahead.saved();
  const aheadMs = (await line).startsWith("built") ? performance.now() - began : Number.NaN;
  answer({ aheadMs });
}

/** Looks at a tree as the product does, and keeps what that took. */
function counted(pid: number): Sample {
  const before = cpuMs();
  const sample = look(pid);
  spent.sampleMs += cpuMs() - before;
  spent.samples += 1;
  return sample;
}

/** The processor time of this process so far. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
