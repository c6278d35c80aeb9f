import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { blackHole } from "../test/lab/blackHole.ts";
import { makeFolder } from "../test/lab/module.ts";
import { moduleProxy } from "../test/lab/moduleProxy.ts";

/** A copy of examples/stalled-launch with all that its story needs, so that the checkout stays as it is. */
export interface Sample {
  /** The copy, whose launch.json names a silent module proxy. */
  folder: string;
  /** A temporary folder around it. */
  temporary: string;
  /** The machine as the story has it: its own GOPROXY works, and only launch.json says otherwise. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export async function openSample(): Promise<Sample> {
  const temporary = makeFolder({});
  const silent = await blackHole();
  const working = await moduleProxy();
  const folder = join(temporary.folder, "stalled-launch");
  cpSync(join(import.meta.dirname, "..", "examples", "stalled-launch"), folder, { recursive: true });
  const file = join(folder, ".vscode", "launch.json");
  writeFileSync(file, readFileSync(file, "utf8").replace(/http:\/\/127\.0\.0\.1:\d+/, silent.url));
  return {
    folder,
    temporary: temporary.folder,
    env: {
      GOENV: "off",
      GOFLAGS: "",
      GOTOOLCHAIN: "local",
      GOPROXY: working.url,
      // Empty, so that go fetches the module; the build cache is the user's own, so that the standard library is not
      // compiled again.
      GOMODCACHE: join(temporary.folder, "modules"),
    },
    async close() {
      await silent.close();
      await working.close();
      temporary.remove();
    },
  };
}
