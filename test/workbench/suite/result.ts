// What the panel shows of a result.
import { panelPage } from './eyes.ts';

export async function showsResult(): Promise<void> {
  await panelPage().locator('article.result:not(.part)').waitFor({ timeout: 40_000 });
}

/** The facts by their names. */
export async function factsShown(): Promise<Map<string, string>> {
  const entries: [string, string][] = [];
  for (const fact of await panelPage().locator('.fact').all())
    entries.push([await fact.locator('.name').innerText(), await fact.locator('.what').innerText()]);
  return new Map(entries);
}

/** The shares of points on the heatmap's diagonal, and away from it, near which a pixel is clearly blue or orange. */
export function coloured(): Promise<{ onDiagonal: number; offDiagonal: number }> {
  return panelPage()
    .locator('canvas.heatmap')
    .evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const { width, height } = canvas;
      const { data } = context.getImageData(0, 0, width, height);
      const isColoured = (x: number, y: number): boolean => {
        const [red = 0, , blue = 0] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3);
        return Math.abs(red - blue) > 30;
      };
      let [left, top, right, bottom] = [width, height, 0, 0];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          if (isColoured(x, y)) [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      const near = (share: number, aside: number): boolean => {
        const x = Math.round(left + (right - left) * share);
        const y = Math.round(top + (bottom - top) * ((share + aside) % 1));
        for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) if (isColoured(x + dx, y + dy)) return true;
        return false;
      };
      const points = Array.from({ length: 200 }, (_, index) => (index + 0.5) / 200);
      const asides = [0.1, 0.3, 0.5, 0.7, 0.9];
      return {
        onDiagonal: points.filter((share) => near(share, 0)).length / points.length,
        offDiagonal: points.flatMap((share) => asides.filter((aside) => near(share, aside))).length / (points.length * asides.length),
      };
    });
}

/** Red, green and blue in the middle of the map's upper right quarter, where a block-diagonal matrix is zero. */
export function pixelOffDiagonal(): Promise<number[]> {
  return panelPage()
    .locator('canvas.heatmap')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data = [] } = canvas.getContext('2d')?.getImageData(canvas.width * 0.75, canvas.height * 0.3, 1, 1) ?? {};
      return [...data].slice(0, 3);
    });
}
