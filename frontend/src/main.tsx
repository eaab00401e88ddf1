import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followCartOfOtherTabs } from './features/shop/cart/stores/cart-store';
import { restoreSession } from './lib/api-client';
import { applyLanguage } from './lib/i18n/language';
import { followOtherTabs } from './lib/session';
import { startTelemetry } from './lib/telemetry/start-telemetry';
import { applyTheme } from './lib/theme';
import './styles/app.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element to draw into.');

applyTheme();
followOtherTabs();
startTelemetry();
followCartOfOtherTabs();
void restoreSession();

void applyLanguage().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
