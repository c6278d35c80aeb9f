import { probe } from "../core/probe.ts";

/** Who may debug on this Mac. */
export interface MacDebugging {
  /** macOS's version, such as "15.0". */
  readonly system: string;
  readonly user: string;
  /** What DevToolsSecurity says; undefined where it is not there or says something else. */
  readonly developerMode?: boolean;
  /** Whether the user is in the group _developer; undefined where that could not be told. */
  readonly developer?: boolean;
  /** Reached by ssh: nobody can answer a dialog there. */
  readonly ssh: boolean;
}

/** Reads developer mode and group; nothing is changed and no dialog comes. Undefined where this is no Mac. */
export const macDebugging = probe<MacDebugging | undefined>({
  id: "mac-debugging",
  sh: `
[ "$(uname -s)" = Darwin ] || exit 0
printf 'system %s\\nuser %s\\nssh %s\\n' "$(sw_vers -productVersion)" "$(id -un)" "\${SSH_CONNECTION:+yes}"
printf 'mode %s\\n' "$(DevToolsSecurity -status 2>&1)"
printf 'group %s\\n' "$(dseditgroup -o checkmember -m "$(id -un)" _developer 2>&1)"
`,
  read({ stdout }): MacDebugging | undefined {
    const after = (key: string) => new RegExp(`^${key} (.*)$`, "m").exec(stdout)?.[1] ?? "";
    if (after("system") === "") return undefined;
    const mode = /Developer mode is (?:already |currently )?(enabled|disabled)/.exec(after("mode"))?.[1];
    const group = /^(yes|no) /.exec(after("group"))?.[1];
    return {
      system: after("system"),
      user: after("user"),
      ssh: after("ssh") === "yes",
      ...(mode !== undefined && { developerMode: mode === "enabled" }),
      ...(group !== undefined && { developer: group === "yes" }),
    };
  },
});
