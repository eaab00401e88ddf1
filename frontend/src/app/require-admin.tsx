import type { ReactNode } from 'react';
import { RequireSession } from './require-session';
import { NotFound } from './routes/not-found';

/** Renders its children for administrators only. The services enforce this; here it only spares others an empty page. */
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
