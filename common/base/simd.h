/* simd.h -- loops in plain C of which the compiler makes vector code.
 *
 * One build runs on every x86-64: such a function is compiled twice, and the loader
 * picks the version for the machine. Elsewhere it is compiled once. Not with
 * ThreadSanitizer, whose runtime is not ready when the loader picks. */
#ifndef DX_BASE_SIMD_H
#define DX_BASE_SIMD_H

#if defined(__GNUC__) && defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
#define DX_SIMD_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define DX_SIMD_CLONES
#endif

#endif
