import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import {
  type Connection,
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openDocument } from "../src/language/open.ts";
import { serve } from "../src/language/server.ts";
import { each, type Figure, percentile, spread } from "./figure.ts";
import type { Bench } from "./sides.ts";

const aimMs = 50;

/** What a person writes into one configuration after the other. While it is half written the text is no JSON. */
const typed = `
      "substitutePath": [{ "from": "\${workspaceFolder}", "to": "/srv/app" }],`;

/**
 * From a keystroke in a launch.json of 2,000 lines to its diagnostics, over a language server connection in this process;
 * beside it, key by key, a server that reads the same text and checks nothing, and the time until the server has taken
 * note of a key in a document that is not ours. The texts never rest, so that no look at the machine falls in between.
 */
export async function keystroke(bench: Bench, quick: boolean): Promise<Figure[]> {
  const { times, cpu, lines, problems } = await typeInto(bench, 100, quick ? 1 : 4);
  const p95 = (values: readonly number[]) => percentile(values, 0.95);
  return [
    {
      figure: "keystroke_to_diagnostics_2000_lines",
      aim: `p95_ms <= ${aimMs}`,
      met: p95(times.checked) <= aimMs,
      rounds: times.checked.length,
      lines,
      problems,
      checked_ms: spread(times.checked),
      p95_ms: p95(times.checked),
      cpu_ms: spread(cpu),
      cpu_p95_ms: p95(cpu),
      parse_only_ms: spread(times.parsed),
      parse_only_p95_ms: p95(times.parsed),
      ratio: spread(each(times.checked, times.parsed, (one, base) => one / base)),
    },
    {
      figure: "keystroke_in_a_file_not_ours",
      aim: "p95_ms <= parse_only_ms",
      met: p95(times.foreign) <= spread(times.parsed).median,
      rounds: times.foreign.length,
      noted_ms: spread(times.foreign),
      p95_ms: p95(times.foreign),
    },
  ];
}

/** Types at so many places of a launch.json with so many configurations; the times are in ms, key by key. */
export async function typeInto({ folder }: Bench, configurations: number, places: number) {
  for (let at = 0; at < 10; at += 1) {
    const service = join(folder, "cmd", `service${at}`);
    mkdirSync(service, { recursive: true });
    writeFileSync(join(service, "main.go"), "package main\n\nfunc main() {}\n");
  }
  const text = launchJson(configurations);
  const uri = pathToFileURL(`${folder}/.vscode/launch.json`).href;
  const other = pathToFileURL(`${folder}/main.go`).href;
  const [checked, parsed, foreign] = await Promise.all([
    openEditor(serve, uri, text),
    openEditor(readOnly, uri, text),
    openEditor(serve, other, text),
  ]);
  // The look at the machine that follows when a text rests; what it has found is told at every key.
  await sleep(2000);
  const problems = checked.shown();
  const times = { checked: [] as number[], parsed: [] as number[], foreign: [] as number[] };
  // What the processor did for it: on a machine with other work the time is mostly the others'.
  const cpu: number[] = [];
  for (const key of keysOf(text, places)) {
    const began = process.cpuUsage();
    times.checked.push(await checked.type(key));
    const { user, system } = process.cpuUsage(began);
    cpu.push((user + system) / 1000);
    times.parsed.push(await parsed.type(key));
    times.foreign.push(await foreign.type(key));
  }
  for (const { close } of [checked, parsed, foreign]) close();
  return { times, cpu, lines: text.split("\n").length, problems };
}

/** A key, and where it is pressed. */
interface Key {
  readonly line: number;
  readonly character: number;
  readonly sign: string;
}

/** The keys that write the text behind the first line of so many configurations, spread over the file. */
function keysOf(text: string, places: number): Key[] {
  const heads = text.split("\n").flatMap((line, at) => (/"name"/.test(line) ? [at] : []));
  return Array.from(
    { length: places },
    (_, place) => heads[Math.floor((heads.length * (place + 0.5)) / places)],
  )
    .flatMap((line) => (line === undefined ? [] : [line]))
    .reverse()
    .flatMap((line) => {
      const column = text.split("\n")[line]?.length ?? 0;
      return Array.from(typed, (sign, at) =>
        at === 0 ? { line, character: column, sign } : { line: line + 1, character: at - 1, sign },
      );
    });
}

interface Editor {
  /** Presses a key; the time (ms) until its answer has come. */
  type(key: Key): Promise<number>;
  /** How many problems it shows. */
  shown(): number;
  close(): void;
}

/** An editor that has a document open. A server that tells nothing of it is asked for actions, to know when it is through. */
async function openEditor(
  server: (connection: Connection) => void,
  uri: string,
  text: string,
): Promise<Editor> {
  const [near, far] = duplexPair();
  server(createConnection(new StreamMessageReader(far), new StreamMessageWriter(far)));
  const client = createProtocolConnection(new StreamMessageReader(near), new StreamMessageWriter(near));
  client.listen();
  await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification("initialized", {});
  let version = 1;
  const ours = uri.endsWith(".json");
  let shown = 0;
  const waiting = new Map<number | undefined, () => void>();
  client.onNotification("textDocument/publishDiagnostics", (one: PublishDiagnosticsParams) => {
    shown = one.diagnostics.length;
    waiting.get(one.version)?.();
    waiting.delete(one.version);
  });
  const told = () => new Promise<void>((resolve) => waiting.set(version, resolve));
  const opened = ours ? told() : undefined;
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "jsonc", version, text },
  });
  await opened;
  return {
    async type({ line, character, sign }) {
      version += 1;
      const at = { line, character };
      const began = performance.now();
      const answer = ours ? told() : undefined;
      await client.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: at, end: at }, text: sign }],
      });
      await (answer ?? noted(client, uri));
      return performance.now() - began;
    },
    shown: () => shown,
    close: () => client.dispose(),
  };
}

function noted(client: ProtocolConnection, uri: string): Promise<unknown> {
  const start = { line: 0, character: 0 };
  return client.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start, end: start },
    context: { diagnostics: [] },
  });
}

/** A server that reads every text as ours does, and has nothing to say of it. */
function readOnly(connection: Connection): void {
  const texts = new TextDocuments(TextDocument);
  connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
  texts.onDidChangeContent(({ document }) => {
    openDocument(document.uri, "launch", document.getText());
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: [] });
  });
  texts.listen(connection);
  connection.listen();
}

/** A launch.json with so many configurations of 20 lines, of the kinds that people have; something is wrong in a few. */
function launchJson(count: number): string {
  const configurations = Array.from({ length: count }, (_, at) => {
    const request = at % 4 === 3 ? ["attach", "remote"] : ["launch", ["debug", "test", "exec"][at % 3]];
    const place =
      request[0] === "attach"
        ? `"host": "127.0.0.1",\n      "port": ${2345 + at},\n      "showLog": false,`
        : `"program": "\${workspaceFolder}/cmd/service${at % 10}",\n      "cwd": "\${workspaceFolder}",\n      "console": "internalConsole",`;
    return `    {
      // Service ${at}: what the team starts in the morning.
      "name": "Service ${at}",
      "type": "go",
      "request": "${request[0]}",
      "mode": "${request[1]}",
      ${place}
      "stopOnEntry": false,
      "stackTraceDepth": 50,
      "showGlobalVariables": false,
      "linux": {
        "env": {
          "SERVICE_NUMBER": "${at}",
          "SERVICE_HOME": "\${workspaceFolder}/home${at}"
        }
      },
      "presentation": { "group": "services", "order": ${at} },
      "${at % 20 === 0 ? "stopOnEntri" : "backend"}": "default"
    }`;
  });
  return `{\n  "version": "0.2.0",\n  "configurations": [\n${configurations.join(",\n")}\n  ]\n}\n`;
}
