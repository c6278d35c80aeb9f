import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { causes } from "../src/causes/index.ts";
import type { Cause } from "../src/core/cause.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const src = join(root, "src");

/** The plan of docs/architecture.md: which rooms a room may import from. */
const plan: Readonly<Record<string, readonly string[]>> = {
  core: [],
  probes: ["core"],
  causes: ["core", "probes"],
  hosts: ["core"],
  examine: ["core"],
  config: ["core"],
  fixes: ["core", "hosts", "config"],
  report: ["core"],
  proxy: ["core"],
  rules: ["core"],
  language: ["core", "rules", "config", "fixes", "hosts"],
  agent: ["core", "rules", "config", "fixes", "report", "language"],
  fast: ["core", "proxy"],
  session: ["core", "examine", "proxy", "fast"],
  remote: ["core", "hosts", "proxy"],
  selftest: ["core", "probes", "causes", "hosts", "examine", "fixes", "report", "proxy", "session", "remote"],
  cli: [
    "core",
    "causes",
    "hosts",
    "examine",
    "config",
    "fixes",
    "report",
    "proxy",
    "fast",
    "session",
    "remote",
    "selftest",
    "rules",
    "language",
    "agent",
  ],
  extension: [
    "core",
    "causes",
    "hosts",
    "examine",
    "config",
    "fixes",
    "report",
    "proxy",
    "fast",
    "session",
    "remote",
    "selftest",
    "rules",
    "language",
    "agent",
  ],
};

/** Rooms that run without Node, so that any shell can use them. */
const pure = ["core", "probes", "causes", "rules"];

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : path.endsWith(".ts") ? [path] : [];
  });
}

/** Product code: tests beside it may reach into the lab. */
const product = files(src).filter((path) => !/\.(test|real|large)\.ts$/.test(path));

/** The files that hold a cause, by name. */
const causeFiles = new Map(
  product
    .filter((path) => roomOf(path) === "causes" && /=\s*cause\(/.test(readFileSync(path, "utf8")))
    .map((path) => [basename(path, ".ts"), path] as const),
);

function imports(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return Array.from(
    text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm),
    (match) => String(match[1] ?? match[2]),
  );
}

function target(path: string, specifier: string): string {
  return normalize(join(dirname(path), specifier));
}

function roomOf(path: string): string {
  return relative(src, path).split(sep)[0] ?? "";
}

describe("the house", () => {
  it("has the rooms of the plan and no others", () => {
    const rooms = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(rooms.map((room) => room.name).sort(), Object.keys(plan).sort());
  });

  it("imports only in the plan's directions", () => {
    const wrong = product.flatMap((path) =>
      imports(path)
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => target(path, specifier))
        // It is in no room: the version of the whole is in it.
        .filter((to) => to !== join(root, "package.json"))
        .filter((to) => roomOf(to) !== roomOf(path) && !plan[roomOf(path)]?.includes(roomOf(to)))
        .map((to) => `${relative(root, path)} -> ${relative(root, to)}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("imports only files that exist", () => {
    const missing = product.flatMap((path) =>
      imports(path)
        .filter((specifier) => specifier.startsWith(".") && !existsSync(target(path, specifier)))
        .map((specifier) => `${relative(root, path)}: ${specifier}`),
    );
    assert.deepEqual(missing, []);
  });

  it("knows vscode only in src/extension", () => {
    const leaks = product.filter((path) => roomOf(path) !== "extension" && imports(path).includes("vscode"));
    assert.deepEqual(leaks, []);
  });

  it("keeps Node and packages out of the pure rooms", () => {
    const leaks = product
      .filter((path) => pure.includes(roomOf(path)))
      .flatMap((path) => imports(path).filter((specifier) => !specifier.startsWith(".")));
    assert.deepEqual(leaks, []);
  });

  it("has no import cycle, types included", () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path))
        cycles.push([...trail.slice(trail.indexOf(path)), path].map((p) => relative(src, p)).join(" -> "));
      if (done.has(path) || trail.includes(path)) return;
      for (const specifier of imports(path).filter((one) => one.startsWith(".")))
        visit(target(path, specifier), [...trail, path]);
      done.add(path);
    };
    for (const path of product) visit(path, []);
    assert.deepEqual(cycles, []);
  });

  it("lists every cause file, and each under the id that its name says", () => {
    assert.deepEqual(causes.map(fileName).sort(), [...causeFiles.keys()].sort());
    assert.equal(new Set(causes.map((one) => one.id)).size, causes.length, "two causes share an id");
  });

  it("has a small test and a real test beside every cause", () => {
    const lacking = causes
      .map((one) => causeFiles.get(fileName(one)) ?? "")
      .flatMap((path) => [path.replace(/ts$/, "test.ts"), path.replace(/ts$/, "real.ts")])
      .filter((path) => !existsSync(path));
    assert.deepEqual(lacking, []);
  });

  it("uses every probe", () => {
    const text = product.map((path) => readFileSync(path, "utf8")).join("\n");
    const unused = readdirSync(join(src, "probes"))
      .filter((name) => name.endsWith(".ts") && !name.includes(".test.") && !name.includes(".real."))
      .filter((name) => !text.includes(`probes/${name}"`) && !text.includes(`"./${name}"`));
    assert.deepEqual(unused, []);
  });
});

/** "module-download-blocked" lives in moduleDownloadBlocked.ts. */
function fileName({ id }: Cause): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
