import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem } from "./check.ts";
import type { Client } from "./client.ts";
import type { Stretch } from "./document.ts";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary } as const;

/** A problem as LSP tells it, with what this client understands of it. */
export function diagnosticOf(problem: Problem, text: TextDocument, client: Client): Diagnostic {
  const { code, severity, message, tag, related } = problem;
  return {
    range: rangeOf(problem, text),
    severity: severities[severity],
    source: "Delve Doctor",
    code,
    message,
    ...(client.explain !== undefined &&
      client.codeDescription && { codeDescription: { href: client.explain.replaceAll("{code}", code) } }),
    ...(tag !== undefined && client.tags.includes(tags[tag]) && { tags: [tags[tag]] }),
    ...(client.relatedInformation &&
      related.length > 0 && {
        relatedInformation: related.map((other) => ({
          location: { uri: text.uri, range: rangeOf(other, text) },
          message: other.message,
        })),
      }),
  };
}

/** A stretch in LSP's lines and characters. */
export function rangeOf({ start, end }: Stretch, text: TextDocument): Diagnostic["range"] {
  return { start: text.positionAt(start), end: text.positionAt(end) };
}
