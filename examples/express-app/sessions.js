import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const HOURS = 60 * 60 * 1000;
const LIFETIME = 12 * HOURS;
const COOKIE = 'session';

/** @typedef {import('express').Request} Request */
/** @typedef {import('express').Response} Response */

/**
 * Who may come in: browsers with the cookie that `login` gave them, and scripts with the token. Sessions are kept in
 * memory; an application of several processes keeps them in a store that all share.
 * @param {{ password: string, apiToken: string }} secrets
 */
export function createSessions({ password, apiToken }) {
  /** @type {Map<string, number>} When each session ends. */
  const sessions = new Map();

  /** @param {Request} request @param {Response} response */
  const login = (request, response) => {
    if (!isEqual(request.body?.password, password)) {
      response.status(401).json({ error: 'wrong password' });
      return;
    }
    for (const [id, end] of sessions) if (end <= Date.now()) sessions.delete(id);
    const id = randomBytes(32).toString('base64url');
    sessions.set(id, Date.now() + LIFETIME);
    // Strict: no other site can use it. Behind HTTPS, add `secure: true`.
    response.cookie(COOKIE, id, { httpOnly: true, sameSite: 'strict', maxAge: LIFETIME });
    response.json({ gallery: '/images/infinite_image_browsing' });
  };

  /** @param {Request} request @param {Response} response */
  const logout = (request, response) => {
    sessions.delete(sessionOf(request));
    response.clearCookie(COOKIE).json({});
  };

  /** @param {Request} request @param {Response} response @param {() => void} next */
  const required = (request, response, next) => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const end = sessions.get(sessionOf(request)) ?? 0;
    if (isEqual(token, apiToken) || end > Date.now()) next();
    else response.status(401).json({ error: 'log in first' });
  };

  return { login, logout, required };
}

/** @param {Request} request */
function sessionOf(request) {
  const cookies = request.headers.cookie?.split(';') ?? [];
  const own = cookies.map((cookie) => cookie.trim()).find((cookie) => cookie.startsWith(`${COOKIE}=`));
  return own?.slice(COOKIE.length + 1) ?? '';
}

/**
 * In a time that tells nothing of how much was right.
 * @param {unknown} shown
 * @param {string} secret
 */
function isEqual(shown, secret) {
  return typeof shown === 'string' && timingSafeEqual(digest(shown), digest(secret));
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest();
}
