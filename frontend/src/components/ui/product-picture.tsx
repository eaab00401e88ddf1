import { useState } from 'react';

type ProductPictureProps = { src: string | null | undefined; eager?: boolean; faded?: boolean };

/** A product's square picture. Decorative: the product's name always stands beside it. */
export function ProductPicture({ src, eager = false, faded = false }: ProductPictureProps) {
  const [brokenSrc, setBrokenSrc] = useState<string | null>(null);
  return (
    <div className="flex aspect-square w-full items-center justify-center overflow-hidden rounded-xl bg-picture">
      {src && src !== brokenSrc ? (
        <img
          src={src}
          alt=""
          width={400}
          height={400}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setBrokenSrc(src)}
          className={`size-full object-cover ${faded ? 'opacity-45 grayscale' : ''}`}
        />
      ) : (
        <svg
          aria-hidden="true"
          viewBox="0 0 24 24"
          className="size-1/4 text-line-strong"
          fill="none"
          stroke="currentColor"
        >
          <rect x="4" y="5" width="16" height="14" rx="2" />
          <path d="m4 16 4.5-4 3.5 3 3-2.5 5 4" />
        </svg>
      )}
    </div>
  );
}
