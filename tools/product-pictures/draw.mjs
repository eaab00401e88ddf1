// Draws the picture of each product in the demo shop: DemoData/images/<slug>.svg of product-svc, for every product in its
// products.json. Run: node tools/product-pictures/draw.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { scenes, settings } from './drawing/catalogue.mjs';
import { picture } from './drawing/shapes.mjs';

const data = new URL('../../services/ProductService/DemoData/', import.meta.url);
const products = JSON.parse(await readFile(new URL('products.json', data), 'utf8'));
await mkdir(new URL('images/', data), { recursive: true });

for (const { slug, category } of products) {
  const scene = scenes[slug];
  const setting = settings[category];
  if (!scene || !setting) {
    throw new Error(`No picture for ${slug} in ${category}: add a scene or a setting under drawing/.`);
  }
  await writeFile(new URL(`images/${slug}.svg`, data), picture(setting, scene));
}
console.log(`${products.length} pictures drawn`);
