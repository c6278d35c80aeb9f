import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type EnvLine, envLines } from "../../probes/envLines.ts";
import { goWithout } from "../../probes/goWithout.ts";
import { envRefused } from "../texts.ts";

const id = "envfile-or-env-surprise";

/** go works in the terminal and not here, because a variable of the launch says otherwise. */
export const envfileOrEnvSurprise = cause({
  id,
  title: say`A variable of dlv's environment stops go`,
  about: {
    what: "dlv, and go under it, run with the environment of the editor, then `go.toolsEnvVars`, then each `envFile`, then `env`: the later wins. An envFile that was written for the program reaches go as well: a GOFLAGS with a flag that this go does not know, a GOPATH that begins with `~` (no shell expands it there), a GOTMPDIR that does not exist, a GOCACHE that is relative. In the terminal the same command works. A test that is run by its code lens takes `go.testEnvVars` and `go.testEnvFile`, and not those of launch.json. An envFile that does not exist is told by golang.go itself, before dlv is started.",
    notThis:
      "GOROOT, GOOS, GOARCH, GOPROXY, GO111MODULE, GOWORK and a PATH without go have causes of their own. So go is run as dlv runs it and again without one variable after the other: only the one without which it works is named.",
    sources: [
      "golang/vscode-go#2128",
      "golang/vscode-go#452",
      "golang/vscode-go#2941",
      "golang/vscode-go#3358",
      "microsoft/vscode#228820",
      "microsoft/vscode-go#934",
      "microsoft/vscode-go#878",
    ],
    seen: "real",
  },
  needs: { go: goWithout, lines: envLines },
  when: (launch) => builds(launch) && envRefused.test(launch.timeline.buildError ?? ""),
  find({ go, lines }, launch) {
    const [name] = go.culprits;
    if (name === undefined) return undefined;
    const places = lines.filter((line) => line.name === name);
    const written = places.map(({ file, line }) => `${file}:${line}`).join(", ");
    const whose =
      name in launch.env ? say`the configuration's environment` : say`the environment that dlv inherits`;
    const layer = written === "" ? whose : `${whose} (${written})`;
    return {
      certainty: "proven",
      because: say`go does not work with the ${name} of ${layer}.`,
      evidence: [
        say`go list unsafe with dlv's environment: ${go.refusal}`,
        say`the same without ${name}: works`,
        ...places.map(({ file, line }) => say`${file}:${line} sets ${name}`),
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: fixes(name, places, launch),
    };
  },
});

function fixes(name: string, places: readonly EnvLine[], launch: Launch): Fix[] {
  const inLaunch = places.some(({ file }) => file.endsWith("launch.json"));
  const [place] = places.filter(({ file }) => !file.endsWith("launch.json"));
  const { env } = launch.config as { env?: unknown };
  const own = inLaunch && typeof env === "object" && env !== null && name in env;
  // `env` wins over every envFile, and go takes an empty variable for none.
  const edit = own && place === undefined ? { at: ["env", name] } : { at: ["env", name], value: "" };
  const without: Fix = {
    id: `${id}/without`,
    title: say`Launch without ${name}`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [edit] },
  };
  if (place === undefined) return [without];
  const correct: Fix = {
    id: `${id}/correct`,
    title: say`Correct ${name} in ${place.file}`,
    preferred: false,
    needsRoot: false,
    scope: "folder",
    action: {
      kind: "advice",
      text: say`${place.file}:${place.line} sets ${name}. Correct it there, or take it out, if nothing but go reads it.`,
    },
  };
  return [without, correct];
}
