/* A process gives up its rights: rlimits, Landlock, seccomp, by system calls alone. */
#include "indexer/input/child/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOBODY 65534u
#define PROCESSES_MAX 4096u /* of the user, not of this child: against bombs */
#define FILES_MAX 256u

/* ---- Landlock: the kernel's numbers, since older headers lack the newer ones ---- */

#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_ADD_RULE 445
#define LANDLOCK_RESTRICT_SELF 446
#define LANDLOCK_VERSION 1u
#define LANDLOCK_PATH_BENEATH 1
#define FS_EXECUTE (1u << 0)
#define FS_WRITE_FILE (1u << 1)
#define FS_READ_FILE (1u << 2)
#define FS_READ_DIR (1u << 3)
#define FS_TRUNCATE (1u << 14)
#define FS_READ (FS_EXECUTE | FS_READ_FILE | FS_READ_DIR)

struct ruleset {
    uint64_t fs, net, scoped;
};

struct path_beneath {
    uint64_t allowed;
    int32_t fd;
} __attribute__((packed));

/* Rights that versions of Landlock know: of files, of TCP, of what is outside. */
static struct ruleset all_rights(long version)
{
    unsigned files = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14
                                                                          : 13;

    return (struct ruleset){(UINT64_C(1) << files) - 1, version >= 4 ? 3 : 0,
        version >= 6 ? 3 : 0};
}

static long landlock_version(void)
{
    return syscall(LANDLOCK_CREATE_RULESET, NULL, 0, LANDLOCK_VERSION);
}

/* What is not there needs no right. */
static int allow(int ruleset, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);

    if (fd < 0)
        return 0;
    struct path_beneath rule = {rights, fd};
    long rc = syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_PATH_BENEATH, &rule,
        0);
    int why = rc < 0 ? errno : 0;
    close(fd);
    return why;
}

static int allow_reading(int ruleset, long version, const dx_jail *jail,
    const char *program)
{
    static const char *const folders[] = {"/usr", "/bin", "/sbin", "/lib",
        "/lib32", "/lib64", "/opt", "/nix/store", "/gnu/store", "/etc/fonts",
        "/var/cache/fontconfig"};
    static const char *const files[] = {"/etc/ld.so.cache", "/etc/papersize",
        "/dev/zero", "/dev/urandom", "/dev/random"};
    const uint64_t write = version >= 3 ? FS_WRITE_FILE | FS_TRUNCATE
                                        : FS_WRITE_FILE;
    int why = 0;

    for (size_t i = 0; i < sizeof folders / sizeof *folders && !why; i++)
        why = allow(ruleset, folders[i], FS_READ);
    for (size_t i = 0; i < sizeof files / sizeof *files && !why; i++)
        why = allow(ruleset, files[i], FS_READ_FILE);
    if (!why)
        why = allow(ruleset, "/dev/null", FS_READ_FILE | write);
    if (!why && jail->folder)
        why = allow(ruleset, jail->folder, FS_READ);
    return why ? why : allow(ruleset, program, FS_EXECUTE | FS_READ_FILE);
}

static int close_files(const dx_jail *jail, const char *program)
{
    long version = landlock_version();
    struct ruleset rights = all_rights(version);

    if (version < 1)
        return 0;
    int fd = (int)syscall(LANDLOCK_CREATE_RULESET, &rights, sizeof rights, 0);
    if (fd < 0)
        return errno;
    int why = allow_reading(fd, version, jail, program);
    if (!why && syscall(LANDLOCK_RESTRICT_SELF, fd, 0) != 0)
        why = errno;
    close(fd);
    return why;
}

/* ---- seccomp ---- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define ARCHITECTURE 0
#endif

/* Neither the network, nor other processes, nor the kernel's wide doors; nor what
 * changes files and is not Landlock's business or came to it late. Numbers that are
 * too new for some headers are the same on all machines. */
static const unsigned forbidden[] = {__NR_socket, __NR_socketpair,
    __NR_connect, __NR_bind, __NR_listen, __NR_accept4,
#ifdef __NR_accept /* not on s390x */
    __NR_accept,
#endif
    __NR_sendto, __NR_sendmsg, __NR_sendmmsg, __NR_kill, __NR_tkill,
    __NR_tgkill, __NR_rt_sigqueueinfo, __NR_rt_tgsigqueueinfo,
    424 /* pidfd_send_signal */, 434 /* pidfd_open */, 438 /* pidfd_getfd */,
    __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_kcmp,
    440 /* process_madvise */, 448 /* process_mrelease */, __NR_setsid,
    __NR_setpgid, __NR_setpriority, __NR_sched_setscheduler,
    __NR_sched_setparam, __NR_sched_setattr, __NR_sched_setaffinity,
    __NR_ioprio_set, __NR_mount, __NR_umount2, __NR_pivot_root, __NR_chroot,
    __NR_unshare, __NR_setns, 428 /* open_tree */, 429 /* move_mount */,
    430 /* fsopen */, __NR_bpf, __NR_perf_event_open, __NR_userfaultfd,
    425 /* io_uring_setup */, 426, 427, __NR_add_key, __NR_request_key,
    __NR_keyctl, __NR_open_by_handle_at, __NR_name_to_handle_at,
    __NR_quotactl, __NR_reboot, __NR_swapon, __NR_swapoff, __NR_acct,
    __NR_syslog, __NR_sethostname, __NR_setdomainname, __NR_settimeofday,
    __NR_clock_settime, __NR_adjtimex, __NR_clock_adjtime, __NR_init_module,
    __NR_finit_module, __NR_delete_module, __NR_kexec_load,
    __NR_personality, __NR_fanotify_init, __NR_inotify_init1,
    __NR_mq_open, __NR_msgget, __NR_semget, __NR_shmget, __NR_truncate,
    __NR_mkdirat, __NR_mknodat, __NR_unlinkat, __NR_symlinkat, __NR_linkat,
    __NR_renameat2, __NR_fchmod, __NR_fchmodat, 452 /* fchmodat2 */,
    __NR_fchown, __NR_fchownat, __NR_utimensat, __NR_setxattr,
    __NR_lsetxattr, __NR_fsetxattr, __NR_removexattr, __NR_lremovexattr,
    __NR_fremovexattr, __NR_setuid, __NR_setgid, __NR_setgroups,
#ifdef __x86_64__ /* old forms that newer machines lack */
    __NR_creat, __NR_mkdir, __NR_rmdir, __NR_mknod, __NR_unlink,
    __NR_symlink, __NR_link, __NR_rename, __NR_renameat, __NR_chmod,
    __NR_chown, __NR_lchown, __NR_utime, __NR_utimes, __NR_futimesat,
    __NR_inotify_init, __NR_iopl, __NR_ioperm, __NR_modify_ldt,
#endif
};
#define FORBIDDEN (sizeof forbidden / sizeof *forbidden)

#define OFFSET(member) ((unsigned)offsetof(struct seccomp_data, member))
#define LOAD(member)                                                           \
    (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, OFFSET(member))
#define ANSWER(value) (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (value))
/* The next instruction is passed over unless the test holds. */
#define IF(test, value)                                                        \
    (struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), 0, 1)
#define DENY (SECCOMP_RET_ERRNO | EPERM)
#define ABSENT (SECCOMP_RET_ERRNO | ENOSYS)

typedef struct filter {
    struct sock_filter code[2 * FORBIDDEN + 32];
    unsigned short n;
} filter;

static void add(filter *f, struct sock_filter instruction)
{
    f->code[f->n++] = instruction;
}

static void deny(filter *f, unsigned call, unsigned answer)
{
    add(f, IF(BPF_JEQ, call));
    add(f, ANSWER(answer));
}

/* Allows `call` only if its first argument passes the test. */
static void deny_unless(filter *f, unsigned call, unsigned short test,
    unsigned value)
{
    add(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4));
    add(f, LOAD(args[0]));
    add(f, (struct sock_filter)BPF_JUMP(
               (unsigned short)(BPF_JMP | BPF_K | test), value, 1, 0));
    add(f, ANSWER(DENY));
    add(f, ANSWER(SECCOMP_RET_ALLOW));
}

/* Threads are no new processes. clone3 has its flags in memory, which a filter
 * cannot read: without it, libc takes clone. */
static void deny_processes(filter *f)
{
    deny(f, 435 /* clone3 */, ABSENT);
#ifdef __x86_64__
    deny(f, __NR_fork, DENY);
    deny(f, __NR_vfork, DENY);
#endif
    deny_unless(f, __NR_clone, BPF_JSET, CLONE_THREAD);
}

static int close_calls(bool may_fork)
{
    filter f = {.n = 0};

    if (!ARCHITECTURE || prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0)
        return 0;
    add(&f, LOAD(arch));
    add(&f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
        ARCHITECTURE, 1, 0));
    add(&f, ANSWER(SECCOMP_RET_KILL_PROCESS));
    add(&f, LOAD(nr));
#ifdef __x86_64__
    add(&f, IF(BPF_JGE, 0x40000000u)); /* x32: the same calls by other numbers */
    add(&f, ANSWER(SECCOMP_RET_KILL_PROCESS));
#endif
    for (size_t i = 0; i < FORBIDDEN; i++)
        deny(&f, forbidden[i], DENY);
    deny_unless(&f, __NR_prlimit64, BPF_JEQ, 0); /* its own limits */
    if (!may_fork)
        deny_processes(&f);
    add(&f, ANSWER(SECCOMP_RET_ALLOW));
    struct sock_fprog program = {f.n, f.code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) ? errno
                                                                      : 0;
}

/* ---- all of it ---- */

static int limit(int what, uint64_t n)
{
    struct rlimit now;

    if (getrlimit((__rlimit_resource_t)what, &now) != 0)
        return errno;
    if (n > now.rlim_max)
        n = now.rlim_max;
    struct rlimit l = {n, n};
    return setrlimit((__rlimit_resource_t)what, &l) ? errno : 0;
}

/* Root's rights would undo what follows, and root is not held by all limits. */
static int leave_root(void)
{
    if (geteuid() != 0)
        return 0;
    /* libc's functions would do it in all threads, by locks and signals. */
    bool is_done = syscall(SYS_setgroups, 0, NULL) == 0 &&
                   syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) == 0 &&
                   syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) == 0;
    return is_done ? 0 : errno;
}

static int limit_all(const dx_jail *l)
{
    const struct {
        int what;
        uint64_t n;
    } limits[] = {{RLIMIT_CPU, l->cpu_s}, {RLIMIT_AS, l->memory_bytes},
        {RLIMIT_FSIZE, 0}, {RLIMIT_CORE, 0}, {RLIMIT_NOFILE, FILES_MAX},
        {RLIMIT_NPROC, PROCESSES_MAX}, {RLIMIT_MEMLOCK, 0}};
    int why = 0;

    for (size_t i = 0; i < sizeof limits / sizeof *limits && !why; i++)
        why = limit(limits[i].what, limits[i].n);
    return why;
}

int dx_jail_enter(const dx_jail *jail, const char *program)
{
    int why = limit_all(jail);

    if (!why)
        why = leave_root();
    if (!why && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        why = errno;
    if (!why)
        why = close_files(jail, program);
    return why ? why : close_calls(jail->may_fork);
}

void dx_jail_describe(char out[DX_JAIL_DESCRIPTION_BYTES])
{
    long version = landlock_version();
    char landlock[32] = "no Landlock";
    bool has_seccomp = ARCHITECTURE && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;

    if (version > 0)
        snprintf(landlock, sizeof landlock, "Landlock %ld", version);
    snprintf(out, DX_JAIL_DESCRIPTION_BYTES,
        "limits, no-new-privileges, %s, %s", landlock,
        has_seccomp ? "seccomp" : "no seccomp");
}
