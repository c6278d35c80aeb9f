import type { Cause } from "../core/cause.ts";

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

/** "owner/repo#12 Some title" links to its thread; an URL links to itself; a file name stays as it is. */
function link(source: string): string {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)/.exec(source) ?? [];
  if (repository !== undefined) return `[${source}](https://github.com/${repository}/issues/${number})`;
  return source.startsWith("https://") ? `<${source}>` : source;
}
