import type { ReactNode } from 'react';
import { RequireSession } from './require-session';
import { NotFound } from './routes/not-found';

/** Shows what only administrators see. The services check it again: this only spares others an empty page. */
export function RequireAdmin({ children }: { children: ReactNode }) {
  return (
    <RequireSession>
      {({ role }) =>
        role === 'ADMIN' ? (
          children
        ) : (
          <main className="page">
            <NotFound />
          </main>
        )
      }
    </RequireSession>
  );
}
