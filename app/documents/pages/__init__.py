"""Pages of a document as pictures, as text, and with the places of a quote: what a viewer needs."""
