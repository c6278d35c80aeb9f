import { probe } from "../core/probe.ts";

/** What `go install` of the newest Delve would begin with here. */
export interface DlvInstall {
  /** The Go that would build it, such as "1.24.13", and GOTOOLCHAIN where it is set. */
  readonly go: string;
  readonly toolchain: string;
  /** The newest Delve that the module proxy names, and the Go that its go.mod asks for. */
  readonly version?: string;
  readonly wants?: string;
  /** go's own word where it could not ask, and GOPROXY without credentials. */
  readonly error?: string;
  readonly proxy: string;
}

/** What stands for go's word where it had not said anything when it was ended. */
export const noAnswer = "no answer within 7 s";

/**
 * Asks the user's own module proxy for the newest Delve, as `go install` does first of all, and only where there is no dlv
 * at all: neither the launch's nor one where go or a distribution puts programs. What go fetches for that (a few kB) goes into
 * a directory that is removed again. Undefined where there is a dlv, or no go.
 */
export const dlvInstall = probe<DlvInstall | undefined>({
  id: "dlv-install",
  limitMs: 9000,
  args: (launch) => [launch.dlv],
  sh: `
for f in "$(PATH=$LAUNCH_PATH; command -v -- "$1")" "$(PATH=$LAUNCH_PATH; command -v dlv)" "\${GOBIN:+$GOBIN/dlv}" \\
  "\${GOPATH:+\${GOPATH%%:*}/bin/dlv}" "$HOME/go/bin/dlv" /usr/local/bin/dlv /usr/bin/dlv; do
  [ -n "$f" ] && [ -e "$f" ] && exit 0
done
go=$(PATH=$LAUNCH_PATH; command -v go) || exit 0
d=$(mktemp -d) || exit 0
trap 'rm -rf "$d"' EXIT
cd "$d" || exit 0
echo "toolchain $("$go" env GOTOOLCHAIN)"
export GOTOOLCHAIN=local GOMODCACHE="$d/m" GOFLAGS=-modcacherw GOWORK=off GIT_TERMINAL_PROMPT=0
echo "go $("$go" env GOVERSION)"
echo "proxy $("$go" env GOPROXY | sed 's,://[^/@]*@,://,g')"
timeout 7 "$go" list -m -f 'newest {{.Version}} {{.GoVersion}}' github.com/go-delve/delve@latest 2>"$d/said" ||
  echo "error $(sed 's,://[^/@]*@,://,g' "$d/said" | grep . | tail -n 1)"
exit 0
`,
  read({ stdout }): DlvInstall | undefined {
    const after = (key: string) => new RegExp(`^${key} ?(.*)$`, "m").exec(stdout)?.[1]?.trim();
    const go = after("go")?.replace(/^go/, "");
    if (go === undefined) return undefined;
    const [version, wants] = (after("newest") ?? "").split(" ");
    const error = after("error");
    return {
      go,
      toolchain: after("toolchain") ?? "",
      proxy: after("proxy") ?? "",
      ...(version && { version }),
      ...(wants && { wants }),
      ...(error !== undefined && { error: error || noAnswer }),
    };
  },
});

/** True where the newest Delve cannot be installed here: nobody gives it, or this Go may not build it. */
export function cannotInstall(install: DlvInstall | undefined): install is DlvInstall {
  return install !== undefined && (install.error !== undefined || isTooOld(install));
}

/** The Go here is older than the newest Delve asks for, and may not fetch a newer one (go.dev/doc/toolchain). */
export function isTooOld({ go, wants, toolchain }: DlvInstall): boolean {
  const minor = (version: string) => Number(version.split(".")[1] ?? 0);
  if (wants === undefined || minor(go) >= minor(wants)) return false;
  return minor(go) < 21 || toolchain === "local" || toolchain === "path" || toolchain === "";
}
