import { fileURLToPath } from "node:url";
import type { TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { rules } from "../rules/index.ts";
import { check, type Memory, type Problem } from "./check.ts";
import type { Document } from "./document.ts";
import { type Kind, kindOfText } from "./kind.ts";
import type { Knowledge } from "./knowledge.ts";
import { openDocument } from "./open.ts";

/** An open document of ours as it was last read and checked. */
export interface Reading {
  readonly text: TextDocument;
  readonly version: number;
  readonly document: Document;
  readonly problems: readonly Problem[];
  /** Another one whenever the version or the problems are others. */
  readonly id: string;
}

/** The open documents that are ours, each read once a version. */
export interface Readings {
  /** Undefined for a document that is closed or none of ours. */
  of(uri: string): Reading | undefined;
  /** What an open document is to us, without reading it. */
  kindOf(uri: string): Kind | undefined;
  /** Checks all for nothing but what they want to know of the world. */
  want(): void;
  /** Checks all again, because the world has changed; gives those of which something else is told now. */
  again(): readonly Reading[];
  /** The text of an open document by its path. */
  textOf(file: string): string | undefined;
  /** Forgets a document; true where it was ours. */
  drop(uri: string): boolean;
  problemsOf(document: Document): readonly Problem[];
}

/** Reads the open documents. With `builtInJson` the syntax of JSON is somebody else's to tell. */
export function openReadings(
  texts: TextDocuments<TextDocument>,
  knowledge: Knowledge,
  builtInJson: () => boolean,
): Readings {
  const readings = new Map<string, Reading>();
  // What is written in these decides what is known while they are checked: nothing said before counts.
  const tells = (kind: Kind) => kind === "settings" || kind === "tasks" || kind === "workspace";
  const memories = new Map<string, Memory>();
  let serial = 0;
  const keep = (text: TextDocument, document: Document, problems: readonly Problem[]): Reading => {
    serial += 1;
    const reading = { text, version: text.version, document, problems, id: String(serial) };
    readings.set(text.uri, reading);
    return reading;
  };
  const problemsOf = (document: Document) => {
    const memory = memories.get(document.file) ?? new Map();
    memories.set(document.file, memory);
    if (tells(document.kind)) memory.clear();
    const problems = check(document, rules, knowledge.worldOf(document.file), memory);
    if (!builtInJson() || document.kind === "compose" || document.kind === "pod") return problems;
    return problems.filter(({ code }) => code !== "DLV001");
  };
  function ownKind(uri: string): Kind | undefined {
    const path = pathOf(uri);
    const text = texts.get(uri);
    return path === undefined || text === undefined ? undefined : kindOfText(path, text.getText());
  }
  function of(uri: string): Reading | undefined {
    const text = texts.get(uri);
    if (text === undefined) return undefined;
    const old = readings.get(uri);
    if (old?.version === text.version) return old;
    const file = pathOf(uri);
    const kind = ownKind(uri);
    if (file === undefined || kind === undefined) return undefined;
    const document = openDocument(file, kind, text.getText());
    return keep(text, document, problemsOf(document));
  }
  return {
    of,
    kindOf: (uri) => readings.get(uri)?.document.kind ?? ownKind(uri),
    want() {
      memories.clear();
      for (const { document } of readings.values()) problemsOf(document);
    },
    again() {
      memories.clear();
      return [...readings.keys()].flatMap((uri) => {
        const old = readings.get(uri);
        const now = of(uri);
        if (now === undefined) return [];
        if (now !== old) return [now];
        const problems = problemsOf(now.document);
        const same = JSON.stringify(problems) === JSON.stringify(now.problems);
        return same ? [] : [keep(now.text, now.document, problems)];
      });
    },
    textOf(file) {
      for (const { document, text } of readings.values()) if (document.file === file) return text.getText();
      return undefined;
    },
    drop(uri) {
      const old = readings.get(uri);
      if (old !== undefined) memories.delete(old.document.file);
      return readings.delete(uri);
    },
    problemsOf,
  };
}

/** The path of a document on this machine; undefined where it is on none. VS Code gives user settings a scheme of their own. */
function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri.replace(/^vscode-userdata:\/*/, "file:///"));
  } catch {
    return undefined;
  }
}
