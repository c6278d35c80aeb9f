import type { LogOutputChannel } from "vscode";
import { withoutLinks } from "../core/withoutLinks.ts";
import { printable, printableLines } from "../report/printable.ts";

/**
 * A text for a notification, a progress or the prompt of an input box, whatever names of others it holds: VS Code makes
 * links of `[…](…)` there, which may run commands.
 */
export function plain(text: string): string {
  return printableLines(withoutLinks(text)).join("\n");
}

/** A text for a list, a status or a title, on one line: VS Code draws icons for `$(…)` there, and in some places links. */
export function plainLabel(text: string): string {
  return printable(withoutLinks(text)).replace(/\$\([\w-]+(?:~[\w-]+)?\)/g, "\\$&");
}

/** A log that nobody's text can write another line into, or a terminal's commands. A stack keeps its lines. */
export function plainLog(channel: LogOutputChannel): LogOutputChannel {
  const stackOf = (error: Error) => printableLines(error.stack ?? error.message).join("\n");
  return {
    name: channel.name,
    get logLevel() {
      return channel.logLevel;
    },
    onDidChangeLogLevel: channel.onDidChangeLogLevel,
    trace: (message, ...more) => channel.trace(printable(message), ...more),
    debug: (message, ...more) => channel.debug(printable(message), ...more),
    info: (message, ...more) => channel.info(printable(message), ...more),
    warn: (message, ...more) => channel.warn(printable(message), ...more),
    error: (message, ...more) =>
      channel.error(typeof message === "string" ? printable(message) : stackOf(message), ...more),
    append: (text) => channel.append(text),
    appendLine: (text) => channel.appendLine(text),
    replace: (text) => channel.replace(text),
    clear: () => channel.clear(),
    show: (at?: unknown, keep?: boolean) => channel.show(typeof at === "boolean" ? at : keep),
    hide: () => channel.hide(),
    dispose: () => channel.dispose(),
  };
}
