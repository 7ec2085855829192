#ifndef FUROSHIKI_BUILD_FACTS_H
#define FUROSHIKI_BUILD_FACTS_H

// What is known about this build of the program, as a JSON object: `commit`, `date` and `libraries`. It is empty unless
// scripts/release has linked the program, which replaces this function by one with the facts of the release. In this way,
// nothing is compiled again for a new commit.
const char *furoshiki_build_facts(void);

#endif
