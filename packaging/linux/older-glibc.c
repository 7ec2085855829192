// Functions for programs that are linked on a system with glibc 2.35 or 2.36, and shall run with glibc 2.34.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

// Since glibc 2.35, the unwinder of GCC finds the table of a function with _dl_find_object, which reports the object that
// has an address, and its table (dlfcn.h). This is the same function on the one that older versions have.
struct search {
    ElfW(Addr) address;
    struct dl_find_object *found;
};

static int look_at(struct dl_phdr_info *object, size_t size, void *context) {
    struct search *search = context;
    (void)size;
    const ElfW(Phdr) *code = NULL, *table = NULL;
    for (ElfW(Half) index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[index];
        ElfW(Addr) start = object->dlpi_addr + header->p_vaddr;
        if (header->p_type == PT_GNU_EH_FRAME) table = header;
        if (header->p_type == PT_LOAD && search->address >= start && search->address - start < header->p_memsz) {
            code = header;
        }
    }
    if (code == NULL) return 0;
    if (table == NULL) return -1;
    *search->found = (struct dl_find_object){
        .dlfo_map_start = (void *)(object->dlpi_addr + code->p_vaddr),
        .dlfo_map_end = (void *)(object->dlpi_addr + code->p_vaddr + code->p_memsz),
        .dlfo_eh_frame = (void *)(object->dlpi_addr + table->p_vaddr),
    };
    return 1;
}

__attribute__((visibility("hidden"))) int _dl_find_object(void *address, struct dl_find_object *result) {
    struct search search = {(ElfW(Addr))address, result};
    return dl_iterate_phdr(look_at, &search) == 1 ? 0 : -1;
}

// glibc 2.35 has second versions of hypot and hypotf, which differ in how they set errno.
#ifdef __x86_64__
#define OLDEST "GLIBC_2.2.5"
#else
#define OLDEST "GLIBC_2.17"
#endif
__asm__(".symver original_hypot, hypot@" OLDEST);
__asm__(".symver original_hypotf, hypotf@" OLDEST);
extern double original_hypot(double, double);
extern float original_hypotf(float, float);

__attribute__((visibility("hidden"))) double hypot(double x, double y) { return original_hypot(x, y); }
__attribute__((visibility("hidden"))) float hypotf(float x, float y) { return original_hypotf(x, y); }

// New in glibc 2.36; libstdc++ uses it for std::random_device.
__attribute__((visibility("hidden"))) uint32_t arc4random(void) {
    uint32_t result;
    while (getrandom(&result, sizeof result, 0) != sizeof result) {
        if (errno != EINTR) abort();
    }
    return result;
}
