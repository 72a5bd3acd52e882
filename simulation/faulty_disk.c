/* A disk that fails when told to: preloaded, it stands before the C library's calls that change files below one
 * folder. Planned ones (and some after each) fail with the error asked for; or all of them say "no space left" for as
 * long as a switch file exists. Everything above it, Python's files and SQLite alike, is real.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST = 65536, NAME = 232, FAULTS = 256 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], places[MOST][NAME];
static long calls;
static struct fault {
    char place[NAME]; /* deed and file, with * for what varies */
    long skip, times, met;
    int error;
} faults[FAULTS];
static int planned;
static const char *folder_from_environment, *switch_file;

__attribute__((constructor)) static void begin(void) {
    folder_from_environment = getenv("SENIM_DISK_FOLDER");
    switch_file = getenv("SENIM_DISK_SWITCH");
    if (folder_from_environment) snprintf(folder, sizeof folder, "%s", folder_from_environment);
}

/* ---- for the test in the same process */

void senim_disk_folder(const char *path) { snprintf(folder, sizeof folder, "%s", path); }

/* Count anew, with nothing planned. */
void senim_disk_clear(void) {
    pthread_mutex_lock(&lock);
    calls = planned = 0;
    pthread_mutex_unlock(&lock);
}

/* After ``skip`` calls at ``place``, so many fail there and everywhere with ``error``. Returns the fault's number. */
int senim_disk_plan(const char *place, long skip, int error, long times) {
    pthread_mutex_lock(&lock);
    int number = planned < FAULTS ? planned++ : -1;
    if (number >= 0) {
        struct fault *fault = faults + number;
        snprintf(fault->place, NAME, "%s", place);
        fault->skip = skip, fault->error = error, fault->times = times, fault->met = 0;
    }
    pthread_mutex_unlock(&lock);
    return number;
}

long senim_disk_calls(void) { return calls; }
long senim_disk_met(int number) { return number >= 0 && number < planned ? faults[number].met : 0; }
const char *senim_disk_place(long n) { return n > 0 && n <= MOST ? places[n - 1] : ""; }

/* ---- what each call passes */

/* The error of the first planned fault this call meets. A fault that began stays until it is used up. */
static int meets(const char *place, int *first) {
    for (struct fault *fault = faults; fault < faults + planned; fault++) {
        if (!fault->times) continue;
        if (!fault->met && (fnmatch(fault->place, place, 0) || fault->skip-- > 0)) continue;
        *first = !fault->met++;
        fault->times--;
        return fault->error;
    }
    return 0;
}

/* 0, or the error that ``errno`` has; ``first``: whether it is the first of its fault. */
static int fails(const char *what, const char *path, int *first) {
    size_t length = strlen(folder);
    char place[NAME];
    if (!length || !path || strncmp(path, folder, length)) return 0;
    if (snprintf(place, NAME, "%s %s", what, path + length) >= NAME) place[NAME - 1] = 0;
    pthread_mutex_lock(&lock);
    if (calls < MOST) strcpy(places[calls++], place);
    int error = meets(place, first);
    pthread_mutex_unlock(&lock);
    /* A full disk still syncs, renames and makes shorter. */
    int more = !strcmp(what, "write") || !strcmp(what, "create") || !strcmp(what, "mkdir");
    if (!error && more && switch_file && !access(switch_file, F_OK)) error = ENOSPC;
    if (error) errno = error;
    return error;
}

static int fails_at(const char *what, int descriptor, int *first) {
    char link[64], path[PATH_MAX];
    if (!folder[0] || descriptor < 3) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return 0;
    path[size] = 0;
    return fails(what, path, first);
}

static char *whole(const char *path, char *room) {
    if (path[0] == '/') return strcpy(room, strlen(path) < PATH_MAX ? path : "/");
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here) || strlen(here) + strlen(path) + 2 > PATH_MAX) return strcpy(room, "/");
    sprintf(room, "%s/%s", here, path);
    return room;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(write);
    int first = 0;
    if (fails_at("write", descriptor, &first)) {
        if (errno != ENOSPC || !first || count < 2) return -1;
        count /= 2; /* a disk that runs full takes what still fits */
    }
    return real(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    int first = 0;
    if (fails_at("write", descriptor, &first)) {
        if (errno != ENOSPC || !first || count < 2) return -1;
        count /= 2; /* a disk that runs full takes what still fits */
    }
    return real(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    int first = 0;
    if (fails_at("write", descriptor, &first)) {
        if (errno != ENOSPC || !first || count < 2) return -1;
        count /= 2; /* a disk that runs full takes what still fits */
    }
    return real(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
    REAL(fsync);
    int first;
    if (fails_at("sync", descriptor, &first)) return -1;
    return real(descriptor);
}

int fdatasync(int descriptor) {
    REAL(fdatasync);
    int first;
    if (fails_at("sync", descriptor, &first)) return -1;
    return real(descriptor);
}

int ftruncate(int descriptor, off_t size) {
    REAL(ftruncate);
    int first;
    if (fails_at("truncate", descriptor, &first)) return -1;
    return real(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
    REAL(ftruncate64);
    int first;
    if (fails_at("truncate", descriptor, &first)) return -1;
    return real(descriptor, size);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    char room[PATH_MAX];
    int first;
    if (fails("rename", whole(to, room), &first)) return -1;
    return real(from, to);
}

int link(const char *from, const char *to) {
    REAL(link);
    char room[PATH_MAX];
    int first;
    if (fails("link", whole(to, room), &first)) return -1;
    return real(from, to);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    char room[PATH_MAX];
    struct stat there;
    int first;
    if (stat(path, &there) && fails("mkdir", whole(path, room), &first)) return -1;
    return real(path, mode);
}

/* Opening for writing what is not there yet. */
static int creates(const char *path, int flags) {
    char room[PATH_MAX];
    struct stat there;
    int first;
    return flags & O_CREAT && stat(path, &there) && fails("create", whole(path, room), &first);
}

int open(const char *path, int flags, ...) {
    REAL(open);
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (creates(path, flags)) return -1;
    return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (creates(path, flags)) return -1;
    return real(path, flags, mode);
}
