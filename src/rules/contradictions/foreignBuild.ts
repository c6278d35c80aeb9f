import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText, startsDlv } from "../../core/starts.ts";
import { sample } from "../paths/samples.ts";

/** What Delve has no debugger for (pkg/proc/native of Delve 1.27.1). */
const never = {
  GOOS: [
    "aix",
    "android",
    "dragonfly",
    "illumos",
    "ios",
    "js",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
  ],
  GOARCH: ["arm", "mips", "mips64", "mips64le", "mipsle", "ppc64", "s390x", "wasm"],
};

const systems = { linux: "linux", osx: "darwin", windows: "windows" };

/** A GOOS or GOARCH for which the program is built and where it cannot be debugged. */
export const foreignBuild = rule({
  code: "DLV219",
  id: "foreign-build",
  title: say`The program is built for another system`,
  severity: "error",
  of: "configuration",
  prevents: ["goos-goarch-leak"],
  about: {
    what: '`GOOS` and `GOARCH` in `env` hold for Delve\'s own build as well: the whole compile goes well, and then the program cannot be run here: `not an executable file`, or `exec format error`. Of some systems and processors, such as js/wasm or 32 bit arm, there is no Delve at all. Another system than the one at hand is a warning, because the file may be for colleagues there: a block `"windows": { "env": … }` says so.',
    wrong: sample({ env: { GOOS: "js", GOARCH: "wasm" } }),
    right: sample({}),
    sources: ["https://github.com/go-delve/delve/tree/v1.27.1/pkg/proc/native", "golang/vscode-go#2588"],
  },
  *check(view, { platform }) {
    if (!buildsProgram(view)) return;
    const here = systems[platform];
    const os = envText(view, "GOOS");
    for (const name of ["GOOS", "GOARCH"] as const) {
      const value = envText(view, name);
      if (value === undefined || !never[name].includes(value)) continue;
      yield {
        at: ["env", name],
        message: say`There is no Delve for ${name}=${value}: the program is built, and cannot be debugged.`,
        remedies: [{ title: say`Remove ${name}`, edits: [{ at: ["env", name] }] }],
      };
    }
    const elsewhere = !startsDlv(view) || view.config["delveDoctor"] !== undefined;
    if (!os || never.GOOS.includes(os) || elsewhere || os === here) return;
    yield {
      at: ["env", "GOOS"],
      severity: "warning",
      message: say`The program is built for ${os}, and this is ${here}, where it cannot be run.`,
      remedies: [{ title: say`Remove GOOS`, edits: [{ at: ["env", "GOOS"] }] }],
    };
  },
});
