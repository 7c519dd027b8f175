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
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (within) axe.include(within);
  const { violations: broken } = await axe.analyze();
  return broken.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const why = [...any, ...all, ...none].map((check) => check.message).join("; ");
      return `${id}: ${html.slice(0, 160)} (${why})`;
    }),
  );
}
