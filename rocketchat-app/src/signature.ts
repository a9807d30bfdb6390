import { createHmac, randomUUID } from 'crypto';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The key that a Standard Webhooks secret stands for: base64, with or without `whsec_`. */
export function signingKey(secret: string): Buffer | undefined {
  const encoded = secret.replace(/^whsec_/, '');
  return encoded && BASE64.test(encoded) ? Buffer.from(encoded, 'base64') : undefined;
}

/**
 * Sign a body by Standard Webhooks.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signedHeaders(body: string, key: Buffer, now: number): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
