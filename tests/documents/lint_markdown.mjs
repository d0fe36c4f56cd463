// What markdownlint has against texts: on stdin `{config, texts}`, the path of a configuration and texts by their names;
// on stdout a list of `name:line rule what`.
import { readFileSync } from "node:fs";
import { lint, readConfig } from "markdownlint/sync";

const { config, texts } = JSON.parse(readFileSync(0, "utf8"));
const stripped = (text) => JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
const found = lint({ strings: texts, config: readConfig(config, [stripped]) });
const lines = Object.entries(found).flatMap(([name, faults]) =>
  faults.sort((one, other) => one.lineNumber - other.lineNumber).map(
    ({ lineNumber, ruleNames: [rule], ruleDescription, errorDetail, errorContext }) =>
      `${name}:${lineNumber} ${rule} ${ruleDescription}: ${errorDetail ?? ""} ${errorContext ?? ""}`.trim(),
  ),
);
process.stdout.write(JSON.stringify(lines));
