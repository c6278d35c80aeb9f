import { probe } from "../core/probe.ts";

/** The package that the editor runs in, and what of the machine it sees from there. */
export interface EditorSandbox {
  readonly kind: "flatpak" | "snap" | "none";
  /** The application: com.visualstudio.code, or the snap's name. */
  readonly app: string;
  /** The go of dlv's PATH and what it is a link to; undefined where that has none. */
  readonly go?: { readonly path: string; readonly real: string };
  /** What that go says when it is asked for its GOROOT and fails; asked only inside a snap. */
  readonly goFails?: string;
  /** False where there is no such process here as the one to attach to. */
  readonly seesProcess: boolean;
}

/**
 * Reads what Flatpak and snapd leave in a program's surroundings. /.flatpak-info is Flatpak's own file and cannot be
 * inherited; SNAP is a variable of snapd's, which whatever a snap starts has as well.
 */
export const editorSandbox = probe<EditorSandbox>({
  id: "editor-sandbox",
  args: (launch) => [String(launch.request === "attach" ? (launch.config["processId"] ?? "") : "")],
  sh: `
go=$(PATH=$LAUNCH_PATH command -v go)
case $go in /*) printf 'go %s\\nreal %s\\n' "$go" "$(readlink -f "$go")" ;; *) go= ;; esac
if [ -r /.flatpak-info ]; then printf 'flatpak %s\\n' "$(sed -n 's/^name=//p' /.flatpak-info | head -n 1)"
elif [ -n "$SNAP" ]; then
  printf 'snap %s\\n' "\${SNAP_NAME:-$SNAP}"
  if [ -n "$go" ]; then said=$(GOTOOLCHAIN=local "$go" env GOROOT 2>&1) || printf 'fails %s\\n' "$(printf '%s' "$said" | head -n 1)"; fi
fi
case $1 in '' | 0 | *[!0-9]*) ;; *) [ -d "/proc/$1" ] || echo unseen ;; esac
exit 0
`,
  read({ stdout }) {
    const after = (key: string) => new RegExp(`^${key} (.*)$`, "m").exec(stdout)?.[1];
    const [flatpak, snap, path, fails] = [after("flatpak"), after("snap"), after("go"), after("fails")];
    return {
      kind: flatpak !== undefined ? "flatpak" : snap !== undefined ? "snap" : "none",
      app: flatpak ?? snap ?? "",
      seesProcess: !/^unseen$/m.test(stdout),
      ...(path !== undefined && { go: { path, real: after("real") ?? path } }),
      ...(fails !== undefined && { goFails: fails }),
    };
  },
});
