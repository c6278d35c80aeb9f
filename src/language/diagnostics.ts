import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem } from "./check.ts";
import type { Stretch } from "./document.ts";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = {
  deprecated: [DiagnosticTag.Deprecated],
  unnecessary: [DiagnosticTag.Unnecessary],
} as const;

/** A problem as LSP tells it. */
export function diagnosticOf(problem: Problem, text: TextDocument, uri: string): Diagnostic {
  const { code, severity, message, tag, related } = problem;
  return {
    range: rangeOf(problem, text),
    severity: severities[severity],
    source: "Delve Doctor",
    code,
    message,
    ...(tag !== undefined && { tags: [...tags[tag]] }),
    ...(related.length > 0 && {
      relatedInformation: related.map((other) => ({
        location: { uri, range: rangeOf(other, text) },
        message: other.message,
      })),
    }),
  };
}

/** A stretch in LSP's lines and characters. */
export function rangeOf({ start, end }: Stretch, text: TextDocument): Diagnostic["range"] {
  return { start: text.positionAt(start), end: text.positionAt(end) };
}
