import type { Cause } from "../core/cause.ts";
import type { Rule } from "../core/rule.ts";
import { link } from "./link.ts";

const proofs = {
  real: "Proven by making the fault with real parts in this project's tests.",
  recorded:
    "Tested on recorded or documented output: the real thing cannot run where the tests run. The report says so, and never calls it proven.",
} as const;

/** One cause as a page of Markdown: docs/causes/ID.md and `delve-doctor causes ID`. It names those of `rules` that prevent it. */
export function causePage(
  { id, title, about }: Cause,
  rules: readonly Pick<Rule, "code" | "title" | "prevents">[],
): string {
  const sources = about.sources.map((source) => `- ${link(source)}`);
  const preventing = rules.filter(({ prevents }) => prevents.includes(id));
  const before = preventing.map((rule) => `- [${rule.code}](../rules/${rule.code}.md) ${rule.title}`);
  return `# ${title}

\`${id}\`

${about.what.trim()}

## What looks like it

${about.notThis.trim()}

## How it is tested

${proofs[about.seen]}
${before.length > 0 ? `\n## Told before F5, where it is written\n\n${before.join("\n")}\n` : ""}
## Sources

${sources.join("\n")}
`;
}
