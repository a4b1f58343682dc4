import { z } from 'zod';

/** Body of `POST /api/session`: signs a browser in where the server asks for a token. */
export const sessionSchema = z.strictObject({ token: z.string().min(1).max(1_000) });

/** What `POST /api/session` answers; the session itself is in an HttpOnly cookie. */
export const sessionAnswerSchema = z.object({ success: z.literal(true) });
