import type { View } from "./rule.ts";

/** True where a dlv is started for the session: without `port` and `debugServer`, which name one that listens already. */
export function startsDlv({ config, request, mode }: View): boolean {
  return !(config["port"] || config["debugServer"] || (request === "attach" && mode === "remote"));
}

/** True where dlv is started in a terminal of the editor. */
export function inTerminal({ config }: View): boolean {
  return config["console"] === "integratedTerminal" || config["console"] === "externalTerminal";
}

/** True where Delve itself builds the program. */
export function buildsProgram({ request, mode }: View): boolean {
  return request === "launch" && ["debug", "test", "auto"].includes(mode);
}

/** A variable of `env` that is a text without editor variables in it; undefined for any other. */
export function envText({ config }: View, name: string): string | undefined {
  const { env } = config;
  if (typeof env !== "object" || env === null || !Object.hasOwn(env, name)) return undefined;
  const value = (env as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}
