/** A source as Markdown: "owner/repo#12 Some title" links to its thread; an URL to itself; a file name stays as it is. */
export function link(source: string): string {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)/.exec(source) ?? [];
  if (repository !== undefined) return `[${source}](https://github.com/${repository}/issues/${number})`;
  return source.startsWith("https://") ? `<${source}>` : source;
}
