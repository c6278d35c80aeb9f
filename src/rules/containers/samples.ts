/**
 * A manifest whose one container starts `dlv` with these words, one space between them. `more` is what else the
 * container has, as YAML that begins at the line's begin.
 */
export function podSample(words: string, more = ""): string {
  const command = ["dlv", ...words.split(" ")].map((word) => JSON.stringify(word)).join(", ");
  return `apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  containers:
    - name: api
      image: api:debug
      command: [${command}]
${more.replaceAll(/^(?=.)/gm, "      ")}`;
}
