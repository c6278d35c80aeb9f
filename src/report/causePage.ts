import type { Cause } from "../core/cause.ts";
import { link } from "./link.ts";

const proofs = {
  real: "Proven by making the fault with real parts in this project's tests.",
  recorded:
    "Tested on recorded or documented output: the real thing cannot run where the tests run. The report says so, and never calls it proven.",
} as const;

/** One cause as a page of Markdown: docs/causes/ID.md and `delve-doctor causes ID`. */
export function causePage({ id, title, about }: Cause): string {
  const sources = about.sources.map((source) => `- ${link(source)}`);
  return `# ${title}

\`${id}\`

${about.what.trim()}

## What looks like it

${about.notThis.trim()}

## How it is tested

${proofs[about.seen]}

## Sources

${sources.join("\n")}
`;
}
