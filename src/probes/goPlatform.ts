import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { type SetBy, setBy, whyNot } from "./goProxy.ts";

/** What go builds for where dlv runs it, what this machine is, and who says so (go env: GOOS, GOARCH, GOHOSTOS, GOHOSTARCH). */
export interface GoPlatform {
  readonly os: string;
  readonly arch: string;
  readonly hostOs: string;
  readonly hostArch: string;
  readonly osSetBy: SetBy;
  readonly archSetBy: SetBy;
  /** The names of those two that the file of `go env -w` sets, whoever wins. */
  readonly inFile: readonly string[];
}

/** Asks go with the launch's environment, without switching toolchains. */
export const goPlatform = probe<GoPlatform>({
  id: "go-platform",
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
PATH=$LAUNCH_PATH GOTOOLCHAIN=local
export PATH GOTOOLCHAIN
all=$(go env GOOS GOARCH GOHOSTOS GOHOSTARCH) || exit 70
set -- $all
printf 'os %s\\narch %s\\nhostOs %s\\nhostArch %s\\n' "$@"
[ -n "\${GOOS:-}" ] && echo 'env GOOS'
[ -n "\${GOARCH:-}" ] && echo 'env GOARCH'
PATH=$PATH:/usr/bin:/bin
file=$(go env GOENV)
[ -f "$file" ] && sed -nE 's/^(GOOS|GOARCH)=.+/file \\1/p' "$file"
exit 0
`,
  read({ code, stdout, stderr }, launch) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const lines = stdout.split("\n");
    const after = (key: string) =>
      lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? "";
    const inFile = ["GOOS", "GOARCH"].filter((name) => lines.includes(`file ${name}`));
    const by = (name: string) => setBy(launch, name, lines.includes(`env ${name}`), inFile.includes(name));
    return {
      os: after("os"),
      arch: after("arch"),
      hostOs: after("hostOs"),
      hostArch: after("hostArch"),
      osSetBy: by("GOOS"),
      archSetBy: by("GOARCH"),
      inFile,
    };
  },
});
