import { causes } from "../../src/causes/index.ts";
import type { EditorState } from "../../src/core/editor.ts";
import { planned } from "../../src/core/launch.ts";
import { noTimeline } from "../../src/core/timeline.ts";
import { examine } from "../../src/examine/examine.ts";
import { localHost } from "../../src/hosts/local.ts";
import type { Judged } from "./score.ts";

/** What an editor with a healthy Go extension did before a launch: nothing that took time. */
export function editorDid(more: Partial<EditorState> = {}): EditorState {
  const go = { state: "active", id: "golang.go", version: "0.58.0" } as const;
  return { ms: 0, tasks: [], go, breakpoints: [], ...more };
}

/** Examines a launch that an editor has begun and that has come to no dlv, with every cause. */
export async function examineBegun(
  config: Readonly<Record<string, unknown>>,
  folder: string,
  editor: EditorState,
): Promise<Judged> {
  const began = performance.now();
  const launch = { ...planned(config, folder), editor, timeline: noTimeline };
  const verdicts = await examine(localHost, launch, causes);
  return { verdicts, namedMs: performance.now() - began };
}
