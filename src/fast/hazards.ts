import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { Recipe } from "./recipe.ts";

/** How long (ms) go may take to count test files; nothing is lent to a launch that would wait longer. */
const countMs = 3000;

/**
 * True where a binary that lies at its place would not be looked at, or would be looked at as a source: `go test -c` leaves
 * what is there where no test file is left (cmd/go/internal/test/test.go), and `//go:embed *` takes it for an embedded file.
 */
export async function isHazardous(recipe: Recipe): Promise<boolean> {
  const [tests, embeds] = await Promise.all([hasTests(recipe), embedsBinary(recipe)]);
  return !tests || embeds;
}

async function hasTests({ countTests, dir, env }: Recipe): Promise<boolean> {
  if (countTests === undefined) return true;
  try {
    const { stdout } = await promisify(execFile)("go", countTests, { cwd: dir, env, timeout: countMs });
    return /[1-9]/.test(stdout);
  } catch {
    return false;
  }
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
