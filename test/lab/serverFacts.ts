import type { Client, DlvServer, DlvServers } from "../../src/probes/dlvServerFacts.ts";

/** A headless server for one client that waits for it, as the probe sees it. */
export const freshServer: DlvServer = {
  pid: 9,
  uid: 1000,
  state: "S",
  start: 77,
  argv: ["/go/bin/dlv", "exec", "./app", "--headless", "--listen=127.0.0.1:2345"],
  kind: "headless",
  port: 2345,
  here: true,
  locals: ["127.0.0.1", "10.0.0.2"],
  listens: ["127.0.0.1"],
  waiting: 0,
  clients: [],
  under: [{ pid: 10, name: "app", state: "t", traced: true }],
};

/** Another client, of an editor. */
export const otherClient: Client = {
  open: true,
  from: "127.0.0.1:50000",
  pid: 20,
  name: "node",
  ours: false,
};

/** Ourselves. */
export const ownClient: Client = { ...otherClient, from: "127.0.0.1:50001", pid: 30, ours: true };

/** The facts of a machine with these servers. */
export function serversOf(...servers: readonly Partial<DlvServer>[]): DlvServers {
  return {
    host: "127.0.0.1",
    port: 2345,
    uid: 1000,
    servers: servers.map((one) => ({ ...freshServer, ...one })),
    others: [],
  };
}

/** The attach to such a server. */
export const remoteAttach = { request: "attach", mode: "remote", port: 2345, program: undefined } as const;

/** The timeline of a launch whose first request got no answer: refused (start) or closed (handshake). */
export function lostIn(phase: "start" | "handshake", ms = 50) {
  const text =
    phase === "start" ? "no connection to Delve: nothing listens there" : "Delve closed the connection";
  return {
    totalMs: ms,
    phases: [{ name: phase, startMs: 0, ms, parts: [] }],
    outcome: "failed",
    failure: { text, phase, command: "initialize" },
  } as const;
}

/** The timeline of a launch that is still in a phase. */
export function stillIn(phase: "handshake" | "load" | "configure" | "run", ms = 12_000) {
  return { totalMs: ms, phases: [{ name: phase, startMs: 0, ms, parts: [] }], current: phase } as const;
}
