import {
  CancellationError,
  CancellationTokenSource,
  type Progress,
  ProgressLocation,
  window,
  workspace,
} from "vscode";
import type { Host } from "../core/host.ts";
import { say } from "../core/say.ts";
import type { Machine } from "../hosts/machine.ts";
import { openMachine, type Spec, specOf } from "../hosts/which.ts";
import { personFor } from "./person.ts";
import { plain } from "./plain.ts";

/** How long (ms) a connection that nobody uses is kept: for the restart of a session, and for its report. */
const idleMs = 30_000;
/** How long (ms) connecting may take before it is shown. */
const shownAfterMs = 500;

type Away = Exclude<Spec, { kind: "local" }>;

/** One connection to a host, and how many use it. */
interface Shared {
  readonly opening: Promise<Machine>;
  readonly abort: () => void;
  /** The machine, once it is connected. */
  machine?: Machine;
  users: number;
  idle?: NodeJS.Timeout;
}

/** The connections of this window by the word of their host; one that is lost is not among them. */
const shared = new Map<string, Shared>();

/**
 * Connects to a host, or joins the connection that is there. `close` gives it back; the last one's closes it after a
 * while. Rejects with one line that names host and stage, or with a CancellationError where the person cancelled.
 */
export async function connect(on: string): Promise<Machine> {
  if (!workspace.isTrusted) throw new Error(say`nothing is connected to in a workspace that is not trusted`);
  const one = shared.get(on) ?? begin(on);
  one.users += 1;
  clearTimeout(one.idle);
  const machine = await one.opening;
  let used = true;
  return {
    ...machine,
    async close() {
      if (used) release(on, one);
      used = false;
    },
  };
}

/** A host by its word, as far as it is connected: it never connects by itself. Throws where the word names none. */
export function hostOn(on: string): Host {
  const { kind, name } = specAway(on);
  return {
    kind,
    name,
    run(command, limits) {
      const machine = shared.get(on)?.machine;
      if (machine === undefined) return Promise.reject(new Error(say`there is no connection to ${name} now`));
      return machine.run(command, limits);
    },
  };
}

/** Closes every connection. Never rejects. */
export async function closeConnections(): Promise<void> {
  const all = [...shared.values()];
  shared.clear();
  await Promise.all(
    all.map(async ({ abort, machine, idle }) => {
      clearTimeout(idle);
      abort();
      await machine?.close();
    }),
  );
}

function begin(on: string): Shared {
  const spec = specAway(on);
  const cancelled = new AbortController();
  const one: Shared = { opening: openShown(spec, cancelled), abort: () => cancelled.abort(), users: 0 };
  shared.set(on, one);
  const drop = () => {
    if (shared.get(on) === one) shared.delete(on);
  };
  one.opening.then((machine) => {
    one.machine = machine;
    void machine.lost.then(() => {
      drop();
      void machine.close();
    });
  }, drop);
  return one;
}

function release(on: string, one: Shared): void {
  one.users -= 1;
  if (one.users > 0) return;
  one.idle = setTimeout(() => {
    if (shared.get(on) === one) shared.delete(on);
    void one.machine?.close();
  }, idleMs).unref();
}

/** Opens a machine. What takes a moment is shown, and can be cancelled at any time. */
async function openShown(spec: Away, cancelled: AbortController): Promise<Machine> {
  const { signal } = cancelled;
  const token = new CancellationTokenSource();
  const gone = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => {
      token.cancel();
      reject(new CancellationError());
    });
  });
  const person = personFor(spec.name, token.token);
  const opening = openMachine(spec, { person, env: process.env, signal });
  const timer = setTimeout(() => void show(spec, opening, cancelled), shownAfterMs);
  try {
    return await Promise.race([opening, gone]);
  } catch (error) {
    // What comes of it after all is nobody's any more.
    opening.then(
      (machine) => machine.close(),
      () => {},
    );
    throw error;
  } finally {
    clearTimeout(timer);
    token.dispose();
  }
}

function show({ name }: Away, opening: Promise<unknown>, cancelled: AbortController): Thenable<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: plain(say`Connecting to ${name}`),
    cancellable: true,
  };
  return window.withProgress(options, async (_: Progress<unknown>, token) => {
    token.onCancellationRequested(() => cancelled.abort());
    const aborted = new Promise<void>((resolve) =>
      cancelled.signal.addEventListener("abort", () => resolve()),
    );
    await Promise.race([opening.then(nothing, nothing), aborted]);
  });
}

const nothing = () => {};

function specAway(on: string): Away {
  const spec = specOf(on);
  if (spec === undefined || spec.kind === "local") throw new Error(say`${on} names no other host`);
  return spec;
}
