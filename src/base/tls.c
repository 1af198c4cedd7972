#include "base/tls.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

void tls_judge_at(void *ssl_ctx, int64_t utc_s)
{
	X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(ssl_ctx), (time_t)utc_s);
}
