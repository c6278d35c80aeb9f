import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type LabFolder, makeFolder } from "./module.ts";

/**
 * A folder of programs that say what a Mac's say: their recorded answers, by name, and the exit code behind a "!". It
 * tries how a probe's script reads them; it shows nothing of a Mac.
 */
export function fakeMac(answers: Readonly<Record<string, string>>): LabFolder & { readonly path: string } {
  const all = { uname: "Darwin", ...answers };
  const texts = Object.entries(all).map(([name, answer]) => {
    const [, said = "", code = "0"] = /^([\s\S]*?)(?:!(\d+))?$/.exec(answer) ?? [];
    return [name, `#!/bin/sh\ncat <<'ANSWER'\n${said}\nANSWER\nexit ${code}\n`] as const;
  });
  const lab = makeFolder(Object.fromEntries(texts));
  for (const [name] of texts) chmodSync(join(lab.folder, name), 0o755);
  return { ...lab, path: [lab.folder, process.env["PATH"] ?? ""].join(delimiter) };
}
