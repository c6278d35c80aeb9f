import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Duplex } from "node:stream";
import type { Channel, Ending } from "../channel.ts";

/** Programs that a connection has started here. All of them end with it. */
export interface Children {
  start(argv: readonly string[]): ChildProcessWithoutNullStreams;
  /** Resolves when none is left. */
  end(): Promise<void>;
}

/** Keeps account of what is started, with `env` as its environment. */
export function children(env: Readonly<Record<string, string | undefined>>): Children {
  const running = new Map<ChildProcessWithoutNullStreams, Promise<void>>();
  return {
    start([file = "", ...args]) {
      const child = spawn(file, args, { env: { ...env }, stdio: ["pipe", "pipe", "pipe"] });
      child.stdin.on("error", () => {});
      const gone = new Promise<void>((resolve) => {
        child.on("error", () => resolve());
        child.on("exit", () => resolve());
      });
      running.set(
        child,
        gone.then(() => {
          running.delete(child);
        }),
      );
      return child;
    },
    async end() {
      for (const child of running.keys()) child.kill("SIGTERM");
      const stubborn = setTimeout(() => {
        for (const child of running.keys()) child.kill("SIGKILL");
      }, 3000);
      await Promise.all(running.values());
      clearTimeout(stubborn);
    },
  };
}

/** A program here whose streams are those of one there. ssh's own 255 means that the connection failed. */
export function asChannel(child: ChildProcessWithoutNullStreams): Channel {
  const ended = new Promise<Ending>((resolve) => {
    child.on("error", (error) => resolve({ code: null, because: error.message }));
    child.on("close", (code, signal) => {
      if (code === null) resolve({ code, because: `ssh was ended by ${signal ?? "a signal"}` });
      else if (code === 255) resolve({ code: null, because: "the connection or the channel was lost" });
      else resolve({ code });
    });
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    close() {
      child.kill("SIGTERM");
      child.stdout.resume();
      child.stderr.resume();
    },
  };
}

/** The two streams of a program as one; its end ends the program. */
export function asStream(child: ChildProcessWithoutNullStreams): Duplex {
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  stream.on("error", () => {});
  stream.on("close", () => child.kill("SIGTERM"));
  return stream;
}
