import { type DebugConfiguration, workspace } from "vscode";
import { elsewhere, envElsewhere, type Folders } from "../config/elsewhere.ts";
import { withoutPlace } from "../config/placeAttribute.ts";
import { mergePlatform, platformOf } from "../config/platform.ts";
import type { Config } from "../core/config.ts";
import type { Host } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import { type PlaceAttribute, readPlace, writtenPlace } from "../core/placeAttribute.ts";
import type { Machine } from "../hosts/machine.ts";
import { type Place, placeOn } from "../remote/place.ts";
import { reachOn } from "../remote/reach.ts";
import type { SessionOptions } from "../session/session.ts";
import { connect, hostOn } from "./connections.ts";

/** The other machine that a configuration is to run on. */
export interface There {
  /** Its word, such as ssh:build7. */
  readonly on: string;
  /** It, as far as it is connected. */
  readonly host: Host;
  readonly folders: Folders;
  /** The dlv that the configuration wants there. */
  readonly dlv?: string;
}

/** A port that leads to another machine: the launch as it looks from there, or why nobody looked. */
export type BehindPort = { readonly launch: (launch: Launch) => Launch } | { readonly because: string };

/** Where a configuration wants to run; undefined for this machine. `here` is its folder. Throws one line for what is no place. */
export function thereOf(config: DebugConfiguration, here: string): There | undefined {
  return thereAt(readPlace(writtenPlace(config)), here);
}

/** The same for an attribute that is read already. */
export function thereAt(place: PlaceAttribute | undefined, here: string): There | undefined {
  if (place === undefined) return undefined;
  const { on, folder: there = here, dlv } = place;
  return { on, host: hostOn(on), folders: { here, there }, ...(dlv !== undefined && { dlv }) };
}

/**
 * A resolved configuration for dlv there. The dlv that golang.go found is this machine's; `found` is that machine's. So is
 * what golang.go added to `written`'s env.
 */
export function configThere(
  config: DebugConfiguration,
  { folders, dlv }: There,
  { found, written }: { readonly found?: string | undefined; readonly written?: Config | undefined },
): DebugConfiguration {
  const { name, type, request } = config;
  const mine = mergePlatform(written ?? config, platformOf(process.platform));
  const tools = workspace.getConfiguration("go").get<unknown>("toolsEnvVars");
  const env = envElsewhere(config["env"], mine["env"], tools);
  const own = { ...withoutPlace(config), env, dlvToolPath: dlv ?? found ?? "dlv" };
  return { ...elsewhere(own, folders), name, type, request };
}

/** What a session there needs besides a local one's options, and how it gives its connection back. */
export interface Visit {
  readonly options: Pick<SessionOptions, "host" | "sample" | "reach" | "env">;
  readonly leave: () => Promise<void>;
}

/** A session's use of a connection that is there or on its way. One that fails is the failure of the launch. */
export function visit({ host }: There, connection: Promise<Machine>): Visit {
  let place: Place | undefined;
  connection.catch(() => {});
  return {
    options: {
      host,
      env: {},
      sample: (pid) => place?.sample(pid) ?? { processes: [] },
      async reach(plan, listeners) {
        const machine = await connection;
        place = placeOn(machine);
        return reachOn(machine)(plan, listeners);
      },
    },
    async leave() {
      const machine = await connection.catch(() => undefined);
      await (place ?? machine)?.close();
    },
  };
}

/**
 * Does something for a launch with its machine connected, if it can be. Where it cannot, what is asked of it is unknown:
 * `failed` hears why.
 */
export async function whileConnected<T>(
  there: There | undefined,
  work: () => Promise<T>,
  failed: (error: unknown) => undefined,
): Promise<T> {
  const machine = there && (await connect(there.on).catch(failed));
  try {
    return await work();
  } finally {
    await machine?.close();
  }
}
