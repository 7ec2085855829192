// Calls that the C library has but that Swift's module of it leaves out.
#include <signal.h>
#include <spawn.h>
#include <stddef.h>

// A set of no signals. Several C modules hold the type, and an optimised build does not find its initializer.
static inline sigset_t host_no_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    return set;
}

// Lets the system keep the status of ended programs for us: who started us may have told it not to, which we inherit.
static inline void host_keep_status_of_children(void) {
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
        signal(SIGCHLD, SIG_DFL);
    }
}

// Whether a signal is ignored, as who started us may have left it.
static inline int host_ignores_signal(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

#ifdef __linux__
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int sched_getaffinity(int process, size_t size, void *set);

// How many processors the process may use, 0 where the system does not say.
static inline int host_usable_processors(void) {
    unsigned long set[128] = {0};
    if (sched_getaffinity(0, sizeof set, set) < 0) {
        return 0;
    }
    int count = 0;
    for (size_t index = 0; index < sizeof set / sizeof set[0]; index++) {
        count += __builtin_popcountl(set[index]);
    }
    return count;
}
#else
static inline int host_usable_processors(void) { return 0; }
#endif
