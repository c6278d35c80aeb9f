import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Recipe } from "./recipe.ts";

/** How long (ms) go may take to count test files; nothing is lent to a launch that would wait longer. */
const countMs = 3000;

/** Names of operating systems and processors before `_test.go` (internal/syslist of Go). */
const platforms =
  /_(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos|386|amd64|amd64p32|arm|armbe|arm64|arm64be|loong64|mips|mipsle|mips64|mips64le|mips64p32|mips64p32le|ppc|ppc64|ppc64le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm)_test\.go$/;

/**
 * True where a binary that lies at its place would not be looked at, or would be looked at as a source: `go test -c` leaves
 * what is there where no test file is left (cmd/go/internal/test/test.go), and `//go:embed *` takes it for an embedded file.
 */
export async function isHazardous(recipe: Recipe): Promise<boolean> {
  const [tests, embeds] = await Promise.all([hasTests(recipe), embedsBinary(recipe)]);
  return !tests || embeds;
}

async function hasTests({ countTests, dir, env, program }: Recipe): Promise<boolean> {
  if (countTests === undefined) return true;
  try {
    // To ask go takes as long as it takes to read the module: mostly one look at the files is enough. Not so where an overlay
    // may hide them, or a package is named by its import path.
    const overlaid = [...countTests, env["GOFLAGS"]].some((word) => word?.includes("-overlay"));
    const isPath = isAbsolute(program) || /^\.\.?(?:\/|$)/.test(program);
    if (!overlaid && isPath && (await hasPlainTest(resolve(dir, program)))) return true;
    const { stdout } = await promisify(execFile)("go", countTests, { cwd: dir, env, timeout: countMs });
    return /[1-9]/.test(stdout);
  } catch {
    return false;
  }
}

/**
 * True for a folder with a test file that nothing can exclude from a build: no constraint, no platform in its name, and not of
 * the package "documentation", which go/build leaves out.
 */
async function hasPlainTest(folder: string): Promise<boolean> {
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => /^[^_.].*_test\.go$/.test(name) && !platforms.test(name),
  );
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    const excluded = /^package[ \t]+documentation\b|^[ \t]*\/\/[ \t]*(?:go:build|\+build)/m;
    if (/^package[ \t]/m.test(text) && !excluded.test(text)) return true;
  }
  return false;
}

async function embedsBinary({ dir, binary }: Recipe): Promise<boolean> {
  try {
    const sources = (await readdir(dir)).filter((name) => name.endsWith(".go"));
    const texts = await Promise.all(sources.map((name) => readFile(join(dir, name), "utf8")));
    return texts.flatMap(embedPatterns).some((pattern) => matches(pattern, basename(binary)));
  } catch {
    return false;
  }
}

/** The patterns of a Go file's `//go:embed` lines (package embed), without their quotes and `all:`. */
function embedPatterns(text: string): string[] {
  return Array.from(text.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm), ([, patterns = ""]) =>
    Array.from(patterns.matchAll(/"[^"]*"|`[^`]*`|\S+/g), ([word]) =>
      word.replace(/^["`]|["`]$/g, "").replace(/^all:/, ""),
    ),
  ).flat();
}

/** As path.Match does for a name; a class of characters counts as any. "." is the whole directory. */
function matches(pattern: string, name: string): boolean {
  const words = pattern
    .replace(/\[[^\]]*\]/g, "?")
    .split("")
    .map(
      (letter) => ({ "*": "[^/]*", "?": "[^/]" })[letter] ?? letter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
    );
  return pattern === "." || new RegExp(`^${words.join("")}$`).test(name);
}
