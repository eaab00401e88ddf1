import type { AdminKey } from '@/lib/i18n/admin/words';

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'];

const maxBytes = 1024 * 1024;

/** Why a file cannot be a product's picture, if it cannot. */
export function problemOfPicture({ type, size }: { type: string; size: number }): AdminKey | null {
  if (!pictureTypes.includes(type)) return 'picture.type';
  return size > maxBytes ? 'picture.size' : null;
}
