// The rules of accessibility, by axe.
import { AxeBuilder } from "@axe-core/playwright";

/**
 * The rules that a page breaks, or a part of it: one line for each element that breaks one.
 *
 * Axe is told what takes most of its time and nobody reads: not to describe every element that
 * passes (a fifth of the time is left), and that there are no frames, whose results it would
 * otherwise put together in a page of its own.
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
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], ...options });
  if (within) axe.include(within);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const why = [...any, ...all, ...none].map((check) => check.message).join("; ");
      return `${id}: ${html.slice(0, 160)} (${why})`;
    }),
  );
}
