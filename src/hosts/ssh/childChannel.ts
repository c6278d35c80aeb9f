import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Duplex } from "node:stream";
import { say } from "../../core/say.ts";
import type { Channel, Ending } from "../channel.ts";

/** A program that a connection has started here. */
export type Child = ChildProcessWithoutNullStreams;

/** All programs that a connection has started here. */
export interface Children {
  /** `alone`: in a process group of its own, so that its end takes along what it has started itself. */
  start(argv: readonly string[], alone?: boolean): Child;
  /** Ends one, politely at first, and resolves when it is gone. */
  end(child: Child): Promise<void>;
  /** Kills all of them. */
  killAll(): Promise<void>;
}

/** Keeps account of what is started, with `env` as its environment. */
export function children(env: Readonly<Record<string, string | undefined>>): Children {
  const running = new Map<Child, { readonly gone: Promise<void>; readonly alone: boolean }>();
  const kill = (child: Child, signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(running.get(child)?.alone ? -child.pid : child.pid, signal);
    } catch {
      // It ended on its own.
    }
  };
  const end = async (child: Child): Promise<void> => {
    const known = running.get(child);
    if (known === undefined) return;
    kill(child, "SIGTERM");
    const stubborn = setTimeout(() => kill(child, "SIGKILL"), 3000);
    await known.gone;
    clearTimeout(stubborn);
  };
  return {
    start([file = "", ...args], alone = false) {
      const detached = alone && process.platform !== "win32";
      const child = spawn(file, args, { env: { ...env }, stdio: ["pipe", "pipe", "pipe"], detached });
      child.stdin.on("error", () => {});
      const gone = new Promise<void>((resolve) => {
        const over = (): void => {
          running.delete(child);
          resolve();
        };
        child.on("error", over);
        child.on("exit", over);
      });
      running.set(child, { gone, alone: detached });
      return child;
    },
    end,
    async killAll() {
      for (const child of running.keys()) kill(child, "SIGKILL");
      await Promise.all([...running.values()].map(({ gone }) => gone));
    },
  };
}

/** A program here whose streams are those of one there. ssh's own 255 means that the connection failed. */
export function asChannel(child: Child): Channel {
  const ended = new Promise<Ending>((resolve) => {
    child.on("error", (error) => resolve({ code: null, because: error.message }));
    child.on("close", (code, signal) => {
      if (code === null) resolve({ code, because: say`ssh was ended by ${signal ?? say`a signal`}` });
      else if (code === 255) resolve({ code: null, because: say`the connection or the channel was lost` });
      else resolve({ code });
    });
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    close() {
      // An ssh that goes through another one may miss a SIGTERM, and has nothing to put in order.
      child.kill("SIGKILL");
      child.stdout.resume();
      child.stderr.resume();
    },
  };
}

/** The two streams of a program as one; its end ends the program. */
export function asStream(child: Child): Duplex {
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  stream.on("error", () => {});
  stream.on("close", () => child.kill("SIGKILL"));
  return stream;
}
