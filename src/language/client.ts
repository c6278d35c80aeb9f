import type { ClientCapabilities, InitializeParams } from "vscode-languageserver/node";
import { recordOf } from "../core/json.ts";
import type { Language } from "../core/say.ts";

/** What an editor can do, and what it asked for in its initializationOptions. */
export interface Client {
  /** It checks the syntax of JSON and golang.go's schema by itself, as VS Code does. */
  readonly builtInJson: boolean;
  /** The URI of a rule's page, with {code} where the code stands. */
  readonly explain?: string;
  /** A command of the editor that shows a rule's page; its one argument is the code. */
  readonly explainCommand?: string;
  /** Programs may be run for what is written in the workspace; true where nothing is said of it. */
  readonly trusted: boolean;
  /** It asks for diagnostics, and asks again when told to. */
  readonly pulls: boolean;
  readonly codeDescription: boolean;
  readonly relatedInformation: boolean;
  readonly tags: readonly number[];
  /** It takes code actions with edits, not commands alone. */
  readonly literals: boolean;
  /** It refuses an edit of a version that it no longer has. */
  readonly versions: boolean;
  readonly annotations: boolean;
  /** It can be asked to watch files. */
  readonly watches: boolean;
  /** It can be asked for settings, and to tell when they change. */
  readonly configures: boolean;
  readonly tellsSettings: boolean;
  readonly snippets: boolean;
  /** It moves the lines of what is inserted to where it is inserted. */
  readonly adjusts: boolean;
  readonly markdown: boolean;
}

/** Reads what an editor says of itself. Whatever it does not say it cannot do; options of a wrong type are none. */
export function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const options = recordOf(initializationOptions);
  const { explain, explainCommand } = options;
  const { textDocument, workspace } = capabilities;
  const pulls = canPull(capabilities);
  const { publishDiagnostics } = textDocument ?? {};
  // LSP 3.18 says of each way by itself what is understood of a diagnostic, before it of the sent ones alone.
  const diagnostic = pulls ? { ...publishDiagnostics, ...textDocument?.diagnostic } : publishDiagnostics;
  const item = textDocument?.completion?.completionItem;
  return {
    builtInJson: options["builtInJson"] === true,
    ...(typeof explain === "string" && explain.includes("{code}") && { explain }),
    ...(typeof explainCommand === "string" && explainCommand !== "" && { explainCommand }),
    trusted: options["trusted"] !== false,
    pulls,
    codeDescription: diagnostic?.codeDescriptionSupport === true,
    relatedInformation: diagnostic?.relatedInformation === true,
    tags: diagnostic?.tagSupport?.valueSet ?? [],
    literals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versions: workspace?.workspaceEdit?.documentChanges === true,
    annotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configures: workspace?.configuration === true,
    tellsSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    snippets: item?.snippetSupport === true,
    adjusts: item?.insertTextModeSupport?.valueSet.includes(2) === true,
    markdown: (textDocument?.hover?.contentFormat ?? ["markdown"]).includes("markdown"),
  };
}

/** The language that an editor speaks, for `speak`; of a wrong shape it is none, and of a wrong type a text is left out. */
export function languageOf({ initializationOptions }: InitializeParams): Language {
  const { language } = recordOf(initializationOptions);
  return Object.fromEntries(
    Object.entries(recordOf(language)).flatMap(([english, text]) =>
      typeof text === "string" ? [[english, text]] : [],
    ),
  );
}

/**
 * Problems that need a look at the machine come late. An editor that asks but cannot be told to ask again would never see
 * them, so it is sent diagnostics like one that does not ask.
 */
function canPull({ textDocument, workspace }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true;
}
