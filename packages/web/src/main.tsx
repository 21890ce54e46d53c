import './design/tokens.css';
import './design/base.css';

import { render } from 'solid-js/web';

import { App } from './app/app.tsx';
import { prefetchLazyComponents } from './library/connection/lazy-component.ts';
import { followLanguage } from './i18n/language.ts';
import { followTheme } from './preferences/theme.ts';

followTheme();
await followLanguage();
const root = document.getElementById('app');
if (root !== null) render(() => <App />, root);
if (document.readyState === 'complete') void prefetchLazyComponents();
else addEventListener('load', () => void prefetchLazyComponents(), { once: true });
