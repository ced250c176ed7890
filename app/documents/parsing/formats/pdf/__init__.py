"""PDF by PDFium: what a reader of the pages sees, in the order of reading.

`document` reads as the steps:

1. `text_reader` reads the words of a page with their boxes, `page_objects` its lines and pictures, `annotations` what
   lies over it: fields of forms, text boxes, comments, links.
2. `raised_figures` and `placement` complete the rows of words: `10^2`, values beside their labels, addresses of links.
3. `ruled_tables` takes out the words of drawn tables; `columns` makes tables of aligned columns, reads columns of prose
   one after the other, and makes lines of the rest.
4. `scans` finds the pages whose text is in a picture: for OCR, or for a warning.
5. `running_lines` and `footnotes` set apart what is no part of the text between two pages.
6. `flow` joins the pages: headings by `headings`, paragraphs and tables also over the end of a page.
7. `attachments` adds the files inside.
"""

from app.documents.parsing.formats.pdf.document import parse

__all__ = ["parse"]
