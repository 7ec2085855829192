#include "CCrypto.h"

#ifdef FUROSHIKI_LINKED

// Release builds for Linux contain libcrypto, so that they run on systems without it.
#include <openssl/evp.h>
#include <openssl/hmac.h>

static const struct LibCrypto functions = {
    .context_new = EVP_MD_CTX_new,
    .context_free = EVP_MD_CTX_free,
    .digest_init = EVP_DigestInit_ex,
    .digest_update = EVP_DigestUpdate,
    .digest_final = EVP_DigestFinal_ex,
    .digest = EVP_Digest,
    .digest_by_name = EVP_get_digestbyname,
    .sha256 = EVP_sha256,
    .md5 = EVP_md5,
    .hmac = HMAC,
};

const struct LibCrypto *libcrypto(void) { return &functions; }

#else

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// Where the library is; the first that can be loaded is used.
static const char *const names[] = {
#ifdef __APPLE__
    "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
    "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib",
#else
    "libcrypto.so.3",
#endif
};

static struct LibCrypto functions;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = NULL;
    for (size_t index = 0; library == NULL && index < sizeof names / sizeof names[0]; index++) {
        library = dlopen(names[index], RTLD_LAZY | RTLD_LOCAL);
    }
    const struct {
        const char *name;
        void *place;
    } wanted[] = {
        {"EVP_MD_CTX_new", &functions.context_new},
        {"EVP_MD_CTX_free", &functions.context_free},
        {"EVP_DigestInit_ex", &functions.digest_init},
        {"EVP_DigestUpdate", &functions.digest_update},
        {"EVP_DigestFinal_ex", &functions.digest_final},
        {"EVP_Digest", &functions.digest},
        {"EVP_get_digestbyname", &functions.digest_by_name},
        {"EVP_sha256", &functions.sha256},
        {"EVP_md5", &functions.md5},
        {"HMAC", &functions.hmac},
    };
    for (size_t index = 0; index < sizeof wanted / sizeof wanted[0]; index++) {
        void *found = library == NULL ? NULL : dlsym(library, wanted[index].name);
        if (found == NULL) {
            fprintf(stderr, "error: cannot load libcrypto of OpenSSL 3: %s\n", dlerror());
            exit(1);
        }
        *(void **)wanted[index].place = found;  // POSIX lets functions be kept in object pointers for dlsym's sake
    }
}

const struct LibCrypto *libcrypto(void) {
    pthread_once(&once, load);
    return &functions;
}

#endif
