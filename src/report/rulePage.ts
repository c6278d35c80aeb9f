import type { Rule } from "../core/rule.ts";
import { link } from "./link.ts";

/** What is told of a rule. */
export type Described = Pick<Rule, "code" | "id" | "title" | "severity" | "of" | "prevents" | "about">;

/** The comment that ignores a rule, in the marks of the files it looks at. */
const ignored = {
  jsonc: (code: string) => `// delve-doctor-ignore ${code}`,
  yaml: (code: string) => `# delve-doctor-ignore ${code}`,
} as const;

/**
 * One rule as a page of Markdown: docs/rules/CODE.md, where it links to the pages of causes. Where it stands `alone`, as in
 * a log for code scanning or in an editor, causes have no pages that a link could lead to.
 */
export function rulePage(rule: Described, alone?: "alone"): string {
  const { code, id, title, severity, of, prevents, about } = rule;
  const language = of === "compose" || of === "pod" ? "yaml" : "jsonc";
  const sample = (text: string) => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
  const causes = prevents.map((cause) => (alone ? `- \`${cause}\`` : `- [${cause}](../causes/${cause}.md)`));
  const sources = about.sources.map((source) => `- ${link(source)}`);
  return `# ${title}

\`${code}\` \`${id}\` (${severity})

${about.what.trim()}

## What it complains of

${sample(about.wrong)}

## The same without the fault

${sample(about.right)}
${section("What a launch is spared", causes)}${section("How to ignore it", [
  "Write this on the line itself, or on a line of its own above it:",
  "",
  sample(ignored[language](code)),
])}${section("Sources", sources)}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length > 0 ? `\n## ${title}\n\n${lines.join("\n")}\n` : "";
}
