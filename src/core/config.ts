/** A launch.json configuration: names are those of golang.go and Delve, values are whatever the user wrote. */
export type Config = Readonly<Record<string, unknown>>;
