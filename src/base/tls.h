/* tls -- certificates are judged at the time that this program takes to be right.
 *
 * A kiosk without a battery may wake in 1970, when no certificate was valid yet; it knows better (base/clock.h).
 */
#ifndef BASE_TLS_H
#define BASE_TLS_H

#include <stdint.h>

/* `ssl_ctx` is OpenSSL's SSL_CTX, from which no connection has been made yet. */
void tls_judge_at(void *ssl_ctx, int64_t utc_s);

#endif
