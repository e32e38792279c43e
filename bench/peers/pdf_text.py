"""Pages a second of text by pypdf and pdfminer.six: pdf_text.py LIBRARY FILE PAGES. Prints wall and CPU seconds."""
import sys
import time

library, path, pages = sys.argv[1], sys.argv[2], int(sys.argv[3])
if library == "pypdf":
    from pypdf import PdfReader

    def read():
        reader = PdfReader(path)
        return sum(len(reader.pages[i].extract_text()) for i in range(pages))
else:
    from pdfminer.high_level import extract_text

    def read():
        return len(extract_text(path, maxpages=pages))

wall, cpu = time.perf_counter(), time.process_time()
characters = read()
print(time.perf_counter() - wall, time.process_time() - cpu, characters)
