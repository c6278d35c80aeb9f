import type { DebugConfiguration, DebugSession } from "vscode";
import type { Begun } from "./begun.ts";
import { markFindings } from "./codeActions.ts";
import { diagnoseByItself } from "./diagnose.ts";
import type { Editor } from "./editor.ts";
import { warnOfHollow } from "./hollow.ts";
import { showLanguageStatus } from "./languageStatus.ts";
import { rememberTimings } from "./memory.ts";
import { observe } from "./observe.ts";
import { showProgress } from "./progress.ts";
import type { Coming } from "./provider.ts";
import { recordLaunches } from "./record.ts";
import { closeAll, serve } from "./serve.ts";
import { showStatus } from "./status.ts";
import { warnOfStalls } from "./toast.ts";
import { watchWaiting } from "./waiting.ts";

/** What a launch needs, and what shows it. */
export interface Surfaces {
  readonly serve: (coming: Coming) => Promise<DebugConfiguration | undefined>;
  /** Follows a launch that VS Code has begun and that does not come to its debug adapter. */
  readonly wait: (begun: Begun) => void;
  readonly observe: (session: DebugSession) => ReturnType<typeof observe>;
  readonly close: () => Promise<void>;
}

/** Shows the last launch of the workspace, where there is one: before the first one of this window, nothing else is opened. */
export function showLast(editor: Editor): void {
  if (editor.history.all().length > 0) showLanguageStatus(editor);
}

/** Opens every surface, once, at the first launch or command. */
export function openSurfaces(editor: Editor): Surfaces {
  rememberTimings(editor);
  diagnoseByItself(editor);
  recordLaunches(editor);
  showLanguageStatus(editor);
  showStatus(editor);
  showProgress(editor);
  warnOfStalls(editor);
  warnOfHollow(editor);
  markFindings(editor);
  return {
    serve: (coming) => serve(editor, coming),
    wait: (begun) => watchWaiting(editor, begun),
    observe: (session) => observe(editor, session),
    close: closeAll,
  };
}
