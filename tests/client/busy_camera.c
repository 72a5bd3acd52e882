/* Preloaded into a process: /dev/video7 is a camera that another program streams from. Opening it and asking what it
   can do succeeds, as with a real driver; setting a format or asking for buffers fails with EBUSY, and that is said. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int camera = -1;

static int open_any(const char *path, int flags, va_list rest)
{
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    if (strcmp(path, "/dev/video7") != 0)
        return real(path, flags, mode);
    return camera = real("/dev/null", O_RDWR);
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int found = open_any(path, flags, rest);
    va_end(rest);
    return found;
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int found = open_any(path, flags, rest);
    va_end(rest);
    return found;
}

static void yuyv(struct v4l2_format *format)
{
    format->fmt.pix.width = 640;
    format->fmt.pix.height = 480;
    format->fmt.pix.pixelformat = V4L2_PIX_FMT_YUYV;
    format->fmt.pix.bytesperline = 1280;
    format->fmt.pix.sizeimage = 614400;
}

int ioctl(int file, unsigned long request, ...)
{
    int (*real)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (camera < 0 || file != camera)
        return real(file, request, argument);
    switch (request) {
    case VIDIOC_QUERYCAP:
        ((struct v4l2_capability *)argument)->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    case VIDIOC_G_FMT:
        yuyv(argument);
        return 0;
    case VIDIOC_G_INPUT:
    case VIDIOC_ENUMINPUT:
    case VIDIOC_G_PARM:
        return 0;
    case VIDIOC_S_FMT:
    case VIDIOC_REQBUFS:
        fprintf(stderr, "%s: EBUSY\n", request == VIDIOC_S_FMT ? "VIDIOC_S_FMT" : "VIDIOC_REQBUFS");
        errno = EBUSY;
        return -1;
    default:
        errno = EINVAL;
        return -1;
    }
}
