#ifndef FUROSHIKI_CCURL_H
#define FUROSHIKI_CCURL_H

// curl.h defines macros that check the arguments of variadic functions, but do not work with function pointers.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// libcurl depends on about thirty libraries. Loading them takes longer than a short run of the program, so libcurl is not
// linked, but loaded before the first request. With FUROSHIKI_LINKED, a small static libcurl is part of the program.
struct LibCurl {
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
    CURLcode (*global_init)(long);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    const char *(*easy_strerror)(CURLcode);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_cleanup)(CURLM *);
    CURLMcode (*multi_add_handle)(CURLM *, CURL *);
    CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
    CURLMcode (*multi_perform)(CURLM *, int *);
    CURLMsg *(*multi_info_read)(CURLM *, int *);
    CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned int, int, int *);
    CURLMcode (*multi_wakeup)(CURLM *);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
};

// The functions of libcurl, or NULL if it is not installed.
const struct LibCurl *libcurl(void);

// Whether libcurl is available. If not, no other function in this file may be called.
static inline int libcurl_is_there(void) { return libcurl() != NULL; }

// Whether libcurl is part of the program. Such a libcurl does not know where the system keeps its certificates.
int libcurl_is_linked(void);

static inline CURLcode libcurl_global_init(long flags) { return libcurl()->global_init(flags); }
static inline CURL *libcurl_easy_init(void) { return libcurl()->easy_init(); }
static inline void libcurl_easy_cleanup(CURL *handle) { libcurl()->easy_cleanup(handle); }
static inline const char *libcurl_easy_strerror(CURLcode code) { return libcurl()->easy_strerror(code); }
static inline CURLM *libcurl_multi_init(void) { return libcurl()->multi_init(); }
static inline CURLMcode libcurl_multi_cleanup(CURLM *multi) { return libcurl()->multi_cleanup(multi); }
static inline CURLMcode libcurl_multi_add_handle(CURLM *multi, CURL *handle) {
    return libcurl()->multi_add_handle(multi, handle);
}
static inline CURLMcode libcurl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return libcurl()->multi_remove_handle(multi, handle);
}
static inline CURLMcode libcurl_multi_perform(CURLM *multi, int *running) {
    return libcurl()->multi_perform(multi, running);
}
static inline CURLMsg *libcurl_multi_info_read(CURLM *multi, int *left) {
    return libcurl()->multi_info_read(multi, left);
}
static inline CURLMcode libcurl_multi_poll(
    CURLM *multi, struct curl_waitfd *extra, unsigned int count, int milliseconds, int *ready
) {
    return libcurl()->multi_poll(multi, extra, count, milliseconds, ready);
}
static inline CURLMcode libcurl_multi_wakeup(CURLM *multi) { return libcurl()->multi_wakeup(multi); }
static inline struct curl_slist *libcurl_slist_append(struct curl_slist *list, const char *text) {
    return libcurl()->slist_append(list, text);
}
static inline void libcurl_slist_free_all(struct curl_slist *list) { libcurl()->slist_free_all(list); }

// Swift cannot call variadic functions, so there is one function for each type of value.
static inline CURLcode curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return libcurl()->easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_long(CURL *handle, CURLoption option, long value) {
    return libcurl()->easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return libcurl()->easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_write_callback(CURL *handle, curl_write_callback callback) {
    return libcurl()->easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
}
static inline CURLcode curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return libcurl()->easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return libcurl()->easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_header_callback(CURL *handle, curl_write_callback callback) {
    return libcurl()->easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
}
static inline CURLcode curl_set_read_callback(CURL *handle, curl_read_callback callback) {
    return libcurl()->easy_setopt(handle, CURLOPT_READFUNCTION, callback);
}
static inline CURLcode curl_set_seek_callback(CURL *handle, curl_seek_callback callback) {
    return libcurl()->easy_setopt(handle, CURLOPT_SEEKFUNCTION, callback);
}
static inline CURLcode curl_set_progress_callback(CURL *handle, curl_xferinfo_callback callback) {
    return libcurl()->easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
}
// libcurl before 7.80 does not have the option, and ignores it.
static inline CURLcode curl_set_prerequest_callback(CURL *handle, curl_prereq_callback callback) {
    return libcurl()->easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}
static inline CURLMcode curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return libcurl()->multi_setopt(handle, option, value);
}
// The result of a transfer is in a union, which Swift does not import.
static inline CURLcode curl_message_result(const CURLMsg *message) { return message->data.result; }

#endif
