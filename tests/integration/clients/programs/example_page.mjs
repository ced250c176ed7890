// Uses the example page in Chromium as a visitor does, and prints what it shows as JSON.
import { chromium } from "playwright-core";

const [, , executablePath, address, file] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
page.setDefaultTimeout(20_000);
const seen = { problems: [] };
page.on("pageerror", (fault) => seen.problems.push(String(fault)));
page.on("console", (message) => message.type() === "error" && seen.problems.push(message.text()));
const hosts = new Set();
page.on("request", (request) => hosts.add(new URL(request.url()).host));

await page.goto(address);
await page.setInputFiles("#file", file);
await page.waitForFunction(() => document.getElementById("state").value.endsWith(": ready"));
seen.uploaded = await page.locator("#state").evaluate((output) => output.value);

seen.answer = await ask("When does the pool open?");
seen.followUp = await ask("And when does it close?");

const stopping = ask("What do swimmers bring?");
await page.waitForFunction(() => document.querySelector("article:last-child p")?.textContent.length > 0);
await page.click("#stop");
seen.stopped = await stopping;
seen.hosts = hosts.size;
await browser.close();
console.log(JSON.stringify(seen));

async function ask(question) {
  await page.fill("#question", question);
  const before = await page.locator("article").count();
  await page.click("#ask button:not([type])");
  const article = page.locator("article").nth(before);
  await article.locator("ol").waitFor({ state: "attached" });
  return {
    text: await article.locator("p").innerText(),
    marked: await article.locator("mark").allInnerTexts(),
    sources: await article.locator("li").allInnerTexts(),
    notes: await article.locator("em").allInnerTexts(),
  };
}
