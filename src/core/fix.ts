/** A place inside a JSON value: keys and array indices from the outside in. */
export type JsonPath = readonly (string | number)[];

/** One edit of a JSON value. Without `value` the property is removed. `at` counts from the launch configuration. */
export interface JsonEdit {
  readonly at: JsonPath;
  readonly value?: unknown;
}

/**
 * What the description of a container is to say. sys-ptrace: CAP_SYS_PTRACE. no-seccomp: no seccomp profile. init: a
 * process 1 that reaps. no-probes: none of the kubelet's probes.
 */
export type ContainerChange = "sys-ptrace" | "no-seccomp" | "init" | "no-probes";

/** What a fix does. Data only: fixes/ previews, applies, verifies and undoes every kind. */
export type Action =
  | { readonly kind: "launch.json"; readonly edits: readonly JsonEdit[] }
  /** A VS Code setting by its full key. Without `value` the setting is removed. */
  | { readonly kind: "setting"; readonly key: string; readonly value?: unknown }
  /** A line that must stand in a text file; the file is made where it is missing. */
  | { readonly kind: "file"; readonly path: string; readonly line: string }
  /**
   * A devcontainer.json, compose file or pod manifest of the folder that describes the container; fixes/ finds the
   * service in it.
   */
  | { readonly kind: "file"; readonly path: string; readonly container: ContainerChange }
  /**
   * An option of OpenSSH's client for one alias, in ~/.ssh/config of the machine that the editor or the command line runs
   * on, whatever the host is.
   */
  | {
      readonly kind: "ssh-config";
      readonly alias: string;
      readonly option: string;
      readonly value: string;
    }
  /**
   * A command on the host, shown before it runs. `undo` takes it back; `needsRoot` of the fix decides whether it goes
   * through sudo in a visible terminal.
   */
  | {
      readonly kind: "command";
      readonly argv: readonly string[];
      readonly cwd?: string;
      readonly undo?: readonly string[];
    }
  /** Something only a person can do. With `run`, the command that made the container is shown with the change. */
  | { readonly kind: "advice"; readonly text: string; readonly run?: ContainerChange };

/** Where a fix acts: this launch configuration, this folder, this user, this dlv, the machine until reboot or for good. */
export type Scope = "launch" | "folder" | "user" | "dlv" | "until-reboot" | "machine";

/** A remedy as data. `id` is CAUSE/NAME. Exactly one fix of a finding is preferred. */
export interface Fix {
  readonly id: string;
  readonly title: string;
  readonly preferred: boolean;
  readonly needsRoot: boolean;
  readonly scope: Scope;
  readonly action: Action;
}

/** True when the fix can be taken back. */
export function undoable(fix: Fix): boolean {
  return fix.action.kind === "command" ? fix.action.undo !== undefined : fix.action.kind !== "advice";
}
