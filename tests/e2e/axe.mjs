// The rules of accessibility, by axe.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const SOURCE = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * The rules that a page breaks, or a part of it: one line for each element that breaks one.
 *
 * Axe is brought to a page once, and told what takes most of its time and nobody reads: not to describe
 * every element that passes. There are no frames to be looked into.
 */
export async function violations(page, within) {
  return broken(page, within, {});
}

/** What of a page follows from its colours alone. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/**
 * The same in light and in dark, which differ in nothing but colour: all rules in the one, in the other
 * those of colour.
 */
export async function violationsInBothThemes(page, within) {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await broken(page, within, {});
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await broken(page, within, { runOnly: { type: "rule", values: OF_COLOUR } });
  return [...light.map((line) => `light: ${line}`), ...dark.map((line) => `dark: ${line}`)];
}

async function broken(page, within, options) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await SOURCE);
  return page.evaluate(
    async ([within, options]) => {
      // A colour on its way to another is neither.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const passing = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < Infinity);
      await Promise.allSettled(passing.map(({ finished }) => finished));
      const context = within ? { include: [within] } : document;
      const { violations: found } = await window.axe.run(context, { resultTypes: ["violations"], iframes: false, ...options });
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any, all, none }) => {
          const why = [...any, ...all, ...none].map((check) => check.message).join("; ");
          return `${id}: ${html.slice(0, 160)} (${why})`;
        }),
      );
    },
    [within, options],
  );
}
