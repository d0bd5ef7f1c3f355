# SPDX-License-Identifier: GPL-2.0-only
# Writes the text file INPUT as the C string NAME into OUTPUT.
file(READ ${INPUT} text)
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "\n" "\\n\"\n\"" text "${text}")
file(WRITE ${OUTPUT} "extern const char ${NAME}[];\nconst char ${NAME}[] =\n\"${text}\";\n")
