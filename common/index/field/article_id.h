/* article_id.h -- how an article is named.
 *
 * By its own id; else by its address, if that is one of the web and more than a
 * site's root; else by its file, if that holds nothing else; else by its file and a
 * hash of its title, date and text:
 *
 *     bantin-0001
 *     https://tinh.example/bai-1.html
 *     tin/bai-1.txt
 *     tin/ban-tin.jsonl#~4kq8m2x7c0fd
 *
 * The index may hold several texts under one id. Each is then shown with a hash of
 * all that it is, bantin-0001#~9d3evbn5s8yt, which finds it, too. Hashes are twelve
 * letters and digits (60 bits) without i, l, o, u: they are to be copied.
 *
 * A key is a name that tells nothing, for who must not learn where files are: "~" and the
 * hash of an id, 26 of the same letters. */
#ifndef DX_INDEX_FIELD_ARTICLE_ID_H
#define DX_INDEX_FIELD_ARTICLE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/base/str.h"

/** Whether an article can be named by this address: http or https, and something
 *  behind the host besides "/" and a "#fragment". */
bool dx_id_is_address(dx_str url);

/** `base` with "#~" and the upper 60 bits of `hash` behind it, NUL-terminated, in
 *  `arena`; {NULL, 0}: no memory. */
dx_str dx_id_with_hash(dx_str base, uint64_t hash, dx_arena *arena);

/** Whether `id` ends as dx_id_with_hash() makes it. Then *base is what stands
 *  before, and *hash the hash, its lower 4 bits 0. */
bool dx_id_split(dx_str id, dx_str *base, uint64_t *hash);

/** The key of the `id_len` bytes of an id, with what stands behind these in `id`,
 *  NUL-terminated, in `arena`; {NULL, 0}: no memory. */
dx_str dx_id_key(dx_str id, size_t id_len, dx_arena *arena);

/** Whether `key` is one, and the hash of which id. */
bool dx_id_key_read(dx_str key, dx_hash128 *hash);

/** Whether `id` is made of the path. */
bool dx_id_tells_path(dx_str id, dx_str path);

#endif
