import { probe } from "../core/probe.ts";

/** For which processor the programs of a launch are made on this Mac. */
export interface MacProcessor {
  /** Apple silicon, whatever a translated process is told. */
  readonly appleSilicon: boolean;
  /** The process that asks is itself translated, and so is what the editor or the command line starts. */
  readonly translated: boolean;
  /** As file(1) names them, such as "x86_64" or "arm64"; absent where there is no such program. */
  readonly dlv?: string;
  readonly go?: string;
}

/** Undefined where this is no Mac. A program that holds both kinds says both. */
export const macProcessor = probe<MacProcessor | undefined>({
  id: "mac-processor",
  args: (launch) => [launch.dlv],
  sh: `
[ "$(uname -s)" = Darwin ] || exit 0
echo darwin
printf 'silicon %s\\ntranslated %s\\n' "$(sysctl -n hw.optional.arm64 2>/dev/null)" "$(sysctl -n sysctl.proc_translated 2>/dev/null)"
kind() {
  at=$(PATH=$LAUNCH_PATH command -v "$2") && [ -f "$at" ] || return 0
  printf '%s %s\\n' "$1" "$(file -bL "$at" | tr '\\n' ' ')"
}
kind dlv "$1"
kind go go
exit 0
`,
  read({ stdout }): MacProcessor | undefined {
    if (!/^darwin$/m.test(stdout)) return undefined;
    const kind = (of: string) => {
      const said = new RegExp(`^${of} (.*)$`, "m").exec(stdout)?.[1] ?? "";
      return [...new Set(said.match(/x86_64|arm64/g) ?? [])].join("+") || undefined;
    };
    const [dlv, go] = [kind("dlv"), kind("go")];
    return {
      appleSilicon: /^silicon 1$/m.test(stdout),
      translated: /^translated 1$/m.test(stdout),
      ...(dlv !== undefined && { dlv }),
      ...(go !== undefined && { go }),
    };
  },
});
