import { useMutation } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

export type PasswordChange = { currentPassword: string; newPassword: string };

/** Changes the password and ends the sessions on other devices. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (change: PasswordChange) => read(client.PATCH('/api/users/me', { body: change })),
  });
}
