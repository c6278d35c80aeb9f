import { probe } from "../core/probe.ts";

/** The file that runs as dlv. */
export interface DlvPlace {
  /** As PATH finds it, links not followed. */
  readonly path: string;
  readonly dir: string;
  /** A script that runs dlv, not dlv. */
  readonly script: boolean;
  /** True where `go install` as this user can put another dlv in its place. */
  readonly replaceable: boolean;
}

/** Finds the launch's dlv the way execvp(3) would. Undefined where there is none. */
export const dlvPlace = probe({
  id: "dlv-place",
  args: (launch) => [launch.dlv],
  sh: `
f=$(PATH=$LAUNCH_PATH; command -v "$1") || exit 0
case $f in /*) ;; *) f=$(pwd)/$f ;; esac
echo "path $f"
[ "$(head -c 2 "$f" | tr -d '\\0')" = '#!' ] && echo script
[ -w "\${f%/*}" ] && [ ! -L "$f" ] && [ "\${f##*/}" = dlv ] && echo replaceable
exit 0
`,
  read({ stdout }): DlvPlace | undefined {
    const path = /^path (.+)$/m.exec(stdout)?.[1];
    if (path === undefined) return undefined;
    const script = /^script$/m.test(stdout);
    return {
      path,
      dir: path.slice(0, path.lastIndexOf("/")) || "/",
      script,
      // A dlv of the system's belongs to its packages, even where root may write to it.
      replaceable: /^replaceable$/m.test(stdout) && !script && !/^\/(usr\/)?s?bin\//.test(path),
    };
  },
});
