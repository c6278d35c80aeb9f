import { type ConfigurationScope, ConfigurationTarget, type WorkspaceFolder, workspace } from "vscode";

/** proxy: we sit between VS Code and dlv. observe: we only listen. off: we do nothing. */
export type Mode = "proxy" | "observe" | "off";

/** The settings `delveDoctor.*` as they hold for one folder. */
export interface Settings {
  readonly mode: Mode;
  /** Names of configurations that are left alone. */
  readonly skipConfigurations: readonly string[];
  /** Stands in for the usual time of every phase, in ms; undefined where the usual times are learned. */
  readonly stallAfter: number | undefined;
  /** Ids of causes that are not to be told. */
  readonly ignoredCauses: readonly string[];
  readonly notifyOnStall: boolean;
  /** Whether the binary of the last launch is lent to the next one, and built again after a save. */
  readonly fastLaunch: "off" | "reuse" | "ahead";
  /** How often a silent connection to somebody else's dlv is kept alive, in ms; 0 is never, undefined the usual. */
  readonly keepAliveMs: number | undefined;
}

/** Reads the settings for a folder. A value of a wrong type counts as not set. */
export function settingsFor(scope: ConfigurationScope | undefined): Settings {
  const all = workspace.getConfiguration("delveDoctor", scope);
  const mode = all.get<unknown>("mode");
  const seconds = all.get<unknown>("stallAfterSeconds");
  const keepAlive = all.get<unknown>("keepAliveSeconds");
  const fastLaunch = all.get<unknown>("fastLaunch");
  return {
    mode: mode === "off" || mode === "observe" ? mode : "proxy",
    skipConfigurations: texts(all.get<unknown>("skipConfigurations")),
    stallAfter: typeof seconds === "number" && seconds > 0 ? seconds * 1000 : undefined,
    ignoredCauses: texts(all.get<unknown>("ignoredCauses")),
    notifyOnStall: all.get<unknown>("notifyOnStall") !== false,
    fastLaunch: fastLaunch === "off" || fastLaunch === "ahead" ? fastLaunch : "reuse",
    keepAliveMs: typeof keepAlive === "number" && keepAlive >= 0 ? keepAlive * 1000 : undefined,
  };
}

/** Whether the files that configure launches shall be checked there. */
export function checksIn(scope: ConfigurationScope): boolean {
  const all = workspace.getConfiguration("delveDoctor", scope);
  return all.get<unknown>("check.enable") !== false && settingsFor(scope).mode !== "off";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** Sets one of our settings for a folder, or for the user where none is given. */
export async function setFor(
  folder: WorkspaceFolder | undefined,
  key: Exclude<keyof Settings, "stallAfter" | "keepAliveMs">,
  value: unknown,
): Promise<void> {
  const several = (workspace.workspaceFolders?.length ?? 0) > 1;
  const inWorkspace = several ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
  const target = folder === undefined ? ConfigurationTarget.Global : inWorkspace;
  await workspace.getConfiguration("delveDoctor", folder).update(key, value, target);
}
