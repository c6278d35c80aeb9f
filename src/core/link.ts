import type { Forwarder } from "./forwarder.ts";
import type { HostName } from "./host.ts";

/**
 * The connection of a launch, as facts for causes.
 *
 * Causes are pure functions of probes and of the launch, and a connection is neither: it is known to whoever owns it.
 * So its owner records what happens to it in the launch's log, and the timeline keeps what causes need (`linkOf`).
 * Two things are told apart. The *host's* connection carries commands and channels (`opened`, `refused`, `rtt`, `lost`).
 * The *stream* is the DAP connection of a session whose dlv somebody else runs (`stream`, `dropped`): it may come
 * through a tunnel of the user's own, of which only this end can be seen. Times are in ms.
 */
export type LinkHappening = { readonly kind: "link" } & (
  | ({ readonly what: "opened" } & Opened)
  | ({ readonly what: "refused" } & Refused)
  | { readonly what: "rtt"; readonly ms: number }
  | ({ readonly what: "lost" } & Lost)
  | ({ readonly what: "stream" } & Stream)
  | ({ readonly what: "dropped" } & Dropped)
);

/** A connection to a host is up, for the first time or again. */
export interface Opened {
  readonly host: HostName;
  /** The library, the system's ssh, or a command in a container. */
  readonly via: "ssh2" | "ssh" | "exec";
  /** How often this connection is kept alive; absent or 0 is never. */
  readonly keepAliveMs?: number;
  /** The ServerAliveInterval that the person's own ssh gets for this host (`ssh -G`); 0 is none. */
  readonly configuredMs?: number;
  /** This end as the host sees it, ADDRESS PORT: the first two words of $SSH_CONNECTION. */
  readonly client?: string;
}

/** The host did not open a stream to `to` (HOST:PORT or a path). `words` are its own. */
export interface Refused {
  readonly why: "prohibited" | "refused";
  readonly to: string;
  readonly words: string;
}

/** A connection that was up is gone, and nobody here closed it. */
export interface Lost {
  readonly because: string;
  /** How long nothing had come from the host. */
  readonly silentMs: number;
  /** Of that, how long nothing was sent either, keep-alives included: a silence that nobody disturbed. */
  readonly quietMs?: number;
  readonly keepAliveMs?: number;
  /** How long this machine slept in that time, so that nothing could be sent or heard. */
  readonly sleptMs?: number;
  /** silence: what was sent got no answer. closed: the other side, or this one's ssh, ended it (FIN, RST). */
  readonly how?: "silence" | "closed";
}

/** The DAP stream is up. `through` is the program on this machine that its other end belongs to. */
export interface Stream {
  readonly address: string;
  readonly through?: Forwarder;
}

/** The DAP stream ended and the client had not asked for it. */
export interface Dropped {
  /** closed: an orderly end (FIN). reset: RST. silence: nothing answers any more (ETIMEDOUT). */
  readonly how: "closed" | "reset" | "silence";
  /** The longest time up to its end in which no byte went either way. */
  readonly quietMs: number;
  /** For how long the newest bytes that were sent had got no answer; 0 where nothing was waiting for one. */
  readonly unansweredMs: number;
  /** How often it was kept alive; 0 is never. */
  readonly keepAliveMs: number;
  /** Whether the program that it came through has ended as well. */
  readonly forwarderGone?: boolean;
  readonly sleptMs?: number;
}

/** What is known of a launch's connection. `reopened`: it was lost and came back. */
export interface Link {
  readonly opened?: Opened;
  readonly rttMs?: number;
  readonly refused: readonly Refused[];
  readonly lost?: Lost;
  /** The end of the connection that was lost, as the host saw it. */
  readonly lostClient?: string;
  readonly reopened: boolean;
  readonly stream?: Stream;
  readonly dropped?: Dropped;
}

/** Adds up what happened to a connection; undefined where nothing was recorded of any. */
export function linkOf(happenings: readonly { readonly kind: string }[]): Link | undefined {
  const all = happenings.filter((one): one is LinkHappening => one.kind === "link");
  if (all.length === 0) return undefined;
  let link: Link = { refused: [], reopened: false };
  for (const one of all) {
    if (one.what === "opened") link = { ...link, opened: facts(one), reopened: link.lost !== undefined };
    else if (one.what === "refused") link = { ...link, refused: [...link.refused, facts(one)] };
    else if (one.what === "rtt") link = { ...link, rttMs: one.ms };
    else if (one.what === "stream") link = { ...link, stream: facts(one) };
    else if (one.what === "dropped") link = { ...link, dropped: facts(one) };
    else {
      const client = link.opened?.client;
      link = {
        ...link,
        lost: facts(one),
        reopened: false,
        ...(client !== undefined && { lostClient: client }),
      };
    }
  }
  return link;
}

/** A happening without what makes it one; the log's own time is kept off as well. */
function facts<T extends LinkHappening & { readonly t?: number }>(
  happening: T,
): Omit<T, "kind" | "what" | "t"> {
  const { kind: _kind, what: _what, t: _t, ...rest } = happening;
  return rest;
}
