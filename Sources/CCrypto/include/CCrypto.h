#ifndef FUROSHIKI_CCRYPTO_H
#define FUROSHIKI_CCRYPTO_H

#include <stddef.h>

// Loading libcrypto takes 2 ms: a third of a short run, which calculates no digest. So it is not linked, but loaded
// before the first digest. With FUROSHIKI_LINKED, a static libcrypto is part of the program. The types and functions are
// those of OpenSSL 3 (EVP_DigestInit(3), HMAC(3)).
struct engine_st;
struct evp_md_st;
struct evp_md_ctx_st;

// The size of the largest digest, EVP_MAX_MD_SIZE.
enum { libcrypto_maximum_digest_size = 64 };

struct LibCrypto {
    struct evp_md_ctx_st *(*context_new)(void);
    void (*context_free)(struct evp_md_ctx_st *);
    int (*digest_init)(struct evp_md_ctx_st *, const struct evp_md_st *, struct engine_st *);
    int (*digest_update)(struct evp_md_ctx_st *, const void *, size_t);
    int (*digest_final)(struct evp_md_ctx_st *, unsigned char *, unsigned int *);
    int (*digest)(const void *, size_t, unsigned char *, unsigned int *, const struct evp_md_st *, struct engine_st *);
    const struct evp_md_st *(*digest_by_name)(const char *);
    const struct evp_md_st *(*sha256)(void);
    const struct evp_md_st *(*md5)(void);
    unsigned char *(*hmac)(
        const struct evp_md_st *, const void *, int, const unsigned char *, size_t, unsigned char *, unsigned int *
    );
};

// The functions of libcrypto. If it cannot be loaded, this ends the program with a message, as the dynamic linker does
// for a library that is linked.
const struct LibCrypto *libcrypto(void);

static inline struct evp_md_ctx_st *libcrypto_context_new(void) { return libcrypto()->context_new(); }
static inline void libcrypto_context_free(struct evp_md_ctx_st *context) { libcrypto()->context_free(context); }
static inline const struct evp_md_st *libcrypto_digest_by_name(const char *name) {
    return libcrypto()->digest_by_name(name);
}
static inline const struct evp_md_st *libcrypto_sha256(void) { return libcrypto()->sha256(); }
static inline const struct evp_md_st *libcrypto_md5(void) { return libcrypto()->md5(); }
static inline int libcrypto_digest_init(struct evp_md_ctx_st *context, const struct evp_md_st *kind) {
    return libcrypto()->digest_init(context, kind, NULL);
}
static inline int libcrypto_digest_update(struct evp_md_ctx_st *context, const void *bytes, size_t count) {
    return libcrypto()->digest_update(context, bytes, count);
}
static inline int libcrypto_digest_final(
    struct evp_md_ctx_st *context, unsigned char *digest, unsigned int *length
) {
    return libcrypto()->digest_final(context, digest, length);
}
static inline int libcrypto_digest(
    const void *bytes, size_t count, unsigned char *digest, const struct evp_md_st *kind
) {
    return libcrypto()->digest(bytes, count, digest, NULL, kind, NULL);
}
static inline unsigned char *libcrypto_hmac_sha256(
    const void *key, int key_length, const unsigned char *bytes, size_t count, unsigned char *code, unsigned int *length
) {
    return libcrypto()->hmac(libcrypto_sha256(), key, key_length, bytes, count, code, length);
}

#endif
