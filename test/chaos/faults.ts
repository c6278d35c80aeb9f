import { setTimeout as sleep } from "node:timers/promises";
import type { Adapter, ChaosClient } from "./adapter.ts";
import type { Lair } from "./lair.ts";
import { type Held, type Phase, phases, pidOf } from "./phases.ts";

/** A launch in a phase, and all that can be hit. */
export interface Scene {
  readonly lair: Lair;
  readonly adapter: Pick<Adapter, "pid">;
  readonly client: ChaosClient;
  readonly held: Held;
}

/** Something that happens to a launch. It resolves with what came of it for the client, in a few words. */
export interface Fault {
  readonly name: string;
  readonly phases: readonly Phase[];
  /** "listen" is an adapter that outlives its clients, "stdio" one that is its client's child. */
  readonly over: "listen" | "stdio";
  /** True where the adapter does not live on. */
  readonly endsAdapter?: boolean;
  /** Resolves once the client has what it will get; `hit` is to be called at the moment of the fault. */
  happen(scene: Scene, hit: () => void): Promise<string>;
}

/** How long (ms) a client is kept without an answer at most, before the fault counts as unanswered. */
const answerMs = 5_000;
/** How long (ms) what is stopped stands still. */
const stoppedMs = 700;

const all: readonly Phase[] = phases;
const withProgram: readonly Phase[] = ["load", "configure", "run", "stopped"];
/** While Delve loads a program it has it stopped by ptrace, so that SIGCONT means nothing. */
const parts = [
  { part: "dlv", name: "dlv", phases: all },
  { part: "go", name: "go build", phases: ["build"] },
  { part: "program", name: "the program", phases: withProgram },
] as const;

const kills = parts.map(
  ({ part, name, phases }): Fault => ({
    name: `kill -9 of ${name}`,
    phases,
    over: "listen",
    async happen(scene, hit) {
      hit();
      signalPart(scene, part, "SIGKILL");
      const said = await answer(scene);
      hit();
      return `${said}; ${await disconnects(scene.client)}`;
    },
  }),
);

const stops = parts.map(
  ({ part, name, phases }): Fault => ({
    name: `SIGSTOP of ${name}, and the client disconnects`,
    phases,
    over: "listen",
    async happen(scene, hit) {
      signalPart(scene, part, "SIGSTOP");
      hit();
      return disconnects(scene.client);
    },
  }),
);

const pauses = parts.map(
  ({ part, name, phases }): Fault => ({
    name: `SIGSTOP of ${name}, SIGCONT later`,
    // What a debugger holds is not stopped by SIGSTOP: it is told of it.
    phases: part === "program" ? [] : phases,
    over: "listen",
    async happen(scene, hit) {
      hit();
      signalPart(scene, part, "SIGSTOP");
      await sleep(stoppedMs);
      signalPart(scene, part, "SIGCONT");
      return goesOn(scene);
    },
  }),
);

/** Every fault, in the order of the table. */
export const faults: readonly Fault[] = [
  ...kills,
  ...stops,
  ...pauses,
  {
    name: "kill -9 of the adapter",
    phases: all,
    over: "listen",
    endsAdapter: true,
    async happen({ adapter, client }, hit) {
      hit();
      process.kill(adapter.pid, "SIGKILL");
      return ends(client);
    },
  },
  {
    name: "SIGTERM to the adapter",
    phases: all,
    over: "listen",
    endsAdapter: true,
    async happen({ adapter, client }, hit) {
      hit();
      process.kill(adapter.pid, "SIGTERM");
      return ends(client);
    },
  },
  {
    name: "SIGSTOP of the adapter, SIGCONT later",
    phases: all,
    over: "listen",
    async happen(scene, hit) {
      hit();
      process.kill(scene.adapter.pid, "SIGSTOP");
      await sleep(stoppedMs);
      process.kill(scene.adapter.pid, "SIGCONT");
      return goesOn(scene);
    },
  },
  {
    name: "SIGSTOP of the adapter, the client disconnects, SIGCONT later",
    phases: all,
    over: "listen",
    async happen({ adapter, client }, hit) {
      process.kill(adapter.pid, "SIGSTOP");
      const left = disconnects(client);
      await sleep(stoppedMs);
      hit();
      process.kill(adapter.pid, "SIGCONT");
      return left;
    },
  },
  {
    name: "SIGSTOP of the client, SIGCONT later",
    phases: all,
    over: "listen",
    async happen(scene, hit) {
      hit();
      scene.client.child.kill("SIGSTOP");
      await sleep(stoppedMs);
      scene.client.child.kill("SIGCONT");
      return goesOn(scene);
    },
  },
  {
    name: "the client disconnects",
    phases: all,
    over: "listen",
    async happen({ client }, hit) {
      hit();
      return disconnects(client);
    },
  },
  {
    name: "the client closes the connection",
    phases: all,
    over: "listen",
    async happen({ client }, hit) {
      hit();
      client.hangUp();
      return ends(client);
    },
  },
  {
    name: "the connection is reset",
    phases: all,
    over: "listen",
    async happen({ client }, hit) {
      hit();
      client.child.kill("SIGUSR2");
      await ends(client);
      return "the client is gone";
    },
  },
  {
    name: "kill -9 of the client",
    phases: all,
    over: "listen",
    async happen({ client }, hit) {
      hit();
      await client.end();
      return "the client is gone";
    },
  },
  {
    name: "kill -9 of the client whose child the adapter is",
    phases: all,
    over: "stdio",
    endsAdapter: true,
    async happen({ client }, hit) {
      hit();
      await client.end();
      return "the client is gone";
    },
  },
];

function signalPart({ lair }: Scene, part: "dlv" | "go" | "program", name: NodeJS.Signals): void {
  const pid = pidOf(part, lair);
  if (pid === undefined) throw new Error(`there is no ${part} to hit`);
  process.kill(pid, name);
}

/** What the client hears first of its launch's end: an answer, the session's end or the stream's. */
async function answer({ client: { dap } }: Scene): Promise<string> {
  const failed = () =>
    dap.received.find((message) => message.type === "response" && message.success === false)?.message;
  const over = () => dap.received.some((message) => message.event === "terminated");
  const closed = dap.closed.then(() => true);
  const end = performance.now() + answerMs;
  while (performance.now() < end) {
    const why = failed();
    if (why !== undefined) return `its request fails: ${why}`;
    if (over()) return "terminated";
    if (await Promise.race([closed, sleep(10, false)])) return "the stream ends";
  }
  return `no answer in ${answerMs / 1000} s`;
}

/** Leaves as VS Code does: disconnect, its answer, and then the connection is closed. */
async function disconnects(client: ChaosClient): Promise<string> {
  const { dap } = client;
  const asked = performance.now();
  const within = await dap.response(dap.send("disconnect", { terminateDebuggee: true }), answerMs).then(
    ({ success }) => `disconnect ${success === true ? "answered" : "refused"}`,
    () => (performance.now() - asked > answerMs - 1000 ? "disconnect NOT answered" : "the stream ended"),
  );
  client.hangUp();
  return within;
}

async function ends({ dap }: ChaosClient): Promise<string> {
  const closed = dap.closed.then(() => "the stream ends");
  return Promise.race([
    closed,
    sleep(answerMs, `the stream stays open for ${answerMs / 1000} s`, { ref: false }),
  ]);
}

async function goesOn({ client, held }: Scene): Promise<string> {
  await held.goOn();
  await disconnects(client);
  return "the launch goes on to its breakpoint";
}
