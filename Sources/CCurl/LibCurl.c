#include "CCurl.h"

#ifdef FUROSHIKI_LINKED

// Release builds for Linux contain libcurl, so that they run on systems without it.
static const struct LibCurl functions = {
    .easy_setopt = curl_easy_setopt,
    .multi_setopt = curl_multi_setopt,
    .global_init = curl_global_init,
    .easy_init = curl_easy_init,
    .easy_cleanup = curl_easy_cleanup,
    .easy_strerror = curl_easy_strerror,
    .multi_init = curl_multi_init,
    .multi_cleanup = curl_multi_cleanup,
    .multi_add_handle = curl_multi_add_handle,
    .multi_remove_handle = curl_multi_remove_handle,
    .multi_perform = curl_multi_perform,
    .multi_info_read = curl_multi_info_read,
    .multi_poll = curl_multi_poll,
    .multi_wakeup = curl_multi_wakeup,
    .slist_append = curl_slist_append,
    .slist_free_all = curl_slist_free_all,
};

const struct LibCurl *libcurl(void) { return &functions; }
int libcurl_is_linked(void) { return 1; }

#else

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#ifdef __APPLE__
static const char *const name = "/usr/lib/libcurl.4.dylib";
#else
static const char *const name = "libcurl.so.4";
#endif

static struct LibCurl functions;
static const struct LibCurl *loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    const struct {
        const char *name;
        void *place;
    } wanted[] = {
        {"curl_easy_setopt", &functions.easy_setopt},
        {"curl_multi_setopt", &functions.multi_setopt},
        {"curl_global_init", &functions.global_init},
        {"curl_easy_init", &functions.easy_init},
        {"curl_easy_cleanup", &functions.easy_cleanup},
        {"curl_easy_strerror", &functions.easy_strerror},
        {"curl_multi_init", &functions.multi_init},
        {"curl_multi_cleanup", &functions.multi_cleanup},
        {"curl_multi_add_handle", &functions.multi_add_handle},
        {"curl_multi_remove_handle", &functions.multi_remove_handle},
        {"curl_multi_perform", &functions.multi_perform},
        {"curl_multi_info_read", &functions.multi_info_read},
        {"curl_multi_poll", &functions.multi_poll},
        {"curl_multi_wakeup", &functions.multi_wakeup},
        {"curl_slist_append", &functions.slist_append},
        {"curl_slist_free_all", &functions.slist_free_all},
    };
    for (size_t index = 0; index < sizeof wanted / sizeof wanted[0]; index++) {
        void *found = dlsym(library, wanted[index].name);
        if (found == NULL) return;
        *(void **)wanted[index].place = found;  // POSIX lets functions be kept in object pointers for dlsym's sake
    }
    loaded = &functions;
}

const struct LibCurl *libcurl(void) {
    pthread_once(&once, load);
    return loaded;
}

int libcurl_is_linked(void) { return 0; }

#endif
