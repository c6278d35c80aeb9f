import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonPath } from "../../src/core/fix.ts";

/** Where a file of the corpus comes from. `file` is its name in test/corpus/files. */
export interface CorpusSource {
  readonly file: string;
  readonly repo: string;
  readonly commit: string;
  readonly path: string;
  readonly licence: string;
  /** What was taken out of the text. Not there: the text is as its authors left it. */
  readonly changed?: string;
}

/** A file of the corpus: its absolute path, where its launch section stands ([] is the whole file), and its text. */
export interface CorpusFile {
  readonly file: string;
  readonly under: JsonPath;
  readonly text: string;
  readonly source: CorpusSource;
}

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the texts. */
export const corpusFolder = join(here, "files");

/** Files that VS Code's parser finds fault with, and the fault. */
export const broken: Readonly<Record<string, string>> = {
  "github__github-mcp-server.launch.json": "a bare word stands among the configurations",
};

/** All of the corpus, in the order of sources.json. A byte order mark is still in the text. */
export function corpus(): readonly CorpusFile[] {
  const sources: readonly CorpusSource[] = JSON.parse(readFileSync(join(here, "sources.json"), "utf8"));
  return sources.map((source) => {
    const file = join(corpusFolder, source.file);
    const under = file.endsWith(".code-workspace") ? ["launch"] : [];
    return { file, under, text: readFileSync(file, "utf8"), source };
  });
}
