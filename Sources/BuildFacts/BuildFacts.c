#include "BuildFacts.h"

__attribute__((weak)) const char *furoshiki_build_facts(void) { return "{}"; }
