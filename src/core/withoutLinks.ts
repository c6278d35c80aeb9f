/**
 * A text that somebody else may have had a part in, for VS Code's notifications and progress: these turn `[label](target)`
 * into a link, and run a target that is a command. One blank takes the link away, and nothing that can be read.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
