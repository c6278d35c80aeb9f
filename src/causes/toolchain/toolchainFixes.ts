import type { Fix } from "../../core/fix.ts";
import { isNewerGo } from "../../core/goVersion.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { GoToolchain } from "../../probes/goToolchain.ts";
import { goLineTooNew, toolchainFailed } from "../texts.ts";

/**
 * What gets a launch past a toolchain that go wants. A toolchain line alone needs no network at all; a go line needs that
 * Go, from wherever. `remote` are the ways to a proxy that answers.
 */
export function toolchainFixes(
  cause: string,
  toolchain: GoToolchain,
  remote: readonly Fix[],
  launch: Launch,
): readonly Fix[] {
  const said = launch.timeline.buildError ?? "";
  const demanded = toolchain.goLine !== undefined && isNewerGo(toolchain.goLine, toolchain.local);
  // What is not preferred of these would send module paths to another proxy as well, which a person decides.
  const edits = remote.filter(({ action, preferred }) => preferred && action.kind === "launch.json");
  const others = remote.filter((fix) => !edits.includes(fix));
  const fixes = [
    ...releaseFix(cause, toolchain, said),
    ...(demanded ? [] : [useLocal(cause)]),
    ...(goLineTooNew.test(said) ? allow(cause, toolchain, launch) : edits),
    install(cause, toolchain),
    ...others,
  ];
  return fixes.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function useLocal(cause: string): Fix {
  return {
    ...base(cause, "use-installed-go", "launch"),
    title: say`Build with the installed Go: the toolchain line only asks for a newer one`,
    action: { kind: "launch.json", edits: [{ at: ["env", "GOTOOLCHAIN"], value: "local" }] },
  };
}

/** GOTOOLCHAIN=local forbids what auto does: to look for that Go on PATH, in the module cache and at the proxy. */
function allow(cause: string, { setBy }: GoToolchain, launch: Launch): Fix[] {
  const own = launch.env["GOTOOLCHAIN"] !== undefined;
  return [
    {
      ...base(cause, "allow-newer-go", "launch"),
      title: own
        ? say`Let this configuration use a newer Go, from PATH, the module cache or the proxy`
        : say`Let this configuration use a newer Go, though GOTOOLCHAIN=local is set (${setBy})`,
      action: { kind: "launch.json", edits: [{ at: ["env", "GOTOOLCHAIN"], value: "auto" }] },
    },
  ];
}

/** From Go 1.21 on the first release of a version is called 1.N.0, and "go 1.N" names none. */
function releaseFix(cause: string, { goLine, file }: GoToolchain, said: string): Fix[] {
  const [, version = "", why = ""] = toolchainFailed.exec(said) ?? [];
  if (!/^1\.\d+$/.test(version) || !/not available/.test(why) || version !== goLine) return [];
  const directory = file?.replace(/\/[^/]*$/, "") ?? ".";
  const kind = file?.endsWith("go.work") ? "work" : "mod";
  const edit = (to: string) => ["env", "GOTOOLCHAIN=local", "go", kind, "edit", `-go=${to}`];
  return [
    {
      ...base(cause, "name-a-release", "folder"),
      title: say`Write go ${version}.0 into ${file ?? ""}: there is no release go${version}`,
      action: { kind: "command", argv: edit(`${version}.0`), cwd: directory, undo: edit(version) },
    },
  ];
}

function install(cause: string, { goLine, toolchainLine, local }: GoToolchain): Fix {
  const newer = [goLine, toolchainLine].find((one) => one !== undefined && isNewerGo(one, local));
  const wanted = newer ?? say`that`;
  return {
    ...base(cause, "install-go", "machine"),
    title: say`Install Go ${wanted} or newer`,
    action: {
      kind: "advice",
      text: say`Install Go ${wanted} or newer (https://go.dev/dl/) and let it come first on the PATH that dlv gets, or lower the go line if the module builds with go${local}.`,
    },
  };
}

function base(cause: string, name: string, scope: Fix["scope"]) {
  return { id: `${cause}/${name}`, preferred: false, needsRoot: false, scope };
}
