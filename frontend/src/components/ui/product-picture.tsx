import { useState } from 'react';

type ProductPictureProps = {
  src: string | null | undefined;
  eager?: boolean;
  faded?: boolean;
  /** Its shape and corners. */
  shape?: string;
};

/** A product's picture, square unless told otherwise. Decorative: the product's name always stands beside it. */
export function ProductPicture({
  src,
  eager = false,
  faded = false,
  shape = 'aspect-square rounded-xl',
}: ProductPictureProps) {
  const [brokenSrc, setBrokenSrc] = useState<string | null>(null);
  return (
    <div className={`relative flex w-full items-center justify-center overflow-hidden bg-picture ${shape}`}>
      {src && src !== brokenSrc ? (
        <img
          src={src}
          alt=""
          width={400}
          height={400}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setBrokenSrc(src)}
          className={`absolute inset-0 size-full object-cover ${faded ? 'opacity-45 grayscale' : ''}`}
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
