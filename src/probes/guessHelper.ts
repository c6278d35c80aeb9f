import { probe } from "../core/probe.ts";

/** What golang.go has for guessing paths: a dlv with the helper, one without it, or none. */
export interface LocalDlv {
  /** Where it is; "" where there is none. */
  readonly path: string;
  /** Such as "1.22.1"; "" for a program that says no version. */
  readonly version: string;
  readonly hasHelper: boolean;
}

/**
 * Asks dlv for the help of a command that it does not list; one that has no such command shows its general help. The
 * helper itself is not run: it would list every package of a module.
 */
export const guessHelper = probe<LocalDlv>({
  id: "guess-helper",
  sh: `
dlv=$(PATH=$LAUNCH_PATH command -v -- "$1") || exit 0
echo "path $dlv"
"$dlv" version 2>/dev/null </dev/null
"$dlv" substitute-path-guess-helper --help 2>/dev/null </dev/null
exit 0
`,
  args: ({ dlv }) => [dlv],
  read({ stdout }): LocalDlv {
    return {
      path: /^path (.*)$/m.exec(stdout)?.[1] ?? "",
      version: /^Version: v?(\S+)/m.exec(stdout)?.[1] ?? "",
      hasHelper: /^[ \t]+dlv substitute-path-guess-helper\b/m.test(stdout),
    };
  },
});
