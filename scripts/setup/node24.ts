import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { part } from "./part.ts";
import { run, step } from "./run.ts";

const version = "24.21.0";
/** Pinned beside Node: npm 11 runs no install script that a package.json does not list, and npm 10 runs them all. */
const npmVersion = "10.9.9";

/** A Node 24 of our own, for code-server, which accepts no other. */
export interface Node24 {
  /** Such as "24.21.0". */
  version: string;
  /** The path of the `node` program. */
  node: string;
  /** The folder that holds include/node, for native modules. */
  headers: string;
  /** A PATH on which `node` and `npm` are these. */
  path: string;
}

/** Fetches Node 24 and an npm through npm itself: Debian 12 has neither. */
export async function needNode24(): Promise<Node24> {
  const binary = `node-linux-${process.arch}`;
  const folder = await part(`node-${version}-npm-${npmVersion}`, (building) =>
    step(`Fetching Node ${version}`, async () => {
      writeFileSync(join(building, "package.json"), '{ "private": true }\n');
      const packages = [`${binary}@${version}`, `npm@${npmVersion}`];
      await run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], {
        cwd: building,
      });
    }),
  );
  const modules = join(folder, "node_modules");
  const headers = join(modules, binary);
  const bins = [join(headers, "bin"), join(modules, ".bin")];
  return {
    version,
    headers,
    node: join(headers, "bin", "node"),
    path: [...bins, process.env["PATH"] ?? "/usr/bin:/bin"].join(delimiter),
  };
}
