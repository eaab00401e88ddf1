// Which scene belongs to which product (by slug), and the backdrop each category stands before.
import { beauty } from './scenes/beauty.mjs';
import { coffeeAndTea } from './scenes/coffee-and-tea.mjs';
import { digital } from './scenes/digital.mjs';
import { kitchen } from './scenes/kitchen.mjs';
import { living } from './scenes/living.mjs';
import { meatAndFish } from './scenes/meat-and-fish.mjs';
import { pets } from './scenes/pets.mjs';
import { produce } from './scenes/produce.mjs';
import { readyMeals } from './scenes/ready-meals.mjs';
import { stationery } from './scenes/stationery.mjs';

export const scenes = {
  ...produce,
  ...meatAndFish,
  ...readyMeals,
  ...coffeeAndTea,
  ...kitchen,
  ...living,
  ...stationery,
  ...digital,
  ...beauty,
  ...pets,
};

export const settings = {
  '과일·채소': { tint: '#dfeacb', backdrop: 'circle' },
  '정육·수산': { tint: '#f3dcd6', backdrop: 'circle' },
  간편식: { tint: '#f7e3b8', backdrop: 'circle' },
  '커피·차': { tint: '#eadbc8', backdrop: 'arch' },
  주방: { tint: '#cfe3e0', backdrop: 'circle' },
  리빙: { tint: '#ddd8ea', backdrop: 'arch' },
  문구: { tint: '#f8dccb', backdrop: 'sun' },
  디지털: { tint: '#d3dfee', backdrop: 'sun' },
  뷰티: { tint: '#f5d9e0', backdrop: 'arch' },
  반려동물: { tint: '#d5ead8', backdrop: 'circle' },
};
