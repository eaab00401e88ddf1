import {
  box,
  cylinder,
  dot,
  each,
  fill,
  leaf,
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

const blossom = (r, color) =>
  stamp(
    fill(oval(0, -r * 0.62, r * 0.36, r * 0.46), color),
    range(5).map((i) => [0, 0, i * 72]),
  ) + dot(0, 0, r * 0.26, '#f6c95c');

const bubble = (x, y, r) =>
  dot(x, y, r, '#ffffff', 0.75) +
  dot(x + r * 0.08, y + r * 0.08, Math.round(r * 0.84), '#f3dbe6', 0.6) +
  dot(x - r * 0.35, y - r * 0.35, Math.round(r * 0.2), '#ffffff');

export const beauty = {
  'green-tea-serum': () =>
    shadow(400, 656, 220, 36) +
    solid(box(264, 350, 272, 296, 44), '#7ba37a', {
      shade: '#5f8662',
      shift: [-36, 0],
      inner:
        fill(box(306, 420, 188, 160, 10), '#fbf7ec') +
        place(400, 540, leaf(92, 24, '#7fa86c'), -90) +
        place(400, 546, leaf(68, 20, '#93ba7d'), -36) +
        place(400, 546, leaf(68, 20, '#93ba7d'), -144),
    }) +
    solid(box(338, 286, 124, 76, 14), '#fbf3ea', {
      shift: [-18, 0],
      inner: line('M356,280v90M380,280v90M404,280v90M428,280v90M450,280v90', '#e3d6c8', 5),
    }) +
    solid('M366,296V268C344,246 346,164 370,146C386,134 414,134 430,146C454,164 456,246 434,268V296Z', '#4f6658', {
      shift: [-22, -6],
    }) +
    shine('M290,400V590', 15, 0.45) +
    place(566, 648, leaf(90, 26, '#7fa86c'), -26) +
    place(560, 654, leaf(76, 22, '#93ba7d'), 6),

  'rice-moist-cream': () =>
    shadow(400, 634, 280, 40) +
    place(
      590,
      470,
      solid(oval(0, 0, 132, 138), '#e9cdb4', { shade: '#d3b195', shift: [-12, -10] }) +
        dot(-6, -4, 98, '#f1dcc8') +
        place(-6, 40, leaf(86, 16, '#d9b48e'), -90),
      0,
      0.98,
    ) +
    cylinder(350, 420, 600, 196, 50, '#f4dccb', {
      lid: '#fbeee3',
      bottomRx: 180,
      inner: fill('M140,500H560V530H140Z', '#fdf6ee') + line('M300,566H390', '#cfa68c', 9),
    }) +
    fill(oval(350, 420, 178, 42), '#e6d3c2') +
    fill(oval(350, 424, 170, 36), '#fffdf8') +
    fill(
      'M226,424C250,388 330,372 356,340C372,366 356,380 388,390C430,400 470,410 474,428C440,456 260,456 226,424Z',
      '#fffdf8',
    ) +
    line('M300,414C340,420 380,400 366,376', '#efe2d4', 9) +
    line('M270,430C320,446 400,444 440,428', '#efe2d4', 7) +
    shine('M188,470L194,570', 14, 0.9),

  'rose-lip-stick': () =>
    shadow(400, 664, 220, 34) +
    solid('M348,330V210C350,176 430,130 452,140V330Z', '#d9546b', { shade: '#b93f58', shift: [-26, 0] }) +
    fill('M350,206C356,178 430,134 450,144C452,180 400,214 350,226Z', '#e8798b') +
    solid(box(332, 318, 136, 110, 8), '#e6bd83', { shade: '#c99a5c', shift: [-30, 0] }) +
    solid(box(310, 412, 180, 240, 16), '#5b3b4a', {
      shade: '#442a38',
      shift: [-40, 0],
      inner: line('M300,440H500', '#e6bd83', 8) + place(396, 540, blossom(44, '#e8a1ac')),
    }) +
    shine('M336,466V610', 12, 0.3) +
    place(
      574,
      590,
      solid(box(-60, -150, 120, 210, 14), '#5b3b4a', {
        shade: '#442a38',
        shift: [-28, 0],
        inner: line('M-70,40H70', '#e6bd83', 8),
      }) + shine('M-38,-120V10', 10, 0.3),
    ),

  'hinoki-hand-cream': () =>
    shadow(400, 676, 200, 32) +
    place(
      400,
      400,
      solid(
        poly(
          [
            [-142, -252],
            [142, -252],
            [104, 180],
            [-104, 180],
          ],
          [6, 6, 30, 30],
        ),
        '#f0b3a6',
        {
          shade: '#dd978b',
          shift: [-36, 0],
          inner:
            fill('M-160,-260H160V-214H-160Z', '#e39d90') +
            line(
              each(range(13), (i) => `M${-132 + i * 22},-250v30`),
              '#f4c4b9',
              5,
            ) +
            fill(box(-70, -120, 140, 190, 70), '#fdf3ea') +
            place(0, 40, leaf(110, 18, '#8fae8b'), -90) +
            stamp(leaf(50, 12, '#8fae8b'), [
              [0, 16, -40],
              [0, 16, -140],
              [0, -16, -44],
              [0, -16, -136],
            ]),
        },
      ) +
        solid(
          poly(
            [
              [-86, 172],
              [86, 172],
              [78, 262],
              [-78, 262],
            ],
            12,
          ),
          '#fdf6ee',
          { shift: [-24, 0], inner: line('M-56,170v100M-28,170v100M0,170v100M28,170v100M56,170v100', '#e3d3c6', 6) },
        ) +
        shine('M-100,-180L-80,120', 14, 0.45),
      -6,
    ),

  'oat-milk-soap': () =>
    shadow(400, 600, 310, 42) +
    solid(box(150, 540, 500, 50, 22), '#c99762', {
      shift: [-6, -12],
      inner: line('M160,560q120,10 240,0t240,0', '#b58350', 5),
    }) +
    solid(box(190, 404, 420, 140, 50), '#e6d0b0', { shade: '#d1b68f', shift: [-14, -20] }) +
    solid(
      'M240,340H560C596,340 612,380 610,424C608,452 590,462 560,462H240C210,462 192,452 190,424C188,380 204,340 240,340Z',
      '#f6e8d0',
      { shade: '#e6d0b0', shift: [-8, -14] },
    ) +
    fill(box(270, 366, 260, 66, 30), '#ecd9ba') +
    stamp(leaf(52, 15, '#d1b07e', '#ecd9ba'), [
      [400, 412, -90],
      [392, 414, -150],
      [408, 414, -30],
    ]) +
    bubble(540, 316, 56) +
    bubble(608, 372, 34) +
    bubble(470, 290, 30) +
    bubble(596, 262, 20) +
    bubble(248, 512, 34) +
    bubble(206, 470, 22) +
    bubble(524, 236, 13) +
    shine('M226,384C230,368 240,360 256,358', 11, 0.9),

  'foam-cleanser': () =>
    shadow(400, 660, 220, 36) +
    solid(
      'M352,214V176C352,164 360,156 372,156H300C266,156 252,176 250,206H276C278,194 286,190 300,190H352Z',
      '#f2ddd2',
    ) +
    solid(box(346, 148, 108, 66, 16), '#f2ddd2', { shift: [-20, -4] }) +
    fill(box(380, 210, 40, 50), '#dcbfb0') +
    solid(box(316, 254, 168, 62, 14), '#f2ddd2', {
      shift: [-24, 0],
      inner: line('M340,250v80M368,250v80M396,250v80M424,250v80M452,250v80', '#dcbfb0', 5),
    }) +
    solid(box(258, 306, 284, 344, 54), '#9dc0d6', {
      shade: '#7ea4bc',
      shift: [-40, 0],
      inner:
        fill(box(306, 390, 188, 180, 94), '#f7fbfc') +
        bubble(374, 486, 40) +
        bubble(434, 462, 25) +
        bubble(424, 520, 16),
    }) +
    shine('M288,370V590', 15, 0.5) +
    bubble(236, 258, 22) +
    bubble(206, 300, 14) +
    bubble(590, 620, 32) +
    bubble(632, 646, 18),
};
