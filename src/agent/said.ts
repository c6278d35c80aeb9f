import type { Report } from "../report/report.ts";
import { reportText } from "../report/text.ts";
import type { Said } from "./answer.ts";
import type { FolderChecked } from "./checkFolder.ts";

/** Where an answer is read, which says how a person applies a fix there. */
export type Reader = "terminal" | "editor";

const apply: Readonly<Record<Reader, string>> = {
  terminal:
    "No tool applies a fix. A person does, in a terminal in the folder: delve-doctor fix ID --preview shows what it changes, delve-doctor fix ID applies it, delve-doctor fix --undo takes it back.",
  editor:
    "No tool applies a fix. A person does, in VS Code: Delve Doctor: Apply Fix… shows what a fix changes and then applies it, Delve Doctor: Undo Last Fix takes it back.",
};

const mend: Readonly<Record<Reader, string>> = {
  terminal:
    "Nothing was changed. delve-doctor check --fix makes the fixes that change nothing that works; the edits of the others are in the structured answer.",
  editor:
    "Nothing was changed. Each problem has its fixes as quick fixes in the editor; their edits are in the structured answer.",
};

/** What is said of a report: `previews` are the diffs and commands of its fixes by id, made for whoever may read them. */
export function saidOfReport(report: Report, previews: ReadonlyMap<string, string>, reader: Reader): Said {
  const fixes = report.findings.some((finding) => finding.fixes.length > 0);
  return {
    json: report,
    small: { ...report, launch: { ...report.launch, config: {} } },
    text: reportText(report, { color: false, width: 100, previews }),
    next: fixes ? apply[reader] : "There is no fix to apply.",
  };
}

/** What is said of a folder's files. */
export function saidOfCheck({ checked, text }: FolderChecked, reader: Reader): Said {
  return {
    json: checked,
    small: {
      ...checked,
      problems: checked.problems.slice(0, 20).map((one) => ({ ...one, fixes: [], related: [] })),
    },
    text,
    next: checked.problems.length > 0 ? mend[reader] : "There is nothing to mend.",
  };
}
