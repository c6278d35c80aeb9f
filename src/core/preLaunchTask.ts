/** A task as VS Code tells of it: `source` is "npm" where the task of package.json is "watch", `group` its TaskGroup's id. */
export interface NamedTask {
  readonly name: string;
  readonly source: string;
  readonly definition: { readonly type: string };
  readonly group?: { readonly id: string } | undefined;
}

/** What a task of tasks.json is called, and what it runs first. */
interface WrittenTask {
  readonly label?: unknown;
  readonly dependsOn?: unknown;
}

/**
 * Tells whether VS Code runs a task for a launch: the one that its `preLaunchTask` names, or one that this depends on by
 * tasks.json, whose tasks are `written`. Whatever else runs meanwhile is somebody else's.
 */
export function runsBefore(
  preLaunchTask: unknown,
  written: readonly unknown[],
): (task: NamedTask) => boolean {
  const wanted: unknown[] = [];
  for (const open = [preLaunchTask]; open.length > 0; ) {
    const one = open.pop();
    if (one === undefined || one === null || wanted.includes(one)) continue;
    wanted.push(one);
    open.push(...written.flatMap((task) => needsOf(task as WrittenTask | null, one)));
  }
  return (task) => wanted.some((one) => isNamed(task, one));
}

function needsOf(task: WrittenTask | null, label: unknown): unknown[] {
  if (task === null || task.label !== label) return [];
  return Array.isArray(task.dependsOn) ? task.dependsOn : [task.dependsOn];
}

/** A label, the label that VS Code makes of a tool's own task, a variable that stands for one, or the parts of one. */
function isNamed({ name, source, definition, group }: NamedTask, wanted: unknown): boolean {
  if (typeof wanted === "object") return (wanted as { readonly type?: unknown }).type === definition.type;
  if (wanted === "${defaultBuildTask}") return group?.id === "build";
  return wanted === name || wanted === `${source}: ${name}`;
}
