import { useEffect } from 'react';

const shopName = 'MSA Shop';

export function useTitle(title?: string) {
  useEffect(() => {
    document.title = title ? `${title} · ${shopName}` : shopName;
  }, [title]);
}
