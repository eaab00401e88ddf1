import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { forgetPersonal } from '@/lib/query-client';
import { startSession } from '@/lib/session';
import type { SignedIn } from '@/types/api';

export type Credentials = { email: string; password: string };

export const signIn = (credentials: Credentials) =>
  api<SignedIn>('/api/users/login', { method: 'POST', body: credentials, anonymous: true });

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (session) => {
      forgetPersonal(queries);
      startSession(session);
    },
  });
}
