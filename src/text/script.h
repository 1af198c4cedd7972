/* script -- which script each character is written in (UAX #24).
 *
 * Common and inherited characters take the script of what they stand beside: of the character before, unless their
 * script extensions forbid it; at the start, of the first that has one; a closing bracket, of its opening one. Linear
 * time.
 */
#ifndef TEXT_SCRIPT_H
#define TEXT_SCRIPT_H

#include <stdint.h>

/* ICU's script codes (UScriptCode); USCRIPT_COMMON only when no character has a script. */
void script_resolve(const uint32_t *codes, uint32_t count, int16_t *scripts);

/* ISO 15924 as HarfBuzz has it: 'Arab' is 0x41726162. */
uint32_t script_tag(int16_t script);

#endif
