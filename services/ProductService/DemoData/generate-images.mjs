// Draws images/<slug>.svg for every product in products.json. Run: node generate-images.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { scenes, settings } from './drawing/catalogue.mjs';
import { picture } from './drawing/shapes.mjs';

const here = new URL('./', import.meta.url);
const products = JSON.parse(await readFile(new URL('products.json', here), 'utf8'));
await mkdir(new URL('images/', here), { recursive: true });

for (const { slug, category } of products) {
  const scene = scenes[slug];
  const setting = settings[category];
  if (!scene || !setting) {
    throw new Error(`No picture for ${slug} in ${category}: add a scene or a setting under drawing/.`);
  }
  await writeFile(new URL(`images/${slug}.svg`, here), picture(setting, scene));
}
console.log(`${products.length} pictures drawn`);
