import {
  bowl,
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
  polar,
  range,
  shadow,
  shine,
  solid,
  stamp,
  steam,
} from '../shapes.mjs';

const chopsticks = (color = '#8a5a3a') =>
  line('M0,0L380,-30M0,26L380,6', color, 13) + line('M300,-24L380,-30M300,10L380,6', dark(color, 0.3), 13);

const friedEgg = () =>
  fill('M-74,6C-90,-40 -40,-80 4,-70C50,-84 92,-40 78,4C92,46 46,82 4,70C-40,84 -84,56 -74,6Z', '#fffaf0') +
  solid(oval(2, 0, 36), '#f8b93c', { shift: [-6, -6] }) +
  shine('M-16,-8q6,-14 18,-16', 7, 0.7);

const halfEgg = () => fill(oval(0, 0, 58, 44), '#fffaf0') + solid(oval(2, 2, 32, 25), '#f6a93a', { shift: [-5, -5] });

const scallion = (places) => stamp(fill(oval(0, 0, 15, 11), '#79ad50') + fill(oval(0, 0, 7, 5), '#d5e8ae'), places);

const dumpling = () =>
  solid('M-104,40C-112,-30 -60,-82 0,-82C60,-82 112,-30 104,40C70,62 -70,62 -104,40Z', '#f6e2bf', {
    shade: '#dcbf92',
    shift: [-14, -10],
  }) +
  line(
    'M-66,-46q20,20 16,44M-36,-66q16,20 12,48M0,-74q6,26 2,50M36,-66q-10,26 -10,46M66,-46q-18,20 -20,42',
    '#c9a874',
    7,
  ) +
  line('M-90,-16C-80,-60 -40,-82 0,-82C40,-82 80,-60 90,-16', '#fff3da', 9);

const kimbapSlice = () =>
  solid(oval(0, 0, 92), '#2f3b35', { shift: [-7, -7] }) +
  dot(-2, -2, 80, '#fdfaf1') +
  stamp(fill(oval(0, 0, 9, 5), '#e9e3d2'), [
    [-60, -20, 20],
    [-46, 40, 60],
    [10, 62, 0],
    [56, 26, 50],
    [54, -36, 20],
    [0, -64, 0],
    [-34, -52, 40],
  ]) +
  fill(box(-44, -40, 40, 40, 10), '#f6cf45') +
  fill(box(4, -40, 40, 34, 10), '#ef8c78') +
  dot(-22, 24, 22, '#5d9548') +
  dot(-14, 18, 8, '#83b860') +
  fill(box(6, 4, 36, 18, 8), '#ee8b36') +
  fill(box(6, 27, 34, 20, 8), '#8a5a3c');

const riceCake = () => solid(box(-78, -24, 156, 48, 24), '#f9dcc0', { shade: '#eda27c', shift: [-6, -12] });

export const readyMeals = {
  'sprout-bibimbap': () => {
    const toppings = ['#6d9c4b', '#ef8f3c', '#f4e6a8', '#8b5e41', '#c65a7a', '#a9c766'];
    const wedge = (color, i) => {
      const [from, to] = [i * 60 - 90, i * 60 - 34];
      const strands = line(
        each(
          range(6),
          (k) => `M${polar(from + 9 + k * 8, 104)}Q${polar(from + 14 + k * 7, 150)} ${polar(from + 6 + k * 8.6, 186)}`,
        ),
        k(color),
        11,
      );
      return fill(`M0,0L${polar(from, 206)}A206,206 0 0 1 ${polar(to, 206)}Z`, color) + strands;
    };
    const k = (color) => light(color, 0.28);
    return (
      shadow(420, 650, 300, 60) +
      place(
        400,
        400,
        solid(oval(0, 0, 262), '#4b4346', { shift: [-10, -12] }) +
          dot(0, 0, 230, '#37302f') +
          dot(0, 0, 216, '#fbf5e6') +
          each(toppings, wedge) +
          dot(0, 0, 92, '#fbf5e6') +
          place(0, 0, friedEgg(), 0, 1.12) +
          solid(oval(58, 62, 34, 28), '#c4352d') +
          stamp(fill(oval(0, 0, 7, 4), '#fff3d0'), [
            [44, 54, 30],
            [62, 66, 80],
            [72, 52, 10],
            [54, 74, 0],
            [-30, -60, 20],
            [-40, 58, 60],
          ]),
      )
    );
  },

  'king-mandu': () =>
    shadow(400, 650, 310, 44) +
    steam([
      [300, 214],
      [400, 190],
      [500, 214],
    ]) +
    fill(oval(400, 456, 266, 40), '#b5844a') +
    place(280, 372, dumpling(), -6) +
    place(520, 372, dumpling(), 6) +
    place(400, 318, dumpling()) +
    place(332, 432, dumpling(), -3) +
    place(474, 432, dumpling(), 4) +
    cylinder(400, 470, 610, 268, 40, '#d6a565', {
      lid: 'none',
      inner:
        line(
          each(range(15), (i) => `M${150 + i * 36},460v220`),
          '#bd8a4c',
          6,
          0.7,
        ) + fill('M120,560H680V582H120Z', '#a9763d', 0.7),
    }) +
    solid('M132,454A268,40 0 0 0 668,454L668,492A268,40 0 0 1 132,492Z', '#e2b878', { shift: [-40, 0] }),

  'market-kimbap': () =>
    shadow(400, 626, 320, 42) +
    solid(box(100, 420, 600, 176, 60), '#e9e4da', { shift: [-6, -16] }) +
    place(
      400,
      322,
      solid(box(-230, -78, 400, 156, 70), '#33413a', { shift: [0, -30] }) +
        shine('M-190,-46H60', 10, 0.2) +
        place(160, 0, kimbapSlice(), 0, 0.86),
    ) +
    stamp(kimbapSlice(), [
      [222, 470, -10],
      [400, 482, 24],
      [578, 470, 6],
    ]),

  'rice-tteokbokki': () =>
    shadow(400, 640, 260, 40) +
    place(
      400,
      392,
      bowl(
        272,
        112,
        214,
        '#9dbcae',
        fill(oval(0, 20, 280, 110), '#d4402c') +
          place(-130, -20, riceCake(), 18) +
          place(20, -52, riceCake(), -10) +
          place(144, -14, riceCake(), 30) +
          place(-40, 28, riceCake(), -14) +
          place(90, 52, riceCake(), 8) +
          place(-160, 44, riceCake(), -34) +
          place(
            -60,
            -30,
            fill('M-60,30L0,-40L60,30Z', '#e9b36c') + fill('M-60,30L60,30L54,42L-56,42Z', '#c98a45'),
            12,
          ) +
          place(150, 36, halfEgg(), -8) +
          scallion([
            [-100, -62],
            [70, -74],
            [-10, 0],
            [40, 20],
            [-104, 66],
            [190, -20],
            [20, 76],
            [-190, 0],
          ]),
        { inside: '#c33526' },
      ),
    ) +
    steam([
      [300, 262],
      [420, 236],
    ]),

  'kimchi-stew': () =>
    shadow(400, 640, 270, 42) +
    place(
      400,
      398,
      solid(box(-316, 26, 90, 44, 20), '#4a3a36') +
        solid(box(226, 26, 90, 44, 20), '#4a3a36') +
        bowl(
          264,
          104,
          206,
          '#5a4741',
          fill(oval(0, 16, 270, 104), '#cf4a2b') +
            place(
              -110,
              -16,
              solid('M-56,-6L10,-34L66,-6L0,26Z', '#fff8e8') +
                fill('M-56,-6L0,26V52L-56,18Z', '#efe0c6') +
                fill('M66,-6L0,26V52L66,18Z', '#e2cfb0'),
            ) +
            place(
              60,
              -34,
              solid('M-56,-6L10,-34L66,-6L0,26Z', '#fff8e8') +
                fill('M-56,-6L0,26V52L-56,18Z', '#efe0c6') +
                fill('M66,-6L0,26V52L66,18Z', '#e2cfb0'),
            ) +
            place(-6, 46, leaf(130, 34, '#e0683a', '#f9d9a8'), 8) +
            place(120, 26, leaf(110, 34, '#d9582f', '#f9d9a8'), 20) +
            place(-160, 40, leaf(110, 28, '#e37a45', '#f9d9a8'), 14) +
            scallion([
              [0, -10],
              [140, -30],
              [-30, -58],
              [100, 70],
              [-60, 66],
              [190, 10],
              [30, 20],
            ]),
          { inside: '#3b2e2b', foot: 120, decor: line('M-280,70H280', '#44352f', 12) },
        ),
    ) +
    steam([
      [320, 262],
      [400, 238],
      [480, 262],
    ]),

  'anchovy-kalguksu': () =>
    shadow(400, 642, 260, 40) +
    place(
      400,
      398,
      bowl(
        272,
        112,
        212,
        '#6d93ad',
        fill(oval(0, 16, 280, 112), '#f1d9a0') +
          line(
            each(
              range(7),
              (i) =>
                `M${-230 + i * 16},${-10 + i * 14}C${-120},${-70 + i * 22} ${20 + i * 6},${70 - i * 12} ${220 - i * 8},${-30 + i * 16}`,
            ),
            '#fff6df',
            18,
          ) +
          line(
            each(
              range(6),
              (i) =>
                `M${-200 + i * 16},${i * 14}C${-100},${-60 + i * 22} ${30 + i * 6},${80 - i * 12} ${200 - i * 8},${-20 + i * 16}`,
            ),
            '#e6cf9a',
            4,
          ) +
          place(-120, 10, halfEgg(), -8, 1.1) +
          line('M20,-50q30,10 60,-6M40,-36q30,10 70,-10M30,-20q40,10 80,-8', '#5f9448', 11) +
          line('M60,20q30,10 60,-4M50,34q40,8 80,-6', '#ee8b3f', 10) +
          scallion([
            [0, 60],
            [-40, -50],
            [160, -10],
            [-200, -20],
            [40, 76],
            [-90, 74],
          ]),
        { inside: '#dfc182', decor: line('M-270,44C-140,130 140,130 270,44', '#cfe0e6', 12) },
      ),
    ) +
    place(330, 330, chopsticks(), -16) +
    steam([
      [250, 262],
      [340, 240],
    ]),
};
