import {
  type CodeAction,
  type Command,
  type Diagnostic,
  type Disposable,
  languages,
  type Uri,
  workspace,
} from "vscode";
import type { HandleDiagnosticsSignature, Middleware } from "vscode-languageclient/node";
import { type Shown, withoutDoubles } from "../language/doubles.ts";
import { rules } from "../rules/index.ts";
import { checksIn } from "./settings.ts";

/** What the server has said of a document, and which of it is shown. */
interface Told {
  readonly uri: Uri;
  readonly diagnostics: readonly Diagnostic[];
  readonly show: HandleDiagnosticsSignature;
  shown: readonly Diagnostic[];
}

const prevents = new Map<string, readonly string[]>(rules.map((rule) => [rule.code, rule.prevents]));

/**
 * Shows what the server says, but not what the findings of the last launch say as well, and nothing where a folder's
 * settings do not want it. What is hidden comes back by itself when that changes.
 */
export function showComplaints(): Disposable & { readonly middleware: Middleware } {
  const all = new Map<string, Told>();
  const again = (told: Told) => {
    const shown = shownOf(told);
    if (shown.length === told.shown.length && shown.every((one, index) => one === told.shown[index])) return;
    told.shown = shown;
    told.show(told.uri, [...shown]);
  };
  const listeners = [
    languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) {
        const told = all.get(uri.toString());
        if (told !== undefined) again(told);
      }
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("delveDoctor")) for (const told of all.values()) again(told);
    }),
  ];
  const middleware: Middleware = {
    handleDiagnostics(uri, diagnostics, show) {
      const told: Told = { uri, diagnostics, show, shown: [] };
      told.shown = shownOf(told);
      all.set(uri.toString(), told);
      show(uri, [...told.shown]);
    },
    async provideCodeActions(document, range, context, token, next) {
      const told = all.get(document.uri.toString());
      if (!checksIn(document.uri)) return [];
      const actions = (await next(document, range, context, token)) ?? [];
      return actions.filter((action) => isShown(action, told?.shown ?? []));
    },
    provideHover: (document, position, token, next) =>
      checksIn(document.uri) ? next(document, position, token) : undefined,
    provideCompletionItem: (document, position, context, token, next) =>
      checksIn(document.uri) ? next(document, position, context, token) : undefined,
  };
  return {
    middleware,
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}

function shownOf({ uri, diagnostics }: Told): readonly Diagnostic[] {
  if (!checksIn(uri)) return [];
  const findings = languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "Delve Doctor")
    .map(placeOf);
  const complaints = diagnostics.map((diagnostic) => ({ ...placeOf(diagnostic), diagnostic }));
  const kept = withoutDoubles(complaints, findings, (code) => prevents.get(code) ?? []);
  return kept.map(({ diagnostic }) => diagnostic);
}

function placeOf(diagnostic: Diagnostic): Shown {
  return { line: diagnostic.range.start.line, code: codeOf(diagnostic) };
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** An action for what is not shown is not offered either. One that is for no complaint in particular always is. */
function isShown(action: CodeAction | Command, shown: readonly Diagnostic[]): boolean {
  const diagnostics = "diagnostics" in action ? (action.diagnostics ?? []) : [];
  const same = (one: Diagnostic) =>
    shown.some((other) => codeOf(one) === codeOf(other) && one.range.isEqual(other.range));
  return diagnostics.length === 0 || diagnostics.some(same);
}
