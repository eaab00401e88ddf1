import { useMutation, useQueryClient } from '@tanstack/react-query';
import { anonymousClient, read } from '@/lib/api-client';
import { resumeFor } from '@/lib/query-client';
import { signIn, type Credentials } from './sign-in';

export type NewAccount = Credentials & { name: string; phone?: string };

const signUp = (account: NewAccount) => read(anonymousClient.POST('/api/users/signup', { body: account }));

/** Creates the account and signs in. */
export function useSignUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (account: NewAccount) => {
      await signUp(account);
      return signIn({ email: account.email, password: account.password });
    },
    onSuccess: (session) => resumeFor(queries, session),
  });
}
