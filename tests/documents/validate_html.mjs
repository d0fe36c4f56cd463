// What html-validate has against pages: on stdin the texts by their names, on stdout a list of `name:line rule what`.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const loader = new StaticConfigLoader({
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
});
const validator = new HtmlValidate(loader);
const lines = [];
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const { results } = await validator.validateString(text, name);
  for (const { messages } of results) {
    lines.push(...messages.map(({ line, ruleId, message }) => `${name}:${line} ${ruleId} ${message}`));
  }
}
process.stdout.write(JSON.stringify(lines));
