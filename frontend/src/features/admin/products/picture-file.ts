import type { AdminKey } from '@/lib/i18n/admin/words';

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'];

const maxBytes = 1024 * 1024;

/** Why a file cannot be used as a picture; null if it can. */
export function problemOfPicture({ type, size }: { type: string; size: number }): AdminKey | null {
  if (!pictureTypes.includes(type)) return 'picture.type';
  return size > maxBytes ? 'picture.size' : null;
}
