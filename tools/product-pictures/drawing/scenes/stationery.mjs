import {
  box,
  cylinder,
  dark,
  dot,
  each,
  fill,
  light,
  line,
  oval,
  place,
  poly,
  range,
  shadow,
  shine,
  solid,
  stamp,
} from '../shapes.mjs';

const sharpened = () =>
  solid('M-26,-188L-10,-250H10L26,-188Q13,-204 0,-188Q-13,-204 -26,-188Z', '#f0d2a6', { shift: [-10, 0] }) +
  line('M-10,-186V186', '#ffffff', 7, 0.35) +
  fill('M10,-186H26V212H10Z', '#2b1f3d', 0.18);

const pencil = (color) =>
  fill(box(-26, -190, 52, 402, 4), color) +
  fill('M-10,-249L0,-286L10,-249Z', color) +
  fill('M-26,184H26V212H-26Z', dark(color, 0.35));

const tape = (color, pattern) =>
  cylinder(0, -44, 44, 142, 50, color, { lid: '#fffaf1', inner: pattern }) +
  fill(oval(0, -44, 142, 50), light(color, 0.35)) +
  fill(oval(0, -44, 96, 33), '#d9b98f') +
  fill(oval(0, -40, 84, 27), '#b8946a') +
  fill(oval(0, -30, 74, 18), '#9c7a54');

const blade = () =>
  solid('M-16,40L-26,-236C-26,-262 -4,-262 8,-236L26,40Z', '#dbe4e8', { shade: '#b4c2ca', shift: [-14, 0] });

const handle = () =>
  line('M0,40L-34,110', '#e2725b', 40) +
  `<g fill="none" stroke="#c95c48" stroke-width="36"><ellipse cx="-64" cy="184" rx="56" ry="76" transform="rotate(22 -64 184)"/></g>` +
  `<g fill="none" stroke="#ea8069" stroke-width="26"><ellipse cx="-68" cy="180" rx="56" ry="76" transform="rotate(22 -68 180)"/></g>`;

const colors = ['#d94f45', '#ef8f3c', '#f4c542', '#7fb05a', '#4a8f9c', '#4f6fb0', '#8a6aa8'];
const spread = (i) => [190 + i * 70, 440 + Math.abs(i - 3) * 22];

export const stationery = {
  'hardcover-notebook': () =>
    shadow(410, 668, 260, 36) +
    place(
      400,
      400,
      solid(box(-196, -244, 408, 508, 18), '#2f5a5c') +
        fill(box(-180, -236, 384, 490, 12), '#fbf6ea') +
        line('M208,-220V246M200,-220V250', '#ddd2bd', 4) +
        fill('M70,250h26v62l-13,-14l-13,14Z', '#e08a5c') +
        solid(box(-204, -252, 396, 500, 20), '#3f7678', {
          shift: [-8, -8],
          inner:
            fill('M-210,-260H-150V260H-210Z', '#34686a') +
            fill(box(-90, -150, 190, 110, 12), '#f6ead6') +
            line('M-60,-112H70M-60,-80H36', '#c9b393', 9),
        }) +
        fill(box(128, -252, 26, 500), '#e08a5c') +
        fill('M128,-252h8V248h-8Z', '#ffffff', 0.25),
      6,
    ),

  'walnut-fountain-pen': () =>
    shadow(400, 610, 300, 34) +
    line('M150,640C230,560 260,700 330,640S430,600 470,640', '#3c4f86', 10, 0.85) +
    place(
      420,
      390,
      solid(
        poly(
          [
            [-300, -8],
            [-190, -38],
            [-190, 38],
            [-300, 8],
          ],
          [4, 20, 20, 4],
        ),
        '#e3b95f',
        { shade: '#c4953c', shift: [0, -14] },
      ) +
        line('M-292,0H-232', '#7d5a22', 5) +
        dot(-226, 0, 8, '#7d5a22') +
        solid(box(-196, -40, 80, 80, 14), '#3a2d2b', { shift: [0, -22] }) +
        solid(box(-122, -46, 18, 92, 6), '#e3b95f', { shift: [0, -20] }) +
        solid(box(-106, -50, 400, 100, 46), '#8a5a3e', {
          shade: '#6d4430',
          shift: [0, -24],
          inner: line('M-80,-24q120,-16 220,4t160,-6M-80,14q140,-20 240,0t140,4', '#a8754f', 6, 0.7),
        }) +
        solid(box(176, -52, 16, 104, 6), '#e3b95f', { shift: [0, -20] }) +
        solid(box(184, -70, 110, 16, 8), '#e3b95f', { shade: '#c4953c', shift: [0, -6] }) +
        shine('M-80,-30H150', 9, 0.35),
      -38,
      0.98,
    ),

  'rainbow-color-pencil': () =>
    shadow(400, 690, 280, 30) +
    each(colors, (color, i) => place(...spread(i), pencil(color), (i - 3) * 5)) +
    stamp(
      sharpened(),
      colors.map((_, i) => [...spread(i), (i - 3) * 5]),
    ),

  'pattern-masking-tape': () =>
    shadow(400, 640, 290, 40) +
    place(
      304,
      552,
      tape(
        '#7fb0a6',
        stamp(
          dot(0, 0, 12, '#f6fbf8'),
          range(18).map((i) => [-140 + (i % 9) * 36, 10 + Math.floor(i / 9) * 40 + (i % 2) * 12]),
        ),
      ),
      0,
      1.06,
    ) +
    place(
      556,
      560,
      tape(
        '#ef9f8a',
        line(
          each(range(9), (i) => `M${-150 + i * 38},-50l-30,170`),
          '#fff3ea',
          13,
        ),
      ),
      0,
      0.92,
    ) +
    place(404, 372, tape('#f2c35c', line('M-160,0Q0,100 160,0M-160,34Q0,134 160,34', '#fff6df', 11)), 0, 1.06),

  'desk-calendar': () =>
    shadow(400, 632, 300, 38) +
    solid(
      poly(
        [
          [210, 214],
          [590, 214],
          [660, 620],
          [140, 620],
        ],
        14,
      ),
      '#c98f6a',
      { shift: [-6, -10] },
    ) +
    solid(
      poly(
        [
          [196, 206],
          [604, 206],
          [640, 580],
          [160, 580],
        ],
        14,
      ),
      '#fffaf1',
      {
        shade: '#efe2d2',
        shift: [-6, -6],
        inner:
          fill('M150,200H650V306H180Z', '#e58a6f') +
          dot(400, 262, 24, '#fff0df') +
          line('M300,262H346M454,262H500', '#fbd3c2', 12) +
          stamp(
            fill(box(-21, -18, 42, 36, 9), '#f2e6d8'),
            range(28).map((i) => [400 + ((i % 7) - 3) * (58 + Math.floor(i / 7) * 2), 358 + Math.floor(i / 7) * 56]),
          ) +
          dot(400, 414, 15, '#e58a6f') +
          dot(522, 470, 15, '#7fb0a6') +
          dot(214, 526, 15, '#f2c35c') +
          dot(340, 358, 15, '#7fb0a6'),
      },
    ) +
    stamp(
      line('M0,22C-14,0 -10,-28 4,-28C16,-28 18,-6 10,10', '#6d6470', 8),
      range(11).map((i) => [228 + i * 34, 210]),
    ),

  'office-scissors': () =>
    shadow(400, 690, 230, 30) +
    place(
      400,
      400,
      place(0, 0, `<g transform="scale(-1 1)">${handle()}</g>` + blade(), -17) +
        place(0, 0, handle() + blade(), 17) +
        dot(0, 8, 19, '#8d9aa3') +
        dot(-3, 5, 12, '#cdd7dc') +
        line('M-8,12L8,-2', '#8d9aa3', 5),
      14,
      1.02,
    ),
};
