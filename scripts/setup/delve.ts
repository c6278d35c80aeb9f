import { join } from "node:path";
import { needGo, needToolchain } from "./go.ts";
import { part } from "./part.ts";
import { run, step } from "./run.ts";

/** The Delve that every test uses unless the version is what it is about. */
const newestDelve = "v1.27.1";

/** A Delve too old for Go 1.23 and newer, and a Go of its time to build it with. */
export const oldDelve = { version: "v1.22.1", go: "go1.22.12" } as const;

/** A Delve that supports Go 1.26, built with a Go before 1.25: it refuses the DWARF 5 that Go 1.25 and newer write. */
export const delveFromOlderGo = { version: "v1.26.3", go: "go1.24.13" } as const;

/**
 * The path of `dlv` of this version, built with this version of Go (such as "go1.24.13"; without one, with
 * whatever `needGo` finds).
 */
export async function needDelve(version: string = newestDelve, goVersion?: string): Promise<string> {
  const go = goVersion === undefined ? await needGo() : await needToolchain(goVersion);
  const env = { GOTOOLCHAIN: "local", GOFLAGS: "-v=false", GOWORK: "off" };
  const builtWith = (await run([go, "env", "GOVERSION"], { env })).trim();
  const folder = await part(`dlv-${version}-${builtWith}`, (building) =>
    step(`Building dlv ${version} with ${builtWith}`, async () => {
      await run([go, "install", `github.com/go-delve/delve/cmd/dlv@${version}`], {
        cwd: building,
        // Without cgo the binary is static: it needs no C compiler, and runs in a container that holds nothing else.
        env: { ...env, CGO_ENABLED: "0", GOBIN: join(building, "bin"), GOOS: "linux" },
      });
    }),
  );
  return join(folder, "bin", "dlv");
}

/** A dlv for another processor than this machine's, for an emulator to run, and the name that qemu has for it. */
export async function needForeignDelve(): Promise<{ readonly dlv: string; readonly cpu: string }> {
  const [arch, cpu] = process.arch === "x64" ? ["arm64", "aarch64"] : ["amd64", "x86_64"];
  const go = await needGo();
  const folder = await part(`dlv-${newestDelve}-${arch}`, (building) =>
    step(`Building dlv ${newestDelve} for ${arch}`, async () => {
      const env = { GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" };
      const goPath = join(building, "gopath");
      // go install takes no GOBIN for another processor: the program comes to lie in GOPATH/bin/linux_ARCH.
      const cache = (await run([go, "env", "GOMODCACHE"])).trim();
      await run([go, "install", `github.com/go-delve/delve/cmd/dlv@${newestDelve}`], {
        cwd: building,
        env: { ...env, GOOS: "linux", GOARCH: arch, GOPATH: goPath, GOMODCACHE: cache },
      });
    }),
  );
  return { dlv: join(folder, "gopath", "bin", `linux_${arch}`, "dlv"), cpu };
}
