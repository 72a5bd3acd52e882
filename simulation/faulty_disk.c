/* A disk that fails when told to: preloaded, it stands before the C library's calls that change files below one
 * folder. The n-th of them (and some after it) fail with the error asked for; or all of them say "no space left" for
 * as long as a switch file exists. Everything above it, Python's files and SQLite alike, is real.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST = 65536, NAME = 232 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], places[MOST][NAME];
static long calls, met, armed_at, armed_times;
static int armed_error;
static const char *folder_from_environment, *switch_file;

__attribute__((constructor)) static void begin(void) {
    folder_from_environment = getenv("SENIM_DISK_FOLDER");
    switch_file = getenv("SENIM_DISK_SWITCH");
    if (folder_from_environment) snprintf(folder, sizeof folder, "%s", folder_from_environment);
}

/* ---- for the test in the same process */

void senim_disk_folder(const char *path) { snprintf(folder, sizeof folder, "%s", path); }

/* Count anew; from the nth call on, so many fail with ``error``. nth 0: none does. */
void senim_disk_arm(long nth, int error, long times) {
    pthread_mutex_lock(&lock);
    calls = met = 0;
    armed_at = nth, armed_error = error, armed_times = times;
    pthread_mutex_unlock(&lock);
}

long senim_disk_calls(void) { return calls; }
long senim_disk_met(void) { return met; }
const char *senim_disk_place(long n) { return n > 0 && n <= MOST ? places[n - 1] : ""; }

/* ---- what each call passes */

static int fails(const char *what, const char *path) {
    size_t length = strlen(folder);
    int error = 0;
    if (!length || !path || strncmp(path, folder, length)) return 0;
    pthread_mutex_lock(&lock);
    calls++;
    if (calls <= MOST) snprintf(places[calls - 1], NAME, "%s %s", what, path + length);
    if (armed_at && calls >= armed_at && calls < armed_at + armed_times) error = armed_error, met++;
    pthread_mutex_unlock(&lock);
    if (!error && switch_file && !access(switch_file, F_OK)) error = ENOSPC;
    if (error) errno = error;
    return error;
}

static int fails_at(const char *what, int descriptor) {
    char link[64], path[PATH_MAX];
    if (!folder[0] || descriptor < 3) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return 0;
    path[size] = 0;
    return fails(what, path);
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
    if (fails_at("write", descriptor)) {
        if (errno != ENOSPC || met != 1 || count < 2) return -1;
        count /= 2; /* a disk that runs full takes what still fits */
    }
    return real(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    if (fails_at("write", descriptor)) {
        if (errno != ENOSPC || met != 1 || count < 2) return -1;
        count /= 2; /* a disk that runs full takes what still fits */
    }
    return real(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    if (fails_at("write", descriptor)) {
        if (errno != ENOSPC || met != 1 || count < 2) return -1;
        count /= 2; /* a disk that runs full takes what still fits */
    }
    return real(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
    REAL(fsync);
    if (fails_at("sync", descriptor)) return -1;
    return real(descriptor);
}

int fdatasync(int descriptor) {
    REAL(fdatasync);
    if (fails_at("sync", descriptor)) return -1;
    return real(descriptor);
}

int ftruncate(int descriptor, off_t size) {
    REAL(ftruncate);
    if (fails_at("truncate", descriptor)) return -1;
    return real(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
    REAL(ftruncate64);
    if (fails_at("truncate", descriptor)) return -1;
    return real(descriptor, size);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    char room[PATH_MAX];
    if (fails("rename", whole(to, room))) return -1;
    return real(from, to);
}

int link(const char *from, const char *to) {
    REAL(link);
    char room[PATH_MAX];
    if (fails("link", whole(to, room))) return -1;
    return real(from, to);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    char room[PATH_MAX];
    struct stat there;
    if (stat(path, &there) && fails("mkdir", whole(path, room))) return -1;
    return real(path, mode);
}

/* Opening for writing what is not there yet. */
static int creates(const char *path, int flags) {
    char room[PATH_MAX];
    struct stat there;
    return flags & O_CREAT && stat(path, &there) && fails("create", whole(path, room));
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
