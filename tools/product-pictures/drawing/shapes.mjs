// The drawing kit of the catalogue pictures: colours, outlines and the few solids every scene is composed of.
// Light always falls from the upper left; a solid is its outline in the shade colour with the lit colour shifted over it.

const round = (n) => Math.round(n * 10) / 10;
const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** The colour a fraction `t` of the way from `from` to `to`. */
export const mix = (from, to, t) => {
  const [a, b] = [channels(from), channels(to)];
  return `#${a
    .map((c, i) =>
      Math.round(c + (b[i] - c) * t)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
};
export const dark = (color, t = 0.18) => mix(color, '#2b1f3d', t);
export const light = (color, t = 0.4) => mix(color, '#fffdf7', t);

// Ids need only be unique inside one picture, and equal from run to run.
let lastId = 0;
const newId = () => `p${(lastId += 1).toString(36)}`;

// Outlines -----------------------------------------------------------------------------------------------------------

export const box = (x, y, w, h, r = 0) =>
  poly(
    [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ],
    r,
  );

export const oval = (cx, cy, rx, ry = rx) =>
  `M${round(cx - rx)},${round(cy)}a${round(rx)},${round(ry)} 0 1 1 ${round(2 * rx)},0a${round(rx)},${round(ry)} 0 1 1 ${round(-2 * rx)},0Z`;

/** A polygon with rounded corners; `r` is one radius or one per corner. */
export function poly(points, r = 0) {
  const corner = (i) => {
    const p = points[i];
    const towards = (q) => {
      const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
      const t = Math.min(Array.isArray(r) ? r[i] : r, length / 2) / length;
      return `${round(p[0] + (q[0] - p[0]) * t)},${round(p[1] + (q[1] - p[1]) * t)}`;
    };
    const before = points[(i + points.length - 1) % points.length];
    return `${towards(before)}Q${round(p[0])},${round(p[1])} ${towards(points[(i + 1) % points.length])}`;
  };
  return `M${points.map((_, i) => corner(i)).join('L')}Z`;
}

/** The upright side of a round body: straight walls, a curved foot, `ry` tall ellipses. */
export const drum = (cx, top, bottom, topRx, bottomRx, ry) =>
  `M${cx - topRx},${top}L${cx - bottomRx},${bottom}A${bottomRx},${ry} 0 0 0 ${cx + bottomRx},${bottom}L${cx + topRx},${top}A${topRx},${ry} 0 0 1 ${cx - topRx},${top}Z`;

export const polar = (angle, rx, ry = rx) => {
  const a = (angle * Math.PI) / 180;
  return [round(Math.cos(a) * rx), round(Math.sin(a) * ry)];
};

export const range = (n) => [...Array(n).keys()];
export const each = (items, draw) => items.map(draw).join('');

// Marks --------------------------------------------------------------------------------------------------------------

export const fill = (d, color, opacity = 1) =>
  `<path d="${d}" fill="${color}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

export const line = (d, color, width, opacity = 1) =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

export const dot = (x, y, r, color, opacity = 1) =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${r}" fill="${color}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

/** A highlight along the lit side. */
export const shine = (d, width = 14, opacity = 0.45) => line(d, '#ffffff', width, opacity);

/** A shape with a lit and a shaded side; `inner` is drawn on its surface and cut at its edge. */
export function solid(d, color, { shade = dark(color), shift = [-24, -14], inner = '' } = {}) {
  const id = newId();
  return (
    `<clipPath id="${id}"><path id="${id}o" d="${d}"/></clipPath><use href="#${id}o" fill="${shade}"/>` +
    `<g clip-path="url(#${id})"><use href="#${id}o" x="${shift[0]}" y="${shift[1]}" fill="${color}"/>${inner}</g>`
  );
}

export const place = (x, y, content, rotate = 0, scale = 1) =>
  `<g transform="translate(${round(x)} ${round(y)})${rotate ? ` rotate(${round(rotate)})` : ''}${scale === 1 ? '' : ` scale(${scale})`}">${content}</g>`;

/** Draws `content` once and repeats it at each `[x, y, rotate, scale]`. */
export function stamp(content, places) {
  const id = newId();
  const uses = each(
    places,
    ([x, y, rotate = 0, scale = 1]) =>
      `<use href="#${id}" transform="translate(${round(x)} ${round(y)})${rotate ? ` rotate(${round(rotate)})` : ''}${scale === 1 ? '' : ` scale(${scale})`}"/>`,
  );
  return `<defs><g id="${id}">${content}</g></defs>${uses}`;
}

/** The soft shadow a thing throws on the ground it stands on. */
export const shadow = (cx, cy, rx, ry = rx * 0.14) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${round(rx)}" ry="${round(ry)}" fill="url(#shadow)"/>`;

// Things that several scenes share -------------------------------------------------------------------------------------

export const leaf = (length, width, color, vein = light(color, 0.35)) =>
  solid(
    `M0,0C${round(length * 0.25)},${-width} ${round(length * 0.75)},${-width} ${length},0C${round(length * 0.75)},${width} ${round(length * 0.25)},${width} 0,0Z`,
    color,
    { shift: [0, -width * 0.45] },
  ) + line(`M${round(length * 0.08)},0L${round(length * 0.82)},0`, vein, Math.max(3, width * 0.09), 0.7);

/** A citrus fruit cut across. */
export const citrus = (r, rind, flesh, segments = 10) =>
  dot(0, 0, r, rind) +
  dot(0, 0, r * 0.9, '#fff3d6') +
  dot(0, 0, r * 0.8, flesh) +
  line(
    each(range(segments), (i) => `M0,0L${polar((i * 360) / segments, r * 0.8)}`),
    '#fff3d6',
    r * 0.06,
  ) +
  dot(0, 0, r * 0.12, '#fff3d6') +
  dot(-r * 0.3, -r * 0.4, r * 0.1, '#ffffff', 0.4);

/** A bowl seen from slightly above; `content` fills its opening around 0,0. */
export function bowl(rx, ry, depth, color, content, { inside = dark(color, 0.25), foot = rx * 0.42, decor = '' } = {}) {
  const id = newId();
  return (
    solid(box(-foot, depth - 14, foot * 2, 34, 8), dark(color, 0.12)) +
    solid(
      `M${-rx},0C${round(-rx * 0.96)},${round(depth * 0.72)} ${round(-foot * 1.2)},${depth} ${round(-foot * 0.8)},${depth}L${round(foot * 0.8)},${depth}C${round(foot * 1.2)},${depth} ${round(rx * 0.96)},${round(depth * 0.72)} ${rx},0Z`,
      color,
      {
        shift: [-36, -10],
        inner: decor,
      },
    ) +
    fill(oval(0, 0, rx, ry), light(color, 0.3)) +
    `<clipPath id="${id}"><path d="${oval(0, 0, rx - 16, ry - 10)}"/></clipPath><g clip-path="url(#${id})">${fill(oval(0, 0, rx, ry), inside)}${content}</g>`
  );
}

/** An upright round body with a visible top. */
export const cylinder = (
  cx,
  top,
  bottom,
  rx,
  ry,
  color,
  { lid = light(color, 0.35), inner = '', bottomRx = rx } = {},
) =>
  solid(drum(cx, top, bottom, rx, bottomRx, ry), color, { shift: [-rx * 0.3, 0], inner }) +
  fill(oval(cx, top, rx, ry), lid);

export const steam = (places) => stamp(line('M0,0C-30,-30 30,-60 0,-95', '#ffffff', 12, 0.75), places);

/** A roasted coffee bean. */
export const bean = (color = '#6b4028') =>
  solid(oval(0, 0, 40, 28), color, { shift: [-8, -8] }) + line('M-34,4C-14,-14 14,16 34,-4', dark(color, 0.5), 6);

/** A wooden board seen from above. */
export const board = (x, y, w, h, color = '#d9a871') =>
  solid(box(x, y, w, h, 46), color, {
    shift: [-10, -12],
    inner: line(
      each(range(4), (i) => `M${x},${y + (h * (i + 1)) / 5}q${w / 4},${i % 2 ? 16 : -16} ${w / 2},0t${w / 2},0`),
      dark(color, 0.14),
      5,
      0.6,
    ),
  });

export const rosemary = (length = 150, color = '#5f8a58') =>
  line(`M0,0Q${length / 2},-14 ${length},0`, dark(color, 0.2), 7) +
  line(
    each(range(9), (i) => {
      const x = 20 + (i * (length - 24)) / 8;
      return `M${round(x)},-5l14,-26M${round(x)},-5l16,22`;
    }),
    color,
    9,
  );

/** A whole picture: the category's backdrop, then the scene. */
export function picture({ tint, backdrop }, draw) {
  lastId = 0;
  const scene = draw();
  const halo = light(tint, 0.55);
  const stage =
    backdrop === 'arch'
      ? fill('M130,800V390a270,270 0 0 1 540,0V800Z', halo)
      : backdrop === 'sun'
        ? dot(520, 300, 250, halo)
        : dot(400, 400, 310, halo);
  const shade = dark(tint, 0.6);
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800">' +
    `<defs><radialGradient id="shadow"><stop offset="0" stop-color="${shade}" stop-opacity=".5"/><stop offset=".6" stop-color="${shade}" stop-opacity=".24"/><stop offset="1" stop-color="${shade}" stop-opacity="0"/></radialGradient></defs>` +
    `<path d="M0,0H800V800H0Z" fill="${tint}"/>${stage}${scene}</svg>\n`
  );
}
