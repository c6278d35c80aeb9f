import type { Explained } from "../../core/cause.ts";
import type { Action, Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { quote } from "../../core/shell.ts";
import { spent } from "../../core/timeline.ts";
import type { Client, DlvServer } from "../../probes/dlvServerFacts.ts";

/** The phase that the launch failed in, or is in: what a server that does not answer accounts for. */
export function waitedFor({ timeline }: Launch): { readonly explains?: Explained } {
  const phase = timeline.failure?.phase ?? timeline.current;
  return phase === undefined ? {} : { explains: { phase, ms: spent(timeline, phase) } };
}

/** The phase that the launch ended in without an answer to its first request: its connection was refused or closed. */
export function unanswered({ timeline }: Launch): "start" | "handshake" | undefined {
  const { failure } = timeline;
  if (failure?.command !== "initialize") return undefined;
  return failure.phase === "start" || failure.phase === "handshake" ? failure.phase : undefined;
}

/** The server that a launch of this kind needs. */
export function wantedServer(launch: Launch): DlvServer["kind"] {
  return launch.request === "attach" && launch.mode === "remote" ? "headless" : "dap";
}

/** How a server was started: its own arguments, without the program's. */
export function startedAs({ argv }: DlvServer, more: readonly string[] = []): string {
  const [dlv = "dlv", ...rest] = argv;
  return [dlv, ...more, ...rest]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quote(word)))
    .join(" ");
}

/** The same server with another `--listen`. */
export function listeningAt(server: DlvServer, address: string): string {
  const dropped = server.argv.flatMap((word, index) => {
    const value = ["--listen", "-l"].includes(server.argv[index - 1] ?? "");
    return value || /^(--listen|-l)(=|$)/.test(word) ? [] : [word];
  });
  return startedAs({ ...server, argv: dropped }, [`--listen=${address}`]);
}

/** A client as a person finds it: its program and pid where they can be seen, else where it comes from. */
export function described({ pid, name, from }: Client): string {
  return pid === undefined ? say`a client at ${from}` : `${name ?? say`a client`} (pid ${pid})`;
}

/** A remedy for what a server does; it acts on this launch, or on the dlv that serves it. */
export function serverFix(id: string, title: string, action: Action, preferred = true): Fix {
  const scope = action.kind === "launch.json" ? "launch" : "dlv";
  return { id, title, preferred, needsRoot: false, scope, action };
}
