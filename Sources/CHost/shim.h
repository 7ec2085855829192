// Functions of the C library that are not in Swift's module.
#include <signal.h>
#include <spawn.h>
#include <stddef.h>

// An empty set of signals. Several C modules contain the type, and optimized builds do not find its initializer.
static inline sigset_t host_no_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    return set;
}

// Makes the system keep the status of child processes, in case SIGCHLD was ignored by the parent process.
static inline void host_keep_status_of_children(void) {
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
        signal(SIGCHLD, SIG_DFL);
    }
}

// Whether a signal is ignored, which can be inherited from the parent process.
static inline int host_ignores_signal(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

#ifdef __linux__
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int sched_getaffinity(int process, size_t size, void *set);

// The number of processors that the process can use, or 0 if it is unknown.
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
