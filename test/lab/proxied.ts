import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import type { Happening } from "../../src/core/event.ts";
import { proxyConnection } from "../../src/proxy/connection.ts";
import type { ProxyConnection, ProxyOptions } from "../../src/proxy/contract.ts";
import { planDlv } from "../../src/proxy/plan.ts";
import { type DapClient, dapClient, type Json, type ReverseHandler } from "../dap/client.ts";

/** A client, the proxy in front of it, and everything the proxy recorded. */
export interface Proxied {
  readonly client: DapClient;
  readonly proxy: ProxyConnection;
  readonly happenings: readonly Happening[];
  /** The happenings of one kind. */
  seen<K extends Happening["kind"]>(kind: K): Extract<Happening, { kind: K }>[];
}

/** Puts a proxy between a test's client and the dlv that a configuration asks for. */
export function proxied(
  config: Json,
  surroundings: { folder: string; dlv?: string; env?: NodeJS.ProcessEnv },
  more: Partial<ProxyOptions> = {},
  reverse: Readonly<Record<string, ReverseHandler>> = {},
): Proxied {
  const [near, far] = duplexPair();
  const happenings: Happening[] = [];
  const { folder, dlv = "dlv", env = process.env } = surroundings;
  const proxy = proxyConnection(far, {
    plan: () => planDlv(config, { folder, dlv, env }),
    record: (happening) => happenings.push(happening),
    ...more,
  });
  return {
    client: dapClient(near, reverse),
    proxy,
    happenings,
    seen: (kind) =>
      happenings.filter((one): one is Extract<Happening, { kind: typeof kind }> => one.kind === kind),
  };
}

/** Runs a piece of a test in a directory of its own, which is gone afterwards. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "delve-doctor-proxy-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until something holds, looking every 20 ms; fails with `what` after `ms`. */
export async function until(what: string, holds: () => boolean, ms = 30_000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
