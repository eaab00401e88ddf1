import {
  board,
  box,
  cylinder,
  dark,
  dot,
  each,
  fill,
  leaf,
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
  steam,
} from '../shapes.mjs';

const speckles = (cx, cy, w, h, color) =>
  each(range(16), (i) => dot(cx + ((i * 73) % w) - w / 2, cy + ((i * 47) % h) - h / 2, 3 + (i % 3), color, 0.6));

const ricebowl = (rx, depth, color, glaze) =>
  solid(box(-rx * 0.44, depth - 14, rx * 0.88, 36, 8), dark(color, 0.2)) +
  solid(
    `M${-rx},0C${-rx},${depth * 0.7} ${-rx * 0.6},${depth} ${-rx * 0.4},${depth}H${rx * 0.4}C${rx * 0.6},${depth} ${rx},${depth * 0.7} ${rx},0Z`,
    color,
    {
      shift: [-30, -6],
      inner: line(
        `M${-rx},${depth * 0.36}q${rx * 0.5},26 ${rx},0t${rx},0M${-rx},${depth * 0.5}q${rx * 0.5},26 ${rx},0t${rx},0`,
        glaze,
        9,
        0.7,
      ),
    },
  ) +
  fill(oval(0, 0, rx, rx * 0.24), light(color, 0.5)) +
  fill(oval(0, 3, rx - 14, rx * 0.24 - 8), dark(color, 0.14));

const glassBox = (y, lid, food, texture) =>
  solid(box(210, y, 380, 118, 30), '#e9f3f3', {
    shade: '#d3e3e4',
    shift: [-18, -6],
    inner:
      fill(`M226,${y + 34}H574V${y + 104}Q574,${y + 106} 550,${y + 106}H250Q226,${y + 106} 226,${y + 90}Z`, food) +
      texture,
  }) +
  solid(box(194, y - 26, 412, 50, 18), lid, { shift: [-12, -8] }) +
  shine(`M236,${y + 44}v40`, 11, 0.6);

export const kitchen = {
  'pebble-mug': () =>
    shadow(410, 622, 250, 38) +
    line('M540,350C690,330 690,540 530,530', '#d67f5c', 46) +
    cylinder(390, 300, 586, 170, 40, '#e8936f', {
      lid: '#f6d3bf',
      bottomRx: 152,
      inner: fill('M200,280H600V380Q500,420 400,392T200,400Z', '#f8efe2') + speckles(390, 480, 300, 220, '#a8563c'),
    }) +
    fill(oval(390, 304, 150, 31), '#d9c3b0') +
    fill(oval(390, 312, 140, 23), '#6b4028') +
    shine('M252,390L260,540', 15, 0.4) +
    steam([
      [350, 262],
      [430, 262],
    ]),

  'everyday-frying-pan': () =>
    shadow(370, 572, 300, 50) +
    solid(
      poly(
        [
          [520, 350],
          [720, 214],
          [748, 254],
          [560, 410],
        ],
        [10, 22, 22, 10],
      ),
      '#b98455',
      { shift: [-6, -12] },
    ) +
    dot(716, 246, 9, '#8a5c38') +
    solid(
      poly(
        [
          [500, 366],
          [580, 310],
          [606, 348],
          [530, 420],
        ],
        12,
      ),
      '#8d959c',
    ) +
    solid('M90,420A260,118 0 0 0 610,420L578,486A228,104 0 0 1 122,486Z', '#3f474f', { shift: [-40, -4] }) +
    fill(oval(350, 418, 262, 120), '#5b656e') +
    fill(oval(350, 422, 244, 108), '#353c43') +
    fill(oval(350, 436, 206, 84), '#414a52') +
    place(
      340,
      424,
      fill(
        'M-104,10C-130,-30 -60,-66 4,-54C70,-66 124,-30 104,8C120,40 56,62 0,52C-60,62 -122,46 -104,10Z',
        '#fffaf0',
      ) +
        solid(oval(-34, -6, 40, 27), '#f8b93c', { shift: [-6, -6] }) +
        solid(oval(46, 2, 40, 27), '#f8b93c', { shift: [-6, -6] }),
    ) +
    shine('M122,382C160,340 230,322 290,318', 9, 0.35),

  'camphor-cutting-board': () =>
    shadow(400, 640, 310, 46) +
    board(120, 240, 560, 380, '#dca36b') +
    dot(180, 300, 24, '#cfe3e0') +
    dot(183, 303, 24, '#b07a48', 0.25) +
    place(
      340,
      480,
      solid(oval(0, 0, 74, 72), '#e2483d') +
        dot(-4, -4, 58, '#f07a62') +
        stamp(
          fill(oval(0, -34, 15, 19), '#c9342f'),
          range(4).map((i) => [-4, -4, i * 90 + 45]),
        ),
    ) +
    place(246, 512, leaf(96, 28, '#6ea54c'), -50) +
    place(238, 520, leaf(80, 24, '#83b860'), -110) +
    place(
      430,
      420,
      solid('M-190,-30H90V44C0,50 -140,40 -190,-30Z', '#dfe7ea', { shade: '#b9c7cd', shift: [0, -18] }) +
        solid(box(84, -34, 176, 56, 24), '#4b3a35', { shift: [-6, -14] }) +
        dot(124, -6, 7, '#d8c6b0') +
        dot(212, -6, 7, '#d8c6b0'),
      -24,
    ),

  'enamel-stew-pot': () =>
    shadow(400, 632, 300, 42) +
    line('M196,430C120,420 120,500 200,500M604,430C680,420 680,500 600,500', '#2f5f6b', 30) +
    solid(box(188, 370, 424, 252, 60), '#3f7f8c', {
      shift: [-40, -6],
      inner: fill('M180,566H620V586H180Z', '#2f6673', 0.7),
    }) +
    solid(box(172, 350, 456, 44, 22), '#336c79', { shift: [-20, -8] }) +
    solid('M184,352C190,262 300,236 400,236C500,236 610,262 616,352Z', '#4a8f9c', { shift: [-34, -6] }) +
    solid(box(364, 204, 72, 24, 10), '#c99762') +
    solid(oval(400, 190, 46, 28), '#d9a871') +
    shine('M228,330C240,296 280,274 330,264M226,420V540', 15, 0.4),

  'gooseneck-kettle': () =>
    shadow(420, 634, 270, 40) +
    line('M300,560C190,560 230,330 118,330', '#56606b', 36) +
    line('M296,552C200,550 236,324 122,322', '#7b8793', 12) +
    line('M540,330C690,290 710,500 600,540', '#b07a48', 38) +
    solid(
      poly(
        [
          [320, 300],
          [520, 300],
          [590, 624],
          [250, 624],
        ],
        [20, 20, 36, 36],
      ),
      '#67727d',
      { shade: '#4d5761', shift: [-44, 0] },
    ) +
    solid('M304,304C310,254 530,254 536,304Z', '#77828d', { shift: [-20, -4] }) +
    solid(box(384, 212, 72, 30, 10), '#8a5c38') +
    solid(oval(420, 208, 34, 24), '#b07a48') +
    shine('M340,340L296,570', 18, 0.35),

  'brass-spoon-chopsticks': () =>
    shadow(400, 650, 260, 40) +
    place(
      400,
      410,
      solid(box(-200, -240, 400, 480, 14), '#f4eee2', {
        shade: '#e0d6c4',
        shift: [-8, -8],
        inner: line('M-160,-240V240M160,-240V240', '#8fb0ab', 12) + line('M-180,-240V240M180,-240V240', '#c9d8d3', 6),
      }) +
        place(
          -56,
          0,
          solid(box(-11, -90, 22, 300, 11), '#d9ab4e', { shift: [-7, 0] }) +
            solid(oval(0, -136, 54, 76), '#e3b95f', { shade: '#c4953c', shift: [-8, -8] }) +
            fill(oval(4, -130, 36, 56), '#cfa044') +
            shine('M-24,-160C-22,-180 -12,-190 0,-194', 9, 0.6),
        ) +
        place(
          60,
          0,
          solid(
            poly(
              [
                [-11, -210],
                [11, -210],
                [6, 210],
                [-6, 210],
              ],
              5,
            ),
            '#d9ab4e',
            { shift: [-7, 0] },
          ) + fill('M-11,-170H11V-156H-11ZM-11,-148H11V-140H-11Z', '#b8892f'),
        ) +
        place(
          106,
          0,
          solid(
            poly(
              [
                [-11, -210],
                [11, -210],
                [6, 210],
                [-6, 210],
              ],
              5,
            ),
            '#d9ab4e',
            { shift: [-7, 0] },
          ) + fill('M-11,-170H11V-156H-11ZM-11,-148H11V-140H-11Z', '#b8892f'),
        ),
      8,
    ),

  'glass-food-container': () =>
    shadow(400, 636, 290, 38) +
    glassBox(
      504,
      '#7fb0a6',
      '#f0a04c',
      stamp(
        dot(0, 0, 17, '#f8c27c'),
        range(8).map((i) => [250 + i * 44, 556 + (i % 3) * 20]),
      ),
    ) +
    glassBox(
      368,
      '#f0c36a',
      '#86b266',
      stamp(
        leaf(50, 15, '#a4cb7e'),
        range(7).map((i) => [246 + i * 46, 430 + (i % 2) * 20, i * 50]),
      ),
    ) +
    glassBox(
      232,
      '#e39a85',
      '#d95f55',
      stamp(
        dot(0, 0, 20, '#ef8778'),
        range(8).map((i) => [250 + i * 44, 286 + (i % 3) * 20]),
      ),
    ),

  'buncheong-bowl-set': () =>
    shadow(400, 634, 310, 40) +
    place(290, 330, ricebowl(150, 138, '#b9c3bd', '#f4f1e6')) +
    place(290, 456, ricebowl(178, 150, '#94a6a3', '#f4f1e6')) +
    place(
      564,
      500,
      ricebowl(122, 108, '#c9cec3', '#fbf8ee') +
        fill('M-100,-2C-90,-70 90,-70 100,-2A100,20 0 0 1 -100,-2Z', '#fffdf6') +
        stamp(fill(oval(0, 0, 9, 5), '#e9e4d6'), [
          [-50, -24, 20],
          [-10, -38, 60],
          [36, -28, 10],
          [10, -14, 40],
          [62, -10, 70],
          [-30, -6, 0],
        ]),
    ) +
    steam([
      [540, 430, 0, 0.8],
      [590, 430, 0, 0.8],
    ]),
};
