import { commands, type Disposable, EventEmitter, type TreeItem, window } from "vscode";
import type { Editor } from "./editor.ts";

/** What package.json shows the view by. */
const used = "delveDoctor.goIsUsed";

/** Shows the view "Delve Launches": from now on in this window, Go is used in it. */
export function showHistoryView(): void {
  void commands.executeCommand("setContext", used, true);
}

/** The view of the workspace's last launches. Its rows are made by historyRows.ts, which is loaded when it is first open. */
export function makeHistoryView({ history }: Pick<Editor, "history">): Disposable[] {
  if (history.all().length > 0) showHistoryView();
  const changed = new EventEmitter<undefined>();
  const view = window.createTreeView<TreeItem>("delveDoctor.history", {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (row) => row,
      async getChildren(row) {
        const { rowsOf, shiftOfLast } = await import("./historyRows.ts");
        if (row === undefined) view.message = shiftOfLast(history.all()) ?? "";
        return rowsOf(history.all(), row);
      },
    },
  });
  return [view, changed, history.onChanged(() => changed.fire(undefined))];
}
