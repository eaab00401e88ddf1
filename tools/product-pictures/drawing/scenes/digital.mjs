import { box, dark, dot, drum, each, fill, line, oval, place, range, shadow, shine, solid, stamp } from '../shapes.mjs';

const earbud = () =>
  place(58, -6, solid(oval(0, 0, 34, 44), '#aebccb', { shift: [-8, -8] }), 14) +
  solid(box(-52, 0, 52, 218, 26), '#ffffff', { shade: '#ccd6e1', shift: [-14, 0] }) +
  solid(oval(-6, -6, 74, 70), '#ffffff', { shade: '#ccd6e1', shift: [-14, -12] }) +
  line('M-34,-34C-24,-50 -8,-54 6,-52', '#dfe6ee', 8) +
  fill(box(-40, 206, 28, 8, 4), '#8fa0b3');

const unit = 41;
const cap = (width, color) =>
  fill(box(0, 0, width - 6, 52, 9), dark(color, 0.25)) + fill(box(2, 0, width - 10, 43, 8), color);

/** The rows of a keyboard as key widths in units; colours stand in `accents` by `row:index`. */
function keyboard(rows, accents) {
  const keys = rows.flatMap(([indent, ...widths], row) =>
    widths.map((width, i) => ({
      width,
      color: accents[`${row}:${i}`],
      x: 130 + unit * (indent + widths.slice(0, i).reduce((sum, w) => sum + w, 0)),
      y: 280 + row * 60,
    })),
  );
  const isPlain = (key) => key.width === 1 && !key.color;
  return (
    stamp(
      cap(unit, '#fbf7ef'),
      keys.filter(isPlain).map(({ x, y }) => [x, y]),
    ) +
    each(
      keys.filter((key) => !isPlain(key)),
      ({ x, y, width, color = '#fbf7ef' }) => place(x, y, cap(width * unit, color)),
    )
  );
}

export const digital = {
  'open-ear-buds': () =>
    shadow(400, 640, 290, 38) +
    solid('M130,330C130,220 180,190 250,190H410C480,190 530,220 530,330V336H130Z', '#8fa9c4', {
      shade: '#7590ad',
      shift: [-22, -10],
    }) +
    solid('M130,346H530V420C530,530 480,580 410,580H250C180,580 130,530 130,420Z', '#9db6cf', {
      shade: '#7d98b5',
      shift: [-26, -14],
    }) +
    line('M134,340H526', '#5f7a98', 7) +
    dot(330, 400, 8, '#b9f2cf') +
    shine('M160,290C160,250 178,226 212,218', 12, 0.5) +
    place(400, 424, earbud(), -8) +
    place(570, 424, `<g transform="scale(-1 1)">${earbud()}</g>`, 8),

  'quiet-mechanical-keyboard': () =>
    shadow(400, 570, 360, 44) +
    place(
      400,
      410,
      place(
        -400,
        -400,
        solid(box(100, 252, 600, 304, 32), '#e6dccb', { shade: '#c7baa5', shift: [-6, -16] }) +
          fill(box(120, 270, 560, 256, 16), '#a89a84') +
          keyboard(
            [
              [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.2],
              [0, 1.4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.8],
              [0, 1.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.4],
              [0, 1.2, 1.2, 1.4, 5.6, 1.4, 1.2, 1.2],
            ],
            {
              '0:0': '#e58a6f',
              '0:11': '#8fa9c4',
              '1:0': '#8fa9c4',
              '2:0': '#8fa9c4',
              '2:10': '#e58a6f',
              '3:0': '#8fa9c4',
              '3:6': '#8fa9c4',
            },
          ),
      ),
      -6,
    ),

  'cozy-headphones': () =>
    shadow(400, 660, 270, 36) +
    line('M200,470V380C200,120 600,120 600,380V470', '#4b5a70', 46) +
    line('M194,460V380C194,112 592,112 592,376', '#66788f', 24) +
    line('M270,208C330,150 470,150 530,208', '#e9d9c6', 34) +
    solid(box(150, 410, 70, 200, 34), '#c9b8a4') +
    solid(box(580, 410, 70, 200, 34), '#b5a38e') +
    solid(box(186, 392, 108, 238, 50), '#e9d9c6', { shift: [-20, -8] }) +
    solid(box(506, 392, 108, 238, 50), '#e9d9c6', { shade: '#d3bfa8', shift: [-20, -8] }) +
    solid(box(124, 400, 86, 220, 42), '#5f7290', { shift: [-14, -10] }) +
    solid(box(590, 400, 86, 220, 42), '#5f7290', { shift: [-24, -10] }) +
    shine('M146,450V540', 11, 0.4) +
    dot(640, 560, 7, '#8fe0b0'),

  'pocket-power-bank': () =>
    shadow(400, 660, 250, 36) +
    line('M388,170C388,90 560,70 600,170S600,420 640,470', '#e58a6f', 15) +
    solid(box(372, 148, 34, 60, 8), '#e58a6f') +
    solid(box(618, 460, 44, 74, 10), '#e58a6f') +
    solid(box(627, 530, 26, 32, 4), '#aeb9c4') +
    solid(box(252, 200, 272, 450, 54), '#6f9fb5', {
      shade: '#557f95',
      shift: [-30, -10],
      inner: fill('M240,520H540V660H240Z', '#5b8aa0', 0.5),
    }) +
    fill(box(366, 204, 46, 14, 6), '#3f6274') +
    stamp(dot(0, 0, 9, '#e9fbf2'), [
      [340, 570],
      [374, 570],
      [408, 570],
    ]) +
    dot(442, 570, 9, '#e9fbf2', 0.35) +
    fill('M402,310L346,420H386L372,498L436,384H394Z', '#f6f2df') +
    shine('M284,270V470', 14, 0.35),

  'daily-smart-watch': () =>
    shadow(400, 720, 190, 26) +
    solid('M310,280C316,200 322,120 330,84H470C478,120 484,200 490,280Z', '#e58a6f', { shift: [-24, 0] }) +
    solid('M310,520C316,600 322,680 330,716H470C478,680 484,600 490,520Z', '#e58a6f', { shift: [-24, 0] }) +
    stamp(fill(box(-14, -6, 28, 12, 6), '#b9624b'), [
      [400, 606],
      [400, 640],
      [400, 674],
    ]) +
    solid(box(584, 360, 28, 70, 12), '#7d8794') +
    solid(box(214, 224, 376, 352, 96), '#8d97a4', { shade: '#6c7683', shift: [-14, -12] }) +
    fill(box(236, 244, 330, 312, 78), '#1f2733') +
    `<g fill="none" stroke-width="22" stroke-linecap="round"><path d="M400,292A108,108 0 1 1 292,400" stroke="#f2786b"/><path d="M400,324A76,76 0 1 1 334,438" stroke="#8fe08a"/><path d="M400,356A44,44 0 1 1 378,438" stroke="#6fd0e8"/></g>` +
    shine('M258,330C258,290 280,268 316,266', 9, 0.3),

  'fabric-speaker': () =>
    shadow(400, 664, 230, 36) +
    line('M470,210C560,170 640,230 586,320', '#b07a48', 22) +
    solid(drum(400, 220, 620, 172, 172, 40), '#8795ad', {
      shade: '#6a7890',
      shift: [-50, 0],
      inner:
        stamp(
          line(
            each(range(11), (i) => `M${236 + i * 33},0v1`),
            '#5c6a82',
            9,
            0.7,
          ),
          range(11).map((i) => [0, 280 + i * 30]),
        ) +
        fill(box(356, 530, 88, 34, 8), '#b07a48') +
        dot(380, 547, 6, '#f0dcc0') +
        line('M400,547H424', '#f0dcc0', 6),
    }) +
    fill('M228,600V620A172,40 0 0 0 572,620V600A172,40 0 0 1 228,600Z', '#46526a') +
    fill(oval(400, 220, 172, 40), '#46526a') +
    fill(oval(400, 216, 158, 34), '#5b6882') +
    line('M386,214h28M400,208v12', '#dfe6f0', 6) +
    line('M320,216h24M456,216h24', '#dfe6f0', 6) +
    dot(400, 238, 5, '#8fe0b0') +
    shine('M254,290V560', 14, 0.25),
};
