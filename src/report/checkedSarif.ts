import type { Severity } from "../core/rule.ts";
import { withoutLinks } from "../core/withoutLinks.ts";
import type { Checked, CheckedFix, CheckedProblem, Region } from "./checked.ts";
import { type Described, rulePage } from "./rulePage.ts";

/** What SARIF 2.1.0 calls our severities. */
const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** The problems as a SARIF 2.1.0 log, for code scanning. `rules` are all there are, so that a reader knows what was asked. */
export function checkedSarif(checked: Checked, rules: readonly Described[], version: string): unknown {
  const indices = new Map(rules.map(({ code }, index) => [code as string, index]));
  const notifications = checked.unread.map(({ file, message }) => ({
    level: "error",
    message: said(`${file} ${message}.`),
    locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Delve Doctor", version, rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: notifications.length === 0,
            ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
          },
        ],
        artifacts: checked.files.map(({ file }) => ({ location: artifact(file) })),
        results: checked.problems.map((problem) => resultOf(problem, indices.get(problem.code))),
      },
    ],
  };
}

/** A message of ours that holds words of others: a reader makes links of `[…](…)` (SARIF 2.1.0, 3.11.6). */
function said(text: string) {
  return { text: withoutLinks(text) };
}

function descriptor(rule: Described) {
  const { code, id, title, severity, about } = rule;
  return {
    id: code,
    name: id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: about.what.trim() },
    help: { text: about.what.trim(), markdown: rulePage(rule, "alone") },
    defaultConfiguration: { level: levels[severity] },
  };
}

function resultOf(problem: CheckedProblem, ruleIndex: number | undefined) {
  const { file, code, severity, message, related, fixes } = problem;
  const at = (region: Region) => ({
    physicalLocation: { artifactLocation: artifact(file), region: regionOf(region) },
  });
  const editable = fixes.filter(({ edits }) => edits.length > 0);
  return {
    ruleId: code,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: said(message),
    locations: [at(problem)],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, id) => ({ id, ...at(one), message: said(one.message) })),
    }),
    ...(editable.length > 0 && { fixes: editable.map((fix) => fixOf(fix, file)) }),
  };
}

function fixOf({ title, edits }: CheckedFix, file: string) {
  const replacements = edits.map((edit) => ({
    deletedRegion: regionOf(edit),
    ...(edit.newText !== "" && { insertedContent: { text: edit.newText } }),
  }));
  return {
    description: said(`${title}.`),
    artifactChanges: [{ artifactLocation: artifact(file), replacements }],
  };
}

function regionOf({ line, column, endLine, endColumn }: Region) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A file of the checkout counts from its root, wherever that is; any other is named by an URI of its own. */
function artifact(file: string) {
  const uri = encodeURI(file.replace(/\p{Cs}/gu, "\ufffd").replaceAll("\\", "/")).replace(
    /[?#]/g,
    encodeURIComponent,
  );
  if (file.startsWith("/")) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:/.test(file)) return { uri: `file:///${uri}` };
  return { uri, uriBaseId: "%SRCROOT%" };
}
