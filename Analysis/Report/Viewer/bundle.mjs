// Bundles the viewer into one page, which C# only has to put a title and data into.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const options = { bundle: true, minify: true, write: false, charset: "utf8", legalComments: "none", target: "es2022" };
const textOf = async (entry, more) => (await build({ ...options, ...more, entryPoints: [entry] })).outputFiles[0].text.trim();
const script = await textOf("src/main.ts", { format: "iife" });
const style = await textOf("src/style.css", {});
const hash = text => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const page = readFileSync("src/page.html", "utf8")
  .replace("$policy", () => `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`)
  .replace("$style", () => style)
  .replace("$script", () => script);
writeFileSync(process.argv[2], page);
