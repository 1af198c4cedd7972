/* array -- counting what the compiler knows. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <assert.h>
#include <stddef.h>

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
