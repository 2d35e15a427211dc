/* The tables of a code made of its runs, and a text's beginning. */
#include "common/index/codec/text_code.h"

#include <string.h>

#include "common/base/bytes.h"

/* Above all forms, also after bits were added. */
#define NO_FORM 0x80000000u

#define WIDTH_SHIFT 24
#define KIND_SHIFT 29
#define FORMS_MASK 0xFFFFFFu

uint32_t dx_text_run_pack(const dx_text_run *run)
{
    return run->forms | (uint32_t)run->width << WIDTH_SHIFT |
           (uint32_t)run->kind << KIND_SHIFT;
}

dx_text_run dx_text_run_unpack(uint32_t packed)
{
    return (dx_text_run){.forms = packed & FORMS_MASK,
        .width = packed >> WIDTH_SHIFT & 31,
        .kind = (uint8_t)(packed >> KIND_SHIFT)};
}

static bool is_after(const dx_text_run *run, const dx_text_run *before)
{
    return run->width != before->width ? run->width > before->width
                                       : run->kind > before->kind;
}

static bool fits(const dx_text_code *c, const dx_text_run *run)
{
    return run->width <= DX_TEXT_WIDTH_MAX && run->kind < DX_TEXT_KINDS &&
           run->forms > 0 && run->forms <= DX_TEXT_FORMS_MAX - c->forms &&
           (c->run_count == 0 || is_after(run, &c->runs[c->run_count - 1]));
}

static uint32_t group_end(uint32_t byte)
{
    return (byte + DX_TEXT_GROUP - 1) / DX_TEXT_GROUP * DX_TEXT_GROUP;
}

/* Gives the run its first bytes. */
static bool add_run(dx_text_code *c, dx_text_run run)
{
    uint32_t byte = 0, of_byte = 1u << (run.width & 31);

    if (!fits(c, &run))
        return false;
    if (c->run_count > 0) {
        const dx_text_run *before = &c->runs[c->run_count - 1];
        byte = run.width == before->width ? before->end_byte
                                          : group_end(before->end_byte);
    }
    uint32_t bytes = (run.forms + of_byte - 1) >> run.width;
    if (bytes > DX_TEXT_FIRST_BYTES - byte)
        return false;
    run.first_form = c->forms;
    run.first_byte = (uint16_t)byte;
    run.end_byte = (uint16_t)(byte + bytes);
    for (uint32_t i = 0; i < bytes; i++) {
        c->of[byte + i].form = c->forms + (i << run.width);
        c->of[byte + i].mask = of_byte - 1;
        c->run_of[byte + i] = (uint8_t)c->run_count;
    }
    memset(c->width + byte, run.width, group_end(run.end_byte) - byte);
    for (uint32_t b = byte; b < run.end_byte; b++)
        c->group_width[b / DX_TEXT_GROUP] = run.width;
    c->forms += run.forms;
    c->runs[c->run_count++] = run;
    return true;
}

bool dx_text_code_init(dx_text_code *c, const dx_text_run *runs, uint32_t count)
{
    memset(c, 0, sizeof *c);
    for (uint32_t b = 0; b < DX_TEXT_FIRST_BYTES; b++)
        c->of[b].form = NO_FORM;
    if (count > DX_TEXT_RUNS_MAX)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!add_run(c, runs[i]))
            return false;
    return true;
}

uint8_t dx_text_first_byte(const dx_text_code *c, uint32_t form)
{
    const dx_text_run *run = c->runs;

    while (form - run->first_form >= run->forms)
        run++;
    return (uint8_t)(run->first_byte + ((form - run->first_form) >> run->width));
}

bool dx_text_open(dx_text *t, const uint8_t *p, const uint8_t *limit)
{
    uint64_t forms = 0;
    uint32_t more;

    for (unsigned f = 0; f < DX_TEXT_PARTS; f++) {
        if (!dx_varint_read_u32(&p, limit, &more))
            return false;
        forms += more;
        t->end[f] = (uint32_t)forms;
    }
    if (forms > (size_t)(limit - p) || forms > UINT32_MAX)
        return false;
    t->first = p;
    t->more = p + forms;
    t->limit = limit;
    return true;
}
