import { useMutation } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { changeUser } from '@/lib/session';

/** An empty phone number removes it. */
export type ProfileChange = { name: string; phone: string };

/** Changes one's own account; the whole storefront knows the new name at once. */
export function useChangeProfile() {
  return useMutation({
    mutationFn: (change: ProfileChange) => read(client.PATCH('/api/users/me', { body: change })),
    onSuccess: changeUser,
  });
}
