import type { Task } from "../../core/world.ts";

/** What a task of tasks.json may be called by (VS Code's Task.matches); none where VS Code makes up a name. */
export function namesOf(task: Task): readonly string[] {
  return ["label", "taskName", "identifier"].flatMap((key) => {
    const name = task[key];
    return typeof name === "string" && name !== "" ? [name] : [];
  });
}

/** The tasks that run for a name: the one that is called so, and those that it depends on, each once. */
export function runFor(name: string, tasks: readonly Task[]): readonly Task[] {
  const run: Task[] = [];
  for (const open: unknown[] = [name]; open.length > 0; ) {
    const next = open.pop();
    const task = tasks.find((one) => typeof next === "string" && namesOf(one).includes(next));
    if (task === undefined || run.includes(task)) continue;
    run.push(task);
    open.push(...[task["dependsOn"] ?? []].flat());
  }
  return run;
}
