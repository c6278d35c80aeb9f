import {
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  uinteger,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Client } from "./client.ts";
import { diagnosticOf } from "./diagnostics.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Reading, Readings } from "./readings.ts";

/** How long (ms) the texts must rest before what must be looked up on the machine is looked up. */
const restMs = 150;

/** A text that is longer (UTF-16 units) is not read at every keystroke, but when it rests: YAML takes fifty times as long to read. */
const large = { json: 512 * 1024, yaml: 8 * 1024 };

/** How often what is looked up may lead to something else to look up: a task that names a file that names a folder. */
const mostRounds = 5;

/** Behind every text: its length without a copy of it. */
const farthest = { line: uinteger.MAX_VALUE, character: 0 };

/** Tells the client what is wrong, now and when the machine has been looked at. */
export interface Teller {
  /** A document was opened or changed. */
  changed(text: TextDocument): void;
  /** Something outside the documents has changed, or in one that the others depend on: nothing that is known counts. */
  outdated(): void;
  closed(uri: string): void;
  /** Looks up what was asked for since the last time; true where something is known now, which counts for all problems. */
  learn(): Promise<boolean>;
  /** The answer to a client that asks; `previous` is the id of what it has. */
  answer(uri: string, previous: string | undefined): DocumentDiagnosticReport;
  /** Nothing is told any more. */
  end(): void;
}

/** Tells by sending, or by answering a client that asks. `logged` runs a piece of work whose failure must end nothing. */
export function openTeller(
  connection: Connection,
  readings: Readings,
  knowledge: Knowledge,
  client: () => Client,
  logged: (work: () => void | Promise<void>) => void,
): Teller {
  const dirty = new Set<string>();
  let soon: NodeJS.Immediate | undefined;
  let rest: NodeJS.Timeout | undefined;
  let outdated = false;
  let learnt = false;
  let over = false;

  const diagnosticsOf = ({ problems, text }: Reading) =>
    problems.map((problem) => diagnosticOf(problem, text, client()));
  function send(reading: Reading): void {
    const { text, version } = reading;
    // A client that is gone is told nothing; the end of the connection ends the server.
    connection
      .sendDiagnostics({ uri: text.uri, version, diagnostics: diagnosticsOf(reading) })
      .catch(() => {});
  }
  function takeBack(uri: string): void {
    if (readings.drop(uri) && !client().pulls)
      connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => {});
  }
  function tell(): void {
    if (soon !== undefined) clearImmediate(soon);
    soon = undefined;
    const uris = [...dirty];
    dirty.clear();
    for (const uri of uris)
      logged(() => {
        const reading = readings.of(uri);
        // A manifest from which dlv was taken out is ours no more.
        if (reading === undefined) takeBack(uri);
        else if (!client().pulls) send(reading);
      });
  }
  function lookLater(): void {
    clearTimeout(rest);
    if (over) return;
    rest = setTimeout(() => {
      tell();
      logged(look);
    }, restMs);
  }
  async function learn(): Promise<boolean> {
    const isNew = await knowledge.settle();
    learnt ||= isNew;
    return isNew;
  }
  async function look(): Promise<void> {
    if (outdated) {
      outdated = false;
      knowledge.forget();
      learnt = true;
      // What is wanted shows in a check; it is not told, because it would take back what is true a moment later again.
      readings.want();
    }
    for (let round = 0; round < mostRounds && (await learn()) && !over; round += 1) readings.want();
    if (over || !learnt) return;
    learnt = false;
    const others = readings.again();
    if (!client().pulls) others.forEach(send);
    else if (others.length > 0) await connection.languages.diagnostics.refresh();
  }

  return {
    changed(text) {
      dirty.add(text.uri);
      // A burst of changes that came in one piece is answered once.
      const most = /\.ya?ml$/i.test(text.uri) ? large.yaml : large.json;
      if (text.offsetAt(farthest) < most) soon ??= setImmediate(tell);
      lookLater();
    },
    outdated() {
      outdated = true;
      lookLater();
    },
    closed(uri) {
      dirty.delete(uri);
      takeBack(uri);
    },
    async learn() {
      const isNew = await learn();
      if (isNew) lookLater();
      return isNew;
    },
    answer(uri, previous) {
      const reading = readings.of(uri);
      if (reading === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const { id } = reading;
      if (id === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id };
      return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: diagnosticsOf(reading) };
    },
    end() {
      over = true;
      clearTimeout(rest);
      if (soon !== undefined) clearImmediate(soon);
    },
  };
}
